"""A resolver that knows what people decided, and the networks that are compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import pytest

from data.load import reference
from geo.names.decisions import Decision
from geo.names.resolver import Resolver
from geo.schemas import TABLES


@pytest.fixture(scope="session")
def resolving() -> Callable[..., Resolver]:
    """decisions -> resolver."""

    def make(*decisions: Decision) -> Resolver:
        tables = ("names", "ambiguous_names", "regions", "region_aliases")
        return Resolver(*(reference(table) for table in tables), decisions=decisions)

    return make


@dataclass(frozen=True)
class Tables:
    """The network of one release, see `geo.matching.Tables`."""

    postings: pd.DataFrame
    accreditations: pd.DataFrame
    complete: bool = True


@pytest.fixture(scope="session")
def tables() -> type[Tables]:
    """Makes a network of postings and accreditations."""
    return Tables


@pytest.fixture(scope="session")
def annex(network) -> Tables:
    """The network of 2025."""
    return Tables(*network("bijlage-2025-11"))


@pytest.fixture(scope="session")
def letter(network) -> Tables:
    """What the letter of 2013 says of the network, which is a part of it."""
    return Tables(*network("kst-31015-94"), complete=False)


@pytest.fixture
def no_missions() -> pd.DataFrame:
    """The table of deployments of a document without missions."""
    return pd.DataFrame(columns=list(TABLES["deployments"].columns))
