"""One article with 100,000 comments in threads twelve deep: what a reader of it waits for, and how much they get."""
import random

from .common import query
from .first_view import view_times
from .report import Result

SITE = (1, 100_000)
ROOTS_A_PAGE = 50
MOST_MS = 5
MOST_BYTES = 300_000
KINDS = {
    "first": "first page",
    "numbered": "any of its numbered pages",
    "permalink": "permalink of any comment, with the page it leads to",
    "newest": "newest first",
    "newest-deep": "newest first, behind a cursor",
    "best": "best first",
    "best-deep": "best first, behind a cursor",
    "branch": "the branch of any comment",
}


def lines_of(site):
    dice = random.Random(6)
    address = (site / "crowded").read_text().strip()
    roots = [row[0] for row in query(site, "SELECT id FROM comments WHERE depth = 0 ORDER BY thread_path")]
    comments = [row[0] for row in query(site, "SELECT id FROM comments")]
    pages = (len(roots) + ROOTS_A_PAGE - 1) // ROOTS_A_PAGE
    some = range(60)
    lines = [f"first {address}" for _ in some]
    lines += [f"numbered {address}comment-page-{dice.randint(2, pages)}/" for _ in some]
    lines += [f"permalink /comment/{dice.choice(comments)}" for _ in some]
    for order in ("newest", "best"):
        lines += [f"{order} {address}?comments={order}" for _ in some]
        lines += [f"{order}-deep {address}?comments={order}&after={dice.choice(roots)}" for _ in some]
    lines += [f"branch {address}?thread={dice.choice(comments)}" for _ in some]
    return lines, pages


def measure(bench):
    result = Result("A long thread", f"One article with {SITE[1]:,} comments in threads twelve deep; pages that are in no cache, measured as the first views are. A permalink counts with its redirect.")
    site = bench.site(*SITE)
    lines, pages = lines_of(site)
    times = view_times(bench, site, lines)
    result.text(f"Its numbered pages are {pages:,}.")
    result.table(["page", "pages", "median ms", "p99 ms", "median CPU ms", "largest, bytes"],
                 [[name, f"{times[kind][0]:.0f}", *(f"{times[kind][i]:.2f}" for i in (1, 2, 4)), f"{times[kind][3]:,.0f}"] for kind, name in KINDS.items()])
    slowest = max(times[kind][1] for kind in KINDS)
    largest = max(times[kind][3] for kind in KINDS)
    result.target("slowest of all kinds of page, median server time", f"{slowest:.2f} ms", f"≤ {MOST_MS} ms", slowest <= MOST_MS)
    result.target("largest page, not compressed", f"{largest:,.0f} bytes", f"≤ {MOST_BYTES:,} bytes", largest <= MOST_BYTES)
    return result
