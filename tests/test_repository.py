"""Promises about the checkout as a whole: what is pinned, documented, licensed, and how large."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.__main__ import main
from dashboard.cli.arguments import parser
from tests.conftest import SITE

ROOT = Path(__file__).parents[1]
PRODUCT = ("dashboard", "data", "geo", "pages")
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")

# Addresses that stand in browser files without ever being asked for.
HARMLESS_ADDRESSES = {
    "http://www.w3.org/2000/svg": "the name of SVG, not a place to fetch from",
    "http://www.w3.org/1999/xlink": "the name of XLink, not a place to fetch from",
    "https://leafletjs.com": "a link in Leaflet's attribution, which is switched off",
}


def text_files() -> Iterator[Path]:
    """Every text file that belongs to the checkout, without what was built or installed."""
    endings = {"", ".css", ".html", ".in", ".js", ".md", ".py", ".toml", ".txt", ".yml"}
    skipped = {".git", ".hypothesis", ".venv", "var", "__pycache__"}
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        caches = [part for part in parts if part in skipped or part.endswith("_cache")]
        if path.is_file() and path.suffix in endings and not caches:
            yield path


def name(path: Path) -> str:
    """The path as it is written in the documentation."""
    return path.relative_to(ROOT).as_posix()


def requirements(file: str) -> dict[str, tuple[str, int]]:
    """Package -> (version, number of hashes) of a pinned list; fails on any other line."""
    text = re.sub(r"\\\n", " ", (ROOT / file).read_text(encoding="utf-8"))
    found = {}
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            pinned = re.match(r"([a-z0-9._-]+)==([^\s;]+)", line)
            assert pinned, f"{file}: not pinned: {line[:60]}"
            found[pinned[1]] = (pinned[2], line.count("--hash=sha256:"))
    return found


def direct_needs(file: str) -> set[str]:
    """The names in a hand-written list of needs."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith(("#", "-"))}


@pytest.mark.parametrize("list_", ["requirements", "requirements-dev"])
def test_everything_is_pinned_with_hashes(list_):
    pinned = requirements(f"{list_}.txt")
    assert [package for package, (_, hashes) in pinned.items() if not hashes] == []
    assert direct_needs(f"{list_}.in") <= set(pinned)


def test_both_lists_agree_on_versions():
    tests = requirements("requirements-dev.txt")
    for package, (version, _) in requirements("requirements.txt").items():
        assert tests[package][0] == version, package


@pytest.mark.parametrize(
    "file", ["requirements.txt", "requirements-dev.txt", "requirements.in", "requirements-dev.in"]
)
def test_no_address_of_a_package_index(file):
    text = (ROOT / file).read_text(encoding="utf-8")
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host", text)


def test_every_direct_need_has_its_reason():
    reasons = (ROOT / "docs/decisions/0002-dependencies.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| ([a-z][a-z0-9-]+) \|", reasons, re.M))
    needs = direct_needs("requirements.in") | direct_needs("requirements-dev.in")
    assert needs == explained - {"package"}


def test_no_path_of_one_machine():
    folders = "|".join(("home", "root", "Users", "work"))
    path = re.compile(rf"""(?<![\w.:/*~-])/(?:{folders})/[\w.-]""")
    found = []
    for file in text_files():
        match = path.search(file.read_text(encoding="utf-8"))
        if match:
            found.append((name(file), match[0]))
    assert found == []


@pytest.mark.parametrize("ending", ["html", "js", "css"])
def test_browser_files_ask_no_other_host(ending):
    found = []
    for path in (ROOT / "dashboard").rglob(f"*.{ending}"):
        text = re.sub(
            r"/\*.*?\*/|<!--.*?-->|^\s*//.*?$", "", path.read_text("utf-8"), flags=re.S | re.M
        )
        for address in re.findall(r"(?:https?:|wss?:|@import|url\(['\"]?)//[^\s\"'<>)]+", text):
            if address.rstrip("/") not in HARMLESS_ADDRESSES:
                found.append((name(path), address))
    assert found == []


def test_every_command_of_make_is_explained():
    targets = re.findall(r"^([a-z]+):", MAKEFILE, re.M)
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.M)
    assert phony and set(phony[1].split()) == set(targets)
    assert [target for target in targets if f"`make {target}`" not in DOCS["development.md"]] == []


