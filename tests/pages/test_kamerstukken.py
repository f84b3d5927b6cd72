"""The block of new documents of parliament on the page of data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import snapshot
from dashboard.web import auth
from tests.conftest import CLEAR
from tests.data.parliament.house import House, annex, letter, name, opened, send

Screen = Callable[..., AppTest]
REPORT = letter(1, "Tweede halfjaarbericht politie 2026", Volgnummer=1345)


@pytest.fixture
def house(own_store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with opened() as server:
        table = annex(2, "<b>Internationaal</b> [x](http://evil.example)", REPORT)
        server.papers = [table, REPORT, letter(4, "Inrichting van de politie")]
        server.files[name(2)] = ("text/plain", CLEAR.read_bytes())
        monkeypatch.setenv("LIAISONATLAS_WATCH_ADDRESS", server.base)
        monkeypatch.setenv("LIAISONATLAS_WATCH", "on")
        snapshot.begin()
        yield server


def words(app: AppTest) -> str:
    """Every text of the screen, without what only keeps Markdown from drawing."""
    kinds = ("title", "header", "markdown", "caption", "success", "error")
    text = " ".join(element.value for kind in kinds for element in getattr(app, kind))
    return re.sub(r"[\\\u2060]", "", text)


def test_asked_and_fetched_the_review_opens(screen: Screen, house: House):
    app = screen("gegevens")
    assert "Er is nog niet bij de Kamer gevraagd." in words(app) and house.requests == []
    app.button("letters_ask").click().run()
    assert not app.exception and not app.error
    text = words(app)
    assert "Er zijn 3 stukken bij gekomen." in text
    assert "Bijlage, 20 mei 2026, 2026D00002, bijlage bij kst-29628-1345" in text
    assert (
        "Waarom dit stuk hier staat: bijlage, onderwerp noemt “Internationaal”; bijlage bij het"
        in text
    )
    assert "Brief regering, 20 mei 2026, 2026D00004, nog zonder kamerstuknummer" in text
    assert app.expander[0].label.startswith("Nog 1 stuk uit deze dossiers")
    # What parliament wrote is drawn sign by sign.
    drawn = next(each.value for each in app.markdown if "Internationaal" in each.value)
    assert r"\<b\>" in drawn and r"\[x\]\(" in drawn
    app.button(f"fetch_{name(2)}").click().run()
    assert not app.exception and not app.error
    assert (
        app.title[0].value == r"2026D00002\.txt is gelezen: 3 posten en 2 missies, geen open vragen"
    )


def test_dismissed_and_put_back(screen: Screen, house: House):
    app = screen("gegevens", taal="en")
    app.button("letters_ask").click().run()
    app.text_input(f"why_{name(2)}").input("volgens dhr. Verzonnen").run()
    app.button(f"dismiss_{name(2)}").click().run()
    assert "name" in app.error[0].value
    app.text_input(f"why_{name(2)}").input("only charts").run()
    app.button(f"dismiss_{name(2)}").click().run()
    assert not app.error and "is dismissed" in words(app)
    assert not [each for each in app.button if each.key == f"fetch_{name(2)}"]
    app.button("reopen").click().run()
    assert [each for each in app.button if each.key == f"fetch_{name(2)}"]


@pytest.mark.parametrize(
    ("status", "sentence"), [(404, "heeft dit document niet meer"), (403, "met status 403")]
)
def test_a_file_that_does_not_come(screen: Screen, house: House, status: int, sentence: str):
    app = screen("gegevens")
    app.button("letters_ask").click().run()
    house.bad = [lambda request: send(request, status, b"")]
    app.button(f"fetch_{name(2)}").click().run()
    assert not app.exception and len(app.error) == 1
    assert sentence in words(app)


def test_a_file_that_is_no_annex_stays_on_the_list(screen: Screen, house: House):
    house.files[name(2)] = ("application/pdf", b"no pdf")
    app = screen("gegevens")
    app.button("letters_ask").click().run()
    app.button(f"fetch_{name(2)}").click().run()
    assert not app.exception and "inhoud" in app.error[0].value
    assert [each for each in app.button if each.key == f"fetch_{name(2)}"]


def test_parliament_is_away(screen: Screen, house: House):
    house.bad = [lambda request: send(request, 403, b"")]
    app = screen("gegevens")
    app.button("letters_ask").click().run()
    assert not app.exception and "status 403" in app.error[0].value


def test_switched_off_there_is_no_block_and_no_request(
    screen: Screen, house: House, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("LIAISONATLAS_WATCH", "off")
    snapshot.begin()
    app = screen("gegevens")
    assert not app.exception and "Tweede Kamer" not in " ".join(e.value for e in app.header)
    assert not [each for each in app.button if each.key == "letters_ask"]
    assert house.requests == []


def test_who_only_reads_sees_no_block(
    screen: Screen, house: House, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(auth, "role", lambda: auth.VIEWER)
    app = screen("gegevens")
    assert not [each for each in app.button if each.key == "letters_ask"]
