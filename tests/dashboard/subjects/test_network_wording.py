"""The network in words: what is printed is escaped, what is not known is said to be."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.i18n import texts_of
from dashboard.subjects.network.history import since_text, when
from dashboard.subjects.network.load import people_text, post_labels
from dashboard.subjects.network.rows import list_html

NL = texts_of("nl")


def test_a_printed_text_cannot_become_html():
    assert list_html([("<b>", "a & <script>")]) == (
        "<ul class='said'><li><b>&lt;b&gt;:</b> a &amp; &lt;script&gt;</li></ul>"
    )


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1_577_000_000, "1,6 mld inwoners"),
        (37_180_000, "37,2 mln inwoners"),
        (53_000, "< 0,1 mln inwoners"),
        (pd.NA, "inwoners onbekend"),  # never zero
    ],
)
def test_people(number: object, text: str):
    assert people_text(NL, number) == text


def test_two_posts_with_one_name_say_their_row():
    posts = [
        {"name": "Nairobi", "organisation": "KMar", "table_row": 25, "table": "1. LO"},
        {"name": "Nairobi", "organisation": "KMar", "table_row": 26, "table": "1. LO"},
        {"name": "Lima", "organisation": None, "table_row": 7, "table": "1. LO"},
    ]
    assert post_labels(NL, posts) == [
        "Nairobi, KMar (rij 25 van tabel 1)",
        "Nairobi, KMar (rij 26 van tabel 1)",
        "Lima, organisatie onbekend",
    ]


def test_a_network_for_january_is_that_of_the_start_of_the_year():
    assert when(NL, "2026-01") == "begin 2026"
    assert when(NL, "2013") == "2013" and when(NL, "2026-07") == "juli 2026"


@pytest.mark.parametrize(
    ("row", "said", "unsaid"),
    [
        ({"state": None}, "Onbekend", "Tussen"),
        ({"state": "absent", "now": "2026-07"}, "Staat niet in", "Tussen"),
        (
            {"state": "present", "now": "2026-01", "before": "2026-01", "proof": "present"},
            "Tussen 2013 en begin 2026",
            "ooit leeg",
        ),
        # An end that was only announced is no proof that the post was ever empty.
        (
            {"state": "present", "now": "2026-01", "before": "2019", "proof": "mentioned",
             "gone_kind": "ends"},
            "ooit leeg",
            "Tussen",
        ),
    ],
)  # fmt: skip
def test_since_when_claims_no_more_than_the_documents(
    row: dict[str, str | None], said: str, unsaid: str
):
    text = since_text(NL, {"gone": "2013", "gone_kind": "withdrawn", "after": "2013"} | row)
    assert said in text and unsaid not in text
