"""How much a page, an address and all readers together may ask of one process.

Streamlit itself asks neither how often a page wants to be drawn nor how much of what it says stays
here. What a reader does with mouse and keyboard stays far below all of these.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict, deque
from dataclasses import dataclass, field
from time import monotonic

from streamlit.runtime import exists, get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.stats import CacheStat

from geo.errors import DataError

FILES = 3  # files of the largest size that a page may send until it is drawn again
ALL = 10  # and that all pages of a process may have here at a time
REMEMBERED = 2_000  # pages that may send a file, addresses and sessions that are remembered
# Messages at once and then in a second; a person who clicks without pause sends three in a second.
PAGE_BURST, PAGE_PACE = 60, 5.0
# The same for all pages of an address: about as much as a process can draw.
ADDRESS_BURST, ADDRESS_PACE = 150, 15.0
# Requests of a program at once and then in a second, by address; apart from what its pages may ask.
REQUEST_BURST, REQUEST_PACE = 200, 50.0
SECOND = 2 * REQUEST_PACE  # requests that a second of work counts for: no address has all of it
REST = 2.0  # times as long as an answer was work, before the next one is made
QUEUE = 16  # answers that wait to be made
OPEN = 1_000  # pages of one address in a process; a ministry is one address
LARGEST = 512 * 1024  # bytes of a message; the largest review says some 100 kB
SMALL = 32 * 1024  # bytes that each page may say without being counted
SAID = 48 * 1024 * 1024  # bytes of all larger messages that are still here
LINGER = 60.0  # seconds that a page which lost its connection is waited for
DOWNLOADABLE = 128 * 1024 * 1024  # bytes of made files that wait to be taken
TAKING = 60.0  # seconds that a reader certainly has to take a file


@dataclass
class Bucket:
    """Tokens, at most `burst`; each is spent once and `pace` come back in a second."""

    burst: float
    pace: float
    _tokens: float = field(init=False)
    _at: float = field(init=False)

    def __post_init__(self) -> None:
        self._tokens, self._at = self.burst, monotonic()

    def take(self) -> bool:
        """Spend a token; False where none is left."""
        self._refill()
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True

    def wait(self) -> float:
        """Spend a token, perhaps one that is still to come: the seconds until then."""
        self._refill()
        self._tokens -= 1
        return max(0.0, -self._tokens / self.pace)

    def spend(self, tokens: float) -> None:
        """Spend so many tokens, also ones that are still to come."""
        self._tokens -= tokens

    def _refill(self) -> None:
        now = monotonic()
        self._tokens = min(self.burst, self._tokens + (now - self._at) * self.pace)
        self._at = now


class Addresses:
    """The pages that each address has open, and how often they may ask; of one event loop."""

    def __init__(self) -> None:
        self._pages: Counter[str] = Counter()
        self._paces: OrderedDict[str, Bucket] = OrderedDict()

    def enter(self, address: str) -> bool:
        """Open one page more; False where the address has OPEN already."""
        if self._pages[address] >= OPEN:
            return False
        self._pages[address] += 1
        return True

    def leave(self, address: str) -> None:
        """A page of the address is gone."""
        self._pages[address] -= 1
        if self._pages[address] <= 0:
            del self._pages[address]

    def wait(self, address: str) -> float:
        """Seconds until the next message of the address is heard."""
        pace = self._paces.pop(address, None) or Bucket(ADDRESS_BURST, ADDRESS_PACE)
        self._paces[address] = pace
        if len(self._paces) > REMEMBERED:
            self._paces.popitem(last=False)
        return pace.wait()


class Requests:
    """How often the programs, or the maps, of each address may ask; of one event loop."""

    def __init__(self) -> None:
        self._paces: OrderedDict[str, Bucket] = OrderedDict()

    def take(self, address: str) -> bool:
        """Whether the address may ask now."""
        pace = self._paces.pop(address, None) or Bucket(REQUEST_BURST, REQUEST_PACE)
        self._paces[address] = pace
        if len(self._paces) > REMEMBERED:
            self._paces.popitem(last=False)
        return pace.take()

    def charge(self, address: str, seconds: float) -> None:
        """The address had an answer made that took so long: that counts for many requests."""
        if pace := self._paces.get(address):
            pace.spend(seconds * SECOND)


class Messages:
    """The bytes that pages said and that are still here, in their widgets; of one event loop."""

    def __init__(self) -> None:
        self._said: dict[int, int] = {}  # page -> its largest message
        self._left: deque[tuple[float, int]] = deque()
        self._sum = 0

    def keep(self, page: int, length: int) -> bool:
        """Take in a message of a page; False where all pages together said too much."""
        before = self._said.get(page, 0)
        if length <= max(SMALL, before):
            return True
        self._expire()
        if self._sum + length - before > SAID:
            return False
        self._said[page] = length
        self._sum += length - before
        return True

    def leave(self, page: int) -> None:
        """The page is gone; what it said is for as long as it may come back."""
        if length := self._said.pop(page, 0):
            self._left.append((monotonic() + LINGER, length))

    def _expire(self) -> None:
        while self._left and self._left[0][0] < monotonic():
            self._sum -= self._left.popleft()[1]


class Uploads:
    """How much each page that shows an uploader may still send, in bytes."""

    def __init__(self) -> None:
        self._left: OrderedDict[str, int] = OrderedDict()
        self._lock = threading.Lock()

    def welcome(self, largest: int) -> None:
        """The page that is being drawn may send files of up to `largest` bytes."""
        context = get_script_run_ctx(suppress_warning=True)
        if context is None:
            return
        with self._lock:
            self._left[context.session_id] = FILES * largest
            self._left.move_to_end(context.session_id)
            while len(self._left) > REMEMBERED:
                self._left.popitem(last=False)

    def take(self, session: str, length: int, most: int) -> bool:
        """Whether a page may send so many bytes now; `most` is what may be here at a time."""
        with self._lock:
            left = self._left.get(session, 0)
            if length > left or length + self.held() > most:
                return False
            self._left[session] = left - length
            return True

    @staticmethod
    def held() -> int:
        """The bytes of all files that were sent and are still here."""
        if not exists():
            return 0
        stats = get_instance().uploaded_file_mgr.get_stats()
        every = (stat for family in stats.values() for stat in family)
        return sum(stat.byte_length for stat in every if isinstance(stat, CacheStat))


class Downloads:
    """The files that were made for readers and wait to be taken; one for each session."""

    def __init__(self) -> None:
        self._offers: OrderedDict[str, tuple[float, int]] = OrderedDict()  # when, and bytes
        self._lock = threading.Lock()

    def offer(self, length: int) -> None:
        """Make room for a file of the page that is being drawn; the oldest give way.

        Raises DataError where there is none: what was just made for others is not taken away.
        """
        context = get_script_run_ctx(suppress_warning=True)
        if context is None:
            return
        with self._lock:
            now = monotonic()
            self._offers.pop(context.session_id, None)  # Streamlit lets go of it with this run
            while self._offers and length + self.held() > DOWNLOADABLE:
                session, (at, _) = next(iter(self._offers.items()))
                if now - at < TAKING:
                    raise DataError("too_many_files_wait", "file")
                del self._offers[session]
                release_files(session)
            self._offers[context.session_id] = now, length

    def forget(self, session: str) -> None:
        """The session is gone, and its file with it."""
        with self._lock:
            self._offers.pop(session, None)

    def held(self) -> int:
        """The bytes of all files that wait, and perhaps of some that a later run let go."""
        return sum(length for _, length in self._offers.values())


def release_files(session: str) -> None:
    """Let go of what was made for a session; who takes it at this moment still gets it whole."""
    files = get_instance().media_file_mgr
    files.clear_session_refs(session)
    for _ in range(2):  # the first time Streamlit only marks what nobody refers to
        files.remove_orphaned_files()


ADDRESSES, REQUESTS, MESSAGES = Addresses(), Requests(), Messages()
MAPS = Requests()  # what maps ask for (map_data.py), apart from what programs do
UPLOADS, DOWNLOADS = Uploads(), Downloads()
