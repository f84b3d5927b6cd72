"""A link to a list brings choices along that the pages after it do not keep."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from dashboard.filters import Filters, to_query
from dashboard.web import session
from tests.pages.reading import html

Screen = Callable[..., AppTest]
RELEASE = "bijlage-2025-11"
ASKED = "welke landen in Zuid-Amerika hebben geen officier"


def follow(app: AppTest, path: str, query: dict[str, str]) -> None:
    """What a press on a link does: another page, and the parameters of the link."""
    app._page_hash = calc_hash(path)
    app.query_params.clear()
    for name, value in query.items():
        app.query_params[name] = value
    app.run()


def said(app: AppTest, name: str) -> str:
    value = app.query_params.get(name, [""])
    return value if isinstance(value, str) else value[0]


def to_list(app: AppTest, **own: object) -> None:
    asked = Filters(RELEASE, area="South America", **own)
    follow(app, "vlekken", to_query(asked))
    assert "in Zuid-Amerika" in app.title[0].value


def test_the_area_of_a_question_stays_with_its_list(screen: Screen) -> None:
    app = screen("zoeken", vraag=ASKED, org="NP,KMar,GPI")
    to_list(app, organisations=("NP", "KMar", "GPI"))
    assert said(app, "gebied") == "south-america", "the list can be sent on"
    # What a link that is opened in another tab says (static/shell.js).
    assert "data-own='release=bijlage-2025-11&amp;taal=nl&amp;org=NP,KMar,GPI'" in html(app)
    follow(app, "dekking", {})
    assert not said(app, "gebied") and said(app, "org") == "NP,KMar,GPI"
    assert "Zuid-Amerika" not in app.title[0].value


def test_what_a_reader_chooses_on_the_list_is_theirs(screen: Screen) -> None:
    app = screen("zoeken", vraag=ASKED)
    to_list(app)
    area = app.selectbox(key="w_area")
    area.set_value("Africa").run()
    follow(app, "dekking", {})
    assert said(app, "gebied") == "africa"


def test_the_list_that_one_goes_back_to_lends_again(screen: Screen) -> None:
    app = screen("zoeken", vraag=ASKED)
    to_list(app)
    follow(app, "dekking", {})
    to_list(app)
    follow(app, "netwerk", {})
    assert not said(app, "gebied")


def test_an_area_from_an_address_of_their_own_goes_with_the_reader(screen: Screen) -> None:
    app = screen("vlekken", gebied="south-america")
    follow(app, "dekking", {})
    assert said(app, "gebied") == "south-america"


def test_what_was_opened_later_is_not_open_on_the_stop_before(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = screen("bronnen")
    before = len(app.table), len(app.html), app.title[0].value
    follow(app, "dekking", {})
    plain = to_query(Filters(RELEASE))
    follow(app, "bronnen", plain | {"document": RELEASE})
    assert said(app, "document") == RELEASE
    monkeypatch.setattr(session, "by_history", lambda: True)
    follow(app, "dekking", plain)
    follow(app, "bronnen", plain)
    assert not said(app, "document")
    assert (len(app.table), len(app.html), app.title[0].value) == before
