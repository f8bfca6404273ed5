"""The words of HCL, under the names that python-hcl2's grammar gives them."""

from __future__ import annotations

import re
from typing import NamedTuple


class Lexeme(NamedTuple):
    """One word: its grammar name, its byte range in the text, and what it stands for.

    ``value`` is the name for a NAME, the decoded text for a string, the number for a number, the operators for a
    (run of) unary operators, and ``~`` for a template bracket with a strip marker on its inner side.
    """

    type: str
    start: int
    end: int
    value: object = ""


IDENTIFIER = rb"[A-Za-z_\x80-\xff][A-Za-z0-9_\-\x80-\xff]*+"
NUMBER = rb"[0-9](?:\.*(?:[0-9]|[eE][+-]?[0-9]))*"
COMMENT = rb"(?:#|//)[^\n]*"
BLOCK_COMMENT = rb"/\*(?s:.*?)\*/"
PLAIN_STRING = rb'"(?>(?:[^"\\$%\r\n]|\\[^\r\n]|\$\$\{|%%\{|[$%](?!\{))*)"'
HEREDOC = rb"<<(?P<dash>-?)(?P<marker>" + IDENTIFIER + rb")\r?\n"

CODE = re.compile(
    rb"(?:(?P<name>" + IDENTIFIER + rb"(?:[ \t]*::[ \t]*" + IDENTIFIER + rb")*)"
    rb"|(?P<newline>\r?\n)"
    rb"|(?P<blank>[ \t]+)"
    rb"|(?P<string>" + PLAIN_STRING + rb")"
    rb"|(?P<dot>\.(?![.*]|[ \t]*\*))"
    rb"|(?P<number>" + NUMBER + rb")"
    rb"|(?P<comment>" + COMMENT + rb")"
    rb"|(?P<block_comment>" + BLOCK_COMMENT + rb")"
    rb'|(?P<quote>")'
    rb"|(?P<heredoc>" + HEREDOC + rb")"
    rb"|(?P<strip>~\})"
    rb"|(?P<open>[\[({])"
    rb"|(?P<close>[\])}])"
    rb"|(?P<ellipsis>\.\.\.)"
    rb"|(?P<splat>\.[ \t]*\*)"
    rb"|(?P<operator>=>|==|!=|<=|>=|&&|\|\||/(?!\*)|[=<>!+\-*%?:,]))[ \t]*+"
)
"""One word of code, with the blanks behind it. Comments are words too; lexing drops them."""

FULL_SPLAT = re.compile(rb"\[[ \t]*\*[ \t]*\]")
DIRECTIVE = re.compile(rb"[ \t\r\n]*(if|else|endif|for|endfor)(?![A-Za-z0-9_\-\x80-\xff])")
QUOTED_TEXT = re.compile(rb'(?>(?:[^"\\$%\r\n]|\\[^\r\n]|\$\$\{|%%\{|[$%](?!\{))+)')
BARE_TEXT = re.compile(rb"(?>(?:[^$%\n]|\$\$\{|%%\{|[$%](?!\{))*)\n?")

OPERATORS = {
    b"=": "EQ",
    b"=>": "FOR_OBJECT_ARROW",
    b"==": "DOUBLE_EQ",
    b"!=": "NEQ",
    b"<": "LT",
    b">": "GT",
    b"<=": "LEQ",
    b">=": "GEQ",
    b"&&": "DOUBLE_AMP",
    b"||": "DOUBLE_PIPE",
    b"!": "NOT",
    b"+": "PLUS",
    b"-": "MINUS",
    b"*": "ASTERISK",
    b"/": "SLASH",
    b"%": "PERCENT",
    b"?": "QMARK",
    b":": "COLON",
    b",": "COMMA",
}
OPENERS = {b"(": "LPAR", b"[": "LSQB", b"{": "LBRACE"}
CLOSERS = {b")": "RPAR", b"]": "RSQB", b"}": "RBRACE"}
WORDS = {"true": "TRUE", "false": "FALSE", "null": "NULL"}
WORDS_EMITTED = {
    *OPERATORS.values(),
    *OPENERS.values(),
    *CLOSERS.values(),
    *WORDS.values(),
    *("NAME", "FLOAT_LITERAL", "INT_LITERAL", "HEREDOC_TEMPLATE"),
    *("DOT", "ATTR_SPLAT", "FULL_SPLAT_START", "ELLIPSIS"),
    *("FOR", "IN", "IF", "ELSE", "ENDIF", "ENDFOR"),
    *("DBLQUOTE", "STRING_CHARS", "INTERP_START", "DIRECTIVE_START", "$END"),
}
"""Every grammar name that lexing gives out. HEREDOC_TEMPLATE stands for any string that is a single word."""
NAMES_OF_WORDS = {
    "FLOAT_LITERAL": "a value",
    "NAME": "a name",
    "EQ": '"="',
    "COLON": '":"',
    "FOR_OBJECT_ARROW": '"=>"',
    "IN": '"in"',
    "COMMA": '","',
    "RPAR": '")"',
    "RSQB": '"]"',
    "RBRACE": '"}"',
    "LPAR": '"("',
    "LBRACE": '"{"',
    "PLUS": "an operator",
    "$END": "the end of the value",
}
"""How faults speak of words, the most telling first."""
