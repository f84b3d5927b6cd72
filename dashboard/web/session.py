"""What the reader chose: held in the session, always mirrored in the address.

The only module that touches `st.session_state` and `st.query_params`. The address always carries
release and language, so that an address without any parameter can only mean "another page, same
choices".
"""

from __future__ import annotations

import logging
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.util import calc_hash

from dashboard import lent as lending
from dashboard import snapshot
from dashboard.filters import Filters, Notice, ValidNames, to_query
from dashboard.links import OF_A_PAGE, OF_THE_MAP, PATHS, ROWS, from_query, joined
from dashboard.web import auth
from data.imports import reviews
from data.imports.drafts import Draft
from data.indicators import Indicators
from geo.errors import DataError

# In the address beside the choices: what the map reads and writes there by itself
# (`links.OF_THE_MAP`), and the name of the review that goes on, see `data.imports.reviews`.
REVIEW = "nalezen"
MOST_REMEMBERED = 60  # links of a reader, and stops, that are remembered, see `link`


def address_language() -> str:
    """The language the address asks for, before anything else of it is read."""
    return str(st.query_params.get("taal", "nl"))


def _address_choices() -> dict[str, str]:
    """The choices that the address tells."""
    beside = (*OF_THE_MAP, REVIEW, *chain.from_iterable(OF_A_PAGE.values()))
    names = [name for name in st.query_params if name not in beside]
    return joined((name, value) for name in names for value in st.query_params.get_all(name))


def _place() -> dict[str, str]:
    """What the map keeps in the address: where it was moved, which post was chosen on it."""
    return {name: st.query_params[name] for name in OF_THE_MAP if name in st.query_params}


def _page_parts() -> dict[str, str]:
    """What the address says beside the choices of what is open on a page."""
    names = chain.from_iterable(OF_A_PAGE.values())
    parts = {name: st.query_params[name] for name in names if name in st.query_params}
    # Several rows of a table stand in one parameter, or each in its own.
    return parts | joined((ROWS, value) for value in st.query_params.get_all(ROWS))


def opened() -> dict[str, str]:
    """What is open on the page of this run, by the names of `links.OF_A_PAGE`."""
    parts: dict[str, str] = st.session_state.get("opened", {}).get(page_of_run(), {})
    return parts


def open_on(page: str, **parts: str) -> None:
    """Open something else on a page, for use in a widget's callback; an empty text closes it."""
    pages = st.session_state.setdefault("opened", {})
    pages[page] = {name: text for name, text in (pages.get(page, {}) | parts).items() if text}
    st.session_state["changed"] = True


def go_to(page: str) -> None:
    """Lead to another page in this run, for use in a widget's callback."""
    st.session_state["next_page"] = page


def next_page() -> str:
    """The page that a callback leads to, once; mostly empty."""
    return str(st.session_state.pop("next_page", ""))


def query_of(page: str, chosen: Filters) -> dict[str, str]:
    """The address parameters of a page: the choices, and what was opened on it."""
    parts: dict[str, str] = st.session_state.get("opened", {}).get(page, {})
    return to_query(chosen) | parts


def _open(query: dict[str, str], clicked: bool) -> None:
    """Take what is open on this page from the address, where that says something new."""
    session, names = st.session_state, OF_A_PAGE.get(page_of_run(), ())
    # Streamlit leaves what was open on another page in the address that one goes back to.
    parts = {name: text for name, text in _page_parts().items() if name in names}
    new = parts != session.get("parts") or by_history()
    # An address without any parameter means "another page, same choices".
    if not clicked and (query or parts) and new:
        session.setdefault("opened", {})[page_of_run()] = parts


def by_history() -> bool:
    """Whether the reader came with the back or forward button, to a stop they know."""
    context = get_script_run_ctx()
    return bool(context and context.is_history_navigation)


def begin(vocabulary: ValidNames) -> Filters:
    """The filters of this run, from the address where it is new, else from the session."""
    query, place = _address_choices(), _place()
    session = st.session_state
    # After a click the request still carries the address from before it; a second quick click
    # carries one that is older still. Neither is the back button: the click is the newest word.
    clicked = session.pop("changed", False) and not by_history()
    # Of a stop that the reader goes back to, the address alone decides, also where it says what the
    # last one said: a link may have lent something there, which its page gave back.
    new = by_history() or query != session.get("query")
    from_address = "filters" not in session or (bool(query) and not clicked and new)
    own = session.get("filters")
    if from_address:
        _take(from_query(query | place, vocabulary), vocabulary)
        if own:
            _lend(query, own)
    # A release may have been withdrawn meanwhile, perhaps by somebody else.
    valid, gone = from_query(to_query(session["filters"]), vocabulary)
    if gone and valid != session["filters"]:
        _take((valid, gone), vocabulary)
    _open(query, clicked)
    _go_on_reviewing()
    _arrive(from_address)
    chosen = filters()
    _remember("stops", (page_of_run(), *_key(session["query"])), session.get("lent", {}))
    return chosen


