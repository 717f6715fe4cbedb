"""Cached pages against nginx with the same bytes as files, on the same core, taking turns."""
import os
import random
import re
import shutil
import subprocess
import time

from .common import fields, median, pinned, processor_seconds, query, quiet, say
from .report import Result

CASES = {"identity": 1.15, "gzip": 1.30, "304": 1.20, "random": 1.30}
RANDOM_PAGES = 10_000
SITE = (10_000, 100_000)

NGINX = """{user}
worker_processes 1;
worker_cpu_affinity 01;
daemon off;
pid {work}/nginx.pid;
error_log {work}/nginx.err crit;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  sendfile off;
  tcp_nopush off;
  tcp_nodelay on;
  gzip_static on;
  gzip_vary on;
  output_buffers 1 256k;
  keepalive_requests 1000000000;
  open_file_cache max=25000 inactive=1h;
  open_file_cache_valid 1h;
  default_type "text/html; charset=utf-8";
  client_body_temp_path {work}/t; proxy_temp_path {work}/t; fastcgi_temp_path {work}/t; uwsgi_temp_path {work}/t; scgi_temp_path {work}/t;
  server {{ listen 127.0.0.1:{port}; {secure} root {work}/files; }}
}}
"""


class Nginx:
    """nginx at its best for small files: sendfile and tcp_nopush off, one buffer that holds a page, descriptors kept open."""

    def __init__(self, bench, secure=""):
        program = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
        port = random.randint(20_000, 30_000)
        user = "user root;" if os.geteuid() == 0 else ""
        (bench.work / "t").mkdir(exist_ok=True)
        configuration = bench.work / "nginx.conf"
        configuration.write_text(NGINX.format(user=user, work=bench.work, port=port, secure=secure))
        command = [program, "-p", bench.work, "-c", configuration, "-e", bench.work / "nginx.err"]
        self.process = bench.start(pinned(command, 0), "nginx.log")
        self.process.url = f"http://127.0.0.1:{port}"
        self.url = self.process.url
        self.pid = self.await_worker()

    def await_worker(self):
        for _ in range(500):
            try:
                self.process.get("/p/0")
                children = open(f"/proc/{self.process.pid}/task/{self.process.pid}/children", encoding="ascii").read().split()
                return int(children[0])
            except (OSError, IndexError):
                time.sleep(0.02)
        raise SystemExit("script/bench: nginx did not start")


def store(file, identity, gzip):
    compressed = file.with_name(file.name + ".gz")
    file.write_bytes(identity)
    compressed.write_bytes(gzip)
    for written in (file, compressed):
        os.utime(written, ns=(0, 0))  # gzip_static wants them alike


def file_of(number):
    return f"/p/{number}"


def fetch_pages(bench, server, paths):
    """Fills the cache, waits until the pages are compressed as they stay, and writes them as nginx's files, one short name each."""
    for number, path in enumerate(paths):
        server.get(path, Accept_Encoding="gzip")
        if number % 200 == 0:
            quiet(f"made {number} of {len(paths)} pages")
    used = -1.0
    for _ in range(60):
        before, used = used, server.processor_seconds()
        if used - before < 0.05:
            break
        time.sleep(1)
    (bench.work / "files" / "p").mkdir(parents=True, exist_ok=True)
    for number, path in enumerate(paths):
        _, _, identity = server.get(path, Accept_Encoding="identity")
        _, _, gzip = server.get(path, Accept_Encoding="gzip")
        store(bench.work / "files" / file_of(number).strip("/"), identity, gzip)
        if number % 200 == 0:
            quiet(f"fetched {number} of {len(paths)} pages")
    quiet("")


def expect_same(server, nginx, paths):
    for number in [len(paths) - 1, *random.Random(3).sample(range(len(paths)), min(20, len(paths)))]:
        for coding in ("identity", "gzip"):
            ours = server.get(paths[number], Accept_Encoding=coding)[2]
            if ours != nginx.process.get(file_of(number), Accept_Encoding=coding)[2]:
                raise SystemExit(f"script/bench: nginx gives other bytes at {paths[number]} ({coding})")


def etag(process, path):
    return process.get(path, Accept_Encoding="identity")[1]["ETag"]


class Load:
    """One generator: bench/page_load, which lets the kernel throw the bodies away, or wrk, which everybody knows."""

    def __init__(self, bench, name):
        self.bench = bench
        self.name = name

    def run(self, url, path, header, list_file=None):
        """requests, seconds, requests a second, p99 in ms, the generator's processor use in percent (wrk: 0)."""
        seconds = self.bench.options.seconds
        if self.name == "page_load":
            address = f"{url}@{list_file}" if list_file else url + path
            command = pinned([self.bench.program("page_load"), address, "64", str(seconds), header], 1)
            return fields(subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True).stdout)
        command = pinned(["wrk", "-t1", "-c64", f"-d{seconds}s", "--latency", "-H", header, url + path], 1)
        out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in out or "Socket errors" in out:
            raise SystemExit("script/bench: wrk met errors: " + out)
        requests, wall = re.search(r"(\d+) requests in ([\d.]+)s", out).groups()
        value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", out).groups()
        rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))
        return [float(requests), float(wall), rate, float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit], 0]


