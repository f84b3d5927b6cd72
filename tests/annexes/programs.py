"""Office programs and browsers that make a file of another: used where they are installed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_SECONDS = 300  # LibreOffice starts slowly, and converts many files at a time
# From one form to another by LibreOffice, which writes notes, merges and hidden rows its own way.
OFFICE = (
    *(("docx", "pdf"), ("odt", "pdf"), ("xlsx", "pdf"), ("docx", "odt"), ("odt", "docx")),
    *(("xlsx", "ods"), ("ods", "xlsx")),
)


def libreoffice() -> str | None:
    """Return the path of LibreOffice, None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def browser() -> str | None:
    """Return the path of a Chromium, None where none is installed."""
    return next(filter(None, map(shutil.which, _BROWSERS)), None)


def converted(files: Mapping[str, bytes], ending: str) -> dict[str, bytes]:
    """Let LibreOffice convert files, name by name; what it cannot convert is left out."""
    with TemporaryDirectory() as folder:
        into = Path(folder, "into")
        into.mkdir()
        paths = [Path(folder, name) for name in files]
        for path in paths:
            path.write_bytes(files[path.name])
        profile = Path(folder, "profile").as_uri()
        command = [libreoffice() or "soffice", f"-env:UserInstallation={profile}", "--headless"]
        command += ["--convert-to", ending, "--outdir", str(into), *map(str, paths)]
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
        outputs = {path.name: (into / path.name).with_suffix(f".{ending}") for path in paths}
        return {name: path.read_bytes() for name, path in outputs.items() if path.exists()}


def printed(page: bytes) -> bytes:
    """Let a browser print a page to PDF."""
    with TemporaryDirectory() as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_bytes(page)
        command = [browser() or "chromium", "--headless", "--no-sandbox", "--disable-gpu"]
        command += [f"--user-data-dir={folder}/profile", "--no-pdf-header-footer"]
        command += [f"--print-to-pdf={target}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
        return target.read_bytes()
