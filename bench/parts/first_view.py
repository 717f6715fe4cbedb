"""A page that is not in the cache."""
from .common import query, run
from .report import Result

SITE = (1_000, 10_000)
TIMES = 20  # each page is made


def paths_with_comments(site, least, most):
    rows = query(site, f"SELECT a.address FROM articles a JOIN threads t ON t.article_id = a.id WHERE t.comment_count BETWEEN {least} AND {most} ORDER BY a.id LIMIT 200")
    return [row[0] for row in rows]


def view_times(bench, site, lines):
    """{kind: (pages, median ms, p99 ms, largest bytes, median ms of the processor)}"""
    out = run(bench.program("view_time"), site, input="\n".join(lines) + "\n")
    times = {}
    for line in out.splitlines():
        kind, *numbers = line.split()
        times[kind] = tuple(float(number) for number in numbers)
    return times


def measure(bench):
    result = Result("First view", f"Route, reading, template, compression and head of a page that is in no cache, measured in the process; the database is warm, and every page is made {TIMES} times.")
    site = bench.site(*SITE)
    wanted = {"no-comments": (0, 0), "50-comments": (45, 55), "200-comments": (150, 300)}
    lines = [f"{kind} {path}" for kind, (least, most) in wanted.items() for path in paths_with_comments(site, least, most) * TIMES]
    times = view_times(bench, site, [*lines, *["front /"] * 50])
    result.table(["page", "pages", "median ms", "p99 ms", "median CPU ms", "largest, bytes"],
                 [[kind, f"{count:.0f}", f"{middle:.2f}", f"{p99:.2f}", f"{used:.2f}", f"{size:,.0f}"] for kind, (count, middle, p99, size, used) in times.items()])
    middle = times["50-comments"][1]
    result.target("article with 50 comments, median server time", f"{middle:.2f} ms", "≤ 1 ms", middle <= 1)
    return result
