"""The command line: `python -m dashboard COMMAND`, see `dashboard.cli.arguments`.

Thin: parse, call, print. A fault in the data or the arguments is one sentence on standard error
and exit code 2.
"""

from __future__ import annotations

import errno
import gc
import json
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import TYPE_CHECKING

from geo.errors import DataError

if TYPE_CHECKING:
    from dashboard.cli.answer import Answer


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    from dashboard.cli.arguments import parser
    from dashboard.settings import Settings, port_number

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal may know fewer letters than we write
            stream.reconfigure(errors="replace")
    arguments = parser().parse_args(argv)
    try:
        settings = Settings.from_environment()
        if arguments.command == "run":
            # Streamlit is slow to import and only needed here.
            from dashboard.web.server import serve

            port = port_number(arguments.port) if arguments.port else settings.port
            serve(port, started=lambda: _print_start(port, settings.address))
            return 0
        # A reader of --help, or of a wrong argument, need not wait for what the commands need.
        from dashboard.cli import commands

        answer = commands.run(arguments, settings)
    except OSError as error:
        print(f"liaisonatlas: {error.strerror or error}. Choose another --port.", file=sys.stderr)
        return 2
    except DataError as error:
        return _complain(error)
    return _print(answer, is_json=getattr(arguments, "format", "") == "json")


def _print_start(port: int, address: str) -> None:
    """Where the app can be opened; to whoever runs it, that files know no address for others."""
    from dashboard.links import is_shareable

    print(f"Liaisonatlas: http://127.0.0.1:{port}", flush=True)
    if not is_shareable(address):
        print(_NO_ADDRESS, flush=True)


_NO_ADDRESS = (
    "Files name no address that others can open; LIAISONATLAS_ADDRESS gives one, "
    "see docs/settings.md."
)


def _print(answer: Answer, is_json: bool) -> int:
    """An answer to standard output, what is said of it to standard error; the exit code."""
    try:
        if answer.content:
            _write(answer.content)
            sys.stderr.write(f"liaisonatlas: {answer.text}" if answer.text else "")
            return 0
        _write(_escaped(answer.text) if is_json else answer.text)
    except DataError as error:
        return _complain(error)
    if not is_json and _lacks_letters(answer.text):
        print(f"liaisonatlas: {_REPLACED}", file=sys.stderr)
    if answer.note:
        print(f"liaisonatlas: {answer.note}", file=sys.stderr)
    if answer.complaint:
        print(f"liaisonatlas: {answer.complaint}", file=sys.stderr)
        return 2
    return 0


def _complain(error: DataError) -> int:
    """One sentence about an error; the exit code."""
    from dashboard.i18n import texts_of
    from dashboard.wording import error_line

    print(f"liaisonatlas: {error_line(texts_of('en'), error)}", file=sys.stderr)
    return 2


def _write(content: str | bytes) -> None:
    """A text or a file to standard output; raises DataError where that is full or closed."""
    if not content:
        return
    if sys.stdout is None:
        raise DataError("output_not_written", "standard output", why=os.strerror(errno.EBADF))
    try:
        if isinstance(content, bytes):
            sys.stdout.buffer.write(content)
        else:
            sys.stdout.write(content)
        sys.stdout.flush()
    except OSError as error:
        # What is left in the buffer would fail again at the end of the program.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):  # there the reader (head, less) had enough
            why = error.strerror or str(error)
            raise DataError("output_not_written", "standard output", why=why) from error


_REPLACED = (
    "? stands for letters that this terminal or file cannot hold. "
    "Set PYTHONIOENCODING=utf-8 to have them."
)


def _lacks_letters(text: str) -> bool:
    """Whether standard output has no signs for some of the letters of `text`."""
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _escaped(text: str) -> str:
    """JSON in which a letter that standard output lacks is escaped, so that nothing is lost."""
    if not _lacks_letters(text):
        return text
    return "".join(sign if sign.isascii() else json.dumps(sign)[1:-1] for sign in text)


if __name__ == "__main__":
    if sys.argv[1:2] != ["run"]:
        # A command ends before there is much to collect: looking for it took a tenth of its time.
        gc.set_threshold(100_000, 50, 50)
    sys.exit(main())
