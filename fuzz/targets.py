"""What atheris needs of a target besides its property: how long inputs are, what they are made of, where to begin."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dynalint.evaluation.functions import FUNCTIONS
from dynalint.packs import infos_of, load_rules
from dynalint.settings.keys import ENVIRONMENT_KEYS, SETTINGS_KEYS
from dynalint.syntax import load_text
from dynalint.syntax.source import Source

FIXTURES = Path(__file__).resolve().parent.parent / "tests" / "fixtures"
EXAMPLES = FIXTURES.parent.parent / "examples"

MARKS = (
    *tuple("(){}[]<>=!?:;,.+-*/%&|^~#@$'\"\\ \t\n\r\x00"),
    "${",
    "%{",
    "$${",
    "%%{",
    "~}",
    "...",
    "[*]",
    ".*",
    "=>",
    "::",
)
HCL = (
    *MARKS,
    *("==", "!=", "<=", ">=", "&&", "||", "//", "/*", "*/", "<<E\n", "<<-E\n", "\nE\n", "\ufeff", "\u202e", "é", "🔑"),
    *(
        "for ",
        " in ",
        " if ",
        "true",
        "false",
        "null",
        "for_each",
        "count",
        "dynamic",
        "content",
        "each.key",
        "each.value",
    ),
    *("if ", "else", "endif", "endfor", "var.a", "local.a", "path.module", "count.index", "self", "1e9", "0.5", "-1"),
)
BLOCKS = (
    *(
        "resource ",
        "data ",
        "locals ",
        "variable ",
        "output ",
        "module ",
        "provider ",
        "terraform ",
        "moved ",
        "check ",
    ),
    *('"aws_dynamodb_table" ', '"aws_iam_policy" ', '"aws_iam_policy_document" ', '"a" ', " {\n", "}\n", " = "),
)
ARGUMENTS = (
    *("name", "hash_key", "range_key", "billing_mode", "read_capacity", "write_capacity", "attribute", "type", "ttl"),
    *("point_in_time_recovery", "enabled", "server_side_encryption", "kms_key_arn", "replica", "region_name", "tags"),
    *("global_secondary_index", "local_secondary_index", "projection_type", "non_key_attributes", "stream_enabled"),
    *("stream_view_type", "deletion_protection_enabled", "lifecycle", "prevent_destroy", "ignore_changes", "policy"),
    *(
        "default",
        "sensitive",
        "validation",
        "condition",
        "source",
        "providers",
        "depends_on",
        "table_class",
        "import_table",
    ),
    *("on_demand_throughput", "warm_throughput", "restore_source_name", "attribute_name", "key_schema", "key_type"),
    *('"PROVISIONED"', '"PAY_PER_REQUEST"', '"S"', '"N"', '"B"', '"ALL"', '"KEYS_ONLY"', '"INCLUDE"', '"NEW_IMAGE"'),
)
JSON = (
    *tuple('{}[]:,"\\'),
    "true",
    "false",
    "null",
    "-1",
    "1.5e3",
    "1e999",
    "1e99999999",
    "NaN",
    "\\u00e9",
    "\\ud83d\\ude00",
    "\\ud800",
    '"//":',
    '"a":',
)
POLICY = (
    *(
        "Version",
        "2012-10-17",
        "Statement",
        "Effect",
        "Allow",
        "Deny",
        "Action",
        "NotAction",
        "Resource",
        "NotResource",
    ),
    *(
        "Principal",
        "NotPrincipal",
        "AWS",
        "Condition",
        "StringEquals",
        "ForAllValues:StringLike",
        "Null",
        "Bool",
        "Sid",
    ),
    *("dynamodb:*", "dynamodb:Scan", "dynamodb:LeadingKeys", "dynamodb:Select", "kms:Decrypt", "*", "?", "/index/*"),
    *("arn:aws:dynamodb:eu-west-1:123456789012:table/orders", "aws:PrincipalOrgID", "aws:SourceArn", "${aws:username}"),
)
PLAN = (
    *(
        "format_version",
        "1.2",
        "resource_changes",
        "planned_values",
        "configuration",
        "prior_state",
        "variables",
        "value",
    ),
    *(
        "address",
        "module_address",
        "mode",
        "managed",
        "data",
        "type",
        "name",
        "index",
        "change",
        "actions",
        "before",
        "after",
    ),
    *("after_unknown", "before_sensitive", "after_sensitive", "replace_paths", "action_reason", "previous_address"),
    *(
        "create",
        "update",
        "delete",
        "no-op",
        "read",
        "root_module",
        "resources",
        "child_modules",
        "module_calls",
        "module",
    ),
    *(
        "values",
        "expressions",
        "constant_value",
        "references",
        "errored",
        "complete",
        "provider_name",
        "errored",
        "deposed",
    ),
    *("aws_dynamodb_table", "aws_dynamodb_table.t", "module.m.", '["a"]', "[0]"),
)
COMMENTS = (
    *("# ", "// ", "/* ", " */", "\n", "dynalint: ", "ignore[", "file-ignore[", "]", ",", "until=2027-01-31", "DYN201"),
    *(
        "checkov:skip=",
        "bridgecrew:skip=",
        "CKV_AWS_28",
        "tfsec:ignore:",
        "trivy:ignore:",
        "AVD-AWS-0024",
        ":exp:2027-01-31",
    ),
    *(
        "tflint-ignore: ",
        "tflint-ignore-file: ",
        "all",
        "kics-scan ignore",
        "kics-scan disable=",
        "ignore-block",
        "ignore-line",
    ),
    *("ts:skip=", "nosemgrep: ", "[ws]", ":ws:dev", " reason"),
)


@dataclass(frozen=True)
class Target:
    """Inputs of one target: ``longest`` in bytes, ``words`` that mutations may put in, ``seeds`` to begin with.

    ``watched`` are the modules, or packages, in which an input that goes a new way is worth keeping: to watch a module
    makes it five times as slow. ``seconds`` is how long one input may take before it counts as one that hangs;
    ``ascii`` keeps what mutations put in to ASCII.
    """

    watched: tuple[str, ...]
    longest: int
    words: tuple[str, ...]
    seeds: Callable[[], Iterable[bytes]]
    seconds: int = 10
    ascii: bool = False


def _files(*patterns: str, folder: Path = FIXTURES) -> Iterator[bytes]:
    """The contents of the files below a folder that match, each once."""
    for pattern in patterns:
        for path in sorted(folder.glob(pattern)):
            yield path.read_bytes()


def terraform() -> Iterator[bytes]:
    """Terraform in HCL: whole files, and single blocks, which are shorter."""
    for text in (*_files("**/*.tf"), *_files("**/*.tf", folder=EXAMPLES)):
        yield text
        yield from (
            text[block.span.start : block.span.end] + b"\n" for block in load_text(Source("/x.tf", text)).blocks
        )


def resources() -> Iterator[bytes]:
    """Terraform about DynamoDB, without calls: modules of registries have stand-ins, which take long to evaluate."""
    return (text for text in terraform() if b"aws_dynamodb" in text and b"module" not in text)


def terraform_json() -> Iterator[bytes]:
    """Terraform in JSON."""
    return _files("**/*.tf.json", "**/*.tfvars.json", "plans/**/*.json", "provider-cases/**/*.tf.json")


def expressions() -> Iterator[bytes]:
    """Expressions to which Terraform's answers are stored."""
    for text in _files("functions/*.jsonl", "conformance-random/*.jsonl"):
        yield from (json.loads(line)["expr"].encode() for line in text.splitlines() if line.strip())


