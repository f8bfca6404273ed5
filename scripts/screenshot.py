"""Draw the pictures of the documentation from what dynalint really writes: ``python scripts/screenshot.py``.

The page needs a browser: Chromium on PATH, or named by ``CHROMIUM``. Without one the other pictures are drawn all the
same. ``python scripts/screenshot.py PAGE.html WIDTH light|dark PICTURE.png`` takes a picture of any page.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

CHECKOUT = Path(__file__).resolve().parent.parent
PICTURE = CHECKOUT / "docs" / "images" / "check.svg"
GRAPH = PICTURE.with_name("graph.svg")
PAGE = PICTURE.with_name("report.png")
BROWSER = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
"""Without the switches for networks Chromium looks for servers of its own at every start."""
COMMAND = ("check", "examples/flawed", "--select", "DYN101,DYN202,DYN401")
WIDTH = 108
FONT_FACES = re.compile(r"@font-face \{\{.*?\}\}", re.DOTALL)
"""The picture asks no server for a font; the viewer's own monospaced one will do."""


def main() -> int:
    """Write the pictures, or one of a page that is named."""
    if len(sys.argv) == 5:
        named, wide, theme, picture = sys.argv[1:]
        photograph(Path(named), Path(picture), width=int(wide), height=1600, theme=theme)
        return 0
    PICTURE.write_text(svg(output()), encoding="utf-8")
    dynalint("graph", "examples/flawed", "--format", "svg", "-o", str(GRAPH))
    if browser() is None:
        print("no Chromium on PATH: docs/images/report.png stays as it is", file=sys.stderr)
        return 0
    with TemporaryDirectory() as directory:
        page = Path(directory) / "report.html"
        dynalint("report", "examples/flawed", "-o", str(page))
        photograph(page, PAGE, width=1100, height=900, theme="light")
    return 0


def dynalint(*arguments: str) -> None:
    """Run dynalint in the checkout."""
    subprocess.run([sys.executable, "-m", "dynalint", *arguments], cwd=CHECKOUT, check=True)


def browser() -> str | None:
    """The Chromium to use."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


def photograph(page: Path, picture: Path, *, width: int, height: int, theme: str) -> None:
    """Take a picture of a page."""
    dark = ["--blink-settings=preferredColorScheme=0"] if theme == "dark" else []
    with TemporaryDirectory() as profile:
        size = [f"--window-size={width},{height}", f"--user-data-dir={profile}", f"--screenshot={picture.absolute()}"]
        command = [str(browser()), *BROWSER, *dark, *size, page.absolute().as_uri()]
        subprocess.run(command, check=True, capture_output=True)


def output() -> str:
    """What the command prints on a terminal with colours."""
    environment = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "TERM"}}
    environment |= {"COLUMNS": str(WIDTH), "TERM": "xterm-256color"}
    done = subprocess.run(
        [sys.executable, "-m", "dynalint", *COMMAND, "--color", "always"],
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 1:
        raise SystemExit(f"dynalint ended with {done.returncode}, not with findings:\n{done.stdout}{done.stderr}")
    return done.stdout


def svg(text: str) -> str:
    """The text, with its colours, as a terminal window."""
    console = Console(record=True, width=WIDTH, file=StringIO(), force_terminal=True)
    console.print(Text.from_ansi(text), soft_wrap=True)
    return console.export_svg(
        title=f"dynalint {' '.join(COMMAND)}", code_format=FONT_FACES.sub("", CONSOLE_SVG_FORMAT), unique_id="dynalint"
    )


if __name__ == "__main__":
    sys.exit(main())
