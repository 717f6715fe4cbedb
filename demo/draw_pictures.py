#!/usr/bin/env python3
"""Draws every picture of the demonstration paper as SVG, 1200 by 675, into the folder given: the same bytes every time.

    python3 draw_pictures.py FOLDER [--sheet FILE.html]
"""

import argparse
import sys
from pathlib import Path

sys.dont_write_bytecode = True  # a drawing leaves nothing behind in the source tree

from prints import harbour, indoors, town  # noqa: E402, F401  (each registers its scenes)
from prints.ink import SCENES  # noqa: E402


def sheet(names):
    """One page with all pictures side by side, for looking at."""
    figure = '<figure><img src="{0}.svg" width="390" alt=""><figcaption>{0}</figcaption></figure>'
    figures = "".join(figure.format(name) for name in names)
    style = "body{margin:8px;display:grid;grid-template-columns:repeat(4,1fr);gap:8px;font:12px sans-serif}figure{margin:0}"
    return f"<!doctype html><meta charset=utf-8><style>{style}</style>{figures}\n"


def main():
    parser = argparse.ArgumentParser(description="Draws the pictures of the demonstration paper.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sheet", type=Path, help="also write one page with all of them (put it into FOLDER)")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for name, draw in SCENES.items():
        (options.folder / f"{name}.svg").write_text(draw(), encoding="utf-8")
    if options.sheet:
        options.sheet.write_text(sheet(sorted(SCENES)), encoding="utf-8")
    print(f"{len(SCENES)} pictures in {options.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
