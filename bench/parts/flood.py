"""Reading an article while it is flooded with comments."""
import os
import subprocess

from .comments import FREE, quiet_article
from .common import fields, median, quiet, run
from .report import Result

SITE = (1_000, 10_000)
READS_A_SECOND = 2000
FLOOD = 500


def read(bench, url, seconds):
    """requests, seconds, requests a second, p99 ms, generator busy; from when each request was due."""
    return fields(run(bench.program("page_load"), url, 32, seconds, "Accept-Encoding: gzip", env={**os.environ, "RATE": str(READS_A_SECOND)}))


def one_round(bench):
    site = bench.copy_of(bench.site(*SITE))
    server = bench.serve(site, *FREE)
    article = quiet_article(site)
    seconds = bench.options.seconds * 2
    calm = read(bench, server.url + article, seconds)
    writers = subprocess.Popen([str(bench.program("comment_load")), server.url + article, "16", str(seconds + 2), str(FLOOD)], stdout=subprocess.PIPE, text=True)
    try:
        flooded = read(bench, server.url + article, seconds)
        posted = fields(writers.communicate()[0])
    finally:
        if writers.poll() is None:
            writers.kill()
            writers.wait()
    server.stop()
    return calm, flooded, posted


def measure(bench):
    result = Result("Reading during a flood of comments", f"{READS_A_SECOND:,} requests a second for one article, timed from when each was due; then the same while {FLOOD} comments a second "
                    "are posted on that article, each of which makes the cached page stale.")
    rounds = []
    for number in range(min(bench.options.rounds, 3)):
        quiet(f"flood, round {number + 1}")
        rounds.append(one_round(bench))
    quiet("")
    calm = median(one[0][3] for one in rounds)
    flooded = median(one[1][3] for one in rounds)
    ratio = median(one[1][3] / max(one[0][3], 0.01) for one in rounds)
    result.table(["", "reads/s", "p99 ms", "comments/s", "p99 of a comment, ms"],
                 [["quiet", f"{median(one[0][2] for one in rounds):,.0f}", f"{calm:.2f}", "0", ""],
                  ["flooded", f"{median(one[1][2] for one in rounds):,.0f}", f"{flooded:.2f}", f"{median(one[2][2] for one in rounds):,.0f}", f"{median(one[2][4] for one in rounds):.1f}"]])
    result.target("p99 of reads, flooded against quiet", f"{ratio:.1f} × ({flooded:.2f} ms against {calm:.2f} ms)", "≤ 2 ×", ratio <= 2)
    return result
