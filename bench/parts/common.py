"""What all parts of script/bench share: building, sites, starting and stopping servers, looking at processes, medians."""
import http.client
import os
import re
import shutil
import signal
import sqlite3
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "release"
TICKS = os.sysconf("SC_CLK_TCK")


def say(what):
    print(f"script/bench: {what}", file=sys.stderr, flush=True)


def run(*command, **options):
    """Runs to the end and gives what it printed. What it complains of is shown where it fails."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, cwd=ROOT, **options)
    if done.returncode != 0:
        raise SystemExit(f"script/bench: {Path(str(command[0])).name} failed: {done.stderr.strip()[-2000:]}")
    return done.stdout


def fields(line):
    """The numbers of the one line that a load generator prints."""
    return [float(number) for number in line.split()]


def median(values):
    return statistics.median(values)


class Bench:
    """One run: its options, its temporary folder, and every process that was started. Use it in a with statement."""

    def __init__(self, options):
        self.options = options
        self.work = None
        self.started = []
        self.copies = 0

    def __enter__(self):
        # On the same disk as the sites: "durable" means nothing in memory.
        (ROOT / "build").mkdir(exist_ok=True)
        self.work = Path(tempfile.mkdtemp(prefix="bench-", dir=ROOT / "build"))
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        return self

    def __exit__(self, *_):
        for process in self.started:
            process.stop()
        shutil.rmtree(self.work, ignore_errors=True)

    def program(self, name):
        return BUILD / name if name == "broadsheet" else BUILD / "bench" / name

    def build(self):
        run("script/packages", "build", "bench")
        run("cmake", "--preset", "release")
        say("building (nothing to do if it is built)")
        run("cmake", "--build", "--preset", "release", "--target", "broadsheet", "bench_programs")

    def start(self, command, log):
        process = Process(command, self.work / log)
        self.started.append(process)
        return process

    def serve(self, site, *settings, cpu=None, io_threads=None):
        """A running server of that site. Settings are KEY=VALUE."""
        command = [self.program("broadsheet"), "serve", site, "--listen", "127.0.0.1:0"]
        if io_threads:
            settings = (*settings, f"http.io_threads={io_threads}")
        for setting in settings:
            command += ["--set", setting]
        server = self.start(pinned(command, cpu), f"serve-{len(self.started)}.log")
        server.await_line("listening on ")
        return server

    def site(self, articles, comments):
        """A large site, made once for this schema and generator and kept in build/bench-sites."""
        sources = sorted((ROOT / "migrations").rglob("*.sql")) + [ROOT / "bench" / name for name in ("make_site.cpp", "prose.cpp")]
        mark = hash_of(sources)
        folder = ROOT / "build" / "bench-sites" / f"{articles}-{comments}"
        if not (folder / mark).exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.parent.mkdir(parents=True, exist_ok=True)
            say(f"making a site of {articles:,} articles and {comments:,} comments")
            begin = time.monotonic()
            self.init(folder)
            crowded = run(self.program("make_site"), folder, articles, comments).strip()
            (folder / "crowded").write_text(crowded)
            (folder / mark).write_text("")
            say(f"made in {time.monotonic() - begin:.0f} s")
        return folder

    def copy_of(self, site):
        """A copy to write to, without copying blocks where the file system can share them."""
        self.copies += 1
        copy = self.work / f"site-{self.copies}"
        run("cp", "-a", "--reflink=auto", site, copy)
        return copy

    def init(self, folder):
        run(self.program("broadsheet"), "init", folder, "--title", "The Bench")


def hash_of(paths):
    import hashlib

    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return "made-" + digest.hexdigest()[:16]


def pinned(command, cpu):
    return command if cpu is None else ["taskset", "-c", str(cpu), *command]


class Process:
    def __init__(self, command, log):
        self.log = log
        self.out = open(log, "wb")
        self.started = time.monotonic()
        self.handle = subprocess.Popen([str(part) for part in command], stdout=self.out, stderr=subprocess.STDOUT, cwd=ROOT)
        self.url = None

    @property
    def pid(self):
        return self.handle.pid

    def await_line(self, beginning):
        while True:
            for line in self.log.read_text(errors="replace").splitlines():
                if line.startswith(beginning):
                    self.url = line[len(beginning) :].strip()
                    return
            if self.handle.poll() is not None or time.monotonic() - self.started > 60:
                raise SystemExit(f"script/bench: a server did not start: {self.log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.002)

    def stop(self):
        if self.handle.poll() is None:
            self.handle.terminate()
            try:
                self.handle.wait(30)
            except subprocess.TimeoutExpired:
                self.handle.kill()
                self.handle.wait()
        self.out.close()

    @property
    def address(self):
        host, port = re.match(r"http://([^:/]+):(\d+)", self.url).groups()
        return host, int(port)

    def get(self, path, **headers):
        """(status, headers, body) of one request on a connection of its own."""
        connection = http.client.HTTPConnection(*self.address, timeout=60)
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, answer.headers, body

    def processor_seconds(self):
        return processor_seconds(self.pid)

    def memory(self):
        """What the system counts as this process's memory at present, in MB: anonymous and shared with no one, and file pages it maps."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status).group(1)) / 1024


def processor_seconds(pid):
    stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(stat[11]) + int(stat[12])) / TICKS


def commits_of(site):
    """SQLite counts transactions in the shared header of its WAL (https://www.sqlite.org/walformat.html, "iChange")."""
    header = (site / "broadsheet.db-shm").read_bytes()[:12]
    return struct.unpack("=I", header[8:12])[0]


def query(site, sql):
    connection = sqlite3.connect(f"file:{site}/broadsheet.db?mode=ro", uri=True)
    rows = connection.execute(sql).fetchall()
    connection.close()
    return rows


def versions():
    def first(command):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return (done.stdout + done.stderr).strip().splitlines()[0] if done.stdout or done.stderr else "unknown"

    commit = subprocess.run(["git", "describe", "--always", "--dirty"], capture_output=True, text=True, cwd=ROOT, check=False).stdout.strip()
    return {
        "broadsheet": commit or "unknown",
        "compiler": first(["c++", "--version"]),
        "sqlite": sqlite3.sqlite_version,
        "nginx": first([shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin") or "nginx", "-v"]).replace("nginx version: ", ""),
        "wrk": first(["dpkg-query", "-W", "-f=${Version}", "wrk"]),
    }


def machine():
    model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())
    return (
        f"{model.group(1) if model else 'unknown processor'}, {os.cpu_count()} processors, {int(memory.group(1)) // 1048576} GB, "
        f"Linux {os.uname().release}"
    )


def quiet(line):
    """Progress for whoever looks on."""
    if sys.stderr.isatty():
        print(f"\r{line:<70}", end="" if line else "\r", file=sys.stderr, flush=True)


__all__ = [name for name in globals() if not name.startswith("_")]
