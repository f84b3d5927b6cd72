"""The compiler of documents: one after the other where many ask, and without our secrets."""

from __future__ import annotations

import subprocess
import threading
from typing import Any

import pytest

from dashboard.exports import typesetting
from geo.errors import DataError


def test_who_waits_too_long_for_a_place_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "PATIENCE", 0.01)
    monkeypatch.setattr(typesetting, "_AT_ONCE", threading.BoundedSemaphore(1))
    assert typesetting.compiled("#set page(height: 1cm)\nx", {}, "pdf").startswith(b"%PDF")
    with typesetting._AT_ONCE, pytest.raises(DataError, match="other_files_made"):
        typesetting.compiled("x", {}, "pdf")
    # The place is free again, also after what the compiler refuses.
    with pytest.raises(typesetting.RefusedError):
        typesetting.compiled("#nothing", {}, "pdf")
    assert typesetting.compiled("x", {}, "pdf").startswith(b"%PDF")


def test_the_compiler_gets_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Any] = []
    run = subprocess.run

    def noted(*arguments: Any, **more: Any) -> Any:
        given.append(more["env"])
        return run(*arguments, **more)

    monkeypatch.setenv("LIAISONATLAS_COOKIE_SECRET", "not for others")
    monkeypatch.setattr(typesetting.subprocess, "run", noted)
    typesetting.compiled("x", {}, "pdf")
    assert given == [{}]
