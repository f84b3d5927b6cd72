"""`export` on the command line: what it is about, which file, and one sentence for every fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from dashboard.__main__ import main


@pytest.fixture(autouse=True)
def _own_folder(own_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIAISONATLAS_ADDRESS", "https://atlas.example.org/politie")
    monkeypatch.chdir(tmp_path)


def said(path: str) -> str:
    """The text of a Word file, tables and all."""
    document = Document(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_briefing_is_named_after_its_subject_and_release() -> None:
    assert main(["export", "briefing", "--country", "Ecuador"]) == 0
    text = said("briefing-ecuador-netwerk-begin-2026.docx")
    assert "Ecuador heeft geen officier; de dichtstbijzijnde post is Bogota" in text
    assert main(["export", "word", "--country", "Ecuador"]) == 0
    text = said("land-ecuador-netwerk-begin-2026.docx")
    assert "Ecuador heeft geen officier" in text and "728 km" in text
    address = "https://atlas.example.org/politie/land?release=bijlage-2025-11&taal=nl&land=ECU"
    assert address in text


def test_a_link_from_the_browser_makes_the_file_of_its_page() -> None:
    link = "http://127.0.0.1:8501/vlekken?release=bijlage-2025-11&taal=en&gebied=south-america"
    assert main(["export", "briefing", "--link", link, "-o", "a.docx"]) == 0
    assert "1 country in South America has no officer" in said("a.docx")


@pytest.mark.parametrize("path", ["/politie", "/politie/", "/"])
def test_the_start_page_has_the_address_of_the_installation(path: str) -> None:
    link = f"https://atlas.example.org{path}?release=bijlage-2025-11&taal=nl&org=KMar"
    assert main(["export", "briefing", "--link", link, "-o", "a.docx"]) == 0
    assert "37 landen" in said("a.docx")


def test_a_scenario_from_a_file() -> None:
    Path("dubai.json").write_text('{"changes": [{"close": {"row": 17}}]}', encoding="utf-8")
    assert main(["export", "briefing", "--scenario", "dubai.json", "-o", "a.docx"]) == 0
    assert "8 landen" in said("a.docx")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["briefing", "--country", "Narnia"], "it is not certain which country has this name"),
        (["briefing", "--region", "Atlantis"], "no region has this name"),
        (["word", "-o", "a.pdf"], "Give a name that ends in .docx"),
        (["briefing", "--country", "ECU", "-o", "a.odt"], ".docx or .pdf"),
        (["briefing", "--country", "NLD", "-o", "a.pdf"], "no briefing can be made"),
        (["pdf", "--country", "ECU", "MAR", "-o", "a.pdf"], "about one country at a time"),
        (["workbook", "-o", "a.doc"], ".xlsx or .ods or .zip"),
        (["picture", "--figure", "nix", "-o", "a.png"], "no map or chart has this name"),
        (["pdf", "--release", "nix", "-o", "a.pdf"], "there is no such release"),
        (["pdf", "--topic", "gaps", "--release", "kst-31015-94"], "only some of the posts"),
        (["pdf", "--topic", "gaps", "--release", "bijlage-2023-12"], "no table of the network"),
        (["pdf", "--topic", "planning", "--release", "bijlage-2023-12"], "no table of the network"),
        (["pdf", "--link", "https://example.org/elders"], "no page has this address"),
        (["pdf", "--link", "/vlekken?land=XX"], "something that we do not know (found 'land=XX')"),
        (["pdf", "--sides", "NP", "NP", "-o", "a.pdf"], "same"),
        (["geodata", "--topic", "gaps", "-o", "nowhere/a.csv"], "No such file or directory"),
    ],
)
def test_a_fault_is_one_sentence_and_leaves_no_file(
    capsys: pytest.CaptureFixture[str], arguments: list[str], complaint: str
) -> None:
    assert main(["export", *arguments]) == 2
    error = capsys.readouterr().err
    assert complaint in error and error.count("\n") == 1
    assert [path.name for path in Path().iterdir() if path.is_file()] == []


def test_without_a_name_it_says_where_it_writes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "workbook", "--country", "Ecuador"]) == 0
    path = Path("land-ecuador-netwerk-begin-2026.xlsx").absolute()
    assert path.exists() and f"becomes {path}" in capsys.readouterr().err
    assert main(["export", "workbook", "--country", "Ecuador"]) == 0
    assert f"replaces {path}" in capsys.readouterr().err


def test_an_address_that_names_an_organisation_twice_means_both() -> None:
    link = "/dekking?release=bijlage-2025-11&org=NP&org=KMar"
    assert main(["export", "briefing", "--link", link, "-o", "a.docx"]) == 0
    assert "117" in said("a.docx")  # NP and KMar together; KMar alone has 37


def test_an_address_of_this_machine_stands_in_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LIAISONATLAS_ADDRESS")
    assert main(["export", "briefing", "--country", "Ecuador", "Kosovo", "-o", "b.pdf"]) == 0
    with Path("b.pdf").open("rb") as file:
        assert b"127.0.0.1" not in file.read()
    assert main(["export", "word", "--country", "Ecuador", "-o", "a.docx"]) == 0
    text = said("a.docx")
    assert "127.0.0.1" not in text and "/land?release=bijlage-2025-11&taal=nl&land=ECU" in text
    assert "LIAISONATLAS" not in text  # the setting is the operator's, the file a reader's


@pytest.mark.parametrize("what", ["data", "release", "site"])
@pytest.mark.parametrize(
    "option",
    [
        *("--organisation NP", "--region Africa", "--topic gaps", "--country ECU", "--planned"),
        *("--kind single", "--figure map", "--sides NP GPI"),
    ],
)
def test_what_is_written_whole_takes_no_filter(
    what: str, option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", what, "-o", "a", *option.split()]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert f"{option.split()[0]}: `export {what}` always writes everything" in line
    assert not (tmp_path / "a").exists()


def test_all_data_go_to_a_folder_that_is_new(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "data", "--release", "kst-31015-94", "-o", "atlas"]) == 0
    assert Path("atlas/datapackage.json").exists() and Path("atlas/data/coverage.csv").exists()
    assert "datapackage.json" in capsys.readouterr().out
    assert main(["export", "data", "-o", "atlas"]) == 2
    assert main(["export", "data", "--release", "nix", "-o", "other"]) == 2
    assert not Path("other").exists()
