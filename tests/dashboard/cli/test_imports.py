"""What a command imports: most of the time of an answer on the command line is that."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

# Seconds each: the server, charts and maps, the readers and writers of documents, the solver.
HEAVY = {"streamlit", "plotly", "folium", "docx", "openpyxl", "pptx", "lxml", "PIL"}
HEAVY |= {"scipy.optimize", "data.imports.drafts", "dashboard.subjects.planning", "pandera"}
# Less, but what these commands are asked for seldom or never needs it: names looked up by their
# spelling, documents, files of figures, backups, other questions.
UNASKED = {"rapidfuzz", "data.documents", "data.indicators", "data.store.backup", "geo.placement"}
SCRIPT = """
import json, sys
from dashboard.__main__ import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print(json.dumps(sorted(sys.modules)))
"""


@pytest.mark.parametrize(
    ("arguments", "besides"),
    [
        (["--help"], {"sqlalchemy", "dashboard.snapshot", "pandas", "numpy"}),
        (["gaps", "--kind", "none"], {"sqlalchemy", "dashboard.snapshot", "pandas", "numpy"}),
        (["coverage"], set()),
        (["postings"], {"dashboard.cli.gap_questions", "dashboard.cli.keeping"}),
        (["country", "COL"], UNASKED | {"dashboard.cli.gap_questions", "dashboard.cli.keeping"}),
        (["gaps"], UNASKED | {"dashboard.report", "dashboard.cli.country_questions"}),
    ],
)
def test_a_command_does_not_import_what_it_does_not_need(
    arguments: list[str], besides: set[str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments], capture_output=True, text=True, check=True
    )
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert "geo.options" in loaded  # the list is one of modules
    assert not loaded & (HEAVY | besides)
