import os
import shutil
from pathlib import Path

import pytest

from dynalint.discovery import Scan, discover
from dynalint.errors import UsageError
from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.root import evaluate_root
from dynalint.project import Listing, Project, git_top, project_root
from dynalint.syntax import SyntaxFault

CALL = 'module "{0}" {{\n  source = "{1}"\n}}\n'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path.resolve()


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


def relative(here: Path, paths: tuple[str, ...]) -> list[str]:
    return [os.path.relpath(path, here) for path in paths]


def roots(here: Path, *paths: str) -> list[str]:
    return relative(here, discover(paths or ["."]).roots)


REPOSITORY = {
    ".git/HEAD": "",
    "envs/prod/main.tf": CALL.format("orders", "../../modules/orders"),
    "envs/test/main.tf": CALL.format("orders", "../../modules/orders"),
    "modules/orders/main.tf": CALL.format("table", "../table"),
    "modules/table/main.tf": "",
    "modules/unused/main.tf": "",
}


def test_roots_are_the_modules_that_nobody_calls(here: Path) -> None:
    write(here, REPOSITORY)
    assert roots(here) == ["envs/prod", "envs/test", "modules/unused"]
    assert roots(here, "modules") == ["modules/orders", "modules/unused"]


def test_a_file_stands_for_its_module_and_the_roots_that_lead_there(here: Path) -> None:
    write(here, REPOSITORY)
    scan = discover(["modules/table/main.tf"])
    assert relative(here, scan.modules) == ["modules/table"]
    assert relative(here, scan.roots) == ["envs/prod", "envs/test"]
    assert roots(here, "modules/unused/main.tf", "envs/prod/main.tf") == ["envs/prod", "modules/unused"]


def test_a_variables_file_stands_for_its_module(here: Path) -> None:
    write(here, REPOSITORY | {"envs/prod/terraform.tfvars": "", "settings/prod.tfvars": ""})
    assert roots(here, "envs/prod/terraform.tfvars") == ["envs/prod"]
    scan = discover(["settings/prod.tfvars"])
    assert (scan.modules, scan.empty) == ((), False)


def test_calls_in_a_circle_make_no_root_but_the_modules_are_known(here: Path) -> None:
    write(here, {"a/main.tf": CALL.format("b", "../b"), "b/main.tf": CALL.format("a", "../a")})
    scan = discover(["."])
    assert (relative(here, scan.modules), scan.roots) == (["a", "b"], ())


def test_only_the_source_of_the_call_itself_counts(here: Path) -> None:
    text = 'module "x" {\n  settings = {\n    source = "../b"\n  }\n  source = "../c"\n}\n'
    write(here, {"a/main.tf": text, "b/main.tf": "", "c/main.tf": ""})
    assert roots(here) == ["a", "b"]


def test_calls_in_json_count(here: Path) -> None:
    write(here, {"a/main.tf.json": '{"module": {"b": {"source": "../b"}}}', "b/main.tf": ""})
    assert roots(here) == ["a"]
    assert roots(here, "b/main.tf") == ["a"]


def test_hidden_directories_and_downloaded_modules_are_not_the_users(here: Path) -> None:
    write(here, {"main.tf": "", ".terraform/modules/x/main.tf": "", ".cache/main.tf": "", "a/.x/main.tf": ""})
    assert relative(here, discover(["."]).modules) == ["."]
    assert relative(here, discover([".cache"]).modules) == [".cache"]


def test_links_are_followed_once_and_never_out_of_the_project(here: Path) -> None:
    write(here, {"project/a/main.tf": "", "outside/main.tf": "", "project/.git/HEAD": ""})
    (here / "project/a/loop").symlink_to(here / "project")
    (here / "project/out").symlink_to(here / "outside")
    assert relative(here, discover(["project"]).modules) == ["project/a"]


def test_configuration_files_come_in_terraforms_order_without_leftovers(here: Path) -> None:
    write(here, dict.fromkeys(("b.tf", "a.tf.json", "a_override.tf", ".h.tf", "c.tf~", "#d.tf#", "notes.txt"), ""))
    files = Project(".").files_of(str(here))
    assert [Path(file.source.path).name for file in files] == ["a.tf.json", "a_override.tf", "b.tf"]


def test_a_tofu_file_hides_the_terraform_file_of_its_name(here: Path) -> None:
    write(here, dict.fromkeys(("a.tf", "a.tofu", "b.tf.json", "b.tofu.json", "c.tf"), ""))
    files = Project(".").files_of(str(here))
    assert [Path(file.source.path).name for file in files] == ["a.tofu", "b.tofu.json", "c.tf"]


def test_nothing_outside_of_the_root_is_read(here: Path) -> None:
    write(here, {"secret": "x", "root/a.tf": "", "root/prod.tfvars": ""})
    (here / "root/link.tf").symlink_to(here / "secret")
    project = Project("root", named=["secret"])
    for path in ("../secret", "link.tf", "missing/../../secret"):
        with pytest.raises(OSError, match="outside"):
            Project("root").read_text_file(f"{here}/root/{path}")
    assert "out of the project" in Project("root").file(f"{here}/root/link.tf").faults[0].message
    assert project.read_text_file(f"{here}/secret") == b"x"
    assert not project.exists(str(here))


