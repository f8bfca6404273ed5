"""What terraform validate refuses whatever the values, and where it is said to be."""

from pathlib import Path

import pytest

from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.root import evaluate_root
from dynalint.project import Project


def faults(place: Path, **files: str) -> list[tuple[str, str]]:
    """The text at fault with the message, of a root module with these files (``m_main`` is m/main.tf)."""
    for name, text in files.items():
        path = place / f"{name.replace('_', '/')}.tf"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    project = Project(str(place))
    root = evaluate_root(str(place), project, Inputs(everything=True))
    return [(project.source(fault.span.path).text(fault.span), fault.message) for fault in root.faults]


MODULE_WITHOUT_INSTANCES = 'module "m" {\n  source = "./m"\n  count  = 0\n  v      = "x"\n}\n'


def test_looks_into_a_module_without_instances(tmp_path: Path) -> None:
    found = faults(
        tmp_path, main=MODULE_WITHOUT_INSTANCES, m_main='variable "v" {}\noutput "o" {\n  value = local.nope\n}\n'
    )
    assert {message for _, message in found} == {"there is no local value 'nope' in this module"}


def test_a_value_that_only_a_plan_knows_is_no_fault(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        main=MODULE_WITHOUT_INSTANCES,
        m_main='variable "v" {}\noutput "o" {\n  value = var.v.a[0].b + 1\n}\n',
    )
    assert found == []


TWO_RESOURCES = """
resource "terraform_data" "a" {
  depends_on = [terraform_data.b.id]
}
resource "terraform_data" "b" {}
"""
EPHEMERAL = """
variable "e" {
  default   = "x"
  ephemeral = true
}
resource "terraform_data" "a" {
  input = var.e
}
"""


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("locals {\n  a = true ? 1 : local.b\n  b = local.a\n}\n", "local.a"),
        ('variable "count" {\n  default = 1\n}\n', 'variable "count"'),
        ('check "c" {}\n', 'check "c"'),
        (TWO_RESOURCES, "terraform_data.b.id"),
        ('variable "s" {\n  sensitive = true\n  default = 1\n}\noutput "o" {\n  value = var.s\n}\n', "value = var.s"),
        (EPHEMERAL, "input = var.e"),
    ],
)
def test_points_at_what_is_refused(text: str, at: str, tmp_path: Path) -> None:
    assert [place for place, _ in faults(tmp_path, main=text)] == [at]
