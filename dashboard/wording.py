"""Facts in words: organisations, posts, coverage, problems of a reading; pure functions of the
words of a language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from dashboard import records, snapshot
from dashboard.country_words import agreeing, within
from dashboard.document_names import document_name, release_within, table_name
from dashboard.filters import Filters
from dashboard.i18n import Texts, sentence
from dashboard.records import Row
from dashboard.settings import LOCAL
from data.store import audit
from data.store.audit import IMPORT, RESTORE_BACKUP, Detail
from data.store.read import Network
from geo.coverage import COVERED, of_organisations, served, totals
from geo.errors import BroughtFileError, DataError, by_file
from geo.mission_trends import MissionCount
from geo.names.normalise import key
from geo.network import namesakes, numbered
from geo.options import Choice
from geo.problems import UNITS, Problem, Value
from geo.schemas import LEADS, NOT_STATED, ORGANISATIONS

ALL = Choice()  # every organisation, and the countries of regions
MOST_LANDS = 15  # named in a sentence; the table below has them all
Names = Mapping[str, str] | pd.Series


def signed(t: Texts, change: int) -> str:
    """A difference with its sign: "+6", "−3", "0"."""
    return t.number(0) if not change else f"{'+' if change > 0 else '−'}{t.number(abs(change))}"


def of_whom(t: Texts, organisations: Sequence[str]) -> str:
    """ " van NP en KMar" where the reader chose some; empty where all count."""
    if not organisations:
        return ""
    return t("of_whom", names=t.listing(_named(t, organisations)))


def of_any(t: Texts, organisations: Sequence[str]) -> str:
    """ " van NP of KMar": the same of an officer who is not there, or is the only one."""
    if not organisations:
        return ""
    *first, last = _named(t, organisations)
    return t("of_whom", names=f"{', '.join(first)} {t('whatif.or')} {last}" if first else last)


def _named(t: Texts, organisations: Sequence[str]) -> list[str]:
    return [t(f"short.{name}") if name else t("not_stated") for name in in_order(organisations)]


def served_by(t: Texts, organisations: Sequence[str]) -> str:
    """ " door officieren van NP en KMar", empty where all count; stands behind "served"."""
    of = of_whom(t, organisations)
    return t("served_by", of=of) if of else ""


def in_order(organisations: Sequence[str]) -> list[str]:
    """Organisations in their fixed order, the one not stated last."""
    return [name for name in (*ORGANISATIONS, NOT_STATED) if name in organisations]


def country_list(t: Texts, names: Names, codes: Iterable[str]) -> str:
    """Countries as `all_countries`; a long list ends on how many more there are."""
    named, others = first_countries(t, names, codes)
    return t.listing([*named, others] if others else named)


def first_countries(t: Texts, names: Names, codes: Iterable[str]) -> tuple[list[str], str]:
    """(the countries that a sentence names, in order, how many more there are in words).

    The latter is empty where it names all.
    """
    return _shortened(t, _in_sentence(t, names, codes))


def country_cell(t: Texts, names: Names, codes: Iterable[str]) -> str:
    """The same as `country_list` for a cell of a table, where a name has no article."""
    named, others = _shortened(t, sorted((names[code] for code in codes), key=key))
    return t.listing([*named, others] if others else named)


def _shortened(t: Texts, ordered: list[str]) -> tuple[list[str], str]:
    more = len(ordered) - MOST_LANDS + 1
    return (ordered[: MOST_LANDS - 1], t.count("more", more)) if more > 1 else (ordered, "")


def all_countries(t: Texts, names: Names, codes: Iterable[str]) -> str:
    """Countries in the order of their names, each with its article: "Ierland en de Filipijnen"."""
    return t.listing(_in_sentence(t, names, codes))


def _in_sentence(t: Texts, names: Names, codes: Iterable[str]) -> list[str]:
    ordered = sorted(codes, key=lambda iso3: key(names[iso3]))
    return [within(t, iso3, names[iso3]) for iso3 in ordered]


def headline(
    t: Texts,
    frame: pd.DataFrame,
    filters: Filters,
    complete: bool,
    beside: tuple[pd.DataFrame, Sequence[str]] | None = None,
) -> str:
    """The finding of the coverage map in one sentence.

    `beside` is the coverage by more organisations, and which (none are all): what these serve
    together stands behind it.
    """
    counts, of = totals(frame), of_choice(t, filters.choice)
    if complete:
        units = int((frame["state"] != "home").sum())  # the Netherlands itself is not counted
        sentence = t("coverage.headline", covered=counts.covered, units=units, of=of)
        if beside is not None:
            together, names = totals(beside[0]), of_whom(t, beside[1])
            sentence = t("coverage.headline_of", own=sentence, covered=together.covered, of=names)
    else:
        sentence = t.count("coverage.headline_partial", counts.posts, of=of)
    return in_area(t, filters.area, sentence)


def in_area(t: Texts, area: str, sentence: str) -> str:
    """The sentence with the area it is about before it, where that is not the world."""
    if not area:
        return sentence
    return t("in_area", area=t.area(area), sentence=sentence[:1].lower() + sentence[1:])


def paragraph(
    t: Texts, frame: pd.DataFrame, network: Network, filters: Filters, names: pd.Series
) -> str:
    """What the map shows, in words; `names` gives the name of each unit by code."""
    counts, of = totals(frame), of_whom(t, filters.organisations)
    of_none = of_any(t, filters.organisations)
    if not network.complete:
        return t.count("coverage.paragraph_partial", counts.posts, of=of)
    sentences = []
    if counts.posts and counts.accredited:
        # The title may count what one organisation serves beside it; this is of all chosen.
        among = {"posts": counts.posts, "covered": counts.covered}
        sentences.append(t.count("coverage.paragraph", counts.accredited, **among, of=of_none))
    elif counts.posts:
        sentences.append(t.count("coverage.only_posts", counts.posts, of=of_none))
    elif counts.accredited:
        sentences.append(t.count("coverage.no_post", counts.accredited, of=of_none))
    if counts.single:
        sentences.append(t.count("coverage.single", counts.single, of=of_none))
    if counts.gpi_only and not filters.organisations:  # of a part of the network no finding
        sentences.append(t.count("coverage.gpi_only", counts.gpi_only))
    if counts.none:
        sentences.append(t.count("coverage.none", counts.none, of=of_no_choice(t, filters.choice)))
    posts = of_organisations(network.postings, filters.organisations)
    awaited = (posts["kind"] == "LO") & (posts["status"] == "planned")
    planned = int((awaited & posts["host"].isin(frame["iso3"])).sum())  # the area that was chosen
    if planned:
        sentences.append(t.count("coverage.planned", planned))
    covered = frame[frame["state"].isin(COVERED)]
    region = covered["basis"].map(lambda basis: basis == ["region"]).astype(bool)
    only_region = int((region & (covered["state"] == "accredited")).sum())
    if only_region:
        sentences.append(t.count("coverage.region_note", only_region))
    far = covered[covered["distance_km"] > 0].nlargest(1, "distance_km")
    for row in far.to_dict("records"):
        about = agreeing(t, row["iso3"], names[row["iso3"]])
        sentences.append(t("coverage.farthest", km=row["distance_km"], **about))
    return " ".join(sentences)


def of_choice(t: Texts, choice: Choice) -> str:
    """As `of_whom`, and that the countries of regions are left out where the reader chose so."""
    of = of_whom(t, choice.organisations)
    return of if choice.regions else of + t("without_regions")


def of_no_choice(t: Texts, choice: Choice) -> str:
    """As `of_choice`, of an officer who is not there: " van NP of KMar"."""
    of = of_any(t, choice.organisations)
    return of if choice.regions else of + t("without_regions")


def nobody(t: Texts, choice: Choice, word: str = "state.none") -> str:
    """ "Geen officier van NP": that none of those who count is there, and no more than that."""
    return t(word) + of_no_choice(t, choice)


def state_word(t: Texts, state: object, basis: list[str], choice: Choice = ALL) -> str:
    """A state of coverage under `choice` in words; a missing one is unknown."""
    if pd.isna(state):  # type: ignore[call-overload]
        return t("state.unknown")
    if state == "accredited" and basis == ["region"]:
        return t("state.region")
    return nobody(t, choice) if state == "none" else t(f"state.{state}")


def organisation(t: Texts, name: object) -> str:
    """The short name of one organisation; missing is "not stated"."""
    missing = pd.isna(name) or name == NOT_STATED  # type: ignore[call-overload]
    return t("short.not_stated") if missing else t(f"short.{name}")


def date_note(t: Texts, release: pd.Series) -> str:
    """For which day the network of a release holds, as its document puts it."""
    if release["network"] == "partial":
        return f"{t.date(release['network_as_of'])}, {part_note(t, release)}"
    note = release[f"network_note_{t.language}"]
    return t("date_note", date=t.date(release["network_as_of"])) if pd.isna(note) else str(note)


def part_note(t: Texts, release: pd.Series) -> str:
    """Which part of the network a partial release names."""
    note = release[f"network_note_{t.language}"]
    return t("time.part") if pd.isna(note) else str(note)


def citation(t: Texts, row: Row) -> str:
    """Document, table and row of a fact, as one line; letters count paragraphs or questions."""
    letter = row["table"] == "brief"
    counts = counted(row)
    return t(
        f"place.{'letter_paragraph' if letter and counts == 'paragraph' else counts}",
        document=document_name(t, str(row["document"])),
        table=table_name(t, str(row["table"])),
        row=str(row["table_row"]),
    )


def counted(row: Row) -> str:
    """What the number of a fact counts in its document: a "row", "paragraph" or "question"."""
    return records.text(row.get("counted")) or ("paragraph" if row["table"] == "brief" else "row")


def overview(t: Texts, frame: pd.DataFrame, active: int, filters: Filters, complete: bool) -> str:
    """The network in one sentence; `active` is the number of active postings."""
    counts, of = totals(frame), of_choice(t, filters.choice)
    if not complete:
        return t.count("coverage.headline_partial", counts.posts, of=of)
    if not filters.area:
        hosts = t.count("network.hosts", counts.covered)
        return t.count("overview.headline", active, hosts=hosts, of=of)
    served = t.count("overview.served", counts.covered)
    sentence = t.count("overview.headline_area", active, served=served, of=of)
    return in_area(t, filters.area, sentence)


def lead(t: Texts, postings: pd.DataFrame, note: str, complete: bool, filters: Filters) -> str:
    """What the network is besides its posts; of a partial document only what it is."""
    if not complete:
        return t("overview.lead_partial", note=note)
    kinds = postings["kind"].value_counts()
    filo = t.count("overview.filo", int(kinds.get("FILO", 0)))
    if filters.organisations:  # the documents do not say which police fills a placement
        return t("overview.lead_chosen", note=note, filo=filo)
    multilateral = t.count("overview.multilateral", int(kinds.get("multilateral", 0)))
    return t("overview.lead", note=note, filo=filo, multilateral=multilateral)


def document_ages(t: Texts, documents: pd.DataFrame) -> list[str]:
    """Each document with its date and how long ago that is, newest first."""
    lines = []
    for row in documents.sort_values("date", ascending=False).to_dict("records"):
        title = row[f"title_{t.language}"]
        lines.append(
            t(
                "overview.document_age",
                title=title,
                date=t.date(row["date"]),
                age=t.age(row["date"]),
            )
        )
    return lines


def country(t: Texts, name: str, row: Row, filters: Filters, elsewhere: str = "") -> str:
    """One country in one sentence, from its row of a coverage frame.

    `elsewhere` says who serves it outside the reader's choice, see `rows.elsewhere`.
    """
    state, about = row["state"] or "unknown", agreeing(t, row["iso3"], name)
    if state in COVERED:
        of = of_whom(t, row["organisations"])
        return t.count(f"country.headline_{state}", int(row["postings"]), of=of, **about)
    of = of_no_choice(t, filters.choice) if state == "none" else of_whom(t, filters.organisations)
    sentence = t(f"country.headline_{state}", of=of, **about)
    if elsewhere and state == "none":
        return t("country.but_elsewhere", said=sentence, others=elsewhere)
    return sentence


def total_faults(t: Texts, counts: Iterable[MissionCount]) -> list[str]:
    """A sentence for each missions table whose printed total is not the sum of its rows."""
    return [
        t(
            "overview.total",
            document=release_within(t, c.release),
            printed=c.printed,
            counted=c.officers,
        )
        for c in counts
        if c.printed is not None and c.printed != c.officers
    ]


def in_unit(t: Texts, row: Row) -> str:
    """A key figure with its unit."""
    return f"{t.number(row['value'])} {t('unit.' + row['unit'])}"


def any_of(t: Texts, organisations: Sequence[str]) -> str:
    """ "NP, KMar of GPI"."""
    names = [organisation(t, name) for name in organisations]
    *first, last = names
    return f"{', '.join(first)} {t('whatif.or')} {last}" if first else last


def placed(t: Texts, row: Row, *more: str) -> str:
    """ "NP Dubai (rij 17)": who serves, and where the document says so; `more` within brackets.

    The name it is printed under where there is no city.
    """
    flexible = row["kind"] == "FILO"
    where = records.text(row["city"]) or ("" if flexible else records.text(row["label"]))
    kind = t("kind.FILO") if flexible else ""
    notes = ", ".join((noted(t, row), *more))
    return f"{post(t, row['organisation'], kind, where)} ({notes})"


_PEOPLES = ("Dutch", "Belgian")


def behind_colon(t: Texts, sentence: str) -> str:
    """A sentence as it goes on behind a colon: a capital only for an abbreviation or a name."""
    names = (*snapshot.names(t.language), *snapshot.city_names(t.language), *_PEOPLES)
    if sentence[:2].isupper() or sentence.startswith(names):
        return sentence
    return sentence[:1].lower() + sentence[1:]


def post(t: Texts, who: object, *parts: str) -> str:
    """ "NP Dubai"; that no organisation is printed is no name to start with."""
    named = organisation(t, who) if _stated(who) else ""
    return " ".join(filter(None, (named, *parts)))


def noted(t: Texts, row: Row) -> str:
    """The place of a posting in its document; before it that no organisation is printed.

    The name of a post that the document numbers, such as "Kenia-2", stands first.
    """
    name = numbered(records.text(row["label"])) if row["kind"] == "LO" else ""
    return ", ".join(filter(None, (name, noted_row(t, row))))


def apart(t: Texts, posts: pd.DataFrame) -> dict[int, str]:
    """Row -> what tells an LO post from others of its organisation in its city: "Kenia-2", "rij 5".

    Only those that share organisation and city; of several posts of one row, which it is.
    """
    names = namesakes(posts)
    columns = (posts[name].tolist() for name in ("kind", "row", "table", "table_row"))
    alike = [
        {"row": int(row), "table": table, "table_row": place}
        for kind, row, table, place in zip(*columns, strict=True)
        if kind == "LO" and row in names
    ]
    same: dict[object, list[int]] = {}
    for row in alike:
        if records.text(row["table_row"]):  # a new post stands in no row
            same.setdefault(row["table_row"], []).append(row["row"])
    details = {}
    for row in alike:
        number = row["row"]
        rows = same.get(row["table_row"], [])
        which = t("whatif.which", n=rows.index(number) + 1, all=len(rows)) if len(rows) > 1 else ""
        details[number] = names[number] or ", ".join(filter(None, (place(t, row), which)))
    return details


def called(t: Texts, row: Row, apart: Mapping[int, str], *more: str) -> str:
    """A post by the name that tells it apart: "KMar Nairobi (Kenia-2)"; `more` within brackets."""
    city = records.text(row["city"]) or records.text(row["label"])
    notes = ", ".join(filter(None, (apart.get(int(row["row"]), ""), *more)))
    return post(t, row["organisation"], city) + (f" ({notes})" if notes else "")


def noted_row(t: Texts, row: Row) -> str:
    """The place of a posting in its document, and that no organisation is printed."""
    unstated = [] if _stated(row["organisation"]) else [t("whatif.not_stated")]
    return ", ".join((*unstated, place(t, row)))


def _stated(who: object) -> bool:
    return records.text(who) != NOT_STATED


def place(t: Texts, row: Row) -> str:
    """Where a posting or a fact stands in the one document that is spoken of; a new one nowhere.

    Each table counts its rows apart; a letter counts its paragraphs, answers their questions.
    """
    number = records.text(row["table_row"])
    if not number:
        return t("whatif.new")
    if row["table"] == "brief":
        return t("whatif.paragraph", row=number)
    if counted(row) == "question":
        return t("whatif.question", row=number)
    return t("whatif.row", row=number, table=table_name(t, str(row["table"])))


def serving(
    t: Texts, postings: pd.DataFrame, served_by: pd.DataFrame, codes: set[str], choice: Choice
) -> dict[str, str]:
    """Unit -> who serves it: organisation, city and row of the document, each posting once."""
    posts = serving_posts(t, postings, served_by, codes, choice)
    return {iso3: "; ".join(text for text, _ in each) for iso3, each in posts.items()}


# What the name of a posting is made of, and of where it stands.
_NAMED = [
    *("kind", "row", "label", "organisation", "city", "host", "status"),
    *("document", "table", "table_row"),
]
_IN_ORDER = ("iso3", "is_filo", "rank", "row")  # of the postings that serve a unit


def serving_posts(
    t: Texts, postings: pd.DataFrame, served_by: pd.DataFrame, codes: set[str], choice: Choice
) -> dict[str, list[tuple[str, Row]]]:
    """Unit -> each posting that serves it, in words and as a row that names and cites it."""
    its = served_by[["kind", "row", "iso3", "basis"]]
    its = its.take([at for at, iso3 in enumerate(its["iso3"].tolist()) if iso3 in codes])
    serving_rows = served(postings[_NAMED], its, choice).drop(columns="basis")
    cells = zip(*(serving_rows[name].tolist() for name in serving_rows), strict=True)
    rows = [dict(zip(serving_rows.columns, cell, strict=True)) for cell in cells]
    texts: dict[str, list[tuple[str, Row]]] = {}
    for row in sorted(rows, key=lambda row: [row[name] for name in _IN_ORDER]):
        planned = [t("status.planned")] if row["status"] == "planned" else []
        texts.setdefault(row["iso3"], []).append((placed(t, row, *planned), row))
    return texts


def still(
    t: Texts, after: tuple[pd.DataFrame, pd.DataFrame], lost: Iterable[str], choice: Choice
) -> dict[str, str]:
    """Code -> who serves a unit in `after` that the chosen organisations lose; a plan is nobody."""
    if not choice.organisations:
        return {}
    everyone = replace(choice, organisations=(), planned=False)
    return serving(t, *after, set(lost), everyone)


def post_labels(t: Texts, posts: pd.DataFrame, names: Names) -> dict[int, str]:
    """Row -> "NP Dubai (Verenigde Arabische Emiraten), rij 17", by city; for a list to search."""
    labels, different = {}, apart(t, posts)
    for row in posts.to_dict("records"):
        city = records.text(row["city"]) or records.text(row["label"])
        host = records.text(row["host"])
        where = names[host] if host else ""
        planned = f", {t('status.planned')}" if row["status"] == "planned" else ""
        who = organisation(t, row["organisation"])
        label = f"{called(t, row, different, where)}, {noted_row(t, row)}{planned}"
        labels[(key(city), who, int(row["row"]))] = label
    return {row: label for (_, _, row), label in sorted(labels.items())}


REASONLESS = ("not-a-country", "leave-out", "as-it-is")  # decisions that need not say why
_LISTS_OF_UNITS = ("host", "countries", "areas", "duty_iso3")  # columns that hold ISO codes


def problem_text(t: Texts, problem: Problem, names: Mapping[str, str]) -> str:
    """Return what is the matter as a sentence without its full stop.

    `names` is ISO code -> name; a code it lacks stays a code.
    """
    params = {name: _parameter(t, problem, name, names) for name in problem.params}
    if problem.params.get("reason") == "ambiguous":
        params["reason"] = str(problem.params[f"note_{t.language}"])
    return t(f"problem.{problem.code}", **params)


def _parameter(t: Texts, problem: Problem, name: str, names: Mapping[str, str]) -> Value:
    value = problem.params[name]
    if name in UNITS:
        return unit_names(str(value), names)
    if name in ("before", "after") and problem.code == "corrected":
        return cell_text(t, str(problem.params["field"]), str(value), names)
    match name, value:
        case "field", _:
            return field_name(t, str(value))
        case "reason", "ambiguous":
            return ""  # its note says it
        case "reason", _:
            return t(f"problem.reason.{value}")
        case "organisation", "":
            return t("short.not_stated")
        case "why", "":
            meaning = str(problem.params["meaning"])
            return t(f"problem.why.{meaning}") if meaning in REASONLESS else ""
        case "by", "":
            return t("problem.why.nobody")
        case "on", _:
            return t.date(str(value)) if value else t("problem.why.some_day")
        case _, tuple():
            return ", ".join(value)
    return value


def unit_names(codes: str, names: Mapping[str, str]) -> str:
    """Return the names of ISO codes with spaces between, as a list with commas."""
    return ", ".join(names.get(code, code) for code in codes.split())


def cell_text(t: Texts, field: str, value: str, names: Mapping[str, str]) -> str:
    """Return the value of a cell of a reading, by the name of its column, as a reader knows it."""
    if not value:
        return t("short.not_stated" if field == "organisation" else "empty_cell")
    if field in _LISTS_OF_UNITS:
        return unit_names(value, names)
    if field == "lead_organisation" and value in LEADS:
        return t(f"lead.{value}")
    if field == "status" and t.has(f"status.{value}"):
        return t(f"status.{value}")
    return value


def field_name(t: Texts, field: str) -> str:
    """Return a column of a reading as a reader knows it; that of any other table is its own."""
    return t(f"field.{field}") if t.has(f"field.{field}") else field


def actor(t: Texts, by: str) -> str:
    """Return who did something; the installation itself where its settings name nobody."""
    return t("actor.local") if by == LOCAL else by


class ErrorText(NamedTuple):
    """Why data cannot be used, and what to do; sentences without their full stop."""

    reason: str
    advice: str


# Faults of a cell or a header, whether in a committed table or in a file that a person brought.
_OF_TABLE = frozenset(
    {
        *("cell_empty", "column_missing", "column_unknown", "columns_out_of_order"),
        *("header_repeats", "row_twice", "wrong_type", "no_posting_of_row"),
        *("no_date", "network_date_needed", "missions_date_needed", "not_as_written"),
        *("no_such_unit", "no_such_word", "number_out_of_range", "number_too_small"),
        *("not_a_number", "network_contradicts_postings", "missions_contradict_deployments"),
    }
)


def error_text(t: Texts, error: DataError) -> ErrorText:
    """Return an error in words; where it is and what stands there are apart from it."""
    params = {name: _error_parameter(t, error, name) for name in error.params}
    reason, advice = (t(f"error.{error.code}.{part}", **params) for part in ErrorText._fields)
    if isinstance(error, BroughtFileError) and error.code in _OF_TABLE:
        advice = t("error_line.of_brought_file")
    return ErrorText(reason, advice)


def error_line(t: Texts, error: DataError) -> str:
    """Return an error as one line, place first; those of several places on a line each."""
    return "\n".join(_error_line(t, each) for each in by_file(error))


def _error_line(t: Texts, error: DataError) -> str:
    place = [error.where]
    if error.row is not None:
        place.append(t("error_line.row", row=str(error.row)))
    if error.column is not None:
        place.append(t("error_line.column", column=error.column))
    return line_of(t, ", ".join(place), error_text(t, error), error.value)


def line_of(t: Texts, where: str, text: ErrorText, value: str | None = None) -> str:
    """Return what is the matter at a place, and what to do, as one line."""
    value_text = "" if value is None else t("error_line.there", value=repr(value))
    return f"{where}: {sentence(text.reason + value_text)} {sentence(text.advice)}"


def _error_parameter(t: Texts, error: DataError, name: str) -> object:
    value = error.params[name]
    match name, value:
        case "cause", DataError():
            return error_text(t, value).reason
        case "by", str():
            return actor(t, value)
        case "action" | "content" | "meaning", str():
            return t(f"error_word.{name}.{value}") if t.has(f"error_word.{name}.{value}") else value
        case "fields", tuple():
            return ", ".join(field_name(t, each) for each in value)
        case "words", tuple():
            return ", ".join(cell_text(t, error.column or "", each, {}) for each in value)
        case "organisations", tuple():
            return ", ".join(organisation(t, each) for each in value)
        case "posts", tuple():
            return ", ".join(t("error_word.row", row=each) for each in value)
        case "lost", tuple():
            return ", ".join(t("error_word.release", release=each) for each in value)
        case "kinds", tuple():
            return ", ".join(f".{each}" for each in value)
        case "endings", tuple():
            return f" {t('error_word.or')} ".join(value)
        case _, tuple():
            return ", ".join(value)
    return value


def detail_texts(t: Texts, action: str, detail: str, names: Mapping[str, str]) -> list[str]:
    """Return what an entry of the audit list tells; sentences of a person or of old stay so."""
    details = audit.read(detail) if action in (IMPORT, RESTORE_BACKUP) else None
    if details is None:
        return detail.splitlines()
    return [_detail_text(t, each, names) for each in details]


def _detail_text(t: Texts, detail: Detail, names: Mapping[str, str]) -> str:
    params: dict[str, object] = dict(detail.params)
    if "field" in params:
        field, value = str(params["field"]), str(params["value"])
        params |= {"field": field_name(t, field), "value": cell_text(t, field, value, names)}
    if "kind" in params:
        params |= {"kind": t(f"row_kind.{params['kind']}"), "row": str(params["row"])}
    return t(f"audit.{detail.code}", **params)
