"""``dynalint report``: what the page shows, and what it must never hold."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.cli.pictured import SHOP, TRAP
from tests.command_line import TABLE, Cli


class Page(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    @property
    def ids(self) -> list[str]:
        return [str(attrs["id"]) for _, attrs in self.tags if "id" in attrs]


def written(cli: Cli, text: str, *arguments: str) -> str:
    cli.write({"main.tf": text})
    done = cli("report", ".", "-o", "page.html", *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return (cli.home / "page.html").read_text("utf-8")


def test_every_table_has_a_card_with_its_lanes_and_what_it_has(cli: Cli) -> None:
    text = Page(written(cli, SHOP)).text
    assert "created_at N idle S all attributes" in text
    assert "by-status" in text
    assert "keys, currency, total" in text
    assert "archive global index, depends on var.with_archive created_at N keys only" in text
    assert "Stream NEW_AND_OLD_IMAGES" in text
    assert "Stream read by aws_lambda_event_source_mapping.projector" in text


def test_what_is_wrong_is_marked_where_it_is_wrong(cli: Cli) -> None:
    page = written(cli, SHOP)
    assert re.search(r'<span class="key hash undeclared wrong error">status <i>undeclared</i> <a', page)
    assert re.search(r'<li class="off wrong warning"><b>Deletion protection</b> off <a', page)


def test_every_link_inside_the_page_leads_somewhere(cli: Cli) -> None:
    page = Page(written(cli, SHOP))
    targets = {str(attrs["href"])[1:] for tag, attrs in page.tags if tag == "a" and str(attrs["href"]).startswith("#")}
    assert len(targets) > 15
    assert targets <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_scan_and_patterns_are_ringed_and_conditions_marked(cli: Cli) -> None:
    page = written(cli, SHOP)
    rows = re.findall(r"<tr><th scope=row>(.*?)</tr>", page.partition('id="access"')[2])
    assert re.findall(r'class="do([a-z ]*)"', rows[0]) == [" if", "", " if"]
    assert re.findall(r'class="do([a-z ]*)"', rows[1]) == [" ring"] * 5
    assert "all 2 tables here" in rows[1]


def test_suppressions_show_their_reason_and_the_day_they_end(cli: Cli) -> None:
    page = written(cli, SHOP)
    assert "rebuilt &lt;nightly&gt;" in page
    assert "2099-01-31" in page


def test_a_clean_module_has_a_page_too(cli: Cli) -> None:
    text = Page(written(cli, TABLE)).text
    assert "Nothing found in 1 table" in text
    assert "Findings" not in text


def test_names_of_strangers_are_text_and_nothing_else(cli: Cli) -> None:
    page = written(cli, TRAP)
    tags = Page(page).tags
    assert [tag for tag, _ in tags if tag in {"script", "img", "iframe", "object", "form"}] == []
    assert [attrs for _, attrs in tags if any(name.startswith("on") for name in attrs)] == []
    assert page.count("</style>") == 1
    assert "\u202e" not in page


def test_sensitive_values_are_in_no_picture(cli: Cli) -> None:
    table = """\
variable "secret" { sensitive = true }
resource "aws_dynamodb_table" "t" {
  name     = var.secret
  hash_key = var.secret
  global_secondary_index {
    name               = var.secret
    hash_key           = var.secret
    projection_type    = "INCLUDE"
    non_key_attributes = [var.secret]
  }
  replica { region_name = var.secret }
  tags = { (var.secret) = "x" }
}
"""
    page = written(cli, table, "--var", "secret=hunter2")
    assert "(sensitive)" in page
    assert "hunter2" not in page.partition('id="findings"')[0]
    assert "hunter2" not in cli("graph", ".", "--var", "secret=hunter2").stdout


def test_the_page_forbids_itself_everything_and_fetches_nothing(cli: Cli) -> None:
    tags = Page(written(cli, SHOP)).tags
    policy = next(attrs["content"] for tag, attrs in tags if tag == "meta" and "http-equiv" in attrs)
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert [attrs for tag, attrs in tags if "src" in attrs or tag == "link"] == []


def test_the_same_input_gives_the_same_bytes_wherever_it_lies(cli: Cli, tmp_path: Path) -> None:
    first = written(cli, SHOP)
    assert first == written(cli, SHOP)
    assert str(tmp_path) not in first


def test_fifty_tables_fit_into_300_kilobytes(cli: Cli) -> None:
    tables = [
        f'resource "aws_dynamodb_table" "t{number}" {{\n  name = "service-{number}"\n  hash_key = "pk"\n'
        '  attribute {\n    name = "pk"\n    type = "S"\n  }\n  attribute {\n    name = "sk"\n    type = "S"\n  }\n'
        '  global_secondary_index {\n    name = "by-sk"\n    hash_key = "sk"\n    projection_type = "INCLUDE"\n  }\n}\n'
        for number in range(50)
    ]
    policy = SHOP[SHOP.index('resource "aws_iam_policy"') :]
    assert len(written(cli, "".join([*tables, policy]))) < 300_000


def test_a_replacement_is_loud(cli: Cli) -> None:
    attributes = {"name": "orders", "hash_key": "id", "attribute": [{"name": "id", "type": "S"}]}
    change = {
        "actions": ["delete", "create"],
        "before": {**attributes, "hash_key": "pk"},
        "after": attributes,
        "after_unknown": {},
        "replace_paths": [["hash_key"]],
    }
    table = {"address": "aws_dynamodb_table.orders", "mode": "managed", "type": "aws_dynamodb_table", "name": "orders"}
    plan = {"format_version": "1.2", "resource_changes": [{**table, "change": change}], "complete": True}
    cli.write({"plan.json": json.dumps(plan)})
    page = written(cli, TABLE, "--plan", "plan.json")
    assert '<tr class="replace">' in page
    assert "forced by hash_key" in page
    assert "all of its items are deleted first" in page


def test_environments_that_look_alike_share_a_card(cli: Cli) -> None:
    cli.write({"dynalint.toml": '[environments.dev]\n[environments.prod]\nvariables = { with_archive = "false" }\n'})
    text = Page(written(cli, SHOP)).text
    assert ". (dev)" in text
    assert ". (prod)" in text


def test_a_finding_of_one_environment_is_not_drawn_in_another(cli: Cli) -> None:
    table = 'variable "on" {}\n' + TABLE.replace("    enabled = true", "    enabled = var.on", 1)
    tables = (
        f"[environments.{name}]\nvariables = {{ on = {on} }}\n" for name, on in (("dev", "false"), ("prod", "true"))
    )
    cli.write({"dynalint.toml": "".join(tables)})
    grid = written(cli, table).partition("</thead>")[2].partition("</table>")[0]
    dev, prod = grid.partition(". <span")[2].split(". <span")
    assert ("(dev)" in dev, "#f1" in dev) == (True, True)
    assert ("(prod)" in prod, "#f1" in prod) == (True, False)


@pytest.mark.parametrize(
    ("arguments", "code"), [(["report", "nowhere"], 2), (["report", "-o", "no/such/folder.html"], 2)]
)
def test_wrong_usage_is_2(cli: Cli, arguments: list[str], code: int) -> None:
    cli.write({"main.tf": TABLE})
    assert cli(*arguments).returncode == code


def test_nothing_to_show_is_3(cli: Cli) -> None:
    assert cli("report", ".").returncode == 3
