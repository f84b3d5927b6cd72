"""What the tests of topics share: a store of their own, with the committed documents in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dashboard import snapshot


@pytest.fixture(autouse=True, scope="module")
def _own_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One for each module: the process keeps one store, that of the tests before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIAISONATLAS_VAR", str(tmp_path_factory.mktemp("var")))
        patch.delenv("LIAISONATLAS_DATABASE_URL", raising=False)
        snapshot.begin()
        yield
    snapshot.begin()
