"""Durable comments over HTTP against the database alone with the same batches."""
import time

from .common import commits_of, fields, median, query, quiet, run
from .report import Result

CLIENTS = 64
SITE = (1_000, 10_000)
FREE = ("comments.moderation=none", "limits.comments_per_minute=0")


def quiet_article(site):
    """An article that few talk about yet."""
    return query(site, "SELECT a.address FROM articles a JOIN threads t ON t.article_id = a.id WHERE t.comment_count < 20 ORDER BY a.id DESC LIMIT 1")[0][0]


def post(bench, server, article, seconds, *rate):
    """comments, seconds, comments a second, median ms, p99 ms, the generator's processor use in percent."""
    return fields(run(bench.program("comment_load"), server.url + article, CLIENTS, seconds, *rate))


def one_round(bench, number):
    site = bench.copy_of(bench.site(*SITE))
    server = bench.serve(site, *FREE)
    article = quiet_article(site)
    post(bench, server, article, 1)  # statements are prepared, the log has its size
    before, used_before = commits_of(site), server.processor_seconds()
    count, _, rate, middle, p99, busy = post(bench, server, article, bench.options.seconds * 2)
    commits, used = commits_of(site) - before, server.processor_seconds() - used_before
    server.stop()
    batch = max(1, round(count / commits))
    bare = fields(run(bench.program("bare_comments"), bench.work / f"bare-{number}.db", batch, bench.options.seconds))
    return {"rate": rate, "median": middle, "p99": p99, "batch": count / commits, "cpu": used * 1e6 / count, "generator": busy, "bare": bare[2], "bare_cpu": bare[3],
            "ratio": rate / bare[2]}


def measure(bench):
    result = Result("Durable comments", f"{CLIENTS} clients, each comment on disk before its answer: HTTP, validation, rules, Markdown, sealing the email, all rows. `bare` writes "
                    "the same rows with the same number in a commit by prepared statements, and does nothing else. Server and generator share both processors.")
    rounds = []
    for number in range(bench.options.rounds):
        quiet(f"comments, round {number + 1} of {bench.options.rounds}")
        rounds.append(one_round(bench, number))
        time.sleep(0.2)
    quiet("")
    middle = {name: median(one[name] for one in rounds) for name in rounds[0]}
    result.table(["comments/s", "median ms", "p99 ms", "comments a commit", "server CPU µs a comment", "generator busy", "bare, comments/s", "bare, CPU µs", "ratio"],
                 [[f"{middle['rate']:,.0f}", f"{middle['median']:.1f}", f"{middle['p99']:.1f}", f"{middle['batch']:.0f}", f"{middle['cpu']:.0f}", f"{middle['generator']:.0f} %",
                   f"{middle['bare']:,.0f}", f"{middle['bare_cpu']:.0f}", f"{middle['ratio']:.2f}"]])
    result.target("durable comments a second", f"{middle['rate']:,.0f}", "≥ 8,000", middle["rate"] >= 8000)
    result.target("99th percentile of an answer", f"{middle['p99']:.1f} ms", "≤ 40 ms", middle["p99"] <= 40)
    result.target("against the bare database", f"{middle['ratio']:.2f} ×", "≥ 0.5 ×", middle["ratio"] >= 0.5)
    return result
