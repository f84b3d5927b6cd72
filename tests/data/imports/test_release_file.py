"""A release that leaves as a file comes back to the letter, whatever it holds; a slip is named."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from data.documents import template
from data.imports import drafts, release_file
from data.load import RELEASE_TABLES
from data.store import write
from data.store.read import Store
from geo.errors import BroughtFileError, DataError
from geo.reading.corrections import Correction

COMMITTED = ("bijlage-2025-11", "bijlage-2023-12", "kst-31015-94")
IMPORTED = "bijlage-2026-05"  # tests/annexes/clear.txt
# What a spreadsheet or a .csv may spoil.
HARD = {
    "label": "=SUM(A1)",
    "city_printed": '\'s-Gravenhage; "Den Haag"',
    "area_printed": "-/- Peru, NA / 01-02 / 2026-01",
    "region": "@Zuid",
}


@pytest.fixture
def store(tmp_path: Path, imported_store: Path) -> Store:
    """The committed documents and an imported one."""
    file = tmp_path / "store.db"
    shutil.copyfile(imported_store, file)
    return Store(f"sqlite:///{file}")


def again(store: Store, release: str, kind: str) -> str:
    """The id of the release that the file of `release` becomes."""
    name = f"{release}.{kind}"
    content = release_file.write(store, release, name)
    draft = drafts.begin(store, drafts.receive(name, content))
    reading = drafts.read(store, draft)
    assert reading.problems == ()
    return write.add(store, drafts.incoming(draft, reading), "desk", draft.seen)


def assert_same(store: Store, release: str, other: str) -> None:
    """Every table is the same but for the name of the document, and so is what is said of it."""
    for table in RELEASE_TABLES:
        frames = [store.table(table, each) for each in (release, other)]
        if table != "accreditations":
            assert set(frames[1]["document"]) <= {other}
        pd.testing.assert_frame_equal(
            *(frame.drop(columns="document", errors="ignore") for frame in frames)
        )
    rows = [store.release(each).drop(["release", "document"]) for each in (release, other)]
    pd.testing.assert_series_equal(*rows, check_names=False)


@pytest.mark.parametrize("release", [*COMMITTED, IMPORTED])
@pytest.mark.parametrize("kind", release_file.KINDS)
def test_every_release_comes_back(store: Store, release: str, kind: str):
    assert_same(store, release, again(store, release, kind))


@pytest.mark.parametrize("kind", release_file.KINDS)
def test_hand_made_rows_and_hard_texts_come_back(store: Store, kind: str):
    frames = {table: store.table(table, "kst-31015-94").copy() for table in RELEASE_TABLES}
    postings, served = frames["postings"], frames["accreditations"]
    for column, text in HARD.items():
        postings.loc[0, column] = text
    served.loc[0, ["printed", "match", "score"]] = "+31 / Roemeni\u00eb", "hand", 87.5
    hard = replace(_incoming("hard"), **frames)
    release = write.add(store, hard, "desk", store.revision())
    assert_same(store, release, again(store, release, kind))
    assert dict(store.table("postings", release).loc[0, list(HARD)]) == HARD
    assert store.release(release)["network_note_nl"] == "alleen wat de brief noemt"


def _incoming(name: str) -> write.Incoming:
    empty = pd.DataFrame()
    dates = ("partial", "2013-10-09", "absent", None, None)
    notes = ("alleen wat de brief noemt", "only what the letter mentions")
    return write.Incoming(name, "ab" * 32, 1, *dates, empty, empty, empty, (), (), *notes)


# What a person may get wrong in the file of 2025 -> code, row of the file, value.
SLIPS = {
    ";CAN;Canada;": (";KAN;Canada;", "no_such_unit", 4, "KAN"),
    ";Washington;Washington;USA;active;": (
        ";Washington;Washington;USA;actief;", "no_such_word", 2, "actief"
    ),
    "accreditations;LO;1;CAN": ("accreditations;LO;een;CAN", "not_a_number", 4, "een"),
    "postings;LO;2;": ("posting;LO;2;", "no_such_word", 3, "posting"),
    "row;region;label": ("row;regio;label", "column_unknown", None, "regio"),
    "releases;bijlage-2025-11;": ("", "no_one_release", None, "0"),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS, ids=[each[1] for each in SLIPS.values()])
def test_a_slip_is_named_by_its_row(store: Store, slip: str):
    text = release_file.write(store, "bijlage-2025-11", ".csv").decode("utf-8-sig")
    typed, code, row, value = SLIPS[slip]
    lines = [line for line in text.split("\r\n") if typed or not line.startswith(slip)]
    at = next((place for place, line in enumerate(lines, start=1) if slip in line), 0)
    damaged = "\r\n".join(lines).replace(slip, typed, 1)
    upload = drafts.receive("slip.csv", damaged.encode())
    with pytest.raises(DataError) as caught:
        drafts.read(store, drafts.begin(store, upload))
    error = caught.value
    assert (error.code, error.value) == (code, value)
    assert isinstance(error, BroughtFileError)  # whose advice is about that file
    assert error.where.startswith("slip.csv")
    assert error.row == (at if row else None)


@pytest.mark.parametrize(
    ("left_out", "line", "value", "number"),
    [
        ("accreditations;", "postings;LO;1;", "USA", 1),
        ("accreditations;LO;29;MAR", "postings;LO;29;", "MAR", 29),
    ],
)
def test_a_post_that_does_not_serve_its_host_is_refused(
    store: Store, left_out: str, line: str, value: str, number: int
):
    text = release_file.write(store, "bijlage-2025-11", ".csv").decode("utf-8-sig")
    lines = [each for each in text.split("\r\n") if not each.startswith(left_out)]
    error = refused(store, "\r\n".join(lines))
    assert (error.code, error.column, error.value) == ("host_not_served", "host", value)
    assert (error.where, dict(error.params)) == (
        "slip.csv, table postings",
        {"kind": "LO", "number": number},
    )
    assert error.row == next(at for at, each in enumerate(lines, 1) if each.startswith(line))


def test_an_area_of_no_posting_is_named_by_the_row_of_the_file(store: Store):
    text = release_file.write(store, "bijlage-2025-11", ".csv").decode("utf-8-sig")
    damaged = text.replace("accreditations;LO;1;CAN", "accreditations;LO;99;CAN")
    error = refused(store, damaged)
    lines = damaged.split("\r\n")
    at = next(at for at, each in enumerate(lines, 1) if "LO;99;CAN" in each)
    assert (error.code, error.row) == ("no_posting_of_row", at)


def refused(store: Store, text: str) -> DataError:
    """The error by which an edited file is refused."""
    upload = drafts.receive("slip.csv", text.encode())
    with pytest.raises(DataError) as caught:
        drafts.read(store, drafts.begin(store, upload))
    return caught.value


def test_a_person_in_a_file_is_not_kept(store: Store):
    text = release_file.write(store, "bijlage-2025-11", ".csv").decode("utf-8-sig")
    upload = drafts.receive("a.csv", text.replace(";Suriname - NP;", ";dhr. J. Jansen;").encode())
    reading = drafts.read(store, drafts.begin(store, upload))
    assert [(p.code, p.printed, p.row) for p in reading.problems] == [
        ("person", "dhr. J. Jansen", ("LO", 2))
    ]
    assert reading.postings.loc[1, "label"] == "[\u2026]"


# An edit of the row of a posting -> code, column, value, what is right, row of the posting.
WRONG = {
    # Rabat lies in Morocco; the label says so too.
    ";Rabat;Rabat;MAR;": (
        ";Rabat;Rabat;ESP;",
        [
            ("city_of_other_host", "city", "Rabat", {"host": "ESP", "countries": "MAR"}),
            ("host_not_of_label", "host", "ESP", {"label": "Marokko - NP", "country": "MAR"}),
        ],
        ("LO", 23),
    ),
    ";Ghana - NP;NP;Accra;Accra;": (
        ";Ghana - NP;NP;Accra;Xyzzyville;",
        [("unknown_city", "city", "Xyzzyville", {"host": "GHA"})],
        ("LO", 24),
    ),
    ";Tiblisi;Tbilisi;": (
        ";Tiblisi;Tiblisi;",
        [("city_spelt_otherwise", "city", "Tiblisi", {"city": "Tbilisi"})],
        ("LO", 16),
    ),
    ";Marokko - KMar;KMar;": (
        ";Marokko - KMar;NP;",
        [
            (
                "organisation_not_of_label",
                "organisation",
                "NP",
                {"label": "Marokko - KMar", "organisation": "KMar"},
            )
        ],
        ("LO", 29),
    ),
    ";NP FILO CTER;NP;": (
        ";NP FILO CTER;GPI;",
        [
            (
                "organisation_not_of_label",
                "organisation",
                "GPI",
                {"label": "NP FILO CTER", "organisation": "NP"},
            )
        ],
        ("FILO", 1),
    ),
}


@pytest.mark.parametrize("text", WRONG)
def test_a_cell_that_contradicts_its_row_is_a_question(store: Store, text: str):
    typed, doubts, row = WRONG[text]
    lines = release_file.write(store, "bijlage-2025-11", ".csv").decode("utf-8-sig")
    assert text in lines
    edited = lines.replace(text, typed, 1)
    at = next(at for at, each in enumerate(edited.split("\r\n"), 1) if typed in each)
    upload = drafts.receive("a.csv", edited.encode())
    draft = drafts.begin(store, upload)
    reading = drafts.read(store, draft)
    assert [(p.code, p.field, p.printed, p.params) for p in reading.errors] == doubts
    assert {str(p.where) for p in reading.errors} == {
        f"table postings, row {at}, column {column}" for _, column, _, _ in doubts
    }
    # Whoever says so in the review may keep it.
    fields = {problem.field: problem.printed for problem in reading.errors}
    said = [Correction(*row, field, value) for field, value in fields.items()]
    assert drafts.read(store, replace(draft, corrections=tuple(said))).errors == ()


@pytest.mark.parametrize(
    ("text", "typed", "table", "column"),
    [
        (";EULEX Kosovo;EU;1;", ";EULEX Kosovo;EU;99999999999;", "deployments", "personnel"),
        ("deployments;3;", "deployments;99999999999999999999;", "deployments", "row"),
        (";complete;34", ";complete;99999999999999999999", "releases", "missions_total"),
        ("postings;LO;5;", "postings;LO;99999999999999999999;", "postings", "row"),
    ],
)
def test_a_number_beyond_all_bounds_is_named(
    store: Store, text: str, typed: str, table: str, column: str
):
    lines = release_file.write(store, "bijlage-2025-11", ".csv").decode("utf-8-sig")
    assert text in lines
    error = refused(store, lines.replace(text, typed, 1))
    assert (error.code, error.where, error.column) == (
        "number_too_large",
        f"slip.csv, table {table}",
        column,
    )
    assert error.value == typed.strip(";").split(";")[-1] and error.params == {"most": 999_999}


# Texts of a file beside the label -> with a person in it, table and its column, whose row it is.
NAMED = {
    ";EUMM Georgi\u00eb;EUMM": (
        ";EUMM J. de Vries;EUMM", "deployments", "printed", ("mission", 3), "EUMM [\u2026]"
    ),
    "gepland voor begin 2026": (
        "volgens a@b.nl", "", "network_note_nl", None, "volgens [\u2026]"
    ),
    ";CAN;Canada;": (
        ";CAN;Canada, dhr. J. Jansen;", "accreditations", "printed", ("LO", 1), "Canada, [\u2026]"
    ),
    ";active;MAOC;": (
        ";active;mw. A. Smit;", "postings", "theme", ("LO", 38), "[\u2026]"
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", NAMED)
def test_a_person_in_any_text_is_not_kept(store: Store, text: str):
    typed, table, column, row, cleaned = NAMED[text]
    lines = release_file.write(store, "bijlage-2025-11", ".csv").decode("utf-8-sig")
    assert text in lines
    upload = drafts.receive("a.csv", lines.replace(text, typed, 1).encode())
    reading = drafts.read(store, drafts.begin(store, upload))
    assert [(p.severity, p.code, p.row) for p in reading.problems] == [("warning", "person", row)]
    holder = getattr(reading, table)[column].tolist() if table else [getattr(reading, column)]
    assert cleaned in holder


def test_a_total_that_differs_from_its_rows_is_shown(store: Store):
    # 34 are printed; one officer of EULEX Kosovo becomes two.
    text = release_file.write(store, "bijlage-2025-11", ".csv").decode("utf-8-sig")
    edited = text.replace(";EULEX Kosovo;EU;1;", ";EULEX Kosovo;EU;2;", 1)
    reading = drafts.read(store, drafts.begin(store, drafts.receive("a.csv", edited.encode())))
    assert [(p.severity, p.code, p.params) for p in reading.problems] == [
        ("warning", "total_differs", {"printed": 34, "counted": 35})
    ]
    assert reading.total == 34


def test_another_date_has_no_note_of_the_old_one(store: Store):
    content = release_file.write(store, "bijlage-2025-11", ".ods")
    draft = drafts.begin(store, drafts.receive("a.ods", content))
    moved = replace(draft, as_of="2024-01")
    made = drafts.incoming(moved, drafts.read(store, moved))
    assert (made.network_as_of, made.network_note_nl) == ("2024-01", None)


# --- the template with the rows of a release ------------------------------------------------------


def typed(store: Store, release: str, about: str, as_of: str = "2014-06"):
    """The reading of the template filled from a release, with a word for how much it holds."""
    rows = release_file.template_rows(store, release)
    text = template.write(".csv", rows).decode("utf-8-sig")
    text = text.replace("Volledigheid;", f"Volledigheid;{about}")
    draft = drafts.begin(store, drafts.receive("typed.csv", text.encode()))
    return drafts.read(store, replace(draft, as_of=as_of))


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame without types: what is missing is None."""
    return frame.astype(object).where(frame.notna(), None)


