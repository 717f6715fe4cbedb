"""Memory of the server, and whether the page cache keeps its limit."""
import time

from .common import query, quiet
from .report import Result

SITES = {(1_000, 10_000): 48, (100_000, 2_000_000): 160}
CACHE_MEGABYTES = 64


def read_all(server, addresses):
    """All of them, and then nothing for a second, in which what was compressed quickly is compressed well."""
    for number, address in enumerate(addresses):
        server.get(address, Accept_Encoding="gzip")
        if number % 100 == 0:
            quiet(f"memory: {number} of {len(addresses)} pages")
    time.sleep(1)
    quiet("")


def measure_site(bench, site):
    server = bench.serve(site, f"cache.megabytes={CACHE_MEGABYTES}")
    addresses = [row[0] for row in query(site, "SELECT address FROM articles ORDER BY id DESC LIMIT 8000")]
    server.get("/")
    begun = server.memory()
    read_all(server, ["/", "/search?q=a", *addresses[:100]])
    some = server.memory()
    read_all(server, addresses[:1000])
    thousand = server.memory()
    read_all(server, addresses[1000:])
    full = server.memory()
    server.stop()
    return begun, some, thousand, full


def measure(bench):
    result = Result("Memory", f"Resident memory in MB of the whole server with its defaults (page cache: {CACHE_MEGABYTES} MB): after its first answer, a second after 100 articles were read, after "
                    "1,000, and after 8,000 (or all), which fills the cache.")
    rows = []
    for size, limit in SITES.items():
        begun, some, thousand, full = measure_site(bench, bench.site(*size))
        if len(rows) == len(SITES) - 1:
            # The quarter is what the heap leaves between pages, the 16 MB are SQLite's caches and what workers leave lying about.
            most = CACHE_MEGABYTES * 1.25 + 16
            result.target("growth by a full page cache", f"{full - begun:.0f} MB", f"≤ {most:.0f} MB (its limit is {CACHE_MEGABYTES} MB)", full - begun <= most)
        rows.append([f"{size[0]:,}", f"{begun:.0f}", f"{some:.0f}", f"{thousand:.0f}", f"{full:.0f}", limit])
        result.target(f"with {size[0]:,} articles, as many as there are read", f"{full:.0f} MB", f"≤ {limit} MB", full <= limit)
    result.table(["articles", "first answer", "100 read", "1,000 read", "all or 8,000 read", "target"], rows)
    return result
