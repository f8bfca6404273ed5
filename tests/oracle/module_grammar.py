"""Random modules of Terraform: variables with types and values, locals made of them, resources, blocks and outputs.

What refers to something refers to what is there, by its type; a little is wrong on purpose.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

PRIMITIVE = ("string", "number", "bool")
WORDS = ("a", "b", "k-1", "x y", "1", "true", "é", "")
NAMES = ("alpha", "beta", "gamma", "delta")


@dataclass(frozen=True)
class Type:
    """A type of the language. ``members`` are the attributes of an object, ``optional`` those that may be left out."""

    kind: str
    element: Type | None = None
    members: tuple[tuple[str, Type], ...] = ()
    optional: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """As a type constraint writes it."""
        if self.element:
            return f"{self.kind}({self.element.text})"
        if self.kind != "object":
            return self.kind
        defaults = dict(self.optional)
        parts = (f"{name} = {_member(type_, defaults.get(name))}" for name, type_ in self.members)
        return f"object({{ {', '.join(parts)} }})"


def _member(type_: Type, default: str | None) -> str:
    if default is None:
        return type_.text
    return f"optional({type_.text}, {default})" if default else f"optional({type_.text})"


STRING, NUMBER, BOOL, ANY = Type("string"), Type("number"), Type("bool"), Type("any")


@dataclass
class Draft:
    """A module in the making: its text, what its caller passes, and the terms that expressions are made of."""

    blocks: list[str] = field(default_factory=list)
    given: dict[str, str] = field(default_factory=dict)
    terms: list[tuple[str, Type]] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)


class ModuleGrammar:
    """A source of random modules; equal seeds give equal modules."""

    def __init__(self, seed: int, *, tables: bool = False) -> None:
        self.random = Random(seed)  # noqa: S311 - nothing secret about it
        self.tables = tables

    def module(self) -> tuple[str, dict[str, str]]:
        """The text of a module, and the expressions that its caller passes."""
        draft = Draft()
        for at in range(self.random.randint(1, 3)):
            self._variable(draft, f"v{at}")
        draft.blocks.append('resource "terraform_data" "seed" {\n  input = { name = "seed", list = ["p", "q"] }\n}')
        draft.terms += [("terraform_data.seed.id", STRING), ("terraform_data.seed.input.name", STRING)]
        for at in range(self.random.randint(2, 6)):
            expression, type_ = self.expression(draft)
            draft.blocks.append(f"locals {{\n  l{at} = {expression}\n}}")
            draft.terms.append((f"local.l{at}", type_))
            draft.shown.append(f"local.l{at}")
        self._resource(draft)
        if self.tables:
            self._table(draft)
        draft.shown += [expression for expression, _ in draft.terms if expression.startswith("var.")]
        draft.blocks.append(f'output "all" {{\n  value = [{", ".join(draft.shown)}]\n}}')
        return "\n".join(draft.blocks) + "\n", draft.given

    # --- variables -------------------------------------------------------------------------------------------------

    def _variable(self, draft: Draft, name: str) -> None:
        random = self.random
        type_ = self.type(3)
        lines = [f"  type = {type_.text}"] if random.random() < 0.9 else []
        if random.random() < 0.6:
            lines.append(f"  default = {self.value(type_)}")
        if random.random() < 0.2:
            lines.append("  nullable = false")
        if random.random() < 0.2:
            lines.append(
                f"  validation {{\n    condition     = var.{name} != {self.value(STRING)}\n"
                f'    error_message = "${{jsonencode(var.{name})}} it is."\n  }}'
            )
        if not any("default" in line for line in lines) or random.random() < 0.4:
            draft.given[name] = self.value(type_)
        body = "\n".join(lines)
        draft.blocks.append(f'variable "{name}" {{\n{body}\n}}')
        draft.terms.append((f"var.{name}", type_ if lines and lines[0].startswith("  type") else ANY))

    def type(self, depth: int) -> Type:
        """A random type."""
        random = self.random
        if depth <= 0 or random.random() < 0.25:
            return Type(random.choice(PRIMITIVE))
        match random.choice(("list", "map", "map", "set", "object", "object", "any")):
            case "object":
                members = tuple((name, self.type(depth - 1)) for name in NAMES[: random.randint(1, 3)])
                optional = [(name, self._default(type_)) for name, type_ in members if random.random() < 0.5]
                return Type("object", members=members, optional=tuple(optional))
            case "any":
                return ANY
            case kind:
                return Type(kind, self.type(depth - 1 if kind != "set" else 0))

    def _default(self, type_: Type) -> str:
        return self.value(type_) if self.random.random() < 0.6 else ""

    def value(self, type_: Type) -> str:
        """A literal that fits a type, mostly."""
        random = self.random
        if random.random() < 0.06:
            return "null"
        match type_.kind:
            case "string":
                return random.choice((*(json.dumps(word, ensure_ascii=False) for word in WORDS), "5", "true"))
            case "number":
                return random.choice(("0", "1", "2.5", "-3", '"7"', "1e3", "12345678901234567890"))
            case "bool":
                return random.choice(("true", "false", '"true"'))
            case "list" | "set":
                assert type_.element
                return f"[{', '.join(self.value(type_.element) for _ in range(random.randint(0, 3)))}]"
            case "map":
                assert type_.element
                keys = random.sample(WORDS, random.randint(0, 3))
                pairs = (f"{json.dumps(key, ensure_ascii=False)} = {self.value(type_.element)}" for key in keys)
                return f"{{ {', '.join(pairs)} }}"
            case "object":
                return self._object(type_)
            case _:
                return self.value(self.type(1))

    def _object(self, type_: Type) -> str:
        left_out = {name for name, _ in type_.optional if self.random.random() < 0.5}
        parts = [f"{name} = {self.value(inner)}" for name, inner in type_.members if name not in left_out]
        if self.random.random() < 0.15:
            parts.append('extra = "e"')
        return f"{{ {', '.join(parts)} }}"

    # --- expressions -----------------------------------------------------------------------------------------------

    def expression(self, draft: Draft) -> tuple[str, Type]:
        """An expression over the terms there are, with its type as far as it is told."""
        text, type_ = self.random.choice(draft.terms)
        forms: dict[str, Callable[[str, Type, Draft], tuple[str, Type]]] = {
            "string": self._of_string,
            "number": self._of_number,
            "bool": self._of_bool,
            "list": self._of_list,
            "set": self._of_set,
            "map": self._of_map,
            "object": self._of_object,
        }
        return forms.get(type_.kind, self._of_any)(text, type_, draft)

    def _pick(self, *choices: tuple[str, Type]) -> tuple[str, Type]:
        return self.random.choice(choices)

    def _of_string(self, e: str, _type: Type, draft: Draft) -> tuple[str, Type]:
        other, type_ = self.random.choice(draft.terms)
        return self._pick(
            (f'"${{{e}}}-x"', STRING),
            (f"upper({e})", STRING),
            (f'coalesce({e}, "d")', STRING),
            (f"try(tonumber({e}), 0)", NUMBER),
            (f'{e} == "a" ? {other} : null', type_),
            (f'split("-", "${{{e}}}")', Type("list", STRING)),
            (f'[for c in ["a", {e}] : "${{c}}!" if c != null]', ANY),
            (f'{{ ({e} == null ? "none" : {e}) = {other} }}', ANY),
            (
                f"<<-EOT\n    x ${{{e}}}\n      %{{~ for i in [1, 2] ~}}\n      ${{i}}\n      %{{~ endfor ~}}\n  EOT\n",
                STRING,
            ),
            (f'{e} != "" ? [{e}] : []', ANY),
            (f'format("%s/%v", {e}, {other})', STRING),
            (f"length({e})", NUMBER),
            (f'startswith({e}, "a")', BOOL),
        )

    def _of_number(self, e: str, _type: Type, draft: Draft) -> tuple[str, Type]:
        other, type_ = self.random.choice(draft.terms)
        return self._pick(
            (f"{e} + 1", NUMBER),
            (f'"${{{e}}}"', STRING),
            (f"range({e} > 3 ? 3 : 2)", Type("list", NUMBER)),
            (f"{e} > 1 ? {other} : {other}", type_),
            (f"max({e}, 2)", NUMBER),
            (f'format("%03d", floor({e}))', STRING),
            (f"{e} % 2 == 0", BOOL),
            (f"tolist([{e}, {e} * 2])", Type("list", NUMBER)),
            (f"tostring({e})", STRING),
        )

    def _of_bool(self, e: str, _type: Type, draft: Draft) -> tuple[str, Type]:
        first, type_ = self.random.choice(draft.terms)
        second, _ = self.random.choice(draft.terms)
        return self._pick(
            (f"!{e}", BOOL),
            (f"{e} ? {first} : null", type_),
            (f"{e} ? {first} : {second}", ANY),
            (f"{e} ? {{ x = {first} }} : {{}}", ANY),
            (f"{e} ? [{first}] : []", ANY),
            (f"tostring({e})", STRING),
            (f'"%{{ if {e} }}yes%{{ else }}no%{{ endif }}"', STRING),
        )

    def _of_list(self, e: str, type_: Type, draft: Draft) -> tuple[str, Type]:
        element = type_.element or ANY
        other, _ = self.random.choice(draft.terms)
        return self._pick(
            (f"[for i, v in {e} : v if i < 2]", Type("list", element)),
            (f'{{ for i, v in {e} : "k${{i}}" => v }}', Type("map", element)),
            (f'{{ for v in {e} : "g" => v... }}', Type("map", Type("list", element))),
            (f"try({e}[0], null)", element),
            (f"{e}[0]", element),
            (f"length({e})", NUMBER),
            (f"concat({e}, {e})", type_),
            (f"reverse({e})", type_),
            (f"flatten([{e}, [{other}]])", ANY),
            (f"distinct({e})", type_),
            (f"{e}[*]", type_),
            (f"coalesce({e}, [])", ANY),
            (f"one(slice({e}, 0, min(1, length({e}))))", element),
            (f"contains({e}, {other})", BOOL),
            (f"zipmap([for i, v in {e} : tostring(i)], {e})", ANY),
            (f"jsonencode({e})", STRING),
        )

    def _of_set(self, e: str, type_: Type, _draft: Draft) -> tuple[str, Type]:
        element = type_.element or ANY
        return self._pick(
            (f"[for v in {e} : v]", Type("list", element)),
            (f"{{ for v in {e} : v => v }}", Type("map", element)),
            (f"tolist({e})", Type("list", element)),
            (f"sort({e})", Type("list", STRING)),
            (f"setunion({e}, {e})", type_),
            (f"length({e})", NUMBER),
            (f'setproduct({e}, ["x", "y"])', ANY),
            (f"one({e})", element),
        )

    def _of_map(self, e: str, type_: Type, draft: Draft) -> tuple[str, Type]:
        element = type_.element or ANY
        other, _ = self.random.choice(draft.terms)
        return self._pick(
            (f"{{ for k, v in {e} : k => v if v != null }}", Type("map", element)),
            (f"{{ for k, v in {e} : upper(k) => {{ v = v, k = k }} }}", ANY),
            (f"[for k, v in {e} : {{ key = k, value = v }}]", ANY),
            (f"values({e})", Type("list", element)),
            (f"keys({e})", Type("list", STRING)),
            (f"merge({e}, {{ z = {other} }})", ANY),
            (f"merge({e}, null)", type_),
            (f'lookup({e}, "a", null)', element),
            (f'try({e}["a"], {e}["b"], "none")', ANY),
            (f'{e}["a"]', element),
            (f"length({e})", NUMBER),
            (f"values({e})[*]", Type("list", element)),
            (f"merge([for k, v in {e} : {{ (k) = [v] }}]...)", ANY),
            (f"flatten([for k, v in {e} : [for x in [v] : {{ k = k, x = x }}]])", ANY),
            (f"yamlencode({e})", STRING),
        )

    def _of_object(self, e: str, type_: Type, draft: Draft) -> tuple[str, Type]:
        name, member = self.random.choice(type_.members)
        other, _ = self.random.choice(draft.terms)
        return self._pick(
            (f"{e}.{name}", member),
            (f"{e}.{name}", member),
            (f"{e}.{name} == null ? {{}} : {{ {name} = {e}.{name} }}", ANY),
            (f"merge({e}, {{ more = {other} }})", ANY),
            (f"{{ for k, v in {e} : k => v }}", ANY),
            (f"[{e}][*].{name}", Type("list", member)),
            (f"{e}[*].{name}", Type("list", member)),
            (f"try({e}.nope, {e}.{name})", member),
            (f"can({e}.{name}[0])", BOOL),
            (f"keys({e})", Type("list", STRING)),
            (f"jsonencode({e})", STRING),
            (f"{e} == null", BOOL),
            (f'lookup({e}, "{name}", null)', member),
        )

    def _of_any(self, e: str, _type: Type, draft: Draft) -> tuple[str, Type]:
        other, type_ = self.random.choice(draft.terms)
        return self._pick(
            (f"jsonencode({e})", STRING),
            (f'try(tostring({e}), "no")', STRING),
            (f"try({e}[0], {e}.alpha, null)", ANY),
            (f"can(length({e}))", BOOL),
            (f"{e} == {other}", BOOL),
            (f"{{ x = {e}, y = {other} }}", ANY),
            (f"[{e}, {other}]", ANY),
            (f"try({{ for k, v in {e} : k => v }}, {{}})", ANY),
            (f"try([for v in {e} : v], [])", ANY),
            (f"{e} != null ? {other} : null", type_),
            (f"try(length({e}), -1)", NUMBER),
        )

    # --- resources -------------------------------------------------------------------------------------------------

    def _resource(self, draft: Draft) -> None:
        collections = [(text, type_) for text, type_ in draft.terms if type_.kind in ("map", "object", "set", "list")]
        if not collections:
            return
        text, type_ = self.random.choice(collections)
        lines, shown = {
            "list": (["count = length(E)", "input = { i = count.index, v = E[count.index] }"], "[*].input"),
            "set": (["for_each = toset([for v in E : tostring(v) if v != null])", "input = each.value"], ""),
        }.get(type_.kind, (["for_each = E", "input = { k = each.key, v = each.value }"], ""))
        body = "\n".join(f"  {line.replace('E', text)}" for line in lines)
        draft.blocks.append(f'resource "terraform_data" "r" {{\n{body}\n}}')
        draft.shown.append(
            f"terraform_data.r{shown}" if shown else "{ for k, r in terraform_data.r : k => r.input }",
        )

    def _table(self, draft: Draft) -> None:
        """A table whose blocks are made of whatever there is."""
        random = self.random
        texts = [text for text, type_ in draft.terms if type_ == STRING] or ['"x"']
        collections = [text for text, type_ in draft.terms if type_.kind in ("map", "list")] or ["[]"]
        flags = [text for text, type_ in draft.terms if type_ == BOOL] or ["true"]
        many, name = random.choice(collections), random.choice(texts)
        draft.blocks.append(f"""resource "aws_dynamodb_table" "t" {{
  name         = "t-${{substr(md5(jsonencode({name})), 0, 4)}}"
  billing_mode = {random.choice(flags)} == true ? "PROVISIONED" : null
  hash_key     = "pk"
  deletion_protection_enabled = try(tobool({random.choice(texts)}), null)
  read_capacity  = 5
  write_capacity = "5"
  attribute {{
    name = "pk"
    type = "S"
  }}
  dynamic "attribute" {{
    for_each = {many} == null ? [] : {many}
    content {{
      name = "g-${{attribute.key}}"
      type = try(attribute.value == 1, false) ? "N" : "S"
    }}
  }}
  dynamic "global_secondary_index" {{
    for_each = {{ for k, v in coalesce({many}, []) : "gsi-${{k}}" => v }}
    iterator = gsi
    content {{
      name               = replace(gsi.key, "/[^a-z0-9-]/", "_")
      hash_key           = "g-${{trimprefix(gsi.key, "gsi-")}}"
      projection_type    = can(gsi.value.alpha) ? "INCLUDE" : "ALL"
      non_key_attributes = can(gsi.value.alpha) ? keys(gsi.value) : null
      read_capacity      = 1
      write_capacity     = try(gsi.value.beta, 1) == null ? 2 : 1
    }}
  }}
  dynamic "ttl" {{
    for_each = {random.choice(flags)} == true ? ["expires"] : []
    content {{
      attribute_name = ttl.value
      enabled        = {random.choice(flags)}
    }}
  }}
  tags = {{ a = try(tostring({random.choice(texts)}), null), b = {random.choice(("null", '"b"', "1"))} }}
}}""")
        draft.shown += [
            "aws_dynamodb_table.t.tags",
            "aws_dynamodb_table.t.ttl",
            "sort([for g in aws_dynamodb_table.t.global_secondary_index : g.name])",
        ]
