"""Where an officer would help most, and who is missed least, on the command line."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from dashboard import snapshot, takeover
from dashboard.cli.areas import area_of, country_of
from dashboard.cli.arguments import choice
from dashboard.cli.own_figures import own_figures, own_weights
from dashboard.records import Record, plain
from dashboard.subjects.planning import question as planning
from dashboard.subjects.planning.question import Question
from data import candidates
from geo.errors import DataError
from geo.placement import Placement, PostSet


def ask_place(arguments: argparse.Namespace) -> Record | list[Record]:
    """The best places for new posts: one record of all, or a row a set and post."""
    question = _question(arguments)
    answer = planning.placed(question)
    if arguments.format == "json":
        return _record(question, answer)
    return [
        {"set": number, "gain": each.gain, "host": post.host, "city": post.city}
        | {"post_gain": post.gain, "alone": post.alone, "after": post.after}
        | {"countries": [f"{one.iso3} {one.distance_km}" for one in post.countries]}
        for number, each in enumerate(answer.sets, start=1)
        for post in each.posts
    ]


def _question(arguments: argparse.Namespace) -> Question:
    """The question of the arguments; raises DataError for files that cannot be read."""
    figures = own_figures(arguments)
    weights = own_weights(arguments, figures)
    return Question(
        arguments.release or snapshot.store().default_release(),
        choice(arguments),
        _whole(arguments.posts, "--posts"),
        None if arguments.within is None else _whole(arguments.within, "--within"),
        None if arguments.most is None else _whole(arguments.most, "--most"),
        area_of(arguments.region),
        tuple(sorted(weights.items())),
        indicators=figures,
        year=figures.year("") if figures else None,
        candidates=candidates.read_file(Path(arguments.candidates))
        if arguments.candidates
        else None,
    )


def _whole(written: str, option: str) -> int:
    try:
        return int(written)
    except ValueError as error:
        raise DataError("option_not_whole", option, value=written) from error


def _record(question: Question, answer: Placement) -> Record:
    about = {name: getattr(answer, name) for name in ("optimal", "bound", "seconds")}
    limits = asdict(answer.limits) | {"organisation": question.organisation}
    return about | {
        "sets": [_set(each) for each in answer.sets],
        "proven": answer.proven,
        "ties": answer.ties,
        "total": answer.total,
        "limits": limits,
        "step_by_step": [asdict(step) for step in answer.step_by_step],
    }


def _set(chosen: PostSet) -> Record:
    posts = [
        {"host": post.host, "city": post.city, "gain": post.gain}
        | {"alone": post.alone, "after": post.after}
        | {"countries": [asdict(each) for each in post.countries]}
        for post in chosen.posts
    ]
    return {"gain": chosen.gain, "km": chosen.km, "posts": posts}


def ask_spare(arguments: argparse.Namespace) -> list[Record]:
    """A row for each post, the least missed first."""
    release = arguments.release or snapshot.store().default_release()
    table = planning.missed(Question(release, choice(arguments)))
    keys = ["row", "organisation", "host", "city", "lost", "single", "extra_km", "cost"]
    return plain(table[[*keys, "countries"]])


def ask_takeover(arguments: argparse.Namespace) -> list[Record]:
    """A row for each post that might take over a country, or each country of a post."""
    release, chosen = arguments.release or snapshot.store().default_release(), choice(arguments)
    if arguments.post is not None:
        table = takeover.posts_instead_of(release, chosen, _whole(arguments.post, "--post"))
    else:
        table = takeover.posts_near(release, chosen, country_of(arguments.country, "--country"))
    keys = ["iso3", "row", "organisation", "host", "city", "distance_km", "serves"]
    more = [name for name in table if name not in keys]
    records = plain(table[[*keys, *more]])
    for record in records:
        km = record["distance_km"]
        record["distance_km"] = None if km is None else int(km)
    return records


def ask_rebalance(arguments: argparse.Namespace) -> Record | list[Record]:
    """The work areas divided anew, as changes from today, with the totals of both."""
    release = arguments.release or snapshot.store().default_release()
    areas = planning.redrawn(release, choice(arguments), arguments.aim)
    changes = plain(areas.changes)
    for change in changes:
        for name in ("distance_before_km", "distance_after_km"):
            change[name] = int(change[name])
    if arguments.format == "csv":
        return changes
    totals = {"before": asdict(areas.before), "after": asdict(areas.after)}
    return {"changes": changes, "totals": totals, "optimal": areas.optimal}
