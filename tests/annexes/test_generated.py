"""The promise of the importer, tried on invented annexes: no row is read wrongly in silence.

What must be read is known from how an annex was drawn. `make bench ARGS="--only annexes"` tries
some hundreds, also through LibreOffice and a browser.
"""

from __future__ import annotations

import random

import pytest

from data.load import reference
from geo.names.outcomes import Match, Region
from geo.names.resolver import Resolver
from tests.annexes import atlas
from tests.annexes.description import Annex, Golden
from tests.annexes.difficulties import DIFFICULTIES
from tests.annexes.generator import annex
from tests.annexes.judge import Verdict, judge
from tests.annexes.posts import draw_missions, draw_post
from tests.annexes.writers import WRITERS, written

FORMS = tuple(form for form in WRITERS if form != "html")  # a browser prints that, in the bench
# Each kind in one or two of its forms, so that every form has its share of them.
DRAWN = [
    (kind, form)
    for kind in DIFFICULTIES
    for form in random.Random(kind).sample(
        [form for form in DIFFICULTIES[kind].forms if form in FORMS],
        min(2, len(set(DIFFICULTIES[kind].forms) & set(FORMS))),
    )
]


def read(drawn: Annex, form: str) -> Verdict:
    return judge(drawn, *written(drawn, form))


@pytest.mark.parametrize(("kind", "form"), DRAWN)
def test_nothing_is_read_wrongly_in_silence(kind, form):
    drawn = annex(1, kind, form)
    verdict = read(drawn, form)
    assert not verdict.refusal or DIFFICULTIES[kind].refusable
    faults = [
        f"seed 1, {kind}, {form}: {fault.result} in silence: {fault.row!r}; "
        f"expected {fault.expected}; read {fault.read}"
        for fault in verdict.silent
    ]
    assert faults == []


@pytest.mark.parametrize("form", FORMS)
def test_without_difficulty_all_is_right_and_nothing_is_asked(form):
    for seed in range(3):
        verdict = read(annex(seed, "none", form), form)
        assert verdict.refusal == ""
        assert [each for each in verdict.outcomes if each.result != "right"] == []
        assert verdict.questions == 0


def goldens() -> list[tuple[str, Golden]]:
    return [
        (kind, golden)
        for kind, difficulty in DIFFICULTIES.items()
        for form in difficulty.forms[:2]
        for golden in annex(2, kind, form).goldens
    ]


def test_what_must_be_read_stands_in_the_row():
    for kind, golden in goldens():
        area = golden.printed[2] if golden.kind == "LO" else " ".join(golden.printed)
        for printed in (*golden.doubtful, *(printed for _, printed in golden.named)):
            assert printed in area, (kind, golden)


def test_what_must_be_read_does_not_contradict_itself():
    units = set(reference("units")["iso3"])
    for kind, golden in goldens():
        named = {iso3 for iso3, _ in golden.named} | ({golden.host} - {""})
        out = {iso3 for iso3, _ in (*golden.excluded, *golden.aside)}
        assert named | out <= units, (kind, golden)
        assert not named & out, (kind, golden)
        if golden.kind == "LO":
            assert golden.host and golden.city and golden.officers > 0, (kind, golden)


@pytest.mark.parametrize("kind", DIFFICULTIES)
def test_every_kind_changes_what_is_printed(kind):
    """A kind that changes nothing would prove nothing; the same seed is the same annex."""
    draw, difficulty = random.Random(3), DIFFICULTIES[kind]
    if difficulty.post:
        posts = [draw_post(draw, set()) for _ in range(20)]
        changed = sum(difficulty.post(draw, post) != post for post in posts)
        assert changed > 15
    if difficulty.mission:
        (mission,) = draw_missions(draw, 1)
        assert difficulty.mission(draw, mission) != mission
    form = difficulty.forms[0]
    assert annex(3, kind, form) == annex(3, kind, form) != annex(4, kind, form)


def test_names_are_certain(resolver: Resolver):
    """Two lists made apart agree on what every plain name stands for."""
    for country in atlas.COUNTRIES:
        match = resolver.exact(country.name)
        assert isinstance(match, Match) and match.iso3 == country.iso3, country
    for name, members in atlas.REGIONS.items():
        region = resolver.exact(name)
        assert isinstance(region, Region) and set(region.members) == set(members)
    for name in atlas.OPEN_NAMES:
        assert resolver.exact(name) is None or resolver.is_ambiguous(name), name
