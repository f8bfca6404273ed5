"""Where the variables of a root module get their values.

https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence: environment, then
``terraform.tfvars``, ``terraform.tfvars.json``, ``*.auto.tfvars[.json]`` by name, then the command line in its order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from posixpath import basename

from dynalint.evaluation import expressions
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.scope import Scope
from dynalint.evaluation.static import calls_in, references
from dynalint.evaluation.values import Value, string
from dynalint.evaluation.variables import Variable
from dynalint.project import Project
from dynalint.records import dataclass
from dynalint.syntax import SyntaxFault, load_body, load_json_body, parse_expression
from dynalint.syntax.nodes import Attribute
from dynalint.syntax.source import Source, Span

FIXED = ("terraform.tfvars", "terraform.tfvars.json")
AUTO = (".auto.tfvars", ".auto.tfvars.json")


@dataclass(frozen=True, slots=True)
class Given:
    """A value for one variable: an attribute of a tfvars file, or text whose reading depends on the variable."""

    text: str
    source: Source
    attribute: Attribute | None = None

    @property
    def by_name(self) -> bool:
        """Whether the command line names the variable, which then has to be there."""
        return self.source.path.startswith("--var ")


@dataclass
class RootValues:
    """All values for the variables of one root, the files they came from, and what was wrong with those."""

    given: dict[str, Given] = field(default_factory=dict)
    files: list[Source] = field(default_factory=list)
    faults: list[EvaluationError | SyntaxFault] = field(default_factory=list)

    def value(self, variable: Variable, scope: Scope) -> Value | None:
        """The value given for a variable, None where there is none. EvaluationError for text that is no expression."""
        given = self.given.get(variable.name)
        if given is None:
            return None
        if given.attribute:
            value = expressions.evaluate(given.attribute.value, scope)
            return value.with_trace(None).traced(given.attribute.span, given.text)
        span = Span(given.source.path, 0, len(given.source.data))
        if not variable.takes_expression:
            return string(given.source.data.decode()).traced(span, given.text)
        try:
            return expressions.evaluate(parse_expression(given.source), scope).with_trace(None).traced(span, given.text)
        except SyntaxFault as fault:
            raise EvaluationError(f"this is no expression: {fault.message}", span, code="DYN022") from fault


def gather(directory: str, project: Project, inputs: Inputs) -> RootValues:
    """Values from everywhere, later sources over earlier ones."""
    values = RootValues()
    for name, text in sorted((inputs.environment or {}).items()):
        if name.startswith("TF_VAR_"):
            _put_text(values, name.removeprefix("TF_VAR_"), text, name)
    for path in _automatic(directory, project):
        if project.may_read(path):
            _put_file(values, project, path)
        else:
            values.faults.append(
                SyntaxFault("this file is not read: its link leads out of the project", Span(path, 0, 0))
            )
    for kind, text in inputs.arguments:
        if kind == "var":
            name, _, value = text.partition("=")
            _put_text(values, name.strip(), value, f"--var {name.strip()}")
        else:
            _put_file(values, project, text)
    return values


def _automatic(directory: str, project: Project) -> Iterator[str]:
    paths = project.values_of(directory)
    yield from (path for name in FIXED for path in paths if basename(path) == name)
    yield from (path for path in paths if path.endswith(AUTO))


def _put_text(values: RootValues, name: str, text: str, origin: str) -> None:
    values.given[name] = Given(f"set by {origin}", Source(origin, text.encode()))


def _put_file(values: RootValues, project: Project, path: str) -> None:
    try:
        source = project.values(path)
        values.files.append(source)
        body = load_json_body(source) if path.endswith(".json") else load_body(source)
    except SyntaxFault as fault:
        values.faults.append(fault)
        return
    for attribute in body.attributes:
        for root, _ in references(attribute.value):
            message = f"{basename(path)} holds values only: it cannot refer to {root.name}"
            values.faults.append(EvaluationError(message, root.span, code="DYN022"))
            break
        else:
            for call in calls_in(attribute.value):
                message = f"{basename(path)} holds values only: it cannot call {call.name}()"
                values.faults.append(EvaluationError(message, call.span, code="DYN022"))
            text = f"{attribute.name} set in {basename(path)}"
            values.given[attribute.name] = Given(text, source, attribute)
