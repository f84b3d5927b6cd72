"""What words and figures mean: what counts, kinds of gap, abbreviations, how to cite, whom to ask.

The key of each section is its anchor on the page `uitleg`.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard import mission_names, provenance, rows, snapshot, wording
from dashboard.filters import CHOICES, Filters
from dashboard.i18n import Texts
from dashboard.links import is_shareable, permalink
from dashboard.mission_names import in_full
from dashboard.report import Cell, Report, Section, Table, Text
from geo.coverage import totals
from geo.gaps import counts, untellable
from geo.options import KINDS

STATES = ("post", "accredited", "planned", "none", "unknown")
RULES = (
    "rule_row",
    "rule_host",
    "rule_organisation",
    "rule_region",
    "rule_filo",
    "rule_distance",
    "rule_home",
)
STEPS = ("letter_read", "letter_name", "letter_check", "letter_count", "letter_source")
SILENCES = ("silent_reason", "silent_channel", "silent_persons")
# Abbreviations of our own texts; the others are read in names of missions and in the network.
GENERAL = ("LO", "FILO", "EU", "VN", "SIRENE", "SOCTA", "MoU", "fte")


def report(t: Texts, filters: Filters) -> Report:
    """The explanation, with the numbers of the chosen release where it has a whole network.

    Raises DataError.
    """
    network = snapshot.network(filters.release) if _has_network(filters) else None
    whole = network is not None and network.complete
    said = t("explanation.lead", network=_network(t, filters))
    lead = said if whole else t("explanation.lead_partial")
    sections = [
        Section("bediend", t("explanation.served"), _served(t, filters, whole)),
        Section("witte-vlekken", t("explanation.gaps"), _gaps(t, filters, whole)),
        Section("ontbreekt", t("explanation.silent"), _silent(t)),
        Section("van-brief-tot-cijfer", t("explanation.letter"), _listed(t, STEPS)),
        Section("afkortingen", t("explanation.abbreviations"), abbreviations(t, filters)),
        Section("aanhalen", t("explanation.cite"), _cite(t, filters, whole)),
        Section("vragen", t("explanation.ask"), _ask(t)),
    ]
    return provenance.report(
        t, filters, "explanation", subject=t("explanation.subject"),
        title=t("explanation.title"), summary=[lead], sections=sections,
    )  # fmt: skip


def _has_network(filters: Filters) -> bool:
    return bool(snapshot.store().release(filters.release)["network"] != "absent")


def _network(t: Texts, filters: Filters) -> str:
    """The network of the release with the day it holds for; raises DataError."""
    return t("explanation.network", note=_note(t, filters))


def _note(t: Texts, filters: Filters) -> str:
    """For which day the figures of the release hold."""
    release = snapshot.store().release(filters.release)
    if release["network"] == "absent":
        return t("date_note", date=t.date(release["missions_as_of"]))
    return wording.date_note(t, release)


def _listed(t: Texts, keys: tuple[str, ...]) -> list[Text]:
    return [Text(t(f"explanation.{key}"), "item") for key in keys]


def _served(t: Texts, filters: Filters, whole: bool) -> list[Text | Table]:
    numbers: dict[str, int] = {}
    blocks: list[Text | Table] = [Text(t("explanation.served_text"))]
    if whole:
        frame = snapshot.coverage(filters.release, Filters(filters.release).choice, t.language)
        of = totals(frame)
        postings = snapshot.network(filters.release).postings.query("kind == 'LO'")
        active = int((postings["status"] == "active").sum())
        figures = {"active": active, "covered": of.covered, "units": _units(frame)}
        sentence = t("explanation.served_numbers", network=_network(t, filters), **figures)
        if planned := len(postings) - active:
            sentence += f" {t.count('explanation.planned_numbers', planned)}"
        blocks.append(Text(sentence))
        numbers = {"post": of.posts, "accredited": of.accredited, "none": of.none}
    body: rows.Rows = [
        [t(f"state.{state}"), t(f"explanation.state_{state}"), _number(t, numbers.get(state))]
        for state in STATES
    ]
    table = Table("states", t("explanation.served"), _headers(t), body)
    return [*blocks, table, *_listed(t, RULES)]


def _units(frame: pd.DataFrame) -> int:
    """The units of a coverage that could have a gap: all but the Netherlands."""
    return int((frame["state"] != "home").sum())


def _headers(t: Texts) -> list[str]:
    return [t(f"explanation.{name}") for name in ("word", "means", "today")]


def _number(t: Texts, number: int | None) -> Cell | str:
    return "" if number is None else rows.number(t, number)


def _gaps(t: Texts, filters: Filters, whole: bool) -> list[Text | Table]:
    counted: dict[str, int | None] = {}
    if whole:
        gaps = snapshot.gaps(filters.release, Filters(filters.release).choice, t.language)
        untold = untellable(snapshot.releases(), filters.release)
        counted = {k: n for k, n in counts(gaps["kinds"]).items() if k not in untold}
    body: rows.Rows = [
        [
            t(f"gaps.kind_{kind}"),
            t(f"explanation.gap_{kind}"),
            _number(t, counted.get(kind)) or (t("explanation.untold") if whole else ""),
        ]
        for kind in KINDS
    ]
    table = Table("kinds", t("explanation.gaps"), _headers(t), body)
    return [Text(t("explanation.gaps_text")), table]


def _silent(t: Texts) -> list[Text | Table]:
    body: rows.Rows = [
        [str(row[f"title_{t.language}"]), str(row[f"lacks_{t.language}"])]
        for row in snapshot.documents().to_dict("records")
        if isinstance(row[f"lacks_{t.language}"], str)
    ]
    heads = [t("explanation.document"), t("explanation.lacks")]
    table = Table("lacks", t("explanation.silent"), heads, body)
    return [Text(t("explanation.silent_text")), *_listed(t, SILENCES), table]


def abbreviations(t: Texts, filters: Filters) -> list[Table]:
    """Every abbreviation of the network and of our texts, and of the missions apart."""
    network = [name for name in CHOICES if name]
    if _has_network(filters):
        postings = snapshot.network(filters.release).postings
        printed = " ".join([*postings["theme"].dropna(), *postings["label"]])
        network += [each for each in mission_names.abbreviations([printed]) if in_full(t, each)]
    missions = mission_names.abbreviations(sorted(snapshot.mission_names()))
    return [
        _abbreviations(t, "abbreviations", [*network, *GENERAL]),
        _abbreviations(t, "of_missions", [each for each in missions if each not in network]),
    ]


def _abbreviations(t: Texts, key: str, names: list[str]) -> Table:
    missing = t("explanation.not_in_full")
    body: rows.Rows = [[each, in_full(t, each) or missing] for each in dict.fromkeys(names)]
    heads = [t("explanation.abbreviation"), t("explanation.in_full")]
    return Table(key, t(f"explanation.{key}"), heads, body)


def _cite(t: Texts, filters: Filters, whole: bool) -> list[Text]:
    release = snapshot.store().release(filters.release)
    home = snapshot.settings().address
    values: dict[str, object] = {
        "title": snapshot.documents().loc[release["document"], f"title_{t.language}"],
        "note": _note(t, filters),
        "date": t.date(date.today().isoformat()),
        "identity": provenance.identity(t, filters.release),
        "address": permalink(home if is_shareable(home) else "", "coverage", filters),
    }
    key = "explanation.cite_partial"
    if whole:
        frame = snapshot.coverage(filters.release, filters.choice, t.language)
        values |= {"covered": totals(frame).covered, "units": _units(frame)}
        key = "explanation.cite_sentence"
    example = Text(t(key, **values), "paste", [str(release["document"])])
    return [Text(t("explanation.cite_text")), example, Text(t("explanation.cite_identity"))]


def _ask(t: Texts) -> list[Text]:
    contact = snapshot.settings().contact
    first = t("explanation.ask_contact", contact=contact) if contact else t("explanation.ask_none")
    return [Text(first), Text(t("explanation.ask_figures"))]
