"""What the reader chose: held in the session, always mirrored in the address.

The only module that touches `st.session_state` and `st.query_params`. The address always carries
release and language, so that an address without any parameter can only mean "another page, same
choices".
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from dashboard.i18n import LANGUAGES
from dashboard.maps import VIEWS
from data.drafts import Draft
from geo.coverage import Choice
from geo.errors import DataError
from geo.schemas import NOT_STATED, ORGANISATIONS

NOT_STATED_WORD = "not-stated"
CHOICES = (*ORGANISATIONS, NOT_STATED)
LAYERS = ("regions", "planned", "filo")
NO_LAYERS = "none"


@dataclass(frozen=True)
class Filters:
    """Every choice that decides what is shown.

    `organisations` empty means all; `land` is an ISO 3166-1 alpha-3 code; `layers` are the kinds
    of coverage that count beside postings with a named country.
    """

    release: str
    language: str = "nl"
    organisations: tuple[str, ...] = ()
    land: str | None = None
    layers: tuple[str, ...] = ("regions",)
    view: str = "world"

    @property
    def choice(self) -> Choice:
        """The filters as `geo.coverage` wants them."""
        on = {layer: layer in self.layers for layer in LAYERS}
        return Choice(self.organisations, on["planned"], on["filo"], on["regions"])


@dataclass(frozen=True)
class Notice:
    """A part of an address that means nothing to us, and what was taken instead."""

    parameter: str
    value: str


def to_query(filters: Filters) -> dict[str, str]:
    """The address parameters of `filters`; what is default stays out, release and language in."""
    query = {"release": filters.release, "taal": filters.language}
    if filters.organisations:
        query["org"] = ",".join(name or NOT_STATED_WORD for name in filters.organisations)
    if filters.land:
        query["land"] = filters.land
    if filters.layers != Filters("").layers:
        query["lagen"] = ",".join(filters.layers) or NO_LAYERS
    if filters.view != Filters("").view:
        query["beeld"] = filters.view
    return query


def from_query(
    query: Mapping[str, str],
    default_release: str,
    releases: Collection[str],
    units: Collection[str],
) -> tuple[Filters, tuple[Notice, ...]]:
    """The filters an address stands for; what it says wrongly is left at its default and noted."""
    filters, notices = Filters(default_release), []

    def known(
        parameter: str, values: Collection[str], spelled: Callable[[str], str] = str
    ) -> str | None:
        value = query.get(parameter)
        if value is None or spelled(value) in values:
            return None if value is None else spelled(value)
        notices.append(Notice(parameter, value[:40]))
        return None

    def several(parameter: str, values: Collection[str]) -> tuple[str, ...]:
        named = [part for part in query.get(parameter, "").split(",") if part]
        notices.extend(Notice(parameter, part[:40]) for part in named if part not in values)
        return tuple(value for value in values if value in named)

    organisations = several("org", (*ORGANISATIONS, NOT_STATED_WORD))
    filters = replace(
        filters,
        release=known("release", releases) or default_release,
        language=known("taal", LANGUAGES) or filters.language,
        land=known("land", units, str.upper),
        view=known("beeld", VIEWS) or filters.view,
        organisations=canonical(
            NOT_STATED if name == NOT_STATED_WORD else name for name in organisations
        ),
    )
    if query.get("lagen") == NO_LAYERS:
        filters = replace(filters, layers=())
    elif "lagen" in query:
        filters = replace(filters, layers=several("lagen", LAYERS) or filters.layers)
    return filters, tuple(notices)


def canonical(organisations: Any) -> tuple[str, ...]:
    """Organisations in their fixed order; all of them, or none, is the empty choice "all"."""
    chosen = set(organisations)
    named = tuple(name for name in CHOICES if name in chosen)
    return () if len(named) == len(CHOICES) else named


def asked_language() -> str:
    """The language the address asks for, before anything else of it is read."""
    return str(st.query_params.get("taal", "nl"))


def begin(default_release: str, releases: Collection[str], units: Collection[str]) -> Filters:
    """The filters of this run, from the address where it is new, else from the session."""
    query = st.query_params.to_dict()
    session = st.session_state
    # After a click the request still carries the address from before it; a second quick click
    # carries one that is older still. Neither is the back button: the click is the newest word.
    clicked = session.pop("changed", False)
    moved = bool(query) and not clicked and query != session.get("query")
    if "filters" not in session or moved:
        session["filters"], session["notices"] = from_query(query, default_release, releases, units)
    gone = session["filters"].release
    if gone not in releases:  # withdrawn meanwhile, perhaps by somebody else
        session["filters"] = replace(session["filters"], release=default_release)
        session["notices"] = (Notice("release", gone),)
    return filters()


def filters() -> Filters:
    """The reader's choices; the address is made to say the same."""
    chosen: Filters = st.session_state["filters"]
    query = to_query(chosen)
    st.session_state["query"] = query
    if st.query_params.to_dict() != query:
        st.query_params.from_dict(query)
    return chosen


def notices() -> tuple[Notice, ...]:
    """What the address said that we do not know, told once."""
    found: tuple[Notice, ...] = st.session_state.pop("notices", ())
    return found


def change(**choices: Any) -> None:
    """Change filters, for use in a widget's callback."""
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
    found: Draft | None = st.session_state.get("draft")
    return found


def keep_draft(made: Draft | None) -> None:
    """Go on with another state of the review, or with None: cancelled, and no trace is left."""
    if made is None:
        st.session_state["uploads"] = uploads() + 1  # an uploader of another name is empty
    st.session_state["draft"] = made


def uploads() -> int:
    """How many reviews this session ended: names the uploader of the next one."""
    found: int = st.session_state.get("uploads", 0)
    return found


def refuse(what: str, error: DataError) -> None:
    """Keep why something was refused, for the next run to show where it was asked for."""
    st.session_state["refusals"] = refusals() + 1
    st.session_state[f"refused_{what}"] = error


def refused(what: str) -> DataError | None:
    """Why `what` was refused in the last run, once."""
    found: DataError | None = st.session_state.pop(f"refused_{what}", None)
    return found


def refusals() -> int:
    """How often something was refused: an editor that must forget it takes it into its key."""
    found: int = st.session_state.get("refusals", 0)
    return found


def say(sentence: str) -> None:
    """Keep a sentence for the next run, where what it is about has happened."""
    st.session_state["said"] = sentence


def heard() -> str:
    """The sentence kept by `say`, once."""
    return str(st.session_state.pop("said", ""))
