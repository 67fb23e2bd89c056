#!/usr/bin/env python3
"""Walks a page: runs the commands of its `$` blocks in a new folder and writes what they print.

    docs/walk.py docs/walkthrough.md [path to golive]

A command that ends with ` &` goes on until the page ends, and its block shows all that it printed.
`<!-- from REGEX until REGEX -->` above a block keeps the lines between.
"""

import os
import re
import subprocess
import sys
import tempfile
import time

BLOCK = re.compile(
    r"(?P<head>(?:<!-- from (?P<first>.*?) until (?P<until>.*?) -->\n)?```text\n)"
    r"(?P<body>\$ .*?)```\n", re.S)


def commands(body):
    """The lines typed in a block; a line that ends with a backslash goes on."""
    typed, goes_on = [], False
    for line in body.splitlines():
        if goes_on or line.startswith("$ "):
            typed.append(line)
            goes_on = line.endswith("\\")
    return typed


class Shell:
    """One shell for the whole page."""

    def __init__(self, golive):
        self.folder = tempfile.TemporaryDirectory(prefix="walk")
        directory = os.path.join(self.folder.name, "bin")
        os.mkdir(directory)
        os.symlink(os.path.abspath(golive), os.path.join(directory, "golive"))
        room = os.path.join(self.folder.name, "room")
        os.mkdir(room)
        world = {"PATH": f"{directory}:{os.environ['PATH']}", "COLUMNS": "90", "TZ": "UTC",
                 "HOME": self.folder.name, "NO_COLOR": "1"}
        self.process = subprocess.Popen(
            ["bash"], cwd=room, env=world, text=True, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.logs = 0

    def run(self, command):
        """What a command prints; of one that goes on, the file that holds it."""
        log = None
        if command.endswith(" &"):
            self.logs += 1
            log = os.path.join(self.folder.name, f"log{self.logs}")
            command = f"{command[:-2]} > {log} 2>&1 &"
        self.process.stdin.write(f"{command}\necho @@ended@@\n")
        self.process.stdin.flush()
        printed = []
        for line in self.process.stdout:
            if line == "@@ended@@\n":
                break
            printed.append(line)
        if log:
            time.sleep(3)
        return log, "".join(printed)

    def end(self):
        self.process.stdin.write("kill $(jobs -p) 2>/dev/null; wait\n")
        self.process.stdin.close()
        self.process.wait()


def kept(text, first, until):
    """The lines from the one that fits `first` to the one before that which fits `until`."""
    if first is None:
        return text
    lines = text.splitlines(keepends=True)
    start = next((i for i, line in enumerate(lines) if re.search(first, line)), None)
    if start is None:
        sys.exit(f"no line fits {first}:\n{text}")
    end = next((i for i in range(start + 1, len(lines)) if re.search(until, lines[i])), len(lines))
    return "".join(lines[start:end]).rstrip("\n") + "\n"


def shortened(text):
    """Keys, ids and digests that were made up for the walk, without their middle."""
    return re.sub(r"\b([0-9a-f]{4})[0-9a-f]{4}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"
                  r"|\b([0-9a-f]{4})(?:[0-9a-f]{20}|[0-9a-f]{28})\b",
                  lambda found: (found[1] or found[2]) + "…", text)


def main():
    path = sys.argv[1]
    shell = Shell(sys.argv[2] if len(sys.argv) > 2 else "target/debug/golive")
    with open(path, encoding="utf-8") as page:
        text = page.read()
    done = []
    for block in BLOCK.finditer(text):
        typed = commands(block["body"])
        command = "\n".join(typed)
        log, printed = shell.run(re.sub(r"^\$ ", "", command, flags=re.M))
        done.append((block, command, log, printed))
    shell.end()
    out, at = [], 0
    for block, command, log, printed in done:
        if log:
            with open(log, encoding="utf-8") as file:
                printed = file.read()
        printed = kept(printed, block["first"], block["until"])
        printed = shortened(printed.replace(shell.folder.name, "…"))
        out += [text[at:block.start()], block["head"], command, "\n", printed, "```\n"]
        at = block.end()
    with open(path, "w", encoding="utf-8") as page:
        page.write("".join(out) + text[at:])


if __name__ == "__main__":
    main()
