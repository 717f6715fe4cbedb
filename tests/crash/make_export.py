"""Writes exports of other comment systems as large as one likes, and the articles that they belong to:
    make_export.py articles COUNT FOLDER          Markdown files for `broadsheet publish`
    make_export.py FORMAT MEGABYTES FILE [COUNT]  FORMAT: disqus, isso, remark42, commento, comentario; COUNT articles (default 400)
The same call writes the same bytes. One comment in ten comes before the one that it answers; people stand behind what they wrote where the format allows it.
"""
import gzip
import json
import random
import sqlite3
import sys
from pathlib import Path

WORDS = ("harbour ferry bridge tram council vote rain market lamp orchard river school bread fog summer winter editor reader letter window garden stone "
         "north south early late never always perhaps because although between before behind under over again quite rather almost seven eleven thousand").split()
PEOPLE = 5000


POOL = []


def sentence(rng):
    if not POOL:
        POOL.extend(" ".join(rng.choices(WORDS, k=rng.randint(10, 70))).capitalize() + "." for _ in range(3000))
    return " ".join(rng.choices(POOL, k=5)) + f" {rng.randrange(10**9)}"


class Output:
    """A text file that knows its own length; asking the file for it would take most of the time."""

    def __init__(self, file):
        self.file = gzip.open(file, "wt", encoding="utf-8", compresslevel=3) if file.endswith(".gz") else open(file, "w", encoding="utf-8")
        self.written = 0

    def write(self, text):
        self.written += len(text)
        self.file.write(text)


def comments(rng, count):
    """Endless (number, parent or None, article, person, seconds): parents are earlier numbers of the same article, and pairs are swapped now and then."""
    last = {}
    number = 0
    held = None
    while True:
        number += 1
        article = rng.randrange(count)
        known = last.setdefault(article, [])
        parent = rng.choice(known) if known and rng.random() < 0.6 else None
        known.append(number)
        del known[:-8]
        item = (number, parent, article, rng.randrange(PEOPLE), 1_700_000_000 + number)
        if held is None and rng.random() < 0.1:
            held = item
            continue
        yield item
        if held is not None and rng.random() < 0.3:
            yield held
            held = None


def path(article):
    return f"/2026/11/story-{article}/"


def time(seconds):
    days, rest = divmod(seconds - 1_700_000_000, 86400)
    return f"2023-{11 - 10 * (days % 2):02}-{1 + days % 28:02}T{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}Z"


def disqus(rng, out, size, count):
    out.write('<?xml version="1.0" encoding="utf-8"?>\n<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">\n')
    for article in range(count):
        out.write(f'<thread dsq:id="{article}"><id/><link>https://example.org{path(article)}</link><isClosed>false</isClosed><isDeleted>false</isDeleted></thread>\n')
    for number, parent, article, person, seconds in comments(rng, count):
        above = f'<parent dsq:id="{parent}"/>' if parent else ""
        out.write(f'<post dsq:id="{number}"><id/><message><![CDATA[<p>{sentence(rng)}</p>]]></message><createdAt>{time(seconds)}</createdAt><isDeleted>false</isDeleted>'
                  f'<isSpam>false</isSpam><author><email>reader{person}@example.org</email><name>Reader {person}</name><isAnonymous>false</isAnonymous>'
                  f'<username>reader{person}</username></author><ipAddress>203.0.113.9</ipAddress><thread dsq:id="{article}"/>{above}</post>\n')
        if out.written >= size:
            break
    out.write("</disqus>\n")


def remark42(rng, out, size, count):
    users = [{"id": f"email_{person:040x}", "blocked": {"status": False}, "verified": True, "details": {"email": f"reader{person}@example.org"}} for person in range(PEOPLE)]
    out.write(json.dumps({"version": 1, "users": users, "posts": []}) + "\n")
    for number, parent, article, person, seconds in comments(rng, count):
        text = sentence(rng)
        out.write(json.dumps({"id": f"r{number}", "pid": f"r{parent}" if parent else "", "text": f"<p>{text}</p>", "orig": text,
                              "user": {"name": f"Reader {person}", "id": f"email_{person:040x}", "admin": False},
                              "locator": {"site": "example", "url": "https://example.org" + path(article)}, "score": 0, "vote": 0, "time": time(seconds)}) + "\n")
        if out.written >= size:
            break


