"""A review that is not finished comes back whole, to whoever knows its name, and to nobody else."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest

from data.documents.cells import Cells, Flag, LeftOut, PrintedTable
from data.imports import reviews
from data.imports.drafts import Draft, Upload
from geo.errors import DataError
from geo.names.decisions import Decision
from geo.reading.corrections import Correction

TABLE = PrintedTable(
    "1. Liaison officers",
    (("Land", "Aantal"), ("Curaçao\n“zuid” \ud83d", "2")),
    (Flag(1, 0, "struck", "Curaçao"),),  # or a post that the document strikes would count
)
LOST = LeftOut("embedded_objects", 1, text="Excel")
DRAFT = Draft(
    Upload("bijlage.docx", "ab" * 32, 12_345, Cells("Peildatum 1 mei 2026", (TABLE,), (LOST,))),
    seen=7,
    as_of="2026-05",
    partial=True,
    decisions=(Decision("Rabbat", "country", "MAR", decided_by="redactie"),),
    corrections=(Correction("LO", 3, "city", "Rabat", "Rabbat"),),
    reopened=("Tiblisi",),
)


def test_it_comes_back_as_it_was(tmp_path: Path) -> None:
    name = reviews.token()
    reviews.keep(tmp_path / "reviews", name, DRAFT)
    assert reviews.find(tmp_path / "reviews", name) == DRAFT
    assert reviews.find(tmp_path / "reviews", reviews.token()) is None
    reviews.drop(tmp_path / "reviews", name)
    assert reviews.find(tmp_path / "reviews", name) is None
    assert list((tmp_path / "reviews").iterdir()) == []


def test_only_the_server_may_read_it(tmp_path: Path) -> None:
    reviews.keep(tmp_path / "reviews", reviews.token(), DRAFT)
    assert stat.S_IMODE((tmp_path / "reviews").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "name", ["", "../x", "/etc/passwd", "a" * 21, "a" * 23, "é" * 22, "a.json"]
)
def test_a_name_is_no_path(tmp_path: Path, name: str) -> None:
    (tmp_path / "x.json").write_text("{}")
    assert reviews.find(tmp_path / "reviews", name) is None
    reviews.drop(tmp_path / "reviews", name)
    assert (tmp_path / "x.json").exists()


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"upload": 1}', "\0"])
def test_what_another_version_kept_is_no_review(tmp_path: Path, content: str) -> None:
    name = reviews.token()
    (tmp_path / f"{name}.json").write_text(content)
    assert reviews.find(tmp_path, name) is None


def test_what_nobody_came_back_to_goes_after_a_week(tmp_path: Path) -> None:
    old, young, new = (reviews.token() for _ in range(3))
    for name, days in ((old, 8), (young, 6)):
        reviews.keep(tmp_path, name, DRAFT)
        then = time.time() - days * 86400
        os.utime(tmp_path / f"{name}.json", (then, then))
    reviews.keep(tmp_path, new, DRAFT)
    kept = [name for name in (old, young, new) if reviews.find(tmp_path, name)]
    assert kept == [young, new]


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DataError):
        reviews.keep(tmp_path / "file" / "reviews", reviews.token(), DRAFT)


def test_what_is_over_a_week_old_is_not_found_even_where_nothing_was_kept_since(
    tmp_path: Path,
) -> None:
    name, then = reviews.token(), time.time() - 8 * 86400
    reviews.keep(tmp_path, name, DRAFT)
    os.utime(tmp_path / f"{name}.json", (then, then))
    assert reviews.find(tmp_path, name) is None
