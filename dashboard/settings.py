"""What an installation may set, read from the environment; nothing else is configurable."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from geo.errors import DataError

LOCAL = "local"  # who changes data, where the settings name nobody

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Settings:
    """The settings of one process.

    `var` is the folder for everything made while running (the database); `database_url` is a
    SQLAlchemy URL; `port` is where the app listens on 127.0.0.1; `editor` is the role or department
    written beside what is imported or withdrawn; `megabytes` the largest document that is read;
    `address` is where readers reach the app, for the links that files carry; `house_style` the
    folder of an organisation's own templates, see `dashboard.exports.house_style`, or None.
    """

    var: Path
    database_url: str
    port: int
    editor: str
    megabytes: int
    address: str
    house_style: Path | None = None

    @classmethod
    def from_environment(cls) -> Settings:
        """Each LIAISONATLAS_ variable that the README lists, or its default.

        A relative folder is taken from the root of the product, wherever it was started from.
        Raises DataError for a port or a size that is no number, and for a folder that is none.
        """
        var = ROOT / os.environ.get("LIAISONATLAS_VAR", "var")
        url = os.environ.get("LIAISONATLAS_DATABASE_URL", f"sqlite:///{var / 'liaisonatlas.db'}")
        port = port_number(os.environ.get("LIAISONATLAS_PORT", "8501"))
        return cls(
            var,
            url,
            port,
            os.environ.get("LIAISONATLAS_EDITOR", LOCAL),
            _megabytes(os.environ.get("LIAISONATLAS_MAX_MB", "20")),
            _address(os.environ.get("LIAISONATLAS_ADDRESS", f"http://127.0.0.1:{port}")),
            _house_style(os.environ.get("LIAISONATLAS_HOUSE_STYLE", "")),
        )


def port_number(text: str) -> int:
    """A port to listen on; raises DataError for anything but a number from 1 to 65535."""
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise DataError("no_port", "port", value=text)
    return int(text)


def _megabytes(text: str) -> int:
    """A size of files to read; raises DataError for anything but a number from 1 to 200."""
    if not text.isdecimal() or not 0 < int(text) <= 200:
        raise DataError("no_size", "LIAISONATLAS_MAX_MB", value=text)
    return int(text)


def _address(text: str) -> str:
    """An address of the web; raises DataError for anything else."""
    if not re.fullmatch(r"https?://[^\s?#]+", text):
        raise DataError("no_address", "LIAISONATLAS_ADDRESS", value=text)
    return text.rstrip("/")


def _house_style(text: str) -> Path | None:
    """The folder of a house style, None where none is named; raises DataError for no folder."""
    if not text:
        return None
    if not (folder := ROOT / text).is_dir():
        raise DataError("no_style_folder", "LIAISONATLAS_HOUSE_STYLE", value=text)
    return folder
