"""Cached pages by HTTP/2 over TLS against nginx's own HTTP/2: the same certificate, the same bytes, the same core, taking turns."""
import random
import re
import resource
import subprocess
import time

from .common import median, pinned, processor_seconds, query, quiet, run
from .reads import Nginx, etag, expect_same, fetch_pages, file_of
from .report import Result

CASES = {"identity": 1.0, "gzip": 1.0, "304": 1.0}
SITE = (1_000, 10_000)
CONNECTIONS, STREAMS = 16, 8


def make_certificate(bench):
    files = bench.work / "site.crt", bench.work / "site.key"
    run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
        "-out", files[0], "-keyout", files[1])  # fmt: skip
    files[1].chmod(0o600)
    return files


def await_secure_url(server):
    found = None
    while not found:
        found = re.search(r"listening on (https://\S+)", server.log.read_text(errors="replace"))
        time.sleep(0.01)
    return found.group(1)


class Load:
    """h2load on the other core: its requests a second, its mean time, the cipher that was agreed on, and its own share of that core."""

    def __init__(self, seconds):
        self.seconds = seconds

    def run(self, url, header):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = pinned(["h2load", "-t1", f"-c{CONNECTIONS}", f"-m{STREAMS}", f"-D{self.seconds}", "-H", header, url], 1)
        begin = time.monotonic()
        out = run(*command)
        wall = time.monotonic() - begin
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        total, done = map(int, re.search(r"requests: (\d+) total, \d+ started, (\d+) done", out).groups())
        failed = int(re.search(r"(\d+) failed", out).group(1))
        statuses = re.search(r"status codes: (\d+) 2xx, (\d+) 3xx, (\d+) 4xx, (\d+) 5xx", out).groups()
        if failed or done == 0 or statuses[2:] != ("0", "0") or "Application protocol: h2" not in out:
            raise SystemExit("script/bench: h2load met errors: " + out)
        busy = 100 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / wall
        return {"requests": max(total, done), "rate": float(re.search(r"([\d.]+) req/s", out).group(1)), "busy": busy,
                "cipher": re.search(r"Cipher: (\S+)", out).group(1)}  # fmt: skip


def header(case, tag):
    return {"identity": "accept-encoding: identity", "304": f"if-none-match: {tag}"}.get(case, "accept-encoding: gzip")


def measure_one(load, side, case):
    before = processor_seconds(side["pid"])
    measured = load.run(side["url"], header(case, side["tag"]))
    used = processor_seconds(side["pid"]) - before
    side["measured"].setdefault(case, []).append((measured["rate"], used * 1e6 / measured["requests"], measured["busy"]))
    side["ciphers"].add(measured["cipher"])


def middle(side, case, column):
    return median(row[column] for row in side["measured"][case])


def ratio(ours, theirs, case):
    return median(a[0] / b[0] for a, b in zip(ours["measured"][case], theirs["measured"][case]))


def side_of(pid, url, tag):
    return {"pid": pid, "url": url, "tag": tag, "measured": {}, "ciphers": set()}


def rounds(bench, ours, theirs):
    load = Load(bench.options.seconds)
    for number in range(bench.options.rounds):
        for case in CASES:
            quiet(f"h2load, round {number + 1} of {bench.options.rounds}: {case}")
            for side in (ours, theirs) if number % 2 else (theirs, ours):
                measure_one(load, side, case)
    quiet("")


def measure(bench):
    result = Result("Cached pages by HTTP/2 against nginx", "Server and nginx take turns on processor 0, h2load has processor 1; the same certificate and bytes, "
                    f"{CONNECTIONS} connections with {STREAMS} streams each; medians of the rounds.")
    site = bench.site(*SITE)
    path = query(site, "SELECT a.address FROM articles a JOIN threads t ON t.article_id = a.id WHERE t.comment_count BETWEEN 15 AND 25 ORDER BY a.id LIMIT 1")[0][0]
    certificate, key = make_certificate(bench)
    server = bench.serve(site, "tls.listen=127.0.0.1:0", f"tls.certificate={certificate}", f"tls.key={key}", cpu=0, io_threads=1)
    secure_url = await_secure_url(server)
    fetch_pages(bench, server, [path])
    tls_port = random.randint(30_001, 40_000)
    nginx = Nginx(bench, f"listen 127.0.0.1:{tls_port} ssl http2; ssl_certificate {certificate}; ssl_certificate_key {key}; ssl_protocols TLSv1.2 TLSv1.3; ssl_conf_command Ciphersuites TLS_AES_256_GCM_SHA384; "
                         "ssl_session_cache shared:s:1m; ssl_buffer_size 16k; http2_max_concurrent_streams 128;")  # fmt: skip
    expect_same(server, nginx, [path])
    ours = side_of(server.pid, secure_url + path, etag(server, path))
    theirs = side_of(nginx.pid, f"https://127.0.0.1:{tls_port}{file_of(0)}", etag(nginx.process, file_of(0)))
    rounds(bench, ours, theirs)
    if ours["ciphers"] != theirs["ciphers"]:
        raise SystemExit(f"script/bench: other ciphers: {ours['ciphers']} and {theirs['ciphers']}")
    result.table(
        ["case", "Broadsheet, requests/s", "nginx, requests/s", "ratio", "target", "CPU µs a request", "nginx", "generator busy"],
        [[case, f"{middle(ours, case, 0):,.0f}", f"{middle(theirs, case, 0):,.0f}", f"{ratio(ours, theirs, case):.2f}", f"{target:.2f}", f"{middle(ours, case, 1):.1f}",
          f"{middle(theirs, case, 1):.1f}", f"{middle(ours, case, 2):.0f} %, {middle(theirs, case, 2):.0f} %"] for case, target in CASES.items()],
    )  # fmt: skip
    for case, target in CASES.items():
        measured = ratio(ours, theirs, case)
        result.target(f"{case}, requests a second against nginx's HTTP/2", f"{measured:.2f} ×", f"≥ {target:.2f} ×", measured >= target)
    return result
