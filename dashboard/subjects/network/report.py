"""The report on the network: what the page on the network says, as one file."""

from __future__ import annotations

from dashboard import snapshot
from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.provenance import report as made
from dashboard.report import Block, Report, Section, Text
from dashboard.subjects.network import history, lines, load
from dashboard.subjects.network.posts import Network, items


def report(t: Texts, filters: Filters) -> Report:
    """The network of a release and its history; raises DataError.

    A release without a network leaves the history.
    """
    known = snapshot.store().release(filters.release)["network"] != "absent"
    net = snapshot.report_of(Network, t, filters) if known else None
    when, sections = t("network.back_when"), list[Section]()
    if filters.land:
        sections.append(Section("since", when, history.since_items(t, "", filters.land)))
    if net:
        sections += _posts(net)
    back, left = history.back(t, filters).blocks, history.since_items(t, filters.area)
    back += [Text(when), *left] if left else []
    back += [story] if (story := history.between(t, filters)) else []
    sections.append(Section("back", t("network.title_back"), back))
    through_time = lines.lines(t, filters).blocks
    sections.append(Section("lines", t("time.lines"), through_time))
    if net:
        sections += _served(net)
    for key in ("placement", "limits"):
        words = history.placement(t, filters) if key == "placement" else history.limits(t, filters)
        sections.append(Section(key, t(f"statements.{key}"), words.blocks))
    figures = [*history.key_figures(t).blocks, *(_estimate(net) if net else [])]
    sections.append(Section("figures", t("network.title_figures"), figures))
    dated = history.dated(t, filters).blocks
    sections.append(Section("events", t("network.title_events"), dated))
    return made(
        t, filters, "network", name="netwerk", subject=t("page.network"),
        title=net.title if net else t("network.headline_absent"),
        summary=[net.lead if net else t("coverage.no_network")], sections=sections,
    )  # fmt: skip


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


def _served(net: Network) -> list[Section]:
    """What hangs on one post, what an officer serves, and who is no officer of a post."""
    t, served = net.t, load.load(net)
    filo, (heading, placed) = net.filo(), net.multilateral()
    others: list[Block] = [filo or Text(t("network.filo_none"))]
    others += [Text(f"{heading}."), *placed.blocks]
    return [
        Section("carried", t("network.title_carried"), load.carried(net).blocks),
        Section("load", t("network.title_load"), served.blocks if served else []),
        Section("others", t("network.title_others"), others),
    ]


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
