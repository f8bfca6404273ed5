"""Every form of expression, and what its nodes say."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from dynalint.syntax import SyntaxFault, load_body, parse_expression
from dynalint.syntax.encode import children
from dynalint.syntax.nodes import Binary, Call, Expression, Literal, Name, Splat, Unary
from dynalint.syntax.source import Source, Span
from tests.syntax.shapes import shape


def parse(text: str) -> Expression:
    return parse_expression(Source("/x", text.encode()))


X, Y, Z = (("Name", name) for name in "xyz")
ONE = ("Literal", 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("null", ("Literal", None)),
        ("true", ("Literal", True)),
        ("12", ("Literal", 12)),
        ("1.50", ("Literal", Fraction(3, 2))),
        ("1e3", ("Literal", 1000)),
        ("2.5E-1", ("Literal", Fraction(1, 4))),
        ('"a"', ("Literal", "a")),
        ('""', ("Literal", "")),
        (r'"\n\"\\\u00e9"', ("Literal", '\n"\\é')),
        ("x", X),
        ("größe", ("Name", "größe")),
        ("local.n-1", ("GetAttr", ("Name", "local"), "n-1")),
        ("x -1", ("Binary", "-", X, ONE)),
        ("x.true", ("GetAttr", X, "true")),
        ("x[y]", ("Index", X, Y)),
        ("x.0", ("Index", X, ("Literal", 0))),
        ("[]", ("TupleExpression", ())),
        ("[x, y,]", ("TupleExpression", (X, Y))),
        ("{}", ("ObjectExpression", ())),
        ("f()", ("Call", "f", (), False)),
        ("f(x, y...)", ("Call", "f", (X, Y), True)),
        ("f(x,)", ("Call", "f", (X,), False)),
        ("core::upper(x)", ("Call", "core::upper", (X,), False)),
        ("a :: b(x)", ("Call", "a::b", (X,), False)),
        ("(x)", X),
        ("-x", ("Unary", "-", X)),
        ("!!x", ("Unary", "!", ("Unary", "!", X))),
        ("-!x.y", ("Unary", "-", ("Unary", "!", ("GetAttr", X, "y")))),
        ("--1", ("Unary", "-", ("Unary", "-", ONE))),
        ("x ? y : z", ("Conditional", X, Y, Z)),
        ("x\n+\ny", ("Binary", "+", X, Y)),
        ("[for x in y : z]", ("ForTuple", None, "x", Y, Z, None)),
        ("[for x, y in z : x if y]", ("ForTuple", "x", "y", Z, X, Y)),
        ("{for x in y : x => z}", ("ForObject", None, "x", Y, X, Z, False, None)),
        ("{for x, y in z : x => y... if x}", ("ForObject", "x", "y", Z, X, Y, True, X)),
        ("[for in in in : in]", ("ForTuple", None, "in", ("Name", "in"), ("Name", "in"), None)),
    ],
)
def test_expression(text: str, expected: Any) -> None:
    assert shape(parse(text)) == expected


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("{x = 1}", ("Literal", "x")),
        ("{x : 1}", ("Literal", "x")),
        ('{"x" = 1}', ("Literal", "x")),
        ("{(x) = 1}", X),
        ("{(true) = 1}", ("Literal", True)),
        ("{if = 1}", ("Literal", "if")),
        ("{true = 1}", ("Literal", "true")),
        ("{null = 1}", ("Literal", "null")),
        ("{15 = 1}", ("Literal", "15")),
        ("{1.50 = 1}", ("Literal", "1.5")),
        ("{0.050 = 1}", ("Literal", "0.05")),
        ("{f(x) = 1}", ("Call", "f", (X,), False)),
        ('{"a${x}" = 1}', ("Template", (("TextPart", "a"), ("Interpolation", X)))),
    ],
)
def test_keys_of_objects(text: str, key: Any) -> None:
    assert shape(parse(text)) == ("ObjectExpression", (("ObjectItem", key, ONE),))


def test_items_of_objects_are_separated_by_commas_or_line_breaks() -> None:
    match parse("{\n  a = 1, b = 2\n\n  c = 3,\n  d = -4\n  (x) = 5\n}"):
        case expression:
            assert [shape(item.value) for item in expression.items] == [  # type: ignore[union-attr]  # an object
                *(("Literal", 1), ("Literal", 2), ("Literal", 3)),
                *(("Unary", "-", ("Literal", 4)), ("Literal", 5)),
            ]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("1 + 2 * 3", "1 + (2 * 3)"),
        ("1 - 2 - 3", "(1 - 2) - 3"),
        ("1 < 2 == true", "(1 < 2) == true"),
        ("x || y && z == x", "x || (y && (z == x))"),
        ("!x == y", "(!x) == y"),
        ("-x * y", "(-x) * y"),
        ("x ? y : z ? x : y", "x ? y : (z ? x : y)"),
        ("x == y ? 1 : 2 + 3", "(x == y) ? 1 : (2 + 3)"),
        ("2 - -3", "2 - (-3)"),
    ],
)
def test_operators_bind_as_in_terraform(text: str, same: str) -> None:
    assert shape(parse(text)) == shape(parse(same))


A, B, C = (("AttributeStep", name) for name in "abc")
ZERO = ("IndexStep", ("Literal", 0))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x[*]", ("Splat", X, ())),
        ("x[*].a[0]", ("Splat", X, (A, ZERO))),
        ("x.*.a[0]", ("Index", ("Splat", X, (A,)), ("Literal", 0))),
        ("x.*.a.0", ("Splat", X, (A, ZERO))),
        ("x.*.a[0].b", ("GetAttr", ("Index", ("Splat", X, (A,)), ("Literal", 0)), "b")),
        ("x[*].a[*].b", ("Splat", X, (A, ("SplatStep", (B,))))),
        ("x[*].a[*].b[*].c", ("Splat", X, (A, ("SplatStep", (B, ("SplatStep", (C,))))))),
        ("x[*].a.*.b[0]", ("Splat", X, (A, ("SplatStep", (B,)), ZERO))),
        ("x.*.a[*].b", ("Splat", ("Splat", X, (A,)), (B,))),
        ("(x[*].a)[0]", ("Index", ("Splat", X, (A,)), ("Literal", 0))),
        ("(x[*].a)[*].b", ("Splat", ("Splat", X, (A,)), (B,))),
        ("x.*.a[0].*.b", ("Splat", ("Index", ("Splat", X, (A,)), ("Literal", 0)), (B,))),
    ],
)
def test_what_belongs_to_a_splat(text: str, expected: Any) -> None:
    assert shape(parse(text)) == expected


def test_an_attribute_splat_cannot_follow_another() -> None:
    for text in ("x.*.a.*.b", "x[*].a.*.b.*.c", "x.*.*"):
        with pytest.raises(SyntaxFault, match="cannot follow another"):
            parse(text)


def test_every_node_lies_where_its_text_is() -> None:
    source = Source("/x", 'f(é.a[0], [for k, v in x : { (k) = -v }], "t${y ? 1 : 2}")'.encode())
    stack, found = [parse_expression(source)], set[str]()
    while stack:
        node = stack.pop()
        assert all(node.span.start <= child.span.start <= child.span.end <= node.span.end for child in children(node))
        stack.extend(children(node))
        found.add(source.text(node.span))
    assert {"é.a[0]", "[for k, v in x : { (k) = -v }]", "-v", "(k)", '"t${y ? 1 : 2}"', "y ? 1 : 2"} <= found


def test_blanks_line_breaks_and_a_byte_order_mark_may_surround_an_expression() -> None:
    assert shape(parse("\ufeff\n  x # c\n\n")) == X


@pytest.mark.parametrize(
    ("text", "start", "message"),
    [
        ("", 0, "expected a value"),
        ("1 +", 3, "expected a value"),
        ("x y", 2, "expected an operator or the end of the expression"),
        ("(x", 0, 'expected a closing parenthesis ")" for the one here'),
        ("[1 2]", 3, 'expected "," or "]"'),
        ("[1}", 2, 'expected "]" to close the "[" of line 1, not "}"'),
        ('"a', 0, "expected a closing quote '\"' for the string that begins here"),
        (r'"\q"', 1, r'"\q" is no escape sequence'),
        (r'"\ud800"', 1, "there is no character U+D800"),
        (r'"\u12"', 1, r"expected four hexadecimal digits after \u"),
        ("10.0.0.0", 0, '"10.0.0.0" is not a number'),
        ("'x'", 0, "single quotes do not make a string"),
        ("x & y", 2, "the character '&' has no meaning here"),
        ("x.1.2.y", 2, "two indexes in a row read as a fraction"),
        ("{a.b = 1}", 1, "a reference as the key of an object is ambiguous"),
        ("{a = 1\n, b = 2}", 7, 'expected an item or "}": a line of an object cannot begin like this'),
        ("{for = 1}", 1, 'expected a name after "for"'),
        ("f(x..., y)", 6, 'expected ")"'),
        ("x ? y", 5, 'expected ":"'),
        ("${x}", 0, 'a template sequence may only stand inside a string: write "${…}" or drop it'),
        ("a::b", 0, 'expected "(" after the function name "a::b"'),
        ("x\u00a0", 1, "the character '\\xa0' has no meaning here"),
    ],
)
def test_faults_say_what_was_expected_and_where(text: str, start: int, message: str) -> None:
    with pytest.raises(SyntaxFault) as caught:
        parse(text)
    assert (caught.value.span.start, caught.value.message) == (start, message)


# --- bodies -------------------------------------------------------------------------------------------------------


def test_a_file_of_arguments() -> None:
    source = Source("/x.tfvars", "\ufeffa = 1\r\n\r\n# c\r\nb = [\r\n  x\r\n]".encode())
    body = load_body(source)
    assert [(item.name, source.text(item.span), source.text(item.name_span)) for item in body.attributes] == [
        ("a", "a = 1", "a"),
        ("b", "b = [\r\n  x\r\n]", "b"),
    ]
    assert (body.span.start, body.span.end) == (0, len(source.data))


def test_an_argument_set_twice_is_refused() -> None:
    with pytest.raises(SyntaxFault, match='the argument "a" is set twice') as caught:
        load_body(Source("/x.tfvars", b"a = 1\nb = 2\na = 3\n"))
    assert caught.value.span == Span("/x.tfvars", 12, 13)


def test_a_block_in_a_file_of_arguments_is_refused() -> None:
    with pytest.raises(SyntaxFault, match="expected only arguments"):
        load_body(Source("/x.tfvars", b'a = 1\nb "c" {}\n'))


# --- bounds -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "[" * 400 + "]" * 400,
        "+".join(["1"] * 1000),
        "f(" * 200 + ")" * 200,
        "x ? y : " * 500 + "z",
        "x" + ".a" * 1000,
        '"${' * 300 + "x" + '}"' * 300,
        "!" * 1000 + "x",
    ],
)
def test_deep_nesting_is_read(text: str) -> None:
    assert parse(text).span.end == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 5000,
        "[" * 5000 + "]" * 5000,
        "+".join(["1"] * 5000),
        "x" + ".a" * 5000,
        "x" + "[*].a" * 1000,
        '"${' * 5000,
        "1" * 5000,
        "1e99999999999",
        "%{ if x }" * 3000,
    ],
)
def test_beyond_the_bounds_is_a_fault_and_no_crash(text: str) -> None:
    with pytest.raises(SyntaxFault):
        parse(text)


def test_recursion_limit_does_not_matter() -> None:
    match parse("-" + "(" * 900 + "x" + ")" * 900):
        case Unary(_, "-", Name(_, "x")):
            pass
        case other:
            raise AssertionError(type(other))


def test_nodes_are_hashable() -> None:
    assert len({parse("x + 1"), parse("x + 1"), parse("x + 2")}) == 2
    assert isinstance(parse("x + 1"), Binary)
    assert not isinstance(parse("f(x)"), Literal | Splat)
    assert isinstance(parse("f(x)"), Call)
