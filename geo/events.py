"""Dated facts in order, and what they prove of a post: there, gone, or not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from geo.dates import surely_before
from geo.schemas import NOT_STATED

GONE = ("withdrawn", "ends")  # happened by then; announced to happen
SEEN = ("mentioned", "placed", "present")
CHAIN = ["iso3", "city"]
MARKS = [*CHAIN, "date", "kind", "organisation", "station", "label"]
MARKS += ["document", "table", "table_row", "counted"]
RETURNS = [*CHAIN, "gone", "gone_kind", "state", "now", "organisations", "after", "before", "proof"]
TIMELINE = ["date", "kind", "iso3", "city", "organisation", "text_nl", "text_en", "printed"]
TIMELINE += ["document", "table", "table_row", "counted"]


@dataclass(frozen=True)
class Seen:
    """The network of one release: its reference date, its LO's, and whether it is the whole."""

    as_of: str
    postings: pd.DataFrame
    complete: bool


def timeline(events: pd.DataFrame, agreements: pd.DataFrame) -> pd.DataFrame:
    """Tables `events` and `agreements` as one, oldest first; TIMELINE as columns."""
    signed = agreements.assign(kind="agreed", city=None, organisation=None)
    facts = pd.concat([events[TIMELINE], signed[TIMELINE]], ignore_index=True)
    return facts.sort_values("date", kind="stable", ignore_index=True)


def departures(events: pd.DataFrame, written: Mapping[str, str]) -> pd.DataFrame:
    """The withdrawals and ends of a term, one unit in `iso3` each; TIMELINE and `is_dated`.

    Of a move that is the country that was left, which is named first; `city`, to which the post
    went, is then missing. `written` is document -> its date: a fact of that very date has none of
    its own, and `is_dated` is then False.
    """
    departed = events.loc[events["kind"].isin(GONE), TIMELINE]
    first, moved = (
        departed["iso3"].str.split().str[0],
        departed["iso3"].str.contains(" ", regex=False),
    )
    dated = departed["date"] != departed["document"].map(written)
    return departed.assign(iso3=first, city=departed["city"].mask(moved), is_dated=dated)


def plans(events: pd.DataFrame, gone: pd.DataFrame) -> pd.DataFrame:
    """What was announced of the network as a whole by the documents of some departures.

    Such a fact names no country; the rows of `events`.
    """
    wide = events["iso3"].isna() | events["iso3"].eq("")
    same_document = events["document"].isin(gone["document"])
    return events[(events["kind"] == "announced") & wide & same_document]


def chains(events: pd.DataFrame, networks: Sequence[Seen]) -> pd.DataFrame:
    """What is known of each post that was withdrawn or whose term ends: MARKS, in order of time.

    A chain is the city of the event, or the whole country where the document names no city. Its
    marks are the events themselves, every later mention of a posting in that country (a mention
    names no city), and, for each network, `present` with the Dutch posts (and those that state no
    organisation) in that place, one mark per row of the document. A complete network without such
    a post gives `absent`; a partial one is silent. `station` and `label` are those of a row of a
    release, and `counted` is empty for one.
    """
    one = events["iso3"].str.len().eq(3).fillna(False)  # a move between two countries is no chain
    gone = events[events["kind"].isin(GONE) & one]
    heads = gone[CHAIN].drop_duplicates()
    marks = [gone]
    named = events[events["kind"].isin(["mentioned", "placed"]) & events["city"].isna()]
    named = named[named["organisation"].isna()]  # a FILO of the KMar brings no police post back
    named = named.assign(iso3=named["iso3"].str.split()).explode("iso3")
    marks.append(heads.merge(named.drop(columns="city"), on="iso3"))
    marks += [_in_network(heads, network) for network in networks]
    sightings = pd.concat(marks, ignore_index=True).reindex(columns=MARKS)
    first = gone.groupby(CHAIN, dropna=False)["date"].min().rename("first").reset_index()
    sightings = sightings.merge(first, on=CHAIN)
    return sightings.sort_values(["first", *CHAIN, "date"], kind="stable", ignore_index=True)[MARKS]


def _in_network(heads: pd.DataFrame, network: Seen) -> pd.DataFrame:
    """`present` for each Dutch post in the place of a chain, else `absent` in a whole network."""
    posts = network.postings[network.postings["kind"] == "LO"]
    posts = posts[(posts["status"] == "active") & (posts["organisation"] != "GPI")]
    posts = posts.assign(organisation=posts["organisation"].fillna(NOT_STATED)).rename(
        columns={"host": "iso3", "city": "station"}
    )
    keep = ["iso3", "station", "organisation", "label", "document", "table", "table_row"]
    sightings = heads.merge(posts[keep], on="iso3", how="left")
    same_city = sightings["city"].isna() | (sightings["city"] == sightings["station"])
    sightings = sightings[same_city & sightings["document"].notna()]
    sightings = sightings.assign(date=network.as_of, kind="present", counted="")
    if network.complete:
        held = pd.MultiIndex.from_frame(sightings[CHAIN])
        lacking = heads[~pd.MultiIndex.from_frame(heads).isin(held)]
        sightings = pd.concat([sightings, lacking.assign(date=network.as_of, kind="absent")])
    return sightings


def returns(chains: pd.DataFrame) -> pd.DataFrame:
    """One row per chain of `chains`; RETURNS as columns.

    `gone` and `gone_kind` are the last withdrawal or end of a term. `state` is what the newest
    network after it proves: `present` (by `organisations`, at `now`), `absent`, or missing
    (unknown). Where present, the post came back after `after` and not later than `before`, the
    first date at which a document shows one again (`proof` says how); no document says more.
    """
    place = chains["iso3"] + "/" + chains["city"].fillna("")
    rows = [_return(chain) for _, chain in chains.groupby(place, sort=False)]
    return pd.DataFrame(rows, columns=RETURNS)


def _return(chain: pd.DataFrame) -> dict[str, object]:
    gone = chain[chain["kind"].isin(GONE)].iloc[-1]
    passed = chain["date"].map(lambda date: surely_before(gone["date"], date)).astype(bool)
    later = chain[passed & ~chain["kind"].isin(GONE)]
    found: dict[str, object] = {"iso3": gone["iso3"], "city": gone["city"]}
    found |= {"gone": gone["date"], "gone_kind": gone["kind"], "organisations": []}
    networks = later[later["kind"].isin(["present", "absent"])]
    if networks.empty:
        return found
    newest = networks[networks["date"] == networks["date"].max()]
    there = newest[newest["kind"] == "present"]
    now = newest["date"].iloc[0]
    found |= {"state": "absent" if there.empty else "present", "now": now}
    if len(there):
        away = later.loc[(later["kind"] == "absent") & (later["date"] < now), "date"]
        after = away.max() if len(away) else gone["date"]
        first = later[(later["date"] > after) & later["kind"].isin(SEEN)].iloc[0]
        found |= {"after": after, "before": first["date"], "proof": first["kind"]}
        found["organisations"] = sorted(there["organisation"].dropna().unique())
    return found