def calls() -> Iterator[bytes]:
    """Every function, each with some arguments."""
    for number in range(len(FUNCTIONS)):
        for count in range(5):
            yield bytes([number, count, *((number * 7 + count * 13 + at * 31) % 256 for at in range(24))])


POLICY_TEXT = re.compile(rb'\{\s*"(?:Version|Statement)"')


def policy_texts() -> Iterator[bytes]:
    """Policies out of JSON and heredocs."""
    for text in _files("**/*.tf", "**/*.json"):
        for found in POLICY_TEXT.finditer(text):
            end = text.find(b"\n}", found.start())
            yield text[found.start() : end + 2 if end >= 0 else len(text)]
    statement = {"Effect": "Allow", "Action": ["dynamodb:*"], "Resource": "*", "Principal": {"AWS": "*"}}
    condition = {"StringEquals": {"dynamodb:LeadingKeys": ["${aws:username}"]}}
    yield json.dumps({"Version": "2012-10-17", "Statement": [statement | {"Condition": condition}]}).encode()
    yield json.dumps({"Statement": {"Effect": "Deny", "NotAction": "dynamodb:Scan", "NotResource": []}}).encode()


def settings_files() -> Iterator[bytes]:
    """A settings file with every key in it, and single lines of it."""
    values = {"text": '"x"', "flag": "true", "names": '["DYN1"]', "choice": '"error"'}
    tables = {"choices": 'DYN201 = "note"', "texts": "a = 1", "lists": '"a/*" = ["DYN2"]', "tables": "[{0}.DYN601]"}
    lines = [
        f"{name} = {values[item.metadata['kind']]}"
        for name, item in SETTINGS_KEYS.items()
        if item.metadata["kind"] in values
    ]
    parts = [
        f"[{name}]\n{tables[item.metadata['kind']].format(name)}"
        for name, item in SETTINGS_KEYS.items()
        if item.metadata["kind"] in tables
    ]
    environment = '[environments.prod]\nvar-files = ["p.tfvars"]\nworkspace = "p"\nvariables = { a = 1 }'
    everything = [*lines, *parts, environment]
    yield "\n".join(everything).encode()
    for text in everything:
        yield text.encode()
        yield f"[tool.dynalint]\n{text}".replace("\n[", "\n[tool.dynalint.").encode()
    yield from _files("**/*.toml")


