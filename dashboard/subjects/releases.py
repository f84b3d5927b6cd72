"""The releases in order of time: those that hold a complete network, and those that do not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard import snapshot
from dashboard.i18n import Texts


@dataclass(frozen=True)
class Timeline:
    """The releases between which a reader may go, oldest first: id -> reference date in words.

    They hold a complete network each, so that what they lack was not there. `note` says which
    others there are, and why one cannot go there.
    """

    labels: dict[str, str]
    note: str

    @property
    def ends(self) -> dict[str, str]:
        """The first and the last date."""
        dates = list(self.labels.values())
        return {"first": dates[0], "last": dates[-1]}


@snapshot.cached(16, lambda t, release: (t.language, release))
def timeline(t: Texts, release: str) -> Timeline:
    """The timeline for a reader who sees `release`; raises DataError."""
    networks = snapshot.releases().query("network != 'absent'").iloc[::-1]
    networks = networks.sort_values("network_as_of", kind="stable")
    complete = networks[networks["network"] == "complete"]
    dates = [reference_date(t, date) for date in complete["network_as_of"]]
    labels = dict(zip(complete["release"], _apart(t, dates, complete["document"]), strict=True))
    partial = networks[networks["network"] == "partial"]
    titles = snapshot.documents()[f"title_{t.language}"]
    named = {
        row["release"]: t(
            "time.document",
            title=titles[row["document"]],
            date=reference_date(t, row["network_as_of"]),
        )
        for row in partial.to_dict("records")
    }
    notes = [] if len(labels) > 1 else [t("time.one", date=dates[0])]
    notes += [
        t("time.same_day", label=labels[row["release"]], title=titles[row["document"]])
        for row, date in zip(complete.to_dict("records"), dates, strict=True)
        if dates.count(date) > 1
    ]
    if release in named:
        notes.append(t("time.shows_partial", document=named.pop(release)))
    if named and len(labels) > 1:
        notes.append(t.count("time.partial", len(named), documents="; ".join(named.values())))
    return Timeline(labels, " ".join(notes))


def _apart(t: Texts, dates: Sequence[str], documents: Iterable[str]) -> list[str]:
    """Reference dates that differ: one of several with the date of its document, or a number."""
    days = [t.date(str(snapshot.documents().loc[name, "date"])) for name in documents]
    named = []
    for place, (date, day) in enumerate(zip(dates, days, strict=True)):
        same = [number for number, other in enumerate(dates) if other == date]
        if len(same) == 1:
            named.append(date)
        elif len({days[number] for number in same}) == len(same):
            named.append(t("time.of_document", date=date, day=day))
        else:
            named.append(f"{date} ({same.index(place) + 1})")
    return named


def reference_date(t: Texts, date: str) -> str:
    """A reference date in words; a network for January is that of the start of the year."""
    return t("network.early", year=date[:4]) if date[4:] == "-01" else t.date(date)
