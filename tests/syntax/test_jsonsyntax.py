"""Terraform's JSON syntax."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dynalint.syntax import SourceFile, SyntaxFault, body_of, load_json_body
from dynalint.syntax.files import load_json_source
from dynalint.syntax.nodes import Block, Body, GetAttr, Literal, Name, ObjectExpression, Template, TupleExpression
from dynalint.syntax.source import Source
from tests.syntax.shapes import shape


def load(content: Any) -> SourceFile:
    text = content if isinstance(content, str) else json.dumps(content)
    return load_json_source(Source("/x.tf.json", text.encode()))


def only_block(content: Any) -> Block:
    (block,) = load(content).blocks
    return block.parse()


def value(body: Body, name: str) -> Any:
    attribute = body.attribute(name)
    assert attribute is not None
    return shape(attribute.value)


def headers(file: SourceFile) -> list[tuple[str, tuple[str, ...]]]:
    return [(block.type, block.labels) for block in file.blocks]


def test_labels_are_nested_keys() -> None:
    file = load({"resource": {"aws_x": {"a": {}, "b": {}}}, "variable": {"v": {}}, "locals": {"l": 1}})
    assert headers(file) == [
        *(("resource", ("aws_x", "a")), ("resource", ("aws_x", "b"))),
        *(("variable", ("v",)), ("locals", ())),
    ]
    assert [file.source.text(block.header) for block in file.blocks] == ['"a"', '"b"', '"v"', '"locals"']


def test_arrays_stand_for_several_at_every_level() -> None:
    file = load(
        [
            {"resource": [{"aws_x": [{"a": {}}, {"b": [{}]}]}]},
            {"provider": {"aws": [{"alias": "x"}, {"alias": "y"}]}},
            {"locals": [{"a": 1}, {"b": 2}]},
        ]
    )
    assert headers(file) == [
        *(("resource", ("aws_x", "a")), ("resource", ("aws_x", "b"))),
        *(("provider", ("aws",)), ("provider", ("aws",))),
        *(("locals", ()), ("locals", ())),
    ]


def test_strings_are_templates_and_other_values_are_themselves() -> None:
    body = only_block(
        {"locals": {"a": "x", "b": "${var.x}", "c": "a${var.x}", "d": 1.5, "e": None, "f": [True], "g": "$${x} 5%"}}
    ).body
    var_x = ("GetAttr", ("Name", "var"), "x")
    assert value(body, "a") == ("Literal", "x")
    assert value(body, "b") == ("Template", (("Interpolation", var_x),))
    assert value(body, "c") == ("Template", (("TextPart", "a"), ("Interpolation", var_x)))
    assert value(body, "d")[1] * 2 == 3
    assert value(body, "e") == ("Literal", None)
    assert value(body, "f") == ("TupleExpression", (("Literal", True),))
    assert value(body, "g") == ("Literal", "${x} 5%")


def test_keys_inside_values_are_templates_too() -> None:
    body = only_block({"locals": {"a": {"${var.k}": 1, "k": 2}}}).body
    computed, literal = value(body, "a")[1]
    assert computed[1][0] == "Template"
    assert literal[1] == ("Literal", "k")


def test_spans_lie_in_the_file_even_behind_escapes() -> None:
    text = r'{"locals": {"a": "é \"${lookup(var.m, \"k\")}\" \u00e9${var.x}"}}'
    file = load(text)
    match file.blocks[0].parse().body.attributes[0].value:
        case Template(span, parts):
            texts = [file.source.text(part.span) for part in parts]
            assert file.source.text(span) == r'"é \"${lookup(var.m, \"k\")}\" \u00e9${var.x}"'
            assert texts == [r"é \"", r"${lookup(var.m, \"k\")}", r"\" \u00e9", "${var.x}"]
        case other:
            raise AssertionError(other)


def test_a_faulty_template_costs_its_block_and_is_reported_in_place() -> None:
    file = load(r'{"locals": {"a": "\"${var.}"}, "variable": {"v": {}}}')
    broken, sound = file.blocks
    with pytest.raises(SyntaxFault, match="expected a name") as caught:
        broken.parse()
    assert file.source.text(caught.value.span) == "}"
    assert sound.parse().labels == ("v",)


def test_references_are_references() -> None:
    block = only_block(
        {
            "resource": {
                "aws_x": {
                    "t": {
                        "provider": "aws.eu",
                        "depends_on": ["aws_y.a", "${aws_z.b}"],
                        "lifecycle": {"ignore_changes": ["tags"], "precondition": [{"condition": "${var.x}"}]},
                        "tags": ["not.this"],
                    }
                }
            }
        }
    )
    assert value(block.body, "provider") == ("GetAttr", ("Name", "aws"), "eu")
    assert [item[0] for item in value(block.body, "depends_on")[1]] == ["GetAttr", "GetAttr"]
    assert value(block.body, "tags") == ("TupleExpression", (("Literal", "not.this"),))
    (lifecycle,) = block.body.blocks_of("lifecycle")
    assert value(lifecycle.body, "ignore_changes") == ("TupleExpression", (("Name", "tags"),))
    assert len(lifecycle.body.blocks_of("precondition")) == 1


def test_references_of_other_blocks() -> None:
    module = only_block({"module": {"m": {"providers": {"aws": "aws.eu"}, "x": "aws.eu"}}}).body
    assert value(module, "providers")[1][0][2] == ("GetAttr", ("Name", "aws"), "eu")
    assert value(module, "x") == ("Literal", "aws.eu")
    variable = only_block({"variable": {"v": {"type": "list(string)", "default": []}}}).body
    assert value(variable, "type") == ("Call", "list", (("Name", "string"),), False)
    moved = only_block({"moved": {"from": "aws_x.a[0]", "to": "aws_x.b"}}).body
    assert value(moved, "from")[0] == "Index"


def test_dynamic_blocks_are_blocks() -> None:
    content = {"for_each": "${var.a}", "iterator": "it", "content": {"name": "${it.value}", "dynamic": {"y": {}}}}
    body = only_block({"resource": {"aws_x": {"t": {"dynamic": {"attribute": [content, content]}}}}}).body
    first, second = body.blocks_of("dynamic")
    assert first.labels == second.labels == ("attribute",)
    assert value(first.body, "iterator") == ("Name", "it")
    (inner,) = first.body.blocks_of("content")
    assert inner.body.attribute("name")
    assert inner.body.blocks_of("dynamic")[0].labels == ("y",)


def test_blocks_that_only_a_schema_knows_stay_attributes_that_can_be_read_as_bodies() -> None:
    body = only_block({"resource": {"aws_x": {"t": {"ttl": {"//": "c", "enabled": True}}}}}).body
    assert body.json
    assert not body.blocks
    attribute = body.attribute("ttl")
    assert attribute
    assert isinstance(attribute.value, ObjectExpression)
    inner = body_of(attribute.value)
    assert inner.json
    assert [(item.name, shape(item.value)) for item in inner.attributes] == [("enabled", ("Literal", True))]


def test_a_property_that_stands_there_twice_is_two_blocks() -> None:
    text = '{"resource": {"aws_x": {"t": {"attribute": {"name": "a"}, "attribute": [{"name": "b"}]}}}}'
    match only_block(text).body.attributes:
        case (attribute,):
            assert isinstance(attribute.value, TupleExpression)
            assert len(attribute.value.items) == 2
        case other:
            raise AssertionError(other)


def test_an_argument_that_is_set_twice_is_refused() -> None:
    with pytest.raises(SyntaxFault, match='the argument "name" is set twice'):
        only_block('{"resource": {"aws_x": {"t": {"name": "a", "name": "b"}}}}')


def test_comments_are_the_strings_under_double_slashes() -> None:
    file = load({"//": "top", "resource": {"aws_x": {"t": {"//": "dynalint: ignore[x]", "n": [{"//": "deep"}]}}}})
    assert [(comment.text, comment.alone) for comment in file.comments] == [
        ("// top", True),
        ("// dynalint: ignore[x]", True),
        ("// deep", True),
    ]
    assert not file.faults
    assert [attribute.name for attribute in file.blocks[0].parse().body.attributes] == ["n"]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ('{"locals": {}', 0, 'expected "}" to close the "{" here'),
        ('{"locals": {"a": 1,}}', 19, "expected a property name in double quotes"),
        ('{"locals": {"a" 1}}', 16, 'expected ":" and a value'),
        ('{"locals": {"a": }}', 17, "expected a value"),
        ("{'locals': {}}", 1, "expected JSON: a value, or a string in double quotes on one line"),
        ('{"a\nb": 1}', 1, "expected JSON: a value, or a string in double quotes on one line"),
        ('{"locals": {}} x', 15, "expected JSON: a value, or a string in double quotes on one line"),
        ('{"locals": {}} 1', 15, "expected the end of the file"),
        ('{"locals": [1]}', 12, "expected an object, or an array of objects"),
        ('"x"', 0, "expected an object, or an array of objects"),
        ('{"resourse": {}}', 1, '"resourse" is no type of block'),
        ("[" * 2000, 1000, "more than 1000 levels of nesting are more than dynalint reads"),
    ],
)
def test_what_is_wrong_with_a_file(text: str, place: int, message: str) -> None:
    file = load(text)
    assert [(fault.span.start, fault.message) for fault in file.faults] == [(place, message)]


def test_deep_values_are_read() -> None:
    match load('{"locals": {"a": ' + "[" * 900 + "]" * 900 + "}}").blocks[0].parse().body.attributes[0].value:
        case TupleExpression(_, (TupleExpression(),)):
            pass
        case other:
            raise AssertionError(type(other))


def test_files_of_variables_are_plain_json() -> None:
    source = Source(
        "/x.tfvars.json", '\ufeff{"a": "${x} \\"q\\" \\ud83d\\ude00", "b": {"${k}": 1}, "//": "c"}'.encode()
    )
    body = load_json_body(source)
    assert [(item.name, item.value) for item in body.attributes] == [
        ("a", Literal(body.attributes[0].value.span, '${x} "q" 😀')),
        ("b", body.attributes[1].value),
    ]
    assert shape(body.attributes[1].value)[1][0][1] == ("Literal", "${k}")


def test_files_of_variables_hold_an_object_and_every_name_once() -> None:
    with pytest.raises(SyntaxFault, match="expected an object"):
        load_json_body(Source("/x.tfvars.json", b"[]"))
    with pytest.raises(SyntaxFault, match='the variable "a" is set twice'):
        load_json_body(Source("/x.tfvars.json", b'{"a": 1, "a": 2}'))


def test_nodes_of_json_are_those_of_hcl() -> None:
    attribute = only_block({"locals": {"a": "${var.x}"}}).body.attributes[0]
    match attribute.value:
        case Template(_, (part,)):
            assert isinstance(part.expression, GetAttr)  # type: ignore[union-attr]  # an interpolation
            assert isinstance(part.expression.source, Name)  # type: ignore[union-attr]  # as above
        case other:
            raise AssertionError(other)
