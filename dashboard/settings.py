"""What an installation may set, read once from the environment; nothing else is configurable."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

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
        """LIAISONATLAS_VAR, LIAISONATLAS_DATABASE_URL and LIAISONATLAS_PORT, or their defaults."""
        var = Path(os.environ.get("LIAISONATLAS_VAR", ROOT / "var"))
        url = os.environ.get("LIAISONATLAS_DATABASE_URL", f"sqlite:///{var / 'liaisonatlas.db'}")
        return cls(var, url, int(os.environ.get("LIAISONATLAS_PORT", "8501")))
