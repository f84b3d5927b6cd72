"""Processes that are killed in the middle of any act leave it done or not done, and nothing else.

A dozen in the suite (`test_kill`), a thousand with `make bench ARGS="--only kills"`.
"""

from __future__ import annotations

import pickle
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from data import scratch
from data.store.audit import RESTORE_BACKUP
from data.store.database import Database
from data.store.read import Store
from data.store.tables import METADATA
from tests.data.conftest import _annex
from tests.data.store.kills import CHILDREN, Program, settled

ROOT = Path(__file__).parents[3]
ACTS = ("import", "import", "confirm", "withdraw", "put back", "backup", "restore")
RELEASES = ("bijlage-2025-11", "bijlage-2023-12", "kst-31015-94")
# A line "ACT|WHAT" makes a child that does it. The child tells "(" when it holds the
# store, ")" when it has let go, and "!" at the end; the next line kills it, and "." tells
# that it is gone.
PROGRAM = """
import contextlib, os, pickle, signal, sys
from pathlib import Path
from data.imports import reviews
from data.store import backup, write
from data.store.database import Database
from data.store.read import Store

url, folder = sys.argv[1], Path(sys.argv[2])
annexes = pickle.loads((folder / "annexes").read_bytes())  # noqa: S301
write.add(Store("sqlite://"), annexes[0], "warm up", 0)
opened = Database.write

@contextlib.contextmanager
def signalled(self):
    with opened(self) as connection:
        os.write(1, b"(")
        yield connection
    os.write(1, b")")

Database.write = signalled

def do(line):
    act, what = line.rstrip("\\n").split("|")
    store = Store(url)
    if act in ("import", "confirm"):
        review = folder / "reviews" / f"{int(what):022d}.json"
        if act == "confirm":  # as a review that a person read over
            review.parent.mkdir(exist_ok=True)
            from data import files
            files.write(review, b"{}")
        write.add(store, annexes[int(what)], "kill test", store.revision())
        review.unlink(missing_ok=True)
    elif act == "withdraw":
        write.withdraw(store, what, "kill test")
    elif act == "put back":
        write.restore(store, what, "kill test")
    elif act == "backup":
        backup.backup(store, Path(what))
    elif act == "restore":
        backup.restore(store, Path(what), "kill test", replace=True)
"""
Tables = dict[str, Counter[tuple]]


MOMENTS = ("inside", "inside", "any", "any", "never")


class Actor(Program):
    """The program; one act after the other, most of them killed at a random moment."""

    def __init__(self, url: str, folder: Path) -> None:
        super().__init__(PROGRAM + CHILDREN, url, str(folder), TMPDIR=str(folder / "tmp"))
        # Seconds that an act takes on this machine, as seen; a kill later than that hits nobody.
        self.lasts: dict[str, float] = {}

    def act(self, act: str, what: str, chance: random.Random) -> str:
        """Begin the act and kill it somewhere; what was told until then.

        The first of each kind and one in five ends by itself: without an import, a withdrawal and
        a backup that are there, nothing could be withdrawn, put back or restored.
        """
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(f"{act}|{what}\n".encode())
        assert self.process.stdout.readline().strip(), "the program ended"
        began = time.monotonic()
        moment = chance.choice(MOMENTS) if act in self.lasts else "never"
        signs = ""
        while moment != "any" and signs[-1:] not in (("(", "!") if moment == "inside" else ("!",)):
            signs += self.sign().decode()
        if moment == "never":
            self.lasts[act] = time.monotonic() - began
        else:
            time.sleep(chance.uniform(0, self.lasts[act] / (2 if moment == "inside" else 1)))
        self.process.stdin.write(b"\n")
        while not signs.endswith("."):
            signs += self.sign().decode()
        return signs


@contextmanager
def actor(url: str, folder: Path) -> Iterator[Actor]:
    program = Actor(url, folder)
    try:
        yield program
    finally:
        program.stop()


def tables(address: str | Path) -> Tables:
    """Every row of every table, counted."""
    url = f"sqlite:///{address}" if isinstance(address, Path) else address
    with Database(url).read() as connection:
        return {
            name: Counter(tuple(row) for row in connection.execute(sa.select(table)))
            for name, table in METADATA.tables.items()
        }


def difference(before: Tables, after: Tables) -> tuple[dict[str, int], dict[str, int]]:
    """How many rows came and went, of each table where any did."""
    came = {name: (after[name] - before[name]).total() for name in after}
    went = {name: (before[name] - after[name]).total() for name in after}
    return _some(came), _some(went)