def comments() -> Iterator[bytes]:
    """Comments that suppress, in front of a block and inside."""
    said = (
        "dynalint: ignore[DYN201] reason",
        "dynalint: ignore[DYN201, tags-missing] until=2027-01-31 reason",
        "dynalint: file-ignore[DYN2] reason",
        "checkov:skip=CKV_AWS_28,CKV_AWS_119: reason",
        "tfsec:ignore:aws-dynamodb-enable-recovery:exp:2027-01-31",
        "trivy:ignore:AVD-AWS-0024[x]",
        "tflint-ignore: aws_x, all",
        "kics-scan disable=741f1291-47ac-4a85-a07b-3d32a9d6bd3e",
        "kics-scan ignore-block",
        "ts:skip=AC_AWS_0458 reason",
        "nosemgrep: a.b.c, d",
    )
    for text in said:
        yield f'# {text}\nresource "aws_dynamodb_table" "t" {{\n  name = "x" // {text}\n  /* {text} */\n}}\n'.encode()
        yield json.dumps({"//": text, "resource": {"a": {"b": {"//": text, "c": 1}}}}).encode()


def plans() -> Iterator[bytes]:
    """Plans of one resource each, short ones, out of the stored ones."""
    for text in _files("plans/**/*.json"):
        document = json.loads(text)
        if not isinstance(document, dict) or "format_version" not in document:
            continue
        version = {"format_version": document["format_version"]}
        for change in document.get("resource_changes", ()):
            kept = {name: value for name, value in change.items() if name not in ("provider_name", "module_address")}
            yield json.dumps(version | {"resource_changes": [kept]}, separators=(",", ":")).encode()
        for name in ("variables", "prior_state", "configuration"):
            if name in document:
                yield json.dumps(version | {"planned_values": {}, name: document[name]}, separators=(",", ":")).encode()


def plans_and_choices() -> Iterator[bytes]:
    """Plans, and rows of decisions that come to some."""
    yield from plans()
    yield from bytes_of_choices()


def policies_and_choices() -> Iterator[bytes]:
    """Policies, and rows of decisions that come to some."""
    yield from policy_texts()
    yield from bytes_of_choices()


def bytes_of_choices() -> Iterator[bytes]:
    """Rows of decisions."""
    for number in range(60):
        yield bytes((number * 11 + at * (number % 7 + 3)) % 256 for at in range(160))


def _words_of_rules() -> tuple[str, ...]:
    infos = infos_of(load_rules())
    return tuple(word for info in infos[::6] for word in (info.code, info.name))


SYNTAX = "dynalint.syntax"
POLICY_MODULES = tuple(
    f"dynalint.dynamodb.{name}" for name in ("policy_text", "statements", "grammar", "policy", "reach")
)
TARGETS = {
    "scanner": Target((f"{SYNTAX}.scan",), 96, HCL + BLOCKS, terraform, ascii=True),
    "parser": Target(
        tuple(f"{SYNTAX}.{name}" for name in ("lexer", "parse", "build", "templates", "texts", "literals", "words")),
        *(256, HCL + BLOCKS, terraform),
    ),
    "tfjson": Target(
        (f"{SYNTAX}.jsonsyntax", f"{SYNTAX}.jsontext"),
        *(256, JSON + HCL[:40] + tuple(word.strip().strip('"') for word in BLOCKS), terraform_json),
    ),
    "evaluator": Target(("dynalint.evaluation",), 160, (*HCL, *(f"{name}(" for name in FUNCTIONS)), expressions),
    "functions": Target(("dynalint.evaluation.functions",), 96, (), calls),
    "policies": Target(POLICY_MODULES, 320, JSON + POLICY, policies_and_choices),
    "settings": Target(
        ("dynalint.settings", "dynalint.globs", "dynalint.selection"),
        *(
            192,
            (
                *MARKS,
                *SETTINGS_KEYS,
                *ENVIRONMENT_KEYS,
                *_words_of_rules(),
                '"""',
                "[[",
                "]]",
                "1979-05-27",
                "tool",
                "dynalint",
            ),
        ),
        settings_files,
    ),
    "suppressions": Target(
        ("dynalint.suppressions", "dynalint.foreign", "dynalint.suppression_targets"),
        *(160, COMMENTS + BLOCKS + MARKS[:24], comments),
    ),
    "plan": Target(
        ("dynalint.evaluation.plan_file", "dynalint.evaluation.plan_join", "dynalint.evaluation.plan_values"),
        *(768, JSON + PLAN + ARGUMENTS, plans_and_choices),
    ),
    "sarif": Target(("dynalint.reports",), 256, (), bytes_of_choices),
    "fixes": Target(("dynalint.fixes", "dynalint_rules"), 320, HCL + BLOCKS + ARGUMENTS, resources, 30),
}
"""The targets by name; their properties are in ``tests/hostile/properties.py``."""