def test_the_template_filled_from_the_annex_reads_as_the_annex(store: Store):
    reading = typed(store, "bijlage-2025-11", "")
    assert (reading.errors, reading.network, reading.total) == ((), "complete", 34)
    for table in RELEASE_TABLES:
        before = store.table(table, "bijlage-2025-11").drop(
            columns=["document", "table"], errors="ignore"
        )
        after = getattr(reading, table)[list(before.columns)]
        pd.testing.assert_frame_equal(plain(after), plain(before))


def test_a_letter_without_tables_fills_the_template_with_what_was_read(store: Store):
    reading = typed(store, "kst-31015-94", "gedeeltelijk")
    assert (reading.errors, reading.network, reading.missions) == ((), "partial", "absent")
    served = [
        frame.groupby(["kind", "row"])["iso3"].agg(sorted).to_dict()
        for frame in (store.table("accreditations", "kst-31015-94"), reading.accreditations)
    ]
    assert served[0] == served[1]
    posts = reading.postings.query("kind == 'LO'")
    assert list(posts["label"])[:3] == ["Roemenië - NP", "Turkije - NP", "Turkije - KMar"]
    assert posts["status"].tolist() == ["active"] * 12 + ["planned"]


def test_the_date_of_a_filled_template_is_asked(store: Store):
    reading = typed(store, "bijlage-2025-11", "partial", as_of="")
    assert reading.network == "partial"
    assert [problem.code for problem in reading.errors] == ["date_not_printed"]


def test_another_word_for_how_much_it_holds_is_refused(store: Store):
    with pytest.raises(DataError) as caught:
        typed(store, "bijlage-2025-11", "half")
    assert (caught.value.code, caught.value.value) == ("completeness_unknown", "half")