def commento(rng, out, size, count):
    out.write('{"version":1,"comments":[')
    begin = out.written
    for number, parent, article, person, seconds in comments(rng, count):
        out.write(("" if out.written == begin else ",") + json.dumps(
            {"commentHex": f"{number:064x}", "domain": "example.org", "url": path(article), "commenterHex": f"{person:063x}f", "markdown": sentence(rng), "html": "",
             "parentHex": f"{parent:064x}" if parent else "root", "score": 0, "state": "approved", "creationDate": time(seconds), "direction": 0, "deleted": False}))
        if out.written >= size:
            break
    people = [{"commenterHex": f"{person:063x}f", "email": f"reader{person}@example.org", "name": f"Reader {person}", "link": "undefined"} for person in range(PEOPLE)]
    out.write('],"commenters":' + json.dumps(people) + "}")


def comentario(rng, out, size, count):
    pages = [{"id": f"{article:08x}-1111-4000-8000-000000000000", "path": path(article), "isReadonly": False} for article in range(count)]
    out.write('{"version":3,"pages":' + json.dumps(pages) + ',"comments":[')
    begin = out.written
    for number, parent, article, person, seconds in comments(rng, count):
        comment = {"id": f"{number:08x}-2222-4000-8000-000000000000", "pageId": f"{article:08x}-1111-4000-8000-000000000000", "markdown": sentence(rng), "score": 0, "isSticky": False,
                   "isApproved": True, "isPending": False, "isDeleted": False, "createdTime": time(seconds), "userCreated": f"{person:08x}-3333-4000-8000-000000000000"}
        if parent:
            comment["parentId"] = f"{parent:08x}-2222-4000-8000-000000000000"
        out.write(("" if out.written == begin else ",") + json.dumps(comment))
        if out.written >= size:
            break
    people = [{"id": f"{person:08x}-3333-4000-8000-000000000000", "email": f"reader{person}@example.org", "name": f"Reader {person}"} for person in range(PEOPLE)]
    out.write('],"commenters":' + json.dumps(people) + "}")


def isso(rng, file, size, count):
    database = sqlite3.connect(file)
    database.executescript("""PRAGMA user_version = 5; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
        CREATE TABLE preferences (key VARCHAR PRIMARY KEY, value VARCHAR); INSERT INTO preferences VALUES ('session-key', 'a key of the generator');
        CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256));
        CREATE TABLE comments (tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER, created FLOAT NOT NULL, modified FLOAT, mode INTEGER, remote_addr VARCHAR,
          text VARCHAR NOT NULL, author VARCHAR, email VARCHAR, website VARCHAR, likes INTEGER, dislikes INTEGER, voters BLOB NOT NULL, notification INTEGER);""")
    database.executemany("INSERT INTO threads VALUES (?, ?, NULL)", ((article + 1, path(article)) for article in range(count)))
    written = 0
    for number, parent, article, person, seconds in comments(rng, count):
        text = sentence(rng)
        database.execute("INSERT INTO comments VALUES (?, ?, ?, ?, NULL, 1, '203.0.113.0', ?, ?, ?, NULL, 0, 0, ?, 0)",
                         (article + 1, number, parent, seconds + 0.5, text, f"Reader {person}", f"reader{person}@example.org", bytes(256)))
        written += len(text) + 330
        if written >= size:
            break
    database.commit()
    database.close()


def articles(count, folder):
    Path(folder).mkdir(parents=True, exist_ok=True)
    for article in range(count):
        Path(folder, f"story-{article}.md").write_text(f"---\ntitle: Story {article}\nslug: story-{article}\ndate: 2026-11-20 07:30\n---\nWords.\n", encoding="utf-8")


def main():
    what, number, file, *rest = sys.argv[1:]
    if what == "articles":
        return articles(int(number), file)
    rng = random.Random(42)
    size = int(float(number) * 1_000_000)
    count = int(rest[0]) if rest else 400
    if what == "isso":
        return isso(rng, file, size, count)
    out = Output(file)
    {"disqus": disqus, "remark42": remark42, "commento": commento, "comentario": comentario}[what](rng, out, size, count)
    out.file.close()


main()
