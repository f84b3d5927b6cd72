"""Posts of one city told apart as the document does."""

from __future__ import annotations

import pandas as pd
import pytest

from geo.network import cities_with_several_posts, namesakes, numbered, printed_name


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Kenia-1  - KMar", "Kenia-1"),
        ("Kenia-2 Kmar", "Kenia-2"),
        ("Verenigde Staten – NP", "Verenigde Staten"),
        ("Filipijnen (KST) - NP", "Filipijnen (KST)"),
        ("Kenia 1 (Koninklijke Marechaussee)", "Kenia 1"),
        ("Mexico", "Mexico"),
    ],
)
def test_a_printed_name_has_no_organisation(label: str, name: str) -> None:
    assert printed_name(label) == name
    assert numbered(label) == (name if name[-1].isdigit() else "")


def test_of_the_annex_only_nairobi_has_namesakes(annex) -> None:
    """Rows 25 and 26; Bogotá and Cartagena (5, 6) are two cities, Rabat's (23, 29, 30) three
    organisations. Cities with several posts, by hand from the column Werklocatie."""
    assert namesakes(annex.postings) == {25: "Kenia-2", 26: "Kenia-1"}
    assert cities_with_several_posts(annex.postings) == {
        ("USA", "Washington"): [1, 11],
        ("BRA", "Brasilia"): [9, 10, 12],
        ("THA", "Bangkok"): [15, 21],
        ("MAR", "Rabat"): [23, 29, 30],
        ("KEN", "Nairobi"): [25, 26],
        ("FRA", "Parijs"): [31, 49],
        ("ESP", "Madrid"): [33, 46, 50],
        ("ITA", "Rome"): [34, 52],
        ("ROU", "Boekarest"): [37, 53],
        ("GBR", "Londen"): [39, 47, 55],
        ("ALB", "Tirana"): [43, 48, 51],
        ("TUR", "Istanbul"): [44, 54],
    }


def test_what_is_printed_alike_has_no_name_of_its_own() -> None:
    posts = pd.DataFrame(
        {
            "kind": ["LO", "LO", "LO", "FILO"],
            "row": [1, 2, 3, 1],
            "label": ["Kenia", "Kenia", "Kenia - NP", "Kenia"],
            "organisation": [None, None, "NP", None],
            "host": ["KEN", "KEN", "KEN", None],
            "city": ["Nairobi", "Nairobi", "Nairobi", None],
        }
    )
    assert namesakes(posts) == {1: "", 2: ""}
