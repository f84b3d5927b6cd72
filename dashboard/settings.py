"""What an installation may set, read from the environment; nothing else is configurable."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from geo.errors import DataError

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Settings:
    """The settings of one process.

    `var` is the folder for everything made while running (the database); `database_url` is a
    SQLAlchemy URL; `port` is where the app listens on 127.0.0.1.
    """

    var: Path
    database_url: str
    port: int

    @classmethod
    def from_environment(cls) -> Settings:
        """LIAISONATLAS_VAR, LIAISONATLAS_DATABASE_URL and LIAISONATLAS_PORT, or their defaults.

        A relative folder is taken from the root of the product, wherever it was started from.
        Raises DataError for a port that is no number.
        """
        var = ROOT / os.environ.get("LIAISONATLAS_VAR", "var")
        url = os.environ.get("LIAISONATLAS_DATABASE_URL", f"sqlite:///{var / 'liaisonatlas.db'}")
        return cls(var, url, port_number(os.environ.get("LIAISONATLAS_PORT", "8501")))


def port_number(text: str) -> int:
    """A port to listen on; raises DataError for anything but a number from 1 to 65535."""
    if not text.isdecimal() or not 0 < int(text) < 65536:
        advice = "Take a number from 1 to 65535."
        raise DataError("port", "this is not a port", value=text, advice=advice)
    return int(text)