def _some(counts: dict[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count}


@dataclass
class World:
    """A store, its folder, and what was seen of it."""

    url: str
    folder: Path
    ask: Callable[..., list[tuple]]
    size: dict[str, int]
    counts: Counter[str] = field(default_factory=Counter)
    imports: int = 0
    backups: dict[Path, Tables] = field(default_factory=dict)

    def choose(self, kinds: Sequence[str], chance: random.Random, last: int) -> tuple[str, str]:
        """An act of these kinds that is possible now, and what it is done to."""
        register = Store(self.url).register().query("origin == 'imported'")
        states = {state: list(rows["release"]) for state, rows in register.groupby("state")}
        while True:
            act = chance.choice(kinds)
            if act in ("import", "confirm") and len(register) < last:
                self.imports = self.imports % last + 1
                if Store(self.url).imported(f"{self.imports:064x}") is None:
                    return act, str(self.imports)
            elif act == "withdraw" and states.get("active"):
                return act, chance.choice(states["active"])
            elif act == "put back" and states.get("withdrawn"):
                return act, chance.choice(states["withdrawn"])
            elif act == "backup":
                return act, str(self.folder / f"backup-{self.counts.total()}.db")
            elif act == "restore" and self.backups:
                return act, str(chance.choice(list(self.backups)))

    def judge(self, act: str, what: str, before: Tables, signs: str) -> bool:
        """Whether the act was done; raises AssertionError where it is neither done nor undone."""
        settled(self.url, self.ask)
        after = tables(self.url)
        came, went = difference(before, after)
        if act == "backup":
            assert not came and not went, (came, went)
            return self._judge_backup(Path(what), before, signs)
        if not came and not went:
            assert "!" not in signs, f"{act} {what} is lost"
            return False
        if act in ("import", "confirm"):
            assert (came, went) == (self.size, {}), (act, came, went)
        elif act in ("withdraw", "put back"):
            assert (came, went) == ({"releases": 1, "audit": 1}, {"releases": 1}), (came, went)
        else:
            came, went = difference(self.backups[Path(what)], after)
            assert (came, went) == ({"audit": 1}, {}), (came, went)
            assert any(row[3] == RESTORE_BACKUP for row in after["audit"])
        return True

    def _judge_backup(self, path: Path, before: Tables, signs: str) -> bool:
        """Ended: the file is there. Killed: there or not. A file that is there holds the store."""
        if not path.exists():
            assert "!" not in signs, f"{path.name} is lost"
            return False
        assert tables(path) == before
        self.backups[path] = before
        return True

    def tidy(self) -> None:
        """What the next start of the product does; then nothing may be left behind."""
        self.counts["leftovers removed"] += scratch.sweep([self.folder, self.folder / "tmp"])
        with suppress(FileNotFoundError):
            scratch.sweep([self.folder / "reviews"])
        for path in list(self.backups)[:-3]:
            del self.backups[path]
            path.unlink()
        usual = {"annexes", "tmp", "reviews", "atlas.db", "atlas.db-journal"}
        names = {path.name for path in self.folder.iterdir()} - usual
        assert names == {path.name for path in self.backups}, names
        left = [path.name for path in (self.folder / "tmp").rglob("*")]
        assert not left, left
        assert all(path.suffix == ".json" for path in self.folder.glob("reviews/*"))


def survive(
    url: str,
    folder: Path,
    kills: int,
    ask: Callable[..., list[tuple]],
    last: int = 12,
    progress: Callable[[int], None] = lambda count: None,
) -> Counter[str]:
    """Do and kill so many acts on the empty store behind `url`; what was seen, counted.

    Before the first kill each kind of act ends once, on what those before it made. `progress` is
    told of each kill. Raises AssertionError where something is lost, doubled, half done or left
    behind.
    """
    chance = random.Random(20261129)
    annexes = [_annex(number) for number in range(last + 1)]
    (folder / "annexes").write_bytes(pickle.dumps(annexes))
    (folder / "tmp").mkdir()
    store = Store(url)
    for release in RELEASES:  # so that only acts change the store from here on
        for table in ("postings", "accreditations", "deployments"):
            store.table(table, release)
    size = {name: len(getattr(annexes[0], name)) for name in ("postings", "accreditations")}
    size |= {"deployments": len(annexes[0].deployments)}
    world = World(url, folder, ask, size | {"releases": 1, "documents": 1, "audit": 1})
    first = list(dict.fromkeys(ACTS))
    with actor(url, folder) as program:
        while world.counts["kills"] < kills:
            before = tables(url)
            act, what = world.choose([first.pop(0)] if first else ACTS, chance, last)
            signs = program.act(act, what, chance)
            done = world.judge(act, what, before, signs)
            world.tidy()
            if "!" in signs:
                world.counts[f"{act}, ended"] += 1
                continue
            world.counts["kills"] += 1
            world.counts[f"{act}, {'done' if done else 'undone'}"] += 1
            world.counts["inside of a transaction"] += signs.count("(") > signs.count(")")
            progress(world.counts["kills"])
    return world.counts


def folder_for(name: str) -> tempfile.TemporaryDirectory[str]:
    """A folder that goes with the test."""
    return tempfile.TemporaryDirectory(prefix=f"liaisonatlas-{name}-")
