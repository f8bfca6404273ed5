"""Random expressions of Terraform's language, which refer only to what there is.

``FORMS`` says of each kind of value how expressions for it may look. ``{s}`` stands for an expression of kind ``s``.
``$s`` names a variable of kind ``s`` of a ``for``, which holds behind the next ``@``. Most of what comes out is of the
right type; a little is not, on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

ATOMS = {
    "s": """var.name var.empty var.digits var.nothing var.secret local.text local.utf local.u_string local.u_id
        local.object.name local.secret.plain local.u_mixed.known "a" "" "b-c" "10" "true" "é" "a,b" "x"
        var.tables.orders.hash_key var.tables["users"].range_key var.pair[0] local.u_tuple[1] tostring(null)
        local.object["name"] terraform_data.each["eu"].id terraform_data.each["us"].input.upper""",
    "n": """0 1 2 -1 3 1.5 100 var.size local.u_number local.object.id var.sizes[0] var.limits.read tonumber(null)
        1e3 var.pair[1] 0.1 1024 local.step_5.extra 18446744073709551616""",
    "b": "true false var.on var.off local.u_bool tobool(null) var.tables.orders.pitr var.tables.users.pitr",
    "kb": "true false var.on var.off !var.on var.size>3",
    "ls": """var.names var.no_names var.null_names local.words local.u_list ["a","b"] [] ["b","a","b"] tolist(["q"])
        local.step_1 local.rows[0].tags ["a",local.u_id] tolist(["z",local.u_string]) var.anything.deep[1].a""",
    "ln": "var.sizes [1,2,3] [] tolist([5]) local.object.list local.u_mixed.list [1,null] [2,1.5,-1]",
    "l": """local.tuple local.rows local.same local.u_tuple var.any_list var.pair local.sets [] [[],["a"]] [null]
        var.anything.list var.anything.deep local.step_3 [1,"a"] [{a=1},{a="x"}] terraform_data.any[*].input
        values(var.tables)[*].indexes var.tables.users.indexes""",
    "st": 'var.regions local.u_set toset(["a","b"]) toset([]) local.sets[0] toset(["é","B","a"]) toset(["a",local.u_id])',
    "ms": """var.tags var.no_tags local.pairs local.u_map tomap({a="1",b="2"}) {a="x"} {} {env="dev",extra=var.nothing}
        tomap({a=local.u_id,b="k"})""",
    "mn": "var.limits {a=1,b=2} local.step_5 local.step_2 {a=local.u_number,b=3}",
    "m": """local.object local.nested local.u_mixed local.u_object var.tables local.nulls var.anything local.secret {}
        {a=1,b="x"} {a=null} var.tables.orders var.tables.users.ttl {a=[1],b={c="d"}} local.step_4 terraform_data.each""",
    "z": "null var.nothing var.untyped_nothing var.null_names local.nulls.a local.nulls.c tonumber(null) tobool(null)",
}

FORMS = {
    "s": """upper({s}) | lower({s}) | title({s}) | trimspace({s}) | "${{s}}" | "x-${{s}}-${{n}}" | "${{b}}:${{s}}" |
        ({b} ? {s} : {s}) | ({b} ? {s} : {n}) | ({b} ? {z} : {s}) | join("-",{ls}) | join(",",{ln}) | join("",{st}) |
        format("%s",{s}) | format("%s-%d",{s},{n}) | format("%v|%5.1f",{a},{n}) | format("%q %-4s|",{s},{s}) |
        format("%05d%%",{n}) | format("%t",{b}) | format("%v",{l}) | format("%#v",{m}) | format("%x",{s}) |
        substr({s},{n},{n}) | replace({s},"a","{n}") | replace({s},"/[a-c]+/","<$0>") | replace({s},{s},{s}) |
        regex("[a-z]+",{s}) | regex("(?P<x>.)(?:.*)",{s}).x | trimprefix({s},{s}) | trimsuffix({s},"s") |
        trim({s},"ab") | strrev({s}) | chomp({s}) | indent({n},{s}) | tostring({n}) | tostring({b}) | tostring({s}) |
        jsonencode({a}) | jsonencode({m}) | jsonencode({l}) | yamlencode({m}) | base64encode({s}) | md5({s}) |
        element({ls},{n}) | {ls}[{n}] | {ms}["a"] | {ms}.env | lookup({ms},{s},{s}) | lookup({m},"id",{s}) |
        coalesce({s},{s}) | coalesce({z},{s},"z") | try({s},{s}) | try({m}.a,{s}) | try({z}.x,{s}) | one({st}) |
        one({ls}) | nonsensitive({s}) | sensitive({s}) | max({n},{n}) | "%{if {b}}{s}%{ else }no%{ endif }" |
        "%{for $s in {ls} @~}${{s}},%{ endfor ~}" | "%{for $k,$s in {ms} @}${{s}};%{ endfor }" | urlencode({s}) |
        {st}[0] | keys({m})[0] | split(",",{s})[0] | cidrsubnet("10.0.0.0/8",{n},{n}) | formatlist("%s!",{ls})[0] |
        templatestring(local.text,{m}) | sha1({s}) | jsondecode(jsonencode({s})) | local.same[{n}].id |
        tostring({s}=={s}) | {ls}[*][0] | tostring(try(tonumber({s}),{n})) | jsonencode([for $s in {ls} : @ {s}])""",
    "n": """({n}+{n}) | ({n}-{n}) | ({n}*{n}) | ({n}/{n}) | ({n}%{n}) | -{n} | length({l}) | length({ls}) | length({s}) |
        length({m}) | length({st}) | max({n},{n}) | min({n},{n},{n}) | max({ln}...) | min({sn}...) | sum({ln}) |
        abs({n}) | ceil({n}) | floor({n}) | signum({n}) | pow({n},{n}) | log({n},{n}) | parseint({s},10) |
        tonumber({s}) | tonumber({n}) | ({b} ? {n} : {n}) | ({b} ? {n} : {z}) | {ln}[{n}] | element({ln},{n}) |
        lookup({mn},"a",{n}) | {mn}["b"] | index({ls},{s}) | coalesce({n},{n}) | try({n},{n}) | one({ln}) |
        "${{n}}" | length(keys({m})) | length(distinct({ls})) | length("${{s}}${{s}}") | ("5"+{n}) | {mn}.a |
        length({b} ? {ls} : {ls}) | length({b} ? {ms} : {}) | length(range({n})) | length(setproduct({ls},{st}))""",
    "b": """({a}=={a}) | ({a}!={a}) | ({s}=={s}) | ({n}=={n}) | ({s}!={z}) | ({a}=={z}) | ({l}=={l}) | ({m}=={m}) |
        ({ls}=={ls}) | ({st}=={st}) | ({n}<{n}) | ({n}>={n}) | !{b} | ({kb}&&{kb}) | ({kb}||{kb}) | alltrue([{b},{b}]) |
        anytrue([{b},{b}]) | alltrue([for $s in {ls} : @ {b}]) | anytrue([for $a in {l} : @ ({a}=={a})]) |
        contains({ls},{s}) | contains({l},{a}) | contains({st},{s}) | contains(keys({m}),{s}) | can({a}) | can({s}) |
        can({m}.a) | can(tonumber({s})) | can(regex("^[a-z]+$",{s})) | startswith({s},{s}) | endswith({s},{s}) |
        strcontains({s},{s}) | tobool({s}) | tobool({b}) | ({b} ? {b} : {b}) | try({b},{b}) | issensitive({a}) |
        coalesce({b},{b}) | ({b}=={b}) | ("${{b}}"=={s}) | ({z}=={z}) | ("pre-${{s}}"=={s}) | startswith("ab${{s}}",{s})""",
    "ls": """[{s},{s}] | [{s}] | tolist({ls}) | tolist({st}) | tolist([{s},{s}]) | concat({ls},{ls}) | distinct({ls}) |
        compact({ls}) | sort({ls}) | reverse({ls}) | keys({m}) | values({ms}) | split({s},{s}) | split(",",{s}) |
        slice({ls},{n},{n}) | [for $s in {ls} : @ {s}] | [for $s in {st} : @ {s}] | [for $k,$s in {ms} : @ {s}] |
        [for $s in {ls} : @ {s} if {b}] | [for $s in {ls} : @ "${{s}}-${{s}}"] | formatlist("%s-%s",{ls},{s}) |
        formatlist("%s",{ls}) | coalescelist({ls},{ls}) | ({b} ? {ls} : {ls}) | ({b} ? {ls} : []) | ({b} ? {ls} : {z}) |
        flatten([{ls},{ls}]) | flatten([{ls},{s}]) | matchkeys({ls},{ls},{ls}) | setunion({st},{ls}) | {l}[*].id |
        local.rows[*].tags[0] | [for $n in range({n}) : @ {s}] | regexall("[a-z]",{s}) | try({ls},{ls}) |
        tolist(toset({ls})) | chunklist({ls},{n})[0] | [for $a in {l} : @ tostring({a})] | {s}[*] | {ls}[*] |
        values({m})[*].hash_key | [for $a in {l} : @ {a}.name] | transpose({a={ls}})["a"] | local.same.*.id |
        flatten([for $s in {ls} : @ [for $s in {st} : @ "${{s}}${{s}}"]]) | coalesce({ls},{ls})""",
    "sn": "toset({ln}) | toset([{n},{n}]) | setunion({sn},{sn}) | toset([1,2])",
    "ln": """[{n},{n}] | [{n}] | range({n}) | range({n},{n}) | range({n},{n},{n}) | [for $n in {ln} : @ {n}] |
        [for $s in {ls} : @ length({s})] | tolist({ln}) | sort({ln}) | reverse({ln}) | values({mn}) | tolist({sn}) |
        [for $n in {ln} : @ ({n}*{n})] | [for $n in {ln} : @ {n} if {n}>{n}] | concat({ln},{ln}) | distinct({ln}) |
        ({b} ? {ln} : {ln}) | slice({ln},0,{n}) | flatten([{ln},[{n}]]) | tolist([{n},{s}]) | [for $k,$n in {mn} : @ {n}]""",
    "st": """toset({ls}) | toset([{s},{s}]) | setunion({st},{st}) | setintersection({st},{st}) | setsubtract({st},{ls}) |
        ({b} ? {st} : {st}) | toset([for $s in {ls} : @ {s}]) | toset(keys({m})) | toset({ln}) | toset({l}) | try({st},{st}) |
        toset(flatten([{ls},{ls}])) | ({b} ? toset([]) : {st})""",
    "l": """[{a},{a}] | [{a}] | [{m},{m}] | [{z},{a}] | tolist({l}) | tolist([{m},{m}]) | tolist([{a},{a}]) |
        concat({l},{l}) | concat({ls},{ln}) | flatten({l}) | flatten([{l},{st}]) | values({m}) | chunklist({ls},{n}) |
        setproduct({ls},{ls}) | setproduct({st},{ln}) | [for $a in {l} : @ {a}] | [for $k,$a in {m} : @ {k={k}}] |
        [for $a in {l} : @ {a} if {a}!=null] | ({b} ? {l} : {l}) | ({b} ? [{a}] : []) | {l}[*].tags | distinct({l}) |
        reverse({l}) | slice({l},0,{n}) | try({l},{l}) | [for $s in {ls} : @ {id={s},n={n}}] | coalescelist({l},{l}) |
        [for $n,$s in {ls} : @ [{n},{s}]] | {m}[*] | [for $a in {l} : @ try({a}.id,{a})] | tolist(setproduct({ls},{ls})) |
        jsondecode(jsonencode({l})) | csvdecode("a,b\\n{n},${{s}}") | {l}[*].sub.x | matchkeys({l},{ls},{ls}) |
        ({b} ? [{m}] : [{m}]) | ({b} ? [{s},{n}] : [{n}]) | compact({l}) | sort({l}) | yamldecode(yamlencode({l}))""",
    "ms": """{a={s},b={s}} | {({s})={s}} | {"${{s}}"={s}} | tomap({ms}) | tomap({a={s},b={n}}) | merge({ms},{ms}) |
        merge({ms},{a={s}}) | {for $s in {ls} : @ {s}=>{s}} | {for $k,$s in {ms} : @ {s}=>{s}} |
        {for $s in {st} : @ {s}=>upper({s})} | {for $k,$s in {ms} : @ {s}=>{s} if {b}} | zipmap({ls},{ls}) |
        zipmap(keys({m}),{ls}) | ({b} ? {ms} : {ms}) | ({b} ? {ms} : {}) | ({b} ? {} : {ms}) | try({ms},{ms}) |
        {for $s in {ls} : @ "k-${{s}}"=>{s}...}["k-a"] | coalesce({ms},{ms}) | tomap({for $s in {ls} : @ {s}=>{s}}) |
        regex("(?P<a>.)(?P<b>.*)",{s}) | jsondecode(jsonencode({ms})) | merge([for $s in {ls} : @ {({s})={s}}]...) |
        {for $a in local.same : @ {a}.id=>{s}} | ({b} ? {a={s}} : {a={n}}) | ({b} ? {a={s}} : {b={s}})""",
    "mn": """{a={n},b={n}} | tomap({a={n}}) | merge({mn},{mn}) | {for $s in {ls} : @ {s}=>length({s})} | zipmap({ls},{ln}) |
        {for $k,$n in {mn} : @ {s}=>{n}} | ({b} ? {mn} : {mn}) | {for $n in {ln} : @ {n}=>{n}...} | tomap({mn})""",
    "m": """{a={a},b={a}} | {id={s},list={l}} | merge({m},{m}) | merge({m},{ms},{a={a}}) | {for $k,$a in {m} : @ {s}=>{a}} |
        {for $s in {ls} : @ {s}=>{a}} | {for $s in {ls} : @ {s}=>{s}...} | zipmap({ls},{l}) | tomap({m}) | tomap({a={a},b={a}}) |
        ({b} ? {m} : {m}) | ({b} ? {m} : {z}) | ({b} ? {a={a}} : {a={a}}) | ({b} ? {a={a}} : {b={a}}) | try({m},{m}) |
        {l}[{n}] | element({l},{n}) | transpose({m}) | transpose(tomap({a={ls},b={ls}})) | lookup(var.tables,{s},{m}) |
        {for $k,$a in var.tables : @ {s}=>{a}.ttl} | coalesce({m},{m}) | merge({z},{m}) | merge({m},{z}) |
        jsondecode(jsonencode({m})) | yamldecode(yamlencode({m})) | {for $k,$a in {m} : @ {k}=>{a} if {b}} |
        {for $n,$a in {l} : @ {n}=>{a}} | merge([for $a in {l} : @ {x={a}}]...) | terraform_data.each[{s}].input""",
    "a": "{s} | {n} | {b} | {ls} | {l} | {m} | {ms} | {st} | {z} | {ln} | ({b} ? {a} : {a}) | try({a},{a}) | one({l}) | "
    "element({l},{n}) | {m}.a | {m}[{s}] | {l}[{n}] | lookup({m},{s},{a}) | coalesce({a},{a}) | [{a},{a}][{n}] | "
    "values({m})[{n}] | sensitive({a}) | nonsensitive({a}) | tolist({l})[{n}] | {l}[*] | {m}[*] | one({l}[*]) | "
    "flatten({l})[{n}] | merge({m},{m}).a | jsondecode({s}) | {s}[*] | {z}[*] | {ms}[*] | {st}[*]",
}
SURPRISE = 0.03
"""How often an expression of another kind stands where one of this kind belongs."""

_PART = re.compile(r"\{(\w+)\}|\{\{(\w+)\}\}|\$(\w+)(?=[ ,])|@ ?")


@dataclass(frozen=True, slots=True)
class Expression:
    """A text with the expressions inside it. ``free`` are the variables of enclosing ``for``s that it uses."""

    text: str
    inside: tuple[Expression, ...] = ()
    free: frozenset[str] = frozenset()

    def parts(self) -> Iterator[Expression]:
        """All expressions inside that can stand alone, this one included."""
        if not self.free:
            yield self
        for part in self.inside:
            yield from part.parts()


class Grammar:
    """A source of random expressions; equal seeds give equal expressions."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - nothing secret about it
        self.atoms = {kind: _words(text) for kind, text in ATOMS.items()}
        self.forms = {kind: re.split(r"\s+\|\s+", text) for kind, text in FORMS.items()}
        self.count = 0

    def expression(self, depth: int = 3) -> Expression:
        """An expression nested at most ``depth`` deep."""
        return self._of_kind(self.random.choice(list(self.forms)), depth, {})

    def _of_kind(self, kind: str, depth: int, names: dict[str, str]) -> Expression:
        random = self.random
        if random.random() < SURPRISE and kind in self.forms:
            kind = random.choice(list(self.forms))
        fitting = [name for name, of in names.items() if kind in (of, "a") or of == "a"]
        if fitting and random.random() < 0.45:
            name = random.choice(fitting)
            return Expression(name, free=frozenset((name,)))
        if kind in self.atoms and (depth <= 0 or kind not in self.forms or random.random() < 0.2):
            return Expression(random.choice(self.atoms[kind]))
        if depth <= -2:
            return Expression(random.choice(self.atoms["z"]))
        return self._filled(random.choice(self.forms[kind]), depth - 1, names)

    def _filled(self, form: str, depth: int, names: dict[str, str]) -> Expression:
        """The form with expressions in its places."""
        texts, inside, waiting = list[str](), list[Expression](), dict[str, str]()
        position = 0
        for match in _PART.finditer(form):
            texts.append(form[position : match.start()])
            position = match.end()
            kind = match[1] or match[2]
            if match[3]:
                self.count += 1
                name = f"{match[3]}{self.count}"
                waiting[name] = {"k": "s"}.get(match[3], match[3])
                texts.append(name)
            elif kind is None:
                names = {**names, **waiting}
            elif kind == "k":
                name = next((name for name in reversed(names) if name.startswith("k")), '"k"')
                inside.append(Expression(name, free=frozenset((name,)) & names.keys()))
                texts.append(name)
            else:
                part = self._of_kind(kind, depth, names)
                inside.append(part)
                texts.append(f"{{{part.text}}}" if match[2] else part.text)
        free = frozenset[str]().union(*(part.free for part in inside)) - frozenset(waiting)
        return Expression("".join((*texts, form[position:])), tuple(inside), free)


def _words(text: str) -> list[str]:
    """Words between blanks; what stands in brackets or quotes is one word."""
    return re.findall(r'(?:"[^"]*"|[^\s"])+', text)
