"""Results as files, and the page docs/benchmarks.md made of them. A part that is run alone replaces its own results only."""
import json
import time

from .common import ROOT, machine, versions

RESULTS = ROOT / "build" / "bench-results"


class Result:
    def __init__(self, title, about):
        self.title = title
        self.about = about
        self.targets = []
        self.blocks = []
        self.charts = {}

    def target(self, name, measured, wanted, met):
        self.targets.append({"name": name, "measured": measured, "target": wanted, "met": bool(met)})

    def text(self, paragraph):
        self.blocks.append(paragraph)

    def table(self, head, rows):
        lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
        lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
        self.blocks.append("\n".join(lines))

    def chart(self, name, alternative, svg):
        self.charts[name] = svg
        self.blocks.append(f"![{alternative}](benchmarks/{name}.svg)")

    def save(self, part, load):
        RESULTS.mkdir(parents=True, exist_ok=True)
        stored = {"when": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()), "load": load, "machine": machine(), "versions": versions(), **vars(self)}
        (RESULTS / f"{part}.json").write_text(json.dumps(stored, indent=1))


def load_results(parts):
    stored = [(part, RESULTS / f"{part}.json") for part in parts]
    return [(part, json.loads(file.read_text())) for part, file in stored if file.exists()]


def summary(results):
    lines = ["| benchmark | measured | target | met |", "|---|---|---|---|"]
    for part, result in results:
        for row in result["targets"]:
            lines.append(f"| `{part}`: {row['name']} | {row['measured']} | {row['target']} | {'yes' if row['met'] else '**no**'} |")
    return "\n".join(lines)


def about_run(result):
    known = ", ".join(f"{name} {version}" for name, version in result["versions"].items())
    return f"{result['when']}; {result['machine']}; load average before {result['load']}; {known}."


def write(parts, file):
    results = load_results(parts)
    page = [
        "# Benchmarks",
        "Written by `script/bench`; every figure can be measured again with it, each part alone with `script/bench PART`. Generator and server "
        "share two processors where nothing else is said, so figures count against each other rather than for themselves.",
        "\n".join(sorted({"Run: " + about_run(result) for _, result in results})),
        summary(results),
    ]
    for part, result in results:
        page += [f"## {result['title']}", f"`script/bench {part}`. {result['about']}", *result["blocks"]]
    notes = file.parent / "benchmarks" / "notes.md"
    if notes.exists():
        page.append(notes.read_text().strip())
    charts = file.parent / "benchmarks"
    for _, result in results:
        for name, svg in result["charts"].items():
            charts.mkdir(parents=True, exist_ok=True)
            (charts / f"{name}.svg").write_text(svg)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n\n".join(page) + "\n")


def print_result(part, result):
    print(f"\n## {result.title}\n")
    for block in result.blocks:
        print(block + "\n")
    for row in result.targets:
        print(f"{part}: {row['name']}: {row['measured']} (target {row['target']}) {'met' if row['met'] else 'MISSED'}")
