"""The three reports on the network: what each of its pages says, as one file."""

from __future__ import annotations

from dashboard import provenance, snapshot
from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.report import Block, Report, Section, Text
from dashboard.subjects.network import history, lines, load, matrix
from dashboard.subjects.network.posts import Network, items


def report(t: Texts, filters: Filters) -> Report:
    """The posts of a release, double ones first; raises DataError."""
    net = _network(t, filters)
    sections: list[Section] = []
    if filters.land:
        when = t("network.back_when")
        sections.append(Section("since", when, history.since_items(t, "", filters.land)))
    if net:
        sections += [*_posts(net), _others(net)]
    return provenance.report(
        t, filters, "network", subject=t("page.network"),
        title=net.title if net else t("page.network"),
        summary=[net.lead if net else t("coverage.no_network")], sections=sections,
    )  # fmt: skip


def load_report(t: Texts, filters: Filters) -> Report:
    """What each post of a release carries; raises DataError."""
    net, sections = _network(t, filters), list[Section]()
    if net:
        served = load.load(net)
        sections = [
            Section("carried", t("network.title_carried"), load.carried(net).blocks),
            Section("load", t("network.title_load"), served.blocks if served else []),
            Section("matrix", t("parts.matrix"), matrix.blocks(net)),
        ]
    return provenance.report(
        t, filters, "network_load", subject=t("page.network_load"),
        title=load.headline(net) if net else t("page.network_load"),
        summary=[net.lead if net else t("coverage.no_network")], sections=sections,
    )  # fmt: skip


def history_report(t: Texts, filters: Filters) -> Report:
    """The posts through the years, why they are there, and what they cost; raises DataError.

    Of a release without a network all but the estimate of its cost.
    """
    net, sections, when = _network(t, filters), list[Section](), t("network.back_when")
    if filters.land:
        sections.append(Section("since", when, history.since_items(t, "", filters.land)))
    back, left = history.back(t, filters).blocks, history.since_items(t, filters.area)
    back += [Text(when), *left] if left else []
    back += [story] if (story := history.between(t, filters)) else []
    sections.append(Section("back", t("network.title_back"), back))
    sections.append(Section("lines", t("time.lines"), lines.lines(t, filters).blocks))
    for key in ("placement", "limits"):
        words = history.placement(t, filters) if key == "placement" else history.limits(t, filters)
        sections.append(Section(key, t(f"statements.{key}"), words.blocks))
    figures = [*history.key_figures(t).blocks, *(_estimate(net) if net else [])]
    sections.append(Section("figures", t("network.title_figures"), figures))
    sections.append(Section("events", t("network.title_events"), history.dated(t, filters).blocks))
    return provenance.report(
        t, filters, "network_history", subject=t("page.network_history"),
        title=history.headline(t, filters),
        summary=[net.lead if net else t("coverage.no_network")], sections=sections,
    )  # fmt: skip


def _network(t: Texts, filters: Filters) -> Network | None:
    """The network of the release; None where its document has none."""
    if snapshot.store().release(filters.release)["network"] == "absent":
        return None
    return snapshot.report_of(Network, t, filters)


def _posts(net: Network) -> list[Section]:
    """Double posts and posts by city."""
    posts = net.posts().blocks
    heading, single = net.single()
    if single:
        posts += [Text(f"{heading}:"), *items(single)]
    return [
        Section("double", net.t("network.title_double"), net.double().blocks),
        Section("posts", net.t("network.title_posts"), posts),
    ]


def _others(net: Network) -> Section:
    """Who is no officer of a post."""
    t, filo, (heading, placed) = net.t, net.filo(), net.multilateral()
    others: list[Block] = [filo or Text(t("network.filo_none"))]
    others += [Text(f"{heading}."), *placed.blocks]
    return Section("others", t("network.title_others"), others)


def _estimate(net: Network) -> list[Block]:
    """What the network may cost, with the formula and its source."""
    total, text, source, documents = load.estimate(net)
    if not total:
        return [Text(text)]
    return [
        Text(f"{total}.", "item"),
        Text(text, "item"),
        Text(f"{net.t('source')}: {source}", "note", documents),
    ]