def _key(query: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(query.items()))


def link(found: Filters, kept: tuple[str, ...] = ()) -> dict[str, str]:
    """The address of a list, whose choices hold there and not on the pages that follow.

    All but those `kept`, which the reader named; see `dashboard.lent`.
    """
    query = to_query(found)
    _remember("offered", _key(query), kept)
    return query


def _remember(what: str, name: tuple[Any, ...], value: Any) -> None:
    """Keep this of the last links or stops of the reader."""
    known = st.session_state.setdefault(what, {})
    known.pop(name, None)
    known[name] = value
    while len(known) > MOST_REMEMBERED:
        del known[next(iter(known))]


def _lend(query: dict[str, str], before: Filters) -> None:
    """Where the address is that of a `link`, remember what the reader had chosen themselves."""
    session = st.session_state
    now, parts = session["filters"], session.get("lent", {})
    kept = session.get("offered", {}).get(_key(query))
    if by_history():
        # What was chosen on later stops is not chosen here, whatever is offered elsewhere.
        session["lent"] = session.get("stops", {}).get((page_of_run(), *_key(query)), {})
    elif kept is None:
        session["lent"] = lending.unchanged(parts, now)
    else:
        session["lent"] = lending.lent(lending.returned(parts, before), now, kept)


def _arrive(from_address: bool) -> None:
    """Leave what was lent on another page there, and the part of the world, for the way back.

    Here that may hide what the page is about. What comes `from_address` is shown.
    """
    session, name = st.session_state, page_of_run()
    session["comes"] = session.get("page") != name
    before = session.get("page", name)
    if before != name and not from_address:
        session["filters"] = lending.returned(session.pop("lent", {}), session["filters"])
    chosen: Filters = session["filters"]
    if before != name and not from_address:
        views = session.setdefault("views", {})  # (page, area) -> the part that was chosen there
        views[before, chosen.area] = chosen.view
        view = views.get((name, chosen.area), "")
        session["filters"] = replace(chosen, view=view)
    session["page"] = name


def comes() -> bool:
    """Whether this run draws another page than the one before it, or the first of all."""
    return bool(st.session_state.get("comes", True))


def page_of_run() -> str:
    """The page that this run draws, by the name it has in `PATHS`.

    `st.navigation` says the same, but too late: an address that is written behind it is one more
    stop on the way back.
    """
    context = get_script_run_ctx()
    pages = context.pages_manager if context else None
    wanted, path = (
        (pages.intended_page_script_hash, pages.intended_page_name) if pages else ("", "")
    )
    for name, address in PATHS.items():
        if calc_hash(address) == wanted or (not wanted and address == path):
            return name
    return next(iter(PATHS))


def _take(choices: tuple[Filters, tuple[Notice, ...]], vocabulary: ValidNames) -> None:
    """Make these the choices; a withdrawn release is told until another one is chosen."""
    session = st.session_state
    session["filters"], notices = choices
    releases = {notice.value for notice in notices if notice.parameter == "release"}
    session["withdrawn"] = next((name for name in releases if name in vocabulary.withdrawn), "")
    session["notices"] = tuple(
        notice
        for notice in notices
        if notice.value != session["withdrawn"] or notice.parameter != "release"
    )


def withdrawn() -> str:
    """The release that an address asked for and that was withdrawn; mostly empty."""
    return str(st.session_state.get("withdrawn", ""))


def filters() -> Filters:
    """The reader's choices; the address is made to say the same."""
    chosen: Filters = st.session_state["filters"]
    query = to_query(chosen)
    st.session_state["query"] = query
    review = st.session_state.get("review", "")
    parts = opened()
    st.session_state["parts"] = parts
    kept = st.query_params.get(REVIEW, "") == review and _page_parts() == parts
    if _address_choices() != query or not kept:
        # The browser puts the newest place of the map there (see static/shell.js); but an address
        # that says nothing else is completed before that script is there.
        place = {name: text for name, text in _place().items() if OF_THE_MAP[name](text)}
        st.query_params.from_dict(query | place | parts | ({REVIEW: review} if review else {}))
    return chosen


def own_choices() -> Filters:
    """What goes with the reader to another page: neither what was lent, nor a part of the world."""
    chosen = lending.returned(st.session_state.get("lent", {}), st.session_state["filters"])
    return replace(chosen, view="")


def home() -> str:
    """Where this reader has the application open; empty where that is not known."""
    path = str(st.context.url or "").partition("?")[0].rstrip("/")
    page = path.rpartition("/")[2]
    return path.removesuffix(f"/{page}") if page in PATHS.values() else path


def on_telephone() -> bool:
    """Whether the browser says that it is that of a telephone."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def notices() -> tuple[Notice, ...]:
    """What the address said that we do not know, told once."""
    unread: tuple[Notice, ...] = st.session_state.pop("notices", ())
    return unread


def change(**choices: Any) -> None:
    """Change filters, for use in a widget's callback."""
    if "release" in choices:
        st.session_state["withdrawn"] = ""
    parts = st.session_state.get("lent", {})
    st.session_state["lent"] = {n: pair for n, pair in parts.items() if n not in choices}
    st.session_state["filters"] = replace(st.session_state["filters"], **choices)
    st.session_state["changed"] = True


