"""One posting in words: whose it is, where it stands, and where the document says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from dashboard import findings, rows
from dashboard.findings import Names
from dashboard.i18n import Words
from dashboard.records import Row
from geo.coverage import Choice, served
from geo.keys import key
from geo.posts import namesakes, numbered
from geo.schemas import NOT_STATED


def any_of(t: Words, organisations: Sequence[str]) -> str:
    """ "NP, KMar of GPI"."""
    names = [findings.organisation(t, name) for name in organisations]
    *first, last = names
    return f"{', '.join(first)} {t('whatif.or')} {last}" if first else last


def placed(t: Words, row: Row, *more: str) -> str:
    """ "NP Dubai (rij 17)": who serves, and where the document says so; `more` within brackets.

    The name it is printed under where there is no city.
    """
    flexible = row["kind"] == "FILO"
    where = rows.text(row["city"]) or ("" if flexible else rows.text(row["label"]))
    kind = t("kind.FILO") if flexible else ""
    notes = ", ".join((noted(t, row), *more))
    return f"{post(t, row['organisation'], kind, where)} ({notes})"


def post(t: Words, who: object, *words: str) -> str:
    """ "NP Dubai"; that no organisation is printed is no name to start with."""
    named = findings.organisation(t, who) if _stated(who) else ""
    return " ".join(filter(None, (named, *words)))


def noted(t: Words, row: Row) -> str:
    """The place of a posting in its document; before it that no organisation is printed.

    The name of a post that the document numbers, such as "Kenia-2", stands first.
    """
    name = numbered(rows.text(row["label"])) if row["kind"] == "LO" else ""
    return ", ".join(filter(None, (name, noted_row(t, row))))


def apart(t: Words, posts: pd.DataFrame) -> dict[int, str]:
    """Row -> what tells an LO post from others of its organisation in its city: "Kenia-2", "rij 5".

    Only those that share organisation and city; of several posts of one row, which it is.
    """
    names = namesakes(posts)
    told = {}
    alike = posts[(posts["kind"] == "LO") & posts["row"].isin(names)]
    for row in alike.to_dict("records"):
        number = int(row["row"])
        same = alike.loc[alike["table_row"] == row["table_row"], "row"].astype(int).tolist()
        which = t("whatif.which", n=same.index(number) + 1, all=len(same)) if len(same) > 1 else ""
        told[number] = names[number] or ", ".join(filter(None, (place(t, row), which)))
    return told


def called(t: Words, row: Row, apart: Mapping[int, str], *more: str) -> str:
    """A post by the name that tells it apart: "KMar Nairobi (Kenia-2)"; `more` within brackets."""
    city = rows.text(row["city"]) or rows.text(row["label"])
    notes = ", ".join(filter(None, (apart.get(int(row["row"]), ""), *more)))
    return post(t, row["organisation"], city) + (f" ({notes})" if notes else "")


def noted_row(t: Words, row: Row) -> str:
    """The place of a posting in its document, and that no organisation is printed."""
    unstated = [] if _stated(row["organisation"]) else [t("whatif.not_stated")]
    return ", ".join((*unstated, place(t, row)))


def _stated(who: object) -> bool:
    return rows.text(who) != NOT_STATED


def place(t: Words, row: Row) -> str:
    """Where a posting stands in the one document that is spoken of; a new one stands nowhere.

    The tables of posts and of FILO's count their rows apart; a letter counts its paragraphs.
    """
    number = rows.text(row["table_row"])
    if not number:
        return t("whatif.new")
    if row["table"] == "brief":
        return t("whatif.paragraph", row=number)
    return t("whatif.row" if row["kind"] == "LO" else "whatif.filo_row", row=number)


def serving(
    t: Words, postings: pd.DataFrame, served_by: pd.DataFrame, codes: set[str], choice: Choice
) -> dict[str, str]:
    """Unit -> who serves it: organisation, city and row of the document, each posting once."""
    found = served(postings, served_by[served_by["iso3"].isin(codes)], choice)
    told: dict[str, list[str]] = {}
    for row in found.sort_values(["iso3", "is_filo", "rank", "row"]).to_dict("records"):
        planned = [t("status.planned")] if row["status"] == "planned" else []
        told.setdefault(row["iso3"], []).append(placed(t, row, *planned))
    return {iso3: "; ".join(posts) for iso3, posts in told.items()}


def still(
    t: Words, after: tuple[pd.DataFrame, pd.DataFrame], lost: Iterable[str], choice: Choice
) -> dict[str, str]:
    """Code -> who serves a unit in `after` that the chosen organisations lose; a plan is nobody."""
    if not choice.organisations:
        return {}
    everyone = replace(choice, organisations=(), planned=False)
    return serving(t, *after, set(lost), everyone)


def post_labels(t: Words, posts: pd.DataFrame, names: Names) -> dict[int, str]:
    """Row -> "NP Dubai (Verenigde Arabische Emiraten), rij 17", by city; for a list to search."""
    told, different = {}, apart(t, posts)
    for row in posts.to_dict("records"):
        city = rows.text(row["city"]) or rows.text(row["label"])
        host = rows.text(row["host"])
        where = names[host] if host else ""
        planned = f", {t('status.planned')}" if row["status"] == "planned" else ""
        who = findings.organisation(t, row["organisation"])
        label = f"{called(t, row, different, where)}, {noted_row(t, row)}{planned}"
        told[(key(city), who, int(row["row"]))] = label
    return {row: label for (_, _, row), label in sorted(told.items())}
