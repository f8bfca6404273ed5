"""Text to blocks and expressions."""

from __future__ import annotations

from dynalint.syntax.expressions import parse_expression, parse_template
from dynalint.syntax.faults import SyntaxFault
from dynalint.syntax.files import ScannedBlock, SourceFile, load_body, load_file, read_source

__all__ = [
    "ScannedBlock",
    "SourceFile",
    "SyntaxFault",
    "load_body",
    "load_file",
    "parse_expression",
    "parse_template",
    "read_source",
]
