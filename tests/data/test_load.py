"""Reference files: read whole, or refused with the file, the row and the value."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from data.load import REFERENCE, fingerprint, reference, release_table
from geo.errors import DataError

GOOD = "iso3,since\nBEL,1958-01-01\nHRV,2013-07-01\n"


def fault(root: Path, table: str = "eu_members") -> DataError:
    with pytest.raises(DataError) as caught:
        reference(table, root)
    assert "Traceback" not in str(caught.value)
    assert str(caught.value).count("\n") == 0
    return caught.value


@pytest.mark.parametrize(
    ("text", "row", "words"),
    [
        (b"", None, "table_empty"),
        (b"iso3,since\nBEL,1958-01-01,x\n", 2, "BEL,1958-01-01,x"),
        (b"iso3,since\nBEL\n", 2, "BEL"),
        (b"iso3,since\nBEL,1958-01-01\n\nHRV,2013-07-01\n", 3, "cells=0, columns=2"),
        (b"country,since\nBEL,1958-01-01\n", None, "'country'"),
        (b"iso3\nBEL\n", None, "'since'"),
        (b"iso3,since,note\nBEL,1958-01-01,x\n", None, "'note'"),
        (b"since,iso3\n1958-01-01,BEL\n", None, "columns_out_of_order"),
        (b"iso3,iso3\nBEL,BEL\n", None, "iso3"),
        (b"iso3,since,since\nBEL,1958,1958\n", None, "header_repeats (found 'since')"),
        (b"iso3,since\nBEL,1958-02-30\n", 2, "1958-02-30"),
        (b"iso3;since\nBEL;1958-01-01\n", None, "'iso3;since'"),
        ("iso3,since\nBEL,België\n".encode("latin-1"), None, "file_not_utf8"),
        (b"\xff\xfei\x00s\x00o\x003\x00", None, "file_not_utf8"),
        (b'iso3,since\n"BEL,1958-01-01\n', None, "no_readable_table"),
        (b"iso3,since\nBEL,yesterday\n", 2, "yesterday"),
        (b"iso3,since\nBEL,\n", 2, "cell_empty"),
        (b"iso3,since\nBEL,1958\nQQQ,1958\n", 3, "QQQ"),
        (b"iso3,since\nBEL,1958\nFRA,1958\nBEL,1958\n", 2, "row_twice"),
        (b"iso3,since\nBEL,19\x0058\n", 2, "since"),
        (b"\x89PNG\r\n\x1a\n\x00", None, "eu_members.csv"),
    ],
)
def test_a_damaged_table(own_reference: Path, text: bytes, row: int | None, words: str):
    (own_reference / "eu_members.csv").write_bytes(text)
    error = fault(own_reference)
    assert "eu_members.csv" in str(error)
    assert error.row == row
    assert words in str(error)


@pytest.mark.parametrize(
    ("table", "old", "new", "words"),
    [
        ("cities", "Abuja,NGA,9.0578", "Abuja,NGA,north", "north"),
        ("cities", "Abuja,NGA,9.0578", "Abuja,NGA,95", "95"),
        ("cities", "Abuja,NGA,9.0578", "Abuja,NGA,", "lat"),
        ("cities", "Abuja,NGA", "Abuja,NGQ", "NGQ"),
        ("missions", "EULEX Kosovo,EU,", "EULEX Kosovo,OTAN,", "OTAN"),
        ("neighbours", "AFG,CHN,", "AFG,CHX,", "CHX"),
        ("ambiguous_names", "COG COD", "COG CDO", "CDO"),
        ("ambiguous_names", "COG COD", "COG, COD", "COG, COD"),
        ("documents", "https://zoek", "http://zoek", "http://zoek"),
        ("units", ",170,true", ",170,no", "no"),
        ("units", "Caribbean,NLD,Oranjestad", "Caribbean,NLX,Oranjestad", "NLX"),
        ("units", "Caribbean,NLD,Oranjestad", "Caribbean,Nederland,Oranjestad", "Nederland"),
        ("neighbours", "AFG,CHN,", "AFX,CHX,", "column iso3"),
        ("events", "kst-29628-895", "kst-29628-896", "kst-29628-896"),
        ("key_figures", "ips-qa-2020", "ips-qa-2021", "ips-qa-2021"),
        ("agreements", ",bijlage-2025-11,", ",bijlage-2025-10,", "bijlage-2025-10"),
        ("priority_countries", "ips-qa-2020", "ips-qa-2021", "ips-qa-2021"),
        ("mission_history", "clingendael-2016", "clingendael-2017", "clingendael-2017"),
        ("evidence", "1,1978,,total,NL", "1,1978-13,,total,NL", "1978-13"),
        ("evidence", "1,1978,,total,NL", "1,1978,,rumour,NL", "rumour"),
        ("evidence", "1,1978,,total,NL", "1,1978,,total,FBI", "FBI"),
        ("evidence", "GPI,COL,,COL ECU", "GPI,COL,,COL EQU", "EQU"),
        ("evidence", "COL ECU,false,post", "COL ECU,maybe,post", "maybe"),
        (
            "evidence",
            "other,Statewatch,Statewatch,https://",
            "other,Statewatch,Statewatch,ftp://",
            "ftp://",
        ),
        (
            "evidence",
            "other,Statewatch,Statewatch,https://",
            "rumour,Statewatch,Statewatch,https://",
            "rumour",
        ),
        ("releases", "3-12,bijlage-2023-12", "3-12,bijlage-2023-11", "bijlage-2023-11"),
        ("releases", "2025-11-12,complete", ",complete", "missions_as_of"),
        ("releases", "2013-10-09,partial", ",partial", "network_as_of"),
        ("releases", "2025-11-12", "2025-13-45", "2025-13-45"),
        ("releases", ",complete,34", ",complete,many", "many"),
        ("releases", ",complete,34", ",complete,3.5", "3.5"),
        ("releases", ",complete,34", ",perhaps,34", "perhaps"),
    ],
)
def test_a_wrong_value(own_reference: Path, table: str, old: str, new: str, words: str):
    path = own_reference / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    line = next(n for n, row in enumerate(path.read_text().splitlines(), 1) if new in row)
    error = fault(own_reference, table)
    assert f"{table}.csv" in str(error)
    assert words in str(error)
    assert error.row == line


def test_a_missing_file_and_a_folder_in_its_place(own_reference: Path):
    (own_reference / "eu_members.csv").unlink()
    assert "eu_members.csv" in str(fault(own_reference))
    (own_reference / "eu_members.csv").mkdir()
    assert "eu_members.csv" in str(fault(own_reference))


def test_a_table_saved_by_a_spreadsheet_still_reads(own_reference: Path):
    """A byte order mark and Windows line ends change nothing."""
    (own_reference / "eu_members.csv").write_bytes(
        b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
    )
    assert reference("eu_members", own_reference)["iso3"].tolist() == ["BEL", "HRV"]


def test_a_changed_file_is_read_again(own_reference: Path):
    path = own_reference / "eu_members.csv"
    path.write_text(GOOD)
    assert len(reference("eu_members", own_reference)) == 2
    path.write_text(GOOD.replace("HRV", "SWE"))
    os.utime(path, ns=(1, 1))
    assert reference("eu_members", own_reference)["iso3"].tolist() == ["BEL", "SWE"]


def test_namibia_survives():
    """Two letters that spreadsheets and libraries take for "not available"."""
    units = reference("units").set_index("iso3")
    assert units.loc["NAM", "iso2"] == "NA"
    names = reference("names")
    assert names.loc[names["name"] == "NA", "iso3"].tolist() == ["NAM"]


def test_an_empty_cell_is_missing_and_never_zero():
    releases = reference("releases").set_index("release")
    assert releases["missions_total"].isna()["kst-31015-94"]
    assert releases["network_as_of"].isna()["bijlage-2023-12"]


def test_flags_and_numbers_have_their_types():
    units = reference("units")
    assert units["tiny"].dtype == bool and units["tiny"].any() and not units["tiny"].all()
    assert units["area_km2"].dtype == float


@pytest.mark.parametrize(
    ("table", "release", "rows"),
    [
        ("postings", "bijlage-2025-11", 71),
        ("deployments", "bijlage-2025-11", 12),
        ("deployments", "bijlage-2023-12", 11),
        ("postings", "bijlage-2023-12", 0),
        ("accreditations", "bijlage-2023-12", 0),
        ("deployments", "kst-31015-94", 0),
    ],
)
def test_release_tables(table: str, release: str, rows: int):
    """55 postings, 3 FILO's and 13 placements; a table the document lacks is empty."""
    assert len(release_table(table, release)) == rows


