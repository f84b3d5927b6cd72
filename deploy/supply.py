"""What the product is built from: `python -m deploy.supply audit` and `sbom`.

`audit` asks an advisory database about everything that is pinned, with pip-audit. Exit code 0: all
of it was looked up and nothing is known; 1: something is; 3: some of it could not be looked up,
which is not the same as safe. `--database FILE` looks in an export of OSV instead (`PyPI/all.zip`,
or a folder of its files), without network; one whose newest advisory is older than DAYS counts as
not looked up. Further arguments go to pip-audit (`--osv-url` names a mirror).
`sbom` writes `sbom.cdx.json` (CycloneDX): what is pinned, and what comes to the browser.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from deploy import advisories

ROOT = Path(__file__).parents[1]
PINNED = ("requirements.txt", "requirements-dev.txt")
SBOM = ROOT / "sbom.cdx.json"
UNKNOWN = 3
DAYS = 30  # after which a database in a file is too old to say that nothing is known
_PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s;\\]+)", re.M)
# Files of others that lie in dashboard/static/: not packages of Python, but part of the product.
SHIPPED = (
    ("leaflet", "1.9.4", "BSD-2-Clause", "pkg:npm/leaflet@1.9.4"),
    ("fira-sans", "4.203", "OFL-1.1", "pkg:generic/fira-sans@4.203"),
)
# What packages say of their licence in other words than those of SPDX, read by hand in their
# metadata and licence files. `httpx2-jsfetch` is for browsers and is installed nowhere else.
READ = {
    **dict.fromkeys(
        ("branca", "charset-normalizer", "et-xmlfile", "folium", "h11", "openpyxl"),
        "MIT",
    ),
    **dict.fromkeys(("pdfplumber", "pyogrio", "python-docx", "python-pptx"), "MIT"),
    "streamlit-folium": "MIT",
    **dict.fromkeys(("altair", "authlib", "babel", "itsdangerous", "jinja2"), "BSD-3-Clause"),
    **dict.fromkeys(("joserfc", "lxml", "protobuf", "scipy"), "BSD-3-Clause"),
    **dict.fromkeys(("pydeck", "requests", "tzdata", "watchdog"), "Apache-2.0"),
    "certifi": "MPL-2.0",
    "pypdfium2": "Apache-2.0 AND BSD-3-Clause",
}
# What a work under EUPL-1.2 may be combined with and given out: licences that ask for little, and
# those with copyleft for their own files or library only.
COMPATIBLE = frozenset(
    "0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause CC0-1.0 ISC LGPL-3.0-only MIT MIT-0 MIT-CMU MPL-2.0 "
    "OFL-1.1 PSF-2.0 Zlib".split()
)


def licence_faults(components: Iterable[Mapping[str, Any]]) -> list[str]:
    """The components of a CycloneDX list whose licence is unknown or not in COMPATIBLE.

    Of "A OR B" one has to be, of "A AND B" both.
    """
    faults = []
    for component in components:
        for licence in component.get("licenses", [{}]):
            text = licence.get("expression") or licence.get("license", {}).get("id", "unknown")
            choices = [set(choice.split(" AND ")) for choice in text.split(" OR ")]
            if not any(choice <= COMPATIBLE for choice in choices):
                faults.append(f"{component['name']}: {text}")
    return faults


def audit(arguments: Sequence[str] = ()) -> int:
    """Print what is known of each pinned package, and return the exit code."""
    parser = argparse.ArgumentParser(prog="make audit", allow_abbrev=False, add_help=False)
    parser.add_argument("--database", type=Path)
    options, rest = parser.parse_known_args(arguments)
    if options.database:
        if rest:
            print(f"NOT CHECKED: {' '.join(rest)} has no meaning beside --database")
            return UNKNOWN
        return audit_from(options.database, datetime.now(UTC))
    known, unasked, asked = [], 0, 0
    for name in PINNED:
        found = _asked(ROOT / name, arguments)
        if found is None:
            print(f"{name}: NOT CHECKED, the advisory database does not answer")
            unasked += 1
            continue
        skipped = [each["name"] for each in found if "skip_reason" in each]
        asked += len(found) - len(skipped)
        if skipped:
            print(f"{name}: NOT CHECKED, not known there: {', '.join(skipped[:5])} ...")
            unasked += len(skipped)
        for each in found:
            for fault in each.get("vulns", []):
                mended = ", ".join(fault["fix_versions"]) or "no version yet"
                known.append(f"{each['name']} {each['version']}: {fault['id']}, mended in {mended}")
    for line in sorted(set(known)):
        print(line)
    print(f"{asked} packages looked up, {len(set(known))} known vulnerabilities")
    return 1 if known else UNKNOWN if unasked else 0


def audit_from(path: Path, now: datetime) -> int:
    """The same from a database in a file, at the moment `now`; returns the exit code."""
    pins = sorted(
        {pin for name in PINNED for pin in _PIN.findall((ROOT / name).read_text("utf-8"))}
    )
    try:
        database = advisories.read(path, {name for name, _ in pins})
    except advisories.UnreadableError as error:
        print(f"NOT CHECKED: {error}")
        return UNKNOWN
    age = now - database.modified
    print(
        f"{path}: {database.count} advisories on packages of Python, "
        f"the newest changed on {database.modified:%Y-%m-%d}"
    )
    known, doubtful = 0, 0
    for name, version in pins:
        for fault in database.faults(name, version):
            if fault.certain:
                known += 1
                mended = ", ".join(fault.mended) or "no version yet"
                print(f"{name} {version}: {fault.id}, mended in {mended}")
            else:
                doubtful += 1
                print(f"{name} {version}: NOT CHECKED, {fault.id} gives no versions to compare")
    old = not timedelta(days=-1) <= age <= timedelta(days=DAYS)
    if old:
        print(f"NOT CHECKED: the database is {age.days} days old, and {DAYS} are allowed")
    print(f"{len(pins)} pins looked up, {known} known vulnerabilities")
    return 1 if known else UNKNOWN if old or doubtful else 0


def _asked(pinned: Path, arguments: Sequence[str]) -> list[dict[str, Any]] | None:
    """What pip-audit says of each package of a file; None where it got no answer."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        command = [sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip"]
        command += ["--requirement", str(pinned), "--format", "json", "--output", str(answer)]
        command += ["--vulnerability-service", "osv", "--progress-spinner", "off", *arguments]
        subprocess.run(command, capture_output=True, check=False)
        if not answer.exists():
            return None
        found: list[dict[str, Any]] = json.loads(answer.read_bytes())["dependencies"]
        return found