@pytest.mark.parametrize(("setting", "read"), [((), False), (("DOCUMENTS=texts",), True)])
def test_make_data_reads_documents_only_where_it_is_told_to(setting, read):
    environment = {key: value for key, value in os.environ.items() if key != "DOCUMENTS"}
    done = subprocess.run(
        ["make", "--dry-run", "data", *setting],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "-m data.build.names" in done.stdout
    assert ("-m data.build.facts texts" in done.stdout, "facts" in done.stdout) == (read, read)


def test_ci_runs_what_the_readme_says():
    assert "make test" in (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert "    make test " in README
    assert README.count("\n") < 100  # a page for everyone; the tables stand in docs/


def test_the_folders_there_are_are_listed():
    listed = set(re.findall(r"^\| `([\w./-]+)/` \|", DOCS["development.md"], re.M))
    assert [folder for folder in sorted(listed) if not (ROOT / folder).is_dir()] == []
    places = [*PRODUCT, "tests", "docs"]
    there = {*places}
    for path in (child for place in places for child in (ROOT / place).iterdir()):
        files = (file for file in path.rglob("*.*") if file.suffix != ".pyc")
        if path.is_dir() and path.name != "__pycache__" and next(files, None):
            there.add(name(path))
    assert there - listed == set()


@pytest.mark.parametrize("folder", ["", "docs", "docs/decisions", "deploy", "data/build"])
def test_links_of_the_documentation_lead_to_files_that_exist(folder):
    lost = [
        (name(path), link)
        for path in sorted((ROOT / folder).glob("*.md"))
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8"))
        if not (path.parent / link).exists()
    ]
    assert lost == []


def test_every_setting_is_explained():
    settings = (ROOT / "dashboard/settings.py").read_text(encoding="utf-8")
    variables = set(re.findall(r"LIAISONATLAS_[A-Z_]+", settings))
    assert variables
    assert [variable for variable in variables if f"`{variable}`" not in DOCS["settings.md"]] == []


EXAMPLES = re.findall(r"^    \S+ -m dashboard (.+)$", DOCS["command-line.md"], re.M)


@pytest.mark.parametrize("line", EXAMPLES)
@pytest.mark.usefixtures("own_store")
def test_examples_of_the_command_line_work(line, tmp_path, capsys, request):
    arguments = shlex.split(line.partition(" > ")[0])
    if arguments[0] == "run":
        assert parser().parse_args(arguments).port
    elif arguments[:-1] == [*SITE]:
        assert request.getfixturevalue("site_file").stat().st_size > 1_000_000
    elif arguments[0] == "export":
        made = tmp_path / arguments.pop()
        assert main([*arguments, str(made)]) == 0
        assert made.stat().st_size > 2_000
    else:
        assert main(arguments) == 0
        assert capsys.readouterr().out.count("\n") > 10


def test_only_the_settings_read_the_environment():
    """What can be set is what docs/settings.md explains; a reader's process is handed a part."""
    readers = [
        name(path)
        for folder in PRODUCT
        for path in sorted((ROOT / folder).rglob("*.py"))
        if re.search(r"os\.environ|os\.getenv", path.read_text(encoding="utf-8"))
    ]
    ours = ["dashboard/settings.py", "dashboard/web/auth.py"]
    # The temporary folder of the machine is no setting of ours.
    assert readers == [*ours, "data/documents/opening.py", "data/scratch.py"]


def test_licences_are_here():
    own = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert own.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["license"] == "EUPL-1.2"
    for folder, words in {
        "leaflet": "BSD 2-Clause License",
        "fonts": "SIL OPEN FONT LICENSE",
    }.items():
        text = (ROOT / "dashboard/static" / folder / "LICENSE").read_text(encoding="utf-8")
        assert words in text, folder


def test_decisions_are_numbered_once():
    files = sorted((ROOT / "docs/decisions").glob("*.md"))
    numbers = [re.match(r"(\d{4})-[a-z0-9-]+\.md$", file.name) for file in files]
    assert all(numbers)
    assert [int(match[1]) for match in numbers if match] == list(range(1, len(files) + 1))
    for file in files:
        assert re.match(r"# \S", file.read_text(encoding="utf-8")), file.name
