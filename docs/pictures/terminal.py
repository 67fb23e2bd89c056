#!/usr/bin/env python3
"""Draws what a command prints on a terminal as an SVG. Python alone; nothing is fetched.

    CLICOLOR_FORCE=1 COLUMNS=100 golive demo | docs/pictures/terminal.py \
        --title 'golive demo' --from '^NO-GO' --until '^ASK' > docs/pictures/demo.svg

`docs/pictures/draw.sh` draws every picture of this folder anew.
"""

import argparse
import re
import sys
import unicodedata
from xml.sax.saxutils import escape

WIDTH, HEIGHT, SIZE, EDGE, BAR = 8.4, 19, 14, 18, 34
PAPER, INK, FAINT, FRAME = "#101418", "#d6dde4", "#7f8b97", "#2a323a"
COLORS = {
    30: "#5b6670", 31: "#ff7b72", 32: "#6fdd8b", 33: "#f2cc60",
    34: "#79b8ff", 35: "#d2a8ff", 36: "#76e3ea", 37: "#d6dde4",
    90: "#7f8b97", 91: "#ffa198", 92: "#8ff0a4", 93: "#f8e3a1",
    94: "#a5d0ff", 95: "#e2c5ff", 96: "#b3f0ff", 97: "#ffffff",
}
CODE = re.compile(r"\x1b\[([0-9;]*)m")
OTHER = re.compile(r"\x1b\[[0-9;?]*[A-Za-ln-z]|\x1b\][^\x07]*\x07")


def styled(line, style):
    """Pieces of a line with the style of each; the style goes on in the next line."""
    pieces, at = [], 0
    for code in CODE.finditer(line):
        pieces.append((line[at:code.start()], dict(style)))
        at = code.end()
        for number in [int(part or 0) for part in code.group(1).split(";")]:
            if number == 0:
                style.clear()
            elif number == 1:
                style["bold"] = True
            elif number == 2:
                style["faint"] = True
            elif number == 4:
                style["line"] = True
            elif number == 22:
                style.pop("bold", None)
                style.pop("faint", None)
            elif number == 24:
                style.pop("line", None)
            elif number == 39:
                style.pop("color", None)
            elif number in COLORS:
                style["color"] = COLORS[number]
    pieces.append((line[at:], dict(style)))
    return [piece for piece in pieces if piece[0]]


def columns(text):
    """How many columns a text takes."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide


def drawn(line, row, style):
    """One line as text elements, each piece at its own column."""
    out, column, y = [], 0, BAR + EDGE + row * HEIGHT + SIZE
    for text, look in styled(line, style):
        color = look.get("color") or (FAINT if look.get("faint") else INK)
        more = ' font-weight="700"' if look.get("bold") else ""
        more += ' text-decoration="underline"' if look.get("line") else ""
        # several blanks would fall together, so each run of words has its own place
        for run in re.finditer(r"\S+(?: \S+)*", text):
            x = EDGE + (column + columns(text[:run.start()])) * WIDTH
            words = run.group()
            out.append(
                f'<text x="{x:.1f}" y="{y}" fill="{color}"{more} '
                f'textLength="{columns(words) * WIDTH:.1f}">{escape(words)}</text>'
            )
        column += columns(text)
    return out


def picture(lines, title):
    """The whole SVG."""
    widest = max((columns(CODE.sub("", line)) for line in lines), default=0)
    width = round(widest * WIDTH + 2 * EDGE)
    height = BAR + 2 * EDGE + len(lines) * HEIGHT
    style, texts = {}, []
    for row, line in enumerate(lines):
        texts += drawn(line, row, style)
    dots = "".join(
        f'<circle cx="{EDGE + 4 + index * 18}" cy="{BAR / 2}" r="5.5" fill="{FRAME}"/>'
        for index in range(3)
    )
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width}" height="{height}" rx="8" fill="{PAPER}" stroke="{FRAME}"/>',
        dots,
        f'<text x="{width / 2}" y="{BAR / 2 + 5}" fill="{FAINT}" text-anchor="middle" '
        f'font-family="system-ui, sans-serif" font-size="13">{escape(title)}</text>',
        f'<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, \'DejaVu Sans Mono\', '
        f'monospace" font-size="{SIZE}">',
        *texts,
        "</g>",
        "</svg>",
    ]) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--title", default="golive")
    parser.add_argument("--from", dest="first", default="", help="begin at the line that fits")
    parser.add_argument("--until", default="", help="end before the line that fits")
    asked = parser.parse_args()
    plain = [OTHER.sub("", line) for line in sys.stdin.read().splitlines()]
    bare = [CODE.sub("", line) for line in plain]
    start = next((i for i, line in enumerate(bare) if re.search(asked.first, line)), None)
    if start is None:
        sys.exit(f"no line fits {asked.first}")
    rest = range(start + 1, len(plain))
    end = next((i for i in rest if asked.until and re.search(asked.until, bare[i])), len(plain))
    lines = plain[start:end]
    while lines and not bare[start + len(lines) - 1].strip():
        lines.pop()
    sys.stdout.write(picture(lines, asked.title))


if __name__ == "__main__":
    main()