class Sides:
    """Ours and nginx, and what is asked of each: the last path alone, or any of those before it."""

    def __init__(self, bench, server, nginx, paths):
        self.bench = bench
        self.pids = {"ours": server.pid, "nginx": nginx.pid}
        self.urls = {"ours": server.url, "nginx": nginx.url}
        self.paths = {"ours": paths[-1], "nginx": file_of(len(paths) - 1)}
        self.tags = {"ours": etag(server, self.paths["ours"]), "nginx": etag(nginx.process, self.paths["nginx"])}
        self.lists = {"ours": self.write_list("ours", paths[:-1]), "nginx": self.write_list("nginx", map(file_of, range(len(paths) - 1)))}
        self.measured = {}

    def write_list(self, who, paths):
        file = self.bench.work / f"paths-{who}"
        file.write_text("\n".join(paths) + "\n")
        return file

    def header(self, who, case):
        return {"identity": "Accept-Encoding: identity", "304": f"If-None-Match: {self.tags[who]}"}.get(case, "Accept-Encoding: gzip")

    def measure(self, load, who, case):
        before = processor_seconds(self.pids[who])
        requests, wall, rate, p99, generator = load.run(self.urls[who], self.paths[who], self.header(who, case), self.lists[who] if case == "random" else None)
        used = processor_seconds(self.pids[who]) - before
        self.measured.setdefault((load.name, who, case), []).append((rate, used * 1e6 / requests, 100 * used / wall, p99, generator))

    def rounds(self, load, cases):
        for number in range(self.bench.options.rounds):
            for case in cases:
                quiet(f"{load.name}, round {number + 1} of {self.bench.options.rounds}: {case}")
                # Who goes first changes from round to round.
                for who in ("ours", "nginx") if number % 2 else ("nginx", "ours"):
                    self.measure(load, who, case)
        quiet("")

    def middle(self, load, who, case, column):
        return median(row[column] for row in self.measured[load.name, who, case])

    def ratio(self, load, case):
        """The median of the rounds' ratios: what disturbs the machine for a while disturbs both sides of a round."""
        ours, theirs = self.measured[load.name, "ours", case], self.measured[load.name, "nginx", case]
        return median(a[0] / b[0] for a, b in zip(ours, theirs))


def show(result, sides, load, cases):
    rows = []
    for case in cases:
        middle = lambda who, column: sides.middle(load, who, case, column)  # noqa: E731
        generator = f"{middle('ours', 4):.0f} %, {middle('nginx', 4):.0f} %" if load.name == "page_load" else "not known"
        rows.append([case, f"{middle('ours', 0):,.0f}", f"{middle('nginx', 0):,.0f}", f"{sides.ratio(load, case):.2f}", f"{CASES[case]:.2f}",
                     f"{middle('ours', 1):.1f}", f"{middle('nginx', 1):.1f}", f"{middle('ours', 3):.2f}", f"{middle('nginx', 3):.2f}",
                     f"{middle('ours', 2):.0f} %", f"{middle('nginx', 2):.0f} %", generator])
    result.text(f"Load from {load.name}:")
    result.table(["case", "Broadsheet, requests/s", "nginx, requests/s", "ratio", "target", "CPU µs a request", "nginx", "p99 ms", "nginx", "busy", "nginx", "generator busy"], rows)


def measure(bench):
    result = Result("Cached pages against nginx", "Server and nginx take turns on processor 0, the generator has processor 1; the same bytes, 64 connections; medians of the "
                    f"rounds. `random`: {RANDOM_PAGES:,} articles in random order, gzip.")
    site = bench.site(*SITE)
    articles = query(site, "SELECT a.address FROM articles a JOIN threads t ON t.article_id = a.id WHERE t.comment_count < 60 ORDER BY a.id DESC")
    paths = [row[0] for row in articles][:RANDOM_PAGES]
    one = query(site, "SELECT a.address FROM articles a JOIN threads t ON t.article_id = a.id WHERE t.comment_count BETWEEN 15 AND 25 ORDER BY a.id LIMIT 1")[0][0]
    server = bench.serve(site, "cache.megabytes=2048", "http.workers=4", cpu=0, io_threads=1)
    say(f"fetching {len(paths):,} pages")
    paths.append(one)
    fetch_pages(bench, server, paths)
    nginx = Nginx(bench)
    expect_same(server, nginx, paths)
    sides = Sides(bench, server, nginx, paths)
    own, wrk = Load(bench, "page_load"), Load(bench, "wrk")
    sides.rounds(own, CASES)
    sides.rounds(wrk, ["identity", "gzip", "304"])
    show(result, sides, own, CASES)
    show(result, sides, wrk, ["identity", "gzip", "304"])
    for case, target in CASES.items():
        ratio = sides.ratio(own, case)
        result.target(f"{case}, requests a second against nginx", f"{ratio:.2f} ×", f"≥ {target:.2f} ×", ratio >= target)
    return result
