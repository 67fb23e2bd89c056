#!/usr/bin/env python3
"""Takes the pictures of the demo's page, and looks at the page as a browser does.

    docs/pictures/take.py path/to/golive [--check]

Needs Chromium and the Python package `playwright`. Says what it found: console messages, requests,
what the keyboard reaches, and whether anything is wider than the window. With --check no picture
is written. Exit codes: 0 all is well, 1 something is not, 77 a browser or playwright is missing.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
WIDTHS = {"wide": 1280, "narrow": 390}
PICTURES = {
    ("no-go", "wide", "light"),
    ("no-go", "wide", "dark"),
    ("no-go", "narrow", "dark"),
    ("go", "wide", "light"),
}


def browser_path():
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def pages(golive, folder):
    """The demo's two pages."""
    for name, flags in {"no-go": [], "go": ["--ready"]}.items():
        told = subprocess.run([golive, "demo", *flags, "--format", "html"], stdout=subprocess.PIPE)
        path = pathlib.Path(folder) / f"{name}.html"
        path.write_bytes(told.stdout)
        yield name, path


def look(page, name, say):
    """What a reader would stumble over."""
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if wide > 0:
        say(f"{name}: {wide} px wider than the window")
    reached = []
    for _ in range(6):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.className"))
    if reached[0] != "skip":
        say(f"{name}: the keyboard reaches {reached[0]} first")


def filtered(page, name, say):
    """The filter leaves what fits, and gives everything back."""
    seen = "document.querySelectorAll('.check:not([hidden])').length"
    all_of_them = page.evaluate(seen)
    page.select_option("#by-result", "pass")
    passed = page.evaluate(seen)
    if not 0 < passed < all_of_them:
        say(f"{name}: the filter leaves {passed} of {all_of_them} checks")
    page.click("button[type=reset]")
    page.wait_for_function(f"{seen} === {all_of_them}", timeout=2000)


def visit(browser, name, path, say, pictures):
    for width_name, width in WIDTHS.items():
        for scheme in ("light", "dark"):
            page = browser.new_page(
                viewport={"width": width, "height": 900}, color_scheme=scheme
            )
            label = f"{name}-{width_name}-{scheme}"
            page.on("console", lambda message: say(f"{label}: console: {message.text}"))
            page.on("pageerror", lambda fault: say(f"{label}: script: {fault}"))
            page.on(
                "request",
                lambda request: request.url.startswith(("file:", "data:"))
                or say(f"{label}: request: {request.url}"),
            )
            page.goto(path.as_uri())
            if pictures and (name, width_name, scheme) in PICTURES:
                page.screenshot(path=HERE / f"{label}.png")
            look(page, label, say)
            filtered(page, label, say)
            page.close()
    page = browser.new_page(java_script_enabled=False)
    page.goto(path.as_uri())
    if not page.locator("#steps .check").first.is_visible() or page.locator("#filter").is_visible():
        say(f"{name}: without scripts the page is not whole")
    paper = page.pdf(format="A4", print_background=True)
    if not paper.startswith(b"%PDF"):
        say(f"{name}: it does not print")
    page.close()


def main():
    golive, check = sys.argv[1], "--check" in sys.argv
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        print("skipped: the Python package playwright is not installed")
        return 77
    path = browser_path()
    if path is None:
        print("skipped: there is no Chromium")
        return 77
    found = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name, page in pages(golive, folder):
            visit(browser, name, page, found.append, not check)
        browser.close()
    print("\n".join(found) or "no console message, no request, nothing cut off")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
