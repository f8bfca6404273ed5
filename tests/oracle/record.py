"""Record what the real terraform says of test cases: ``python -m tests.oracle.record [--check] CASE…``.

Writes ``expected.json`` into each case directory, or, with ``--check``, says which stored answers no longer hold. How
to write a case is said in ``tests/oracle/terraform.py``. The provider comes from where the user's own Terraform CLI
configuration says, or from the directory that TERRAFORM_PLUGIN_MIRROR names.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tests.oracle import terraform


def main(arguments: list[str] | None = None) -> int:
    """Record or check the cases named; 1 if one of the stored answers is not terraform's."""
    parser = argparse.ArgumentParser(description="Record what the real terraform says of test cases.")
    parser.add_argument("--check", action="store_true", help="compare with what is stored and write nothing")
    parser.add_argument("cases", nargs="+", type=Path, metavar="CASE", help="a directory with a configuration")
    options = parser.parse_args(arguments)
    stale = 0
    for case in options.cases:
        text = as_text(terraform.expected_of(case))
        file = case / "expected.json"
        same = file.is_file() and file.read_text(encoding="utf-8") == text
        stale += options.check and not same
        if not options.check and not same:
            file.write_text(text, encoding="utf-8")
        print(f"{case}: {'as stored' if same else 'DIFFERS' if options.check else 'recorded'}")  # noqa: T201 - its output
    return 1 if stale else 0


def as_text(expected: dict[str, terraform.Json]) -> str:
    """The expectation as it is stored."""
    return json.dumps(expected, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.exit(main())
