"""What an installation may set, read from the environment; nothing else is configurable."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from geo.errors import DataError

PARLIAMENT = "https://gegevensmagazijn.tweedekamer.nl/OData/v4/2.0"
LOCAL = "local"  # who changes data, where the settings name nobody

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Settings:
    """The settings of one process.

    `var` is the folder for everything made while running (the database); `database_url` is a
    SQLAlchemy URL; `port` is where the app listens on 127.0.0.1; `editor` is the role or department
    written beside what is imported or withdrawn; `megabytes` the largest document that is read;
    `address` is where readers reach the app, for the links that files carry; `house_style` the
    folder of an organisation's own templates, see `dashboard.exports.house_style`, or None;
    `open_data` where parliament is asked for new documents, empty where it may not be asked;
    `contact` the department or mailbox that readers can turn to, empty where none is named.
    """

    var: Path
    database_url: str
    port: int
    editor: str
    megabytes: int
    address: str
    house_style: Path | None = None
    open_data: str = ""
    contact: str = ""

    @classmethod
    def from_environment(cls) -> Settings:
        """Each LIAISONATLAS_ variable that docs/settings.md lists, or its default.

        A relative folder is taken from the root of the product, wherever it was started from.
        Raises DataError for a port or a size that is no number, a folder that is none, and an
        address that may not be asked.
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
            _open_data(
                os.environ.get("LIAISONATLAS_WATCH", "off"),
                os.environ.get("LIAISONATLAS_WATCH_ADDRESS", PARLIAMENT),
            ),
            " ".join(os.environ.get("LIAISONATLAS_CONTACT", "").split()),
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


def _open_data(switch: str, address: str) -> str:
    """Where to ask parliament, empty where that is off; raises DataError for another switch.

    An address has https, or is of this machine; it carries no password, question or part.
    """
    if switch not in ("on", "off"):
        raise DataError("no_switch", "LIAISONATLAS_WATCH", value=switch)
    try:
        parts = urlsplit(address)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError as error:
        raise DataError("no_watch_address", "LIAISONATLAS_WATCH_ADDRESS") from error
    is_local = parts.hostname in ("127.0.0.1", "localhost", "::1")
    safe = parts.scheme == "https" or (parts.scheme == "http" and is_local)
    plain = re.fullmatch(r"[\w.:/\[\]-]+", address, re.ASCII)  # no @, ? or #
    if not (safe and plain and parts.hostname and port_is_fine) or ".." in address:
        raise DataError("no_watch_address", "LIAISONATLAS_WATCH_ADDRESS")
    return address.rstrip("/") if switch == "on" else ""
