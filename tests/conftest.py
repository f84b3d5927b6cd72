"""What the tests share: the committed tables, the resolver over them, and the documents' texts.

The documents are not part of the repository. `LIAISONATLAS_DOCUMENTS` names the folder with their
texts; without it that is a folder `shared` beside the checkout. A test that needs them asks for
`document` or `documents`, and is skipped where they are not at hand.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pytest

from dashboard import snapshot
from dashboard.__main__ import main
from data.load import REFERENCE, RELEASE_TABLES, reference, release_table
from data.store.read import Store
from geo.names.cities import Gazetteer, locate
from geo.names.outcomes import Match, Region, Unresolved
from geo.names.resolver import Resolver
from geo.reading.lists import read_list

ROOT = Path(__file__).parents[1]
CLEAR = Path(__file__).parent / "annexes" / "clear.txt"
SITE = ("export", "site", "-o")  # with the name of a file behind it
DATABASE = "liaisonatlas.db"  # as the settings name it in the folder LIAISONATLAS_VAR
DOCUMENTS = Path(os.environ.get("LIAISONATLAS_DOCUMENTS") or ROOT.parent / "shared")
TEXTS = {
    "bijlage-2025-11": "bijlage_2025-11_internationaal_liaisons-en-missies.txt",
    "bijlage-2023-12": "bijlage_2023-12_internationaal_missies.txt",
    "kst-31015-94": "kst-31015-94_2013-10-09_liaisonbeleid.txt",
    "kst-29628-895": "kst-29628-895_2019_visie-internationale-politiesamenwerking.txt",
    "ips-qa-2020": "ips_2020_vragen-en-antwoorden_beleidsdoorlichting.txt",
}


@pytest.fixture(scope="session")
def resolver() -> Resolver:
    """The resolver over the committed names and regions."""
    tables = ("names", "ambiguous_names", "regions", "region_aliases")
    return Resolver(*(reference(table) for table in tables))


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The committed duty stations and their spellings."""
    return Gazetteer(reference("cities"), reference("city_aliases"))


@pytest.fixture(scope="session")
def units() -> pd.DataFrame:
    """Every unit of the map; do not change it in place."""
    return reference("units")


@pytest.fixture(scope="session")
def network() -> Callable[[str], tuple[pd.DataFrame, pd.DataFrame]]:
    """release id -> (postings with lat and lon, accreditations) as committed."""

    def read(release: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        postings = locate(release_table("postings", release), reference("cities"))
        return postings, release_table("accreditations", release)

    return read


@pytest.fixture(scope="session")
def cut(resolver: Resolver) -> Callable[[str], list[str]]:
    """printed list -> ISO codes; a region as its name, what stays open as "? printed"."""

    def read(text: str) -> list[str]:
        return [short(name) for name in read_list(text, resolver)]

    return read


def short(name: Match | Region | Unresolved) -> str:
    """One result in the form a test table can hold."""
    if isinstance(name, Match):
        return name.iso3
    return name.name if isinstance(name, Region) else f"? {name.printed}"


@pytest.fixture(scope="session")
def documents() -> Path:
    """The folder with the texts of the documents; skips the test where there is none."""
    if not (DOCUMENTS / "sources").is_dir():
        pytest.skip(f"the documents are not published with the code ({DOCUMENTS})")
    return DOCUMENTS


@pytest.fixture(scope="session")
def document() -> Callable[[str], str]:
    """document id -> its text; skips the test where the text is not at hand."""

    def read(name: str) -> str:
        path = DOCUMENTS / "sources" / TEXTS[name]
        if not path.exists():
            pytest.skip(f"the text of {name} is not published with the code ({path})")
        return path.read_text(encoding="utf-8")

    return read


@pytest.fixture
def own_reference(tmp_path: Path) -> Path:
    """A copy of `data/reference` (without the shapes) that a test may damage."""
    target = tmp_path / "reference"
    shutil.copytree(REFERENCE, target, ignore=shutil.ignore_patterns("shapes"))
    return target


@pytest.fixture(scope="session")
def committed_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite store in which every committed table was read once. Copy it, never open it."""
    file = tmp_path_factory.mktemp("committed") / DATABASE
    store = Store(f"sqlite:///{file}")
    for release in store.releases()["release"]:
        for table in RELEASE_TABLES:
            store.table(table, release)
    return file


@pytest.fixture(scope="session")
def imported_store(committed_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same after an import of tests/annexes/clear.txt, as release bijlage-2026-05."""
    folder = tmp_path_factory.mktemp("imported")
    with started(folder, committed_store):
        assert main(["import", str(CLEAR)]) == 0
    return folder / DATABASE


@contextmanager
def started(folder: Path, store: Path) -> Iterator[None]:
    """This process as if it had just been started on a copy of `store` in `folder`."""
    folder.mkdir(exist_ok=True)
    shutil.copyfile(store, folder / DATABASE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIAISONATLAS_VAR", str(folder))
        patch.delenv("LIAISONATLAS_DATABASE_URL", raising=False)
        snapshot.begin()
        yield
    snapshot.begin()


@pytest.fixture
def own_store(tmp_path: Path, committed_store: Path) -> Iterator[Path]:
    """A store of the test's own in `var`, which the pages, files and commands of this process use.

    With the committed documents and nothing else; the folder it stands in.
    """
    with started(tmp_path / "var", committed_store):
        yield tmp_path / "var"


@pytest.fixture
def own_imported_store(tmp_path: Path, imported_store: Path) -> Iterator[Path]:
    """The same with a release that was imported, see `imported_store`."""
    with started(tmp_path / "var", imported_store):
        yield tmp_path / "var"


@pytest.fixture(scope="module")
def module_store(tmp_path_factory: pytest.TempPathFactory, committed_store: Path) -> Iterator[None]:
    """As `own_store`, for all tests of a module together: they only read.

    So they see the data of one moment: to look at each call which moment it is costs a query.
    """
    with started(tmp_path_factory.mktemp("var"), committed_store), snapshot.steady():
        yield


@pytest.fixture(scope="session")
def site_file(committed_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site in one file, as the command line writes it; made once for all workers."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # it stands in the folder of the whole run
        folder = folder.parent
    file = folder / "atlas.html"
    with (folder / "atlas.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            with started(tmp_path_factory.mktemp("site"), committed_store):
                assert main([*SITE, str(file)]) == 0
    return file


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the product, whose `data/reference` a test may damage; its code is our own."""
    copy = tmp_path_factory.mktemp("damaged")
    for name in ("dashboard", "geo", "pages", ".streamlit", "pyproject.toml"):
        (copy / name).symlink_to(ROOT / name)
    (copy / "data").mkdir()
    for part in (ROOT / "data").iterdir():
        if part != REFERENCE:
            (copy / "data" / part.name).symlink_to(part)
    shutil.copytree(REFERENCE, copy / "data" / "reference")
    return copy


@pytest.fixture(scope="session")
def next_annex() -> Path:
    """An invented annex with doubts of every kind, see tests/data/imports/test_next_annex.py."""
    return Path(__file__).parent / "annexes" / "next.txt"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """kilobytes -> the folder of a disk of that size; skips where none may be mounted."""
    disks: list[Path] = []

    def make(kilobytes: int) -> Path:
        folder = tmp_path / f"disk{len(disks)}"
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "none", str(folder)]
        try:
            subprocess.run(command, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("no disk may be mounted here")
        disks.append(folder)
        return folder

    yield make
    for folder in disks:
        subprocess.run(["umount", "--lazy", str(folder)], check=True, capture_output=True)
