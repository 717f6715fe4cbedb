"""The house rules of docs/architecture.md and STYLE that a machine can see. Called by script/lint; needs nothing but Python.

1. Who may include whom: a folder of src/ includes only the folders its row allows.
2. Each third-party library is included in exactly one folder.
3. The doors to text::Html are used only where they belong.
4. SQL stands only in store (and db's own migration table).
5. No function over 60 lines without a reason written right above it ("Long because ...").
"""
import re
import sys
from pathlib import Path

MAY_INCLUDE = {
    "base": "",
    "text": "base",
    "http": "base",
    "db": "base",
    "news": "base text",
    "store": "base text news db",
    "desk": "base text news db store",
    "view": "base text news",
    "web": "base text http news desk view",
    "import": "base text db news desk",
    "mail": "base",
    "jobs": "base news desk view mail",
    "backup": "base text db",
    "main": "base text http db news store desk view web import mail jobs backup",
}

# What a header of a third-party library begins with, and the one folder that may include it.
LIBRARY_HOME = {
    "sodium": "base",
    "fmt/": "base",
    "spdlog/": "base",
    "unicode/": "text",
    "gumbo": "text",
    "md4c": "text",
    "boost/json": "text",
    "boost/asio": "http",
    "boost/beast": "http",
    "brotli/": "http",
    "libdeflate": "http",
    "openssl/": "http",
    "nghttp2/": "http",
    "sqlite3": "db",
    "archive": "backup",
    "ctemplate/": "view",
    "curl/": "mail",
    "expat": "import",
    "zlib.h": "import",
    "yaml-cpp/": "import",
    "CLI/": "main",
    "toml++/": "main",
}

# Headers that hand out trust, and who may include them.
DOORS = {"text/trusted_html.h": {"text", "store", "view"}}

# Where a folder may include only some headers of another.
ONLY = {("import", "db"): {"db/foreign_file.h", "db/scratch.h"}}

SQL = re.compile(r'"\s*(SELECT\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET|DELETE\s+FROM)', re.IGNORECASE)
INCLUDE = re.compile(r'\s*#\s*include\s+([<"])([^>"]+)[>"]')
LONGEST_FUNCTION = 60


def check_includes(folder, number, line, is_test, complain):
    match = INCLUDE.match(line)
    if not match:
        return
    bracket, header = match.groups()
    if bracket == '"':
        target = header.split("/")[0]
        if target in MAY_INCLUDE and target != folder and target not in MAY_INCLUDE[folder].split():
            complain(number, f"{folder} may not include {target} (allowed: {MAY_INCLUDE[folder] or 'nothing'})")
        if not is_test and header not in ONLY.get((folder, target), {header}):
            complain(number, f"of {target}, {folder} may include only {', '.join(sorted(ONLY[folder, target]))}")
        if header in DOORS and folder not in DOORS[header]:
            complain(number, f"{header} may be included only in {', '.join(sorted(DOORS[header]))}")
    else:
        for prefix, home in LIBRARY_HOME.items():
            if header.startswith(prefix) and folder != home:
                complain(number, f"<{header}> belongs to {home}; include what {home} offers instead")


def check_function_lengths(lines, complain):
    """clang-format closes a function that stands at namespace level with a '}' in the first column."""
    start = None
    for number, line in enumerate(lines, 1):
        if start is None and re.match(r"[A-Za-z].*\{\s*$", line) and "(" in line and not re.match(r"(namespace|class|struct|enum|union)\b", line):
            start = number
        elif start is None and re.match(r"\s+.*\)\s*(const|noexcept|override|->.*)*\s*\{\s*$", line) and number > 1 and re.match(r"[A-Za-z].*[,(]$", lines[number - 2]):
            start = number
        elif start is not None and line.startswith("}"):
            length = number - start + 1
            above = " ".join(lines[max(0, start - 6) : start])
            if length > LONGEST_FUNCTION and "Long because" not in above:
                complain(start, f"a function of {length} lines; split it, or write the reason above it (\"Long because ...\")")
            start = None


def check_file(path, folder, complaints):
    lines = path.read_text(encoding="utf-8").splitlines()

    def complain(number, what):
        complaints.append(f"{path}:{number}: {what}")

    for number, line in enumerate(lines, 1):
        check_includes(folder, number, line, path.name.endswith("_test.cpp"), complain)
        if SQL.search(line) and folder not in ("store", "db") and not path.name.endswith("_test.cpp"):
            complain(number, "SQL belongs to store")
    if not path.name.endswith("_test.cpp"):
        check_function_lengths(lines, complain)
    if path.suffix == ".h" and not (lines and lines[0].startswith("//")):
        complain(1, "a header opens with a paragraph on what it is")


def main():
    root = Path("src")
    complaints = []
    for path in sorted(root.rglob("*")):
        if path.suffix not in (".h", ".cpp"):
            continue
        folder = path.relative_to(root).parts[0]
        if folder not in MAY_INCLUDE:
            complaints.append(f"{path}:1: src/{folder} is no folder of docs/architecture.md")
            continue
        check_file(path, folder, complaints)
    print("\n".join(complaints) if complaints else "script/lint: no breach of the house rules")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
