"""The least that a checker built on python-hcl2 could take: ``python floor.py DIRECTORY``, where dynalint is installed.

Reads every file, splits it into blocks, and has python-hcl2 parse those that dynalint parses. It evaluates nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path

import hcl2

from dynalint.dynamodb.interest import INTEREST
from dynalint.syntax import ScannedBlock, load_file

ALWAYS = ("variable", "locals", "module", "provider", "terraform")
MODES = {"resource": "managed", "data": "data", "output": "output"}


def matters(block: ScannedBlock) -> bool:
    """Whether something about DynamoDB may depend on the block."""
    if block.type in ALWAYS:
        return True
    text = block.source.data[block.span.start : block.span.end]
    return block.type in MODES and INTEREST.wanted(MODES[block.type], block.labels[0], text)


def main() -> int:
    """Do it, and say of how many blocks."""
    parsed = 0
    for path in sorted(Path(sys.argv[1]).rglob("*.tf")):
        file = load_file(str(path))
        for block in file.blocks:
            if matters(block):
                hcl2.loads(file.source.text(block.span) + "\n")
                parsed += 1
    print(f"{parsed} blocks")
    return 0


if __name__ == "__main__":
    sys.exit(main())
