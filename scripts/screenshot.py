"""Draw the README's picture from what dynalint really prints: ``python scripts/screenshot.py``."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

CHECKOUT = Path(__file__).resolve().parent.parent
PICTURE = CHECKOUT / "docs" / "images" / "check.svg"
COMMAND = ("check", "examples/flawed", "--select", "DYN101,DYN202,DYN401")
WIDTH = 108
FONT_FACES = re.compile(r"@font-face \{\{.*?\}\}", re.DOTALL)
"""The picture asks no server for a font; the viewer's own monospaced one will do."""


def main() -> int:
    """Write the picture."""
    PICTURE.write_text(svg(output()), encoding="utf-8")
    return 0


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