def test_what_changes_while_it_is_looked_at_does_not_last(here: Path) -> None:
    write(here, {"a.txt": "1", "b.txt": "1"})
    project = Project(".")
    for text in ("1", "2"):
        write(here, {"a.txt": text})
        assert project.read_text_file(f"{here}/a.txt") == text.encode()
        project.read_text_file(f"{here}/b.txt")
    assert project.footprint() is None
    project.begin()
    project.read_text_file(f"{here}/b.txt")
    assert project.footprint() is not None
    assert not project.is_file(f"{here}/c.txt")
    write(here, {"c.txt": ""})
    assert project.is_file(f"{here}/c.txt")
    assert project.footprint() is None


def test_values_that_were_no_text_for_a_moment_do_not_last(here: Path) -> None:
    (here / "x.tfvars").write_bytes(b"\xff")
    project = Project(".")
    with pytest.raises(SyntaxFault):
        project.values(f"{here}/x.tfvars")
    write(here, {"x.tfvars": "a = 1\n"})
    project.values(f"{here}/x.tfvars")
    assert project.footprint() is None


def test_what_is_no_regular_file_is_not_opened(here: Path) -> None:
    os.mkfifo(here / "pipe.tf")
    assert "a pipe" in Project(".").file(f"{here}/pipe.tf").faults[0].message
    with pytest.raises(OSError, match="no regular file"):
        Project(".").read_text_file(f"{here}/pipe.tf")


def test_a_directory_that_cannot_be_listed_is_noticed(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(here, {"a/main.tf": "", "b/main.tf": ""})

    listing = Project.listing

    def denied(self: Project, directory: str) -> Listing:
        if directory.endswith("/a"):
            raise PermissionError(13, "Permission denied")
        return listing(self, directory)

    monkeypatch.setattr(Project, "listing", denied)
    assert relative(here, discover(["."]).unlisted) == ["a"]


def test_the_root_is_the_work_tree_else_the_current_directory_else_what_was_named(here: Path) -> None:
    write(here, {"repo/.git": "gitdir: elsewhere", "repo/a/b/main.tf": "", "plain/a/main.tf": ""})
    assert project_root(["repo/a/b/main.tf", "repo/a"]) == str(here / "repo")
    assert project_root(["plain/a"]) == str(here)
    os.chdir(here / "repo")
    assert project_root([str(here / "plain/a"), str(here / "plain/a/main.tf")]) == str(here / "plain/a")
    assert git_top(str(here / "plain")) is None


def test_a_path_that_does_not_exist_stops_the_run(here: Path) -> None:
    write(here, {"main.tf": ""})
    with pytest.raises(UsageError, match="no such file or directory: nowhere"):
        discover([".", "nowhere"])


def excluded_scan(here: Path, *paths: str, force: bool = False) -> Scan:
    write(here, {"main.tf": "", "legacy/main.tf": "", "a/examples/main.tf": ""})
    return discover(paths, exclude={str(here): ["legacy", "examples"]}, force_exclude=force)


def test_excluded_directories_are_not_searched(here: Path) -> None:
    assert relative(here, excluded_scan(here, ".").modules) == ["."]


def test_what_is_named_outright_is_checked_unless_exclusion_is_forced(here: Path) -> None:
    named = ("legacy/main.tf", "main.tf")
    assert relative(here, excluded_scan(here, *named).modules) == [".", "legacy"]
    forced = excluded_scan(here, *named, force=True)
    assert (relative(here, forced.modules), forced.skipped) == (["."], 1)


def test_a_run_of_which_everything_is_excluded_is_not_empty(here: Path) -> None:
    forced = excluded_scan(here, "legacy/main.tf", force=True)
    assert (forced.modules, forced.empty) == ((), False)


def test_nothing_to_check_is_empty(here: Path) -> None:
    write(here, {"docs/readme.md": ""})
    assert discover(["docs"]).empty
    assert discover(["docs/readme.md"]).empty


def test_forgotten_files_are_read_again(here: Path) -> None:
    write(here, {"main.tf": ""})
    project = Project(".")
    before = project.files_of(str(here))
    assert project.files_of(str(here))[0] is before[0]
    project.forget([str(here)])
    shutil.move(here / "main.tf", here / "other.tf")
    assert Path(project.files_of(str(here))[0].source.path).name == "other.tf"


def test_a_variables_file_that_leads_outside_is_reported_and_not_read(here: Path) -> None:
    write(here, {"secret": 'name = "s3cr3t"', "root/main.tf": 'variable "name" {}\n'})
    (here / "root/terraform.tfvars").symlink_to(here / "secret")
    root = evaluate_root(f"{here}/root", Project("root"), Inputs())
    assert [fault.code for fault in root.faults] == ["DYN001"]
    assert "out of the project" in root.faults[0].message
