"""Text to blocks and expressions."""

from __future__ import annotations

from dynalint.syntax.expressions import is_open, parse_expression, parse_template
from dynalint.syntax.faults import SyntaxFault
from dynalint.syntax.files import ScannedBlock, SourceFile, load_body, load_file, load_text, read_source
from dynalint.syntax.jsonsyntax import body_of, load_json_body

__all__ = [
    "ScannedBlock",
    "SourceFile",
    "SyntaxFault",
    "body_of",
    "is_open",
    "load_body",
    "load_file",
    "load_json_body",
    "load_text",
    "parse_expression",
    "parse_template",
    "read_source",
]
