"""What a screen says rests on one moment of the store, whatever others do meanwhile."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

from data.store import write
from data.store.read import Store

RELEASE = "bijlage-2023-12"


def test_a_change_by_others_shows_after_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'atlas.db'}"
    ours, theirs = Store(url), Store(url)
    with ours.steady():
        write.withdraw(theirs, RELEASE, "redactie", "een reden")
        assert RELEASE in set(ours.releases()["release"])
        assert ours.revision() == 0
        seen: list[bool] = []
        other = Thread(target=lambda: seen.append(RELEASE in set(ours.releases()["release"])))
        other.start()
        other.join()
        assert seen == [False]  # another reader's screen begins now
        ours.look_again()
        assert RELEASE not in set(ours.releases()["release"])
    write.restore(theirs, RELEASE, "redactie")
    assert RELEASE in set(ours.releases()["release"])
    ours.look_again()  # changes nothing where nothing is held
    write.withdraw(theirs, RELEASE, "redactie", "een reden")
    assert RELEASE not in set(ours.releases()["release"])
