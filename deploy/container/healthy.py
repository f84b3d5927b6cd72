"""Whether the process of this container is ready, as the exit code: what its health check runs.

Of the standard library alone, so that it costs little each time: an image needs no curl for it.
"""

from __future__ import annotations

import http.client
import os
import sys


def main(port: int, path: str = "/health/ready", seconds: float = 8) -> int:
    """Ask the process on this port of 127.0.0.1; 0 where it says that it is ready, else 1."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request("GET", path)
        return 0 if connection.getresponse().status == 200 else 1
    except (OSError, http.client.HTTPException):
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main(int(os.environ.get("LIAISONATLAS_PORT", "8501"))))