def widget(key: str, value: Any) -> str:
    """Make the widget `key` show `value` on this run; returns the key."""
    st.session_state[key] = value
    return key


def value(key: str) -> Any:
    """What the reader has just set in the widget `key`, inside its callback."""
    return st.session_state[key]


def remember_pages(pages: dict[str, Any]) -> None:
    """Keep the pages of this run, so that a page can link to another by name."""
    st.session_state["pages"] = pages


def page(name: str) -> Any:
    """The page of that name ("overview", "coverage", "country", "sources")."""
    return st.session_state["pages"][name]


def draft() -> Draft | None:
    """The document under review in this session; nothing of it is in the store."""
    current: Draft | None = st.session_state.get("draft")
    return current if auth.may_edit() else None


def keep_draft(state: Draft | None) -> None:
    """Go on with another state of the review, or with None: cancelled, and no trace is left.

    What nobody but an editor may settle stays as it was; the next run tells the reader.
    """
    session = st.session_state
    if state is not None and not auth.may_edit():
        return
    name = session.get("review") or reviews.token()
    if state is None:
        session["uploads"] = uploads() + 1  # an uploader of another name is empty
        reviews.drop(_reviews(), name)
    session["draft"], session["review"] = state, name if state else ""
    session["unkept"] = False
    try:
        if state is not None:
            reviews.keep(_reviews(), name, state)
    except DataError:
        logging.getLogger(__name__).exception("a review cannot be kept")
        session["unkept"] = True


def unkept() -> bool:
    """Whether the review lives in this session only, because the disk refused to keep it."""
    return bool(st.session_state.get("unkept"))


def _reviews() -> Path:
    return snapshot.settings().var / "reviews"


def _go_on_reviewing() -> None:
    """After a restart or a reload the address still names the review."""
    session, name = st.session_state, st.query_params.get(REVIEW, "")
    if name and "draft" not in session and auth.may_edit():
        session["draft"] = reviews.find(_reviews(), name)
        session["review"] = name if session["draft"] else ""
        if not session["draft"]:
            session["notices"] = (*session.get("notices", ()), Notice(REVIEW, name[:40]))


def uploads() -> int:
    """How many reviews this session ended: names the uploader of the next one."""
    ended: int = st.session_state.get("uploads", 0)
    return ended


def refuse(what: str, error: DataError) -> None:
    """Keep why something was refused, for the next run to show where it was asked for."""
    st.session_state["refusals"] = refusals() + 1
    st.session_state[f"refused_{what}"] = error


def refused(what: str) -> DataError | None:
    """Why `what` was refused in the last run, once."""
    error: DataError | None = st.session_state.pop(f"refused_{what}", None)
    return error


def refusals() -> int:
    """How often something was refused: an editor that must forget it takes it into its key."""
    times: int = st.session_state.get("refusals", 0)
    return times


def announce(sentence: str, part: str = "") -> None:
    """Keep a sentence for the next run of a page, or of a `part` of it, where it has happened."""
    st.session_state[f"announcement_{part}"] = sentence


def announcement(part: str = "") -> str:
    """The sentence kept by `announce`, once."""
    return str(st.session_state.pop(f"announcement_{part}", ""))


def indicators() -> Indicators | None:
    """The reader's own figures, in this session only."""
    figures: Indicators | None = st.session_state.get("indicators")
    return figures


def keep_indicators(figures: Indicators | None) -> None:
    """Weigh these figures from now on; None removes them and what they weighed."""
    st.session_state["uploads"] = uploads() + 1  # an uploader of another name is empty
    st.session_state["indicators"] = figures
    keep_weights({})


def weights() -> dict[str, int]:
    """How much each of the reader's own figures weighs, where they said so."""
    stored: dict[str, int] = st.session_state.get("weights", {})
    return stored


def keep_weights(weights: dict[str, int]) -> None:
    """Remember the weights of the reader's own figures."""
    st.session_state["weights"] = weights


def waiting_since() -> float | None:
    """When the run began that gave way to this one, by `time.monotonic`, once; mostly None."""
    began: float | None = st.session_state.pop("waiting_since", None)
    return began


def keep_waiting(began: float) -> None:
    """Remember that the reader still waits for what was asked at `began`."""
    st.session_state["waiting_since"] = began


def sent_before() -> tuple[set[str], ...]:
    """The hashes of what the runs before this one sent, at most two, the last one last."""
    sent: tuple[set[str], ...] = st.session_state.get("sent", ())
    return sent


def keep_sent(hashes: tuple[set[str], ...]) -> None:
    """Remember what the last runs sent, see `dashboard.web.references`."""
    st.session_state["sent"] = hashes
