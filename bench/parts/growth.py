"""What grows when the site grows: time for each kind of page, posting, search, memory."""
import random
import shutil
import time

from . import comments
from .common import median, query, say
from .first_view import view_times
from .plot import line_chart
from .report import Result

SITES = [(1_000, 10_000), (10_000, 100_000), (100_000, 2_000_000)]
LIMITS = {"front": 1.5, "section": 1.5, "article": 1.5, "thread": 1.5, "search": 3, "posting": 1.5, "memory": 2}
ROOTS_A_PAGE = 50


def crowded(site):
    return (site / "crowded").read_text().strip()


def middle_of_thread(site):
    """The page of the crowded article that a permalink into its middle leads to, and how many pages there are."""
    rows = query(site, f"SELECT t.shown_roots FROM threads t JOIN articles a ON a.id = t.article_id WHERE a.address = '{crowded(site)}'")
    pages = (rows[0][0] + ROOTS_A_PAGE - 1) // ROOTS_A_PAGE
    return max(1, pages // 2), pages


def permalink(site):
    """/comment/N of the comment in the middle of the crowded article."""
    sql = f"SELECT c.id FROM comments c JOIN articles a ON a.id = c.article_id WHERE a.address = '{crowded(site)}' ORDER BY c.id"
    ids = [row[0] for row in query(site, sql)]
    return f"/comment/{ids[len(ids) // 2]}"


def pages_of(site):
    dice = random.Random(5)
    few = [row[0] for row in query(site, "SELECT a.address FROM articles a JOIN threads t ON t.article_id = a.id WHERE t.comment_count BETWEEN 5 AND 20")]
    sections = [row[0] for row in query(site, "SELECT address FROM sections")]
    words = [row[0].lower().split() for row in query(site, "SELECT headline FROM articles ORDER BY id LIMIT 400")]
    page, _ = middle_of_thread(site)
    lines = ["front /"] * 60
    lines += [f"section {address}" for address in sections * 5]
    lines += [f"article {address}" for address in dice.sample(few, min(300, len(few)))]
    lines += [f"thread {crowded(site)}"] * 60
    lines += [f"thread-middle {crowded(site)}comment-page-{page}/"] * 60 if page > 1 else []
    lines += [f"search /search?q={dice.choice(line)}+{dice.choice(line)}" for line in words[:300]]
    return lines


def memory_after_reading(bench, site):
    """MB, once the same number of pages has been read from either site."""
    server = bench.serve(site)
    addresses = [row[0] for row in query(site, "SELECT address FROM articles ORDER BY id DESC LIMIT 500")]
    for address in ["/", "/search?q=a", *addresses]:
        server.get(address, Accept_Encoding="gzip")
    used = server.memory()
    server.stop()
    return used


def posting(bench, site):
    """Milliseconds of one comment's share of the time, with 64 clients."""
    copy = bench.copy_of(site)
    server = bench.serve(copy, *comments.FREE)
    article = comments.quiet_article(copy)
    comments.post(bench, server, article, 1)
    rates = [comments.post(bench, server, article, bench.options.seconds)[2] for _ in range(3)]
    server.stop()
    shutil.rmtree(copy)
    return 1000 / median(rates)


def measure_site(bench, size):
    site = bench.site(*size)
    say(f"growth: {size[0]:,} articles")
    times = view_times(bench, site, pages_of(site))
    figures = {kind: numbers[1] for kind, numbers in times.items()}
    figures["memory"] = memory_after_reading(bench, site)
    figures["posting"] = posting(bench, site)
    return figures, times


def measure(bench):
    result = Result("Growth", "Three sites of one generator. Pages: median milliseconds to make one that is in no cache. `thread`: the first page of the one article with a "
                    "twentieth of all comments in threads twelve deep; `posting`: a comment's share of the time with 64 clients; memory after reading the same 502 pages.")
    measured = [(size, *measure_site(bench, size)) for size in SITES]
    kinds = list(LIMITS)
    rows = []
    for size, figures, _ in measured:
        rows.append([f"{size[0]:,}", f"{size[1]:,}", *(f"{figures[kind]:.0f} MB" if kind == "memory" else f"{figures[kind]:.2f}" for kind in kinds)])
    small, large = measured[0][1], measured[-1][1]
    rows.append(["growth", "", *(f"{large[kind] / small[kind]:.2f} ×" for kind in kinds)])
    result.table(["articles", "comments", *kinds], rows)
    series = {kind: [(size[0], figures[kind]) for size, figures, _ in measured] for kind in kinds}
    result.chart("growth", "Cost against the number of articles", line_chart("Cost against size", "articles", "ms (memory: MB)", series))
    for kind, limit in LIMITS.items():
        growth = large[kind] / small[kind]
        result.target(f"{kind}, {SITES[-1][0]:,} articles against {SITES[0][0]:,}", f"{growth:.2f} ×", f"≤ {limit:g} ×", growth <= limit)
    show_crowded(bench, result, measured[-1][2])
    return result


def show_crowded(bench, result, times):
    site = bench.site(*SITES[-1])
    _, pages = middle_of_thread(site)
    place = view_times_of_redirect(bench, site)
    rows = [[name, f"{times[kind][1]:.2f}", f"{times[kind][2]:.2f}", f"{times[kind][3]:,.0f}"] for name, kind in (("first page", "thread"), (f"page {pages // 2}", "thread-middle"))]
    result.text(f"The article with {SITES[-1][1] // 20:,} comments, twelve deep, has {pages:,} pages; a permalink into its middle is found in {place:.2f} ms:")
    result.table(["", "median ms", "p99 ms", "bytes"], rows)
    slowest = max(times["thread"][1], times["thread-middle"][1])
    result.target("article with 100,000 comments, first page and the middle, not cached", f"{slowest:.2f} ms", "≤ 5 ms", slowest <= 5)


def view_times_of_redirect(bench, site):
    """Milliseconds from asking for /comment/N to its redirect, over HTTP."""
    server = bench.serve(site)
    address = permalink(site)
    times = []
    for _ in range(30):
        begin = time.monotonic()
        status = server.get(address)[0]
        times.append((time.monotonic() - begin) * 1000)
        if status != 301:
            raise SystemExit(f"script/bench: {address} gives {status}")
    server.stop()
    return median(times)
