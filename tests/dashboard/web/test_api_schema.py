"""What the interface says of itself, held against what it answers to made-up requests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from starlette.applications import Starlette

from dashboard.web import budgets
from dashboard.web.api import routes
from dashboard.web.api.resources import RESOURCES

EXAMPLES = 10  # of each address
RELEASES = ["bijlage-2025-11", "bijlage-2023-12", "kst-31015-94", "none"]

pytestmark = pytest.mark.usefixtures("module_store", "patient")


@pytest.fixture(scope="module")
def patient() -> Iterator[None]:
    """No request is too many here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(budgets, "REQUEST_BURST", 1_000_000)
        yield


@pytest.fixture(scope="module")
def described(module_store: None, patient: None) -> schemathesis.BaseSchema:
    app = Starlette(routes=routes.mounts(lambda reason: None))
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)


@schemathesis.hook
def map_path_parameters(context: object, path_parameters: dict[str, str]) -> dict[str, str]:
    """A release that is there, where one was made up; what is not there stays in the list."""
    if path_parameters and "release" in path_parameters:
        number = len(path_parameters["release"]) % len(RELEASES)
        return path_parameters | {"release": RELEASES[number]}
    return path_parameters


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("path", [each.path for each in RESOURCES] + ["/openapi.json"])
def test_it_answers_as_it_says(
    described: schemathesis.BaseSchema, path: str, mode: GenerationMode
) -> None:
    """No fault of ours, no answer that is not described, and nothing wrong that is accepted."""
    operation = described[path]["GET"]

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    def answers(case: schemathesis.Case) -> None:
        case.call_and_validate()

    answers()
