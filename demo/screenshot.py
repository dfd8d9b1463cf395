#!/usr/bin/env python3
"""Runs the README's first command and draws what it prints as docs/demo.svg: `python3 demo/screenshot.py`."""

import os
import subprocess
from xml.sax.saxutils import escape

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
COMMAND = ["./meterline", "demo", "--requests", "200", "--exit"]
COLUMN, LINE, MARGIN, BAR = 8.05, 19, 18, 34


def text(line, row, color):
    y = BAR + MARGIN + row * LINE
    return f'<text x="{MARGIN}" y="{y}" fill="{color}" xml:space="preserve">{escape(line)}</text>'


def main():
    run = subprocess.run(COMMAND, cwd=ROOT, capture_output=True, text=True, check=True)
    # A folder of this machine's is of no interest.
    words = [line for line in run.stderr.splitlines() if line.startswith(("API", "usage"))]
    lines = [("$ " + " ".join(COMMAND), "#7ee787")]
    lines += [(line, "#8b949e") for line in words]
    lines += [(line, "#e6edf3") for line in run.stdout.splitlines()]
    width = round(2 * MARGIN + COLUMN * max(len(line) for line, _ in lines))
    height = BAR + MARGIN + LINE * len(lines)
    dots = "".join(f'<circle cx="{20 + 18 * i}" cy="17" r="5.5" fill="{c}"/>' for i, c in enumerate(("#ff5f57", "#febc2e", "#28c840")))
    drawn = "\n".join(text(line, row, color) for row, (line, color) in enumerate(lines))
    with open(os.path.join(ROOT, "docs", "demo.svg"), "w", encoding="utf-8") as file:
        file.write(
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
            'font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,\'DejaVu Sans Mono\',monospace" font-size="13.3">\n'
            f'<rect width="{width}" height="{height}" rx="9" fill="#0d1117"/>{dots}\n{drawn}\n</svg>\n'
        )


if __name__ == "__main__":
    main()
