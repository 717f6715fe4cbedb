"""Importing a large WordPress export."""
import re
import shutil
import subprocess
import time
from pathlib import Path

from .common import median, say
from .report import Result

MEGABYTES = 200


def import_file(bench, file, name):
    """(seconds, megabytes a second, the most memory in MB) of one import into a new site."""
    site = bench.work / name
    bench.init(site)
    begin = time.monotonic()
    process = bench.start([bench.program("broadsheet"), "import", "wordpress", site, file, "--report", bench.work / f"{name}.json"], f"{name}.log")
    most = 0.0
    while process.handle.poll() is None:
        most = max(most, peak_of(process.pid))
        time.sleep(0.05)
    seconds = time.monotonic() - begin
    if process.handle.returncode != 0:
        raise SystemExit("script/bench: the import failed: " + process.log.read_text(errors="replace")[-2000:])
    shutil.rmtree(site)
    return seconds, file.stat().st_size / 1e6 / seconds, most


def peak_of(pid):
    try:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
        return int(found.group(1)) / 1024 if found else 0.0
    except OSError:
        return 0.0


def make_file(bench, megabytes):
    file = bench.work / f"export-{megabytes}.xml"
    with open(file, "wb") as out:
        subprocess.run([str(bench.program("make_wxr")), str(megabytes)], stdout=out, check=True)
    return file


def measure(bench):
    result = Result("WordPress import", "Exports of one generator: posts of about 3 KB with ten comments each, into a new site, until everything is durable.")
    rows = []
    figures = {}
    for megabytes in (MEGABYTES // 10, MEGABYTES):
        say(f"importing {megabytes} MB")
        file = make_file(bench, megabytes)
        rounds = [import_file(bench, file, f"import-{megabytes}-{number}") for number in range(bench.options.rounds)]
        figures[megabytes] = [median(one[part] for one in rounds) for part in range(3)]
        seconds, rate, most = figures[megabytes]
        rows.append([f"{file.stat().st_size / 1e6:.0f} MB", f"{seconds:.1f}", f"{rate:.1f}", f"{most:.0f}"])
        file.unlink()
    result.table(["export", "seconds", "MB/s", "most memory, MB"], rows)
    rate, small, large = figures[MEGABYTES][1], figures[MEGABYTES // 10][2], figures[MEGABYTES][2]
    result.target("WXR import", f"{rate:.1f} MB/s", "≥ 20 MB/s", rate >= 20)
    result.target(f"memory, {MEGABYTES} MB against {MEGABYTES // 10} MB", f"{large:.0f} MB against {small:.0f} MB", "flat (≤ 1.5 ×)", large <= small * 1.5)
    return result
