"""The command line: `python -m dashboard COMMAND`, see `dashboard.arguments`.

Thin: parse, call, print. A fault in the data or the arguments is one sentence on standard error
and exit code 2.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from dashboard import commands
from dashboard.arguments import parser
from dashboard.settings import Settings, port_number
from geo.errors import DataError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    arguments = parser().parse_args(argv)
    try:
        settings = Settings.from_environment()
        if arguments.command == "run":
            from dashboard.server import serve  # Streamlit is slow to import and only needed here

            port = port_number(arguments.port) if arguments.port else settings.port
            serve(port, started=lambda: print(f"Liaisonatlas: http://127.0.0.1:{port}", flush=True))
            return 0
        answer = commands.run(arguments, settings)
    except OSError as error:
        print(f"liaisonatlas: {error.strerror or error}. Choose another --port.", file=sys.stderr)
        return 2
    except DataError as error:
        print(f"liaisonatlas: {error}", file=sys.stderr)
        return 2
    try:
        print(answer.text, end="", flush=True)
    except BrokenPipeError:  # the reader (head, less) had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if answer.note:
        print(f"liaisonatlas: {answer.note}", file=sys.stderr)
    if answer.complaint:
        print(f"liaisonatlas: {answer.complaint}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