@pytest.mark.parametrize("table", ["postings", "deployments"])
def test_a_fact_of_a_release_names_a_known_document(own_reference: Path, table: str):
    path = own_reference / "releases" / "bijlage-2025-11" / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",bijlage-2025-11,", ",no-such-paper,", 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        release_table(table, "bijlage-2025-11", own_reference)
    error = caught.value
    assert (error.row, error.column, error.value) == (2, "document", "no-such-paper")
    assert error.where.endswith(f"{table}.csv")


def test_a_release_table_that_should_be_there_is_missed(own_reference: Path):
    path = own_reference / "releases" / "bijlage-2025-11" / "postings.csv"
    path.unlink()
    for read in (release_table, fingerprint):
        with pytest.raises(DataError, match=r"postings\.csv"):
            read("postings", "bijlage-2025-11", own_reference)
    with pytest.raises(DataError, match=r"postings\.csv"):
        release_table("postings", "no-such-release", own_reference)


def test_the_fingerprint_follows_the_file(own_reference: Path):
    args = ("postings", "bijlage-2025-11")
    assert fingerprint(*args, own_reference) == fingerprint(*args)
    path = own_reference / "releases" / "bijlage-2025-11" / "postings.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    assert fingerprint(*args, own_reference) != fingerprint(*args)
    assert fingerprint("deployments", "kst-31015-94") == "absent"


def test_a_file_of_the_repository_is_named_from_its_root(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(DataError) as caught:
        reference("no_such_table")
    assert caught.value.where == "data/reference/no_such_table.csv"
    assert (REFERENCE / "units.csv").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may read every file")
def test_a_file_that_may_not_be_read(own_reference: Path):
    (own_reference / "eu_members.csv").chmod(0)
    assert "eu_members.csv" in str(fault(own_reference))


def test_every_fault_is_one_kind_of_error(own_reference: Path):
    """Bytes turned over at random never give another error than DataError."""
    import random

    chance = random.Random(5)
    path = own_reference / "eu_members.csv"
    whole = path.read_bytes()
    check: Callable[[], object] = lambda: reference("eu_members", own_reference)  # noqa: E731
    for _ in range(60):
        place = chance.randrange(len(whole))
        path.write_bytes(whole[:place] + bytes([chance.randrange(256)]) + whole[place + 1 :])
        try:
            check()
        except DataError as error:
            assert "eu_members.csv" in str(error)
