"""Write the README's table of rules from the rules themselves: ``python scripts/readme_rules.py``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from dynalint.findings import RuleInfo
from dynalint.packs import infos_of, load_rules

README = Path(__file__).resolve().parent.parent / "README.md"
BEGIN = "<!-- rules: begin -->\n"
END = "<!-- rules: end -->"


def main() -> int:
    """Put the table between its two marks."""
    before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{BEGIN}{table()}{END}{after}", encoding="utf-8")
    return 0


def table() -> str:
    """The rules in the order of their codes, as a Markdown table."""
    return "".join(f"{line}\n" for line in _lines(sorted(infos_of(load_rules()), key=lambda info: info.code)))


def _lines(rules: list[RuleInfo]) -> Iterator[str]:
    yield "| rule | severity | what it finds |"
    yield "|---|---|---|"
    for info in rules:
        yield f"| {info.code} `{info.name}` | {info.severity} | {info.summary.rstrip('.')} |"


if __name__ == "__main__":
    sys.exit(main())
