"""From starting the program to its first answer."""
import time

from .common import median
from .report import Result

SITES = {(1_000, 10_000): 100, (100_000, 2_000_000): 500}


def one_start(bench, site):
    """Milliseconds until the front page has been received."""
    begin = time.monotonic()
    server = bench.serve(site)
    status = server.get("/")[0]
    took = (time.monotonic() - begin) * 1000
    server.stop()
    if status != 200:
        raise SystemExit(f"script/bench: the front page gives {status}")
    return took


def measure(bench):
    result = Result("Start", "From starting the program to the last byte of the front page, medians; the files are in the system's memory.")
    rows = []
    for size, limit in SITES.items():
        site = bench.site(*size)
        times = [one_start(bench, site) for _ in range(max(5, bench.options.rounds))]
        rows.append([f"{size[0]:,}", f"{median(times):.0f}", f"{max(times):.0f}", limit])
        result.target(f"{size[0]:,} articles, start to first answer", f"{median(times):.0f} ms", f"≤ {limit} ms", median(times) <= limit)
    result.table(["articles", "median ms", "slowest ms", "target"], rows)
    return result