def sbom() -> str:
    """The list as CycloneDX JSON, the same for the same pinned versions."""
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", str(ROOT / PINNED[0])]
    command += ["--pyproject", str(ROOT / "pyproject.toml"), "--output-reproducible"]
    made = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    # Where a machine fetches its packages, and on which line one stands, is no part of the list.
    found = [
        {name: each[name] for name in ("name", "version", "purl")} | _licence(each["name"])
        for each in made["components"]
    ]
    for name, version, licence, purl in SHIPPED:
        told = [{"license": {"id": licence}}]
        found.append({"name": name, "version": version, "purl": purl, "licenses": told})
    made["components"] = [{"type": "library", "bom-ref": e["purl"], **e} for e in found]
    root = made["metadata"]["component"]["bom-ref"]
    made["dependencies"] = [{"ref": root, "dependsOn": sorted(each["purl"] for each in found)}]
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


def _licence(name: str) -> dict[str, Any]:
    """The licence of a package in the words of SPDX: its own, or READ."""
    try:
        said = metadata(name)["License-Expression"] or READ.get(name)
    except PackageNotFoundError:  # of another system
        said = READ.get(name)
    return {"licenses": [{"expression": said}]} if said else {}


if __name__ == "__main__":
    if sys.argv[1:2] == ["audit"]:
        sys.exit(audit(sys.argv[2:]))
    if sys.argv[1:] == ["sbom"]:
        SBOM.write_text(sbom(), encoding="utf-8")
        sys.exit(0)
    sys.exit("python -m deploy.supply audit|sbom")
