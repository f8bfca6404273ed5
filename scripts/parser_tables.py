"""Write the parser tables that ship, from the installed python-hcl2: ``python scripts/parser_tables.py``."""

from __future__ import annotations

import json
import sys

from dynalint.syntax import tables


def main() -> int:
    """Compile the grammar, and put its tables in the place of those that are there."""
    made = {"key": tables.grammar_key(), **tables.compile_tables()}
    tables.SHIPPED.write_text(json.dumps(made, separators=(",", ":")) + "\n", encoding="ascii")
    return 0


if __name__ == "__main__":
    sys.exit(main())
