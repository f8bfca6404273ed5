from __future__ import annotations

from textwrap import dedent

from rich.cells import cell_len

from dynalint.reports.inspect_text import GroupView, RootView, SettingView, TableView, render

ORDERS = TableView(
    "aws_dynamodb_table.orders",
    "main.tf:1",
    (
        GroupView(
            "keys",
            (
                SettingView("hash_key", '"pk"', "main.tf:4"),
                SettingView("range_key", "unknown: var.sort has no default", "main.tf:5", unknown=True),
            ),
        ),
        GroupView("settings", (SettingView("ttl", "off", default=True),), "there may be more"),
    ),
)


def shown(*roots: RootView, width: int | None = None) -> str:
    return render(roots, color=False, width=width)


def test_a_table_is_a_tree_of_groups() -> None:
    assert shown(RootView("infra", (ORDERS,))) == dedent("""\
        infra: 1 table

        aws_dynamodb_table.orders  main.tf:1
        ├─ keys
        │     hash_key   "pk"                              main.tf:4
        │     range_key  unknown: var.sort has no default  main.tf:5
        └─ settings  there may be more
              ttl  off
        """)


def test_in_a_narrow_terminal_the_origin_stands_below_the_value() -> None:
    setting = SettingView("name", '"orders-production"', "main.tf:2 ← variables.tf:10 default of var.environment")
    table = TableView("t", "main.tf:1", (GroupView("settings", (setting,)), GroupView("tags")))
    assert shown(RootView("infra", (table,)), width=50) == dedent("""\
        infra: 1 table

        t  main.tf:1
        ├─ settings
        │     name  "orders-production"
        │             main.tf:2 ← variables.tf:10 default
        │             of var.environment
        └─ tags
        """)


def test_what_could_not_be_evaluated_comes_first() -> None:
    text = shown(RootView("infra", faults=("main.tf:3: no such variable",)))
    assert text == "infra: 0 tables\n! main.tf:3: no such variable\n"


def test_policies_latent_tables_and_outputs_are_counted_and_shown() -> None:
    view = RootView("infra", (ORDERS,), (ORDERS,), (ORDERS, ORDERS), (SettingView("arn", '"x"', "outputs.tf:2"),))
    text = shown(view)
    assert text.startswith("infra: 1 table, 1 in branches not taken and 2 policies\n")
    assert text.endswith('\noutputs\n   arn  "x"  outputs.tf:2\n')


def test_roots_are_set_apart() -> None:
    assert shown(RootView("a"), RootView("b")) == "a: 0 tables\n\nb: 0 tables\n"


def test_hostile_names_do_nothing() -> None:
    setting = SettingView("x\x1b[2J\n", "\u202e[/x]", "\x07")
    text = shown(RootView("r\x1b", (TableView("t\r", "p\n", (GroupView("g\t", (setting,), "\x9b"),), "\x00"),)))
    assert all(char.isprintable() or char == "\n" for char in text)
    assert len(text.splitlines()) == 5


def test_columns_line_up_under_wide_characters() -> None:
    settings = (SettingView("名前", '"注文"', "a:1"), SettingView("k", '"v"', "a:2"))
    first, second = shown(RootView("r", (TableView("t", "p", (GroupView("tags", settings),)),))).splitlines()[-2:]
    assert cell_len(first[: first.index("a:1")]) == cell_len(second[: second.index("a:2")])
