"""What each command of `python -m dashboard` runs.

What answers a command is imported when it is asked: most of the time of an answer is that of
imports, and each needs much that the others do not.
"""

from __future__ import annotations

import argparse
from contextlib import nullcontext
from importlib import import_module

from dashboard import snapshot
from dashboard.cli.answer import Answer, printed
from dashboard.settings import Settings

# Command -> (module of dashboard.cli, function) that answers it from its arguments.
COMMANDS = {
    "postings": ("readings", "ask_postings"),
    "coverage": ("readings", "ask_coverage"),
    "missions": ("readings", "ask_missions"),
    "gaps": ("gap_questions", "ask_gaps"),
    "country": ("country_questions", "ask_country"),
    "whatif": ("scenario_questions", "ask_whatif"),
    "compare": ("scenario_questions", "ask_compare"),
    "place": ("planning_questions", "ask_place"),
    "spare": ("planning_questions", "ask_spare"),
    "takeover": ("planning_questions", "ask_takeover"),
    "rebalance": ("planning_questions", "ask_rebalance"),
    "import": ("keeping", "import_document"),
    "watch": ("keeping", "watch_parliament"),
    "template": ("keeping", "write_template"),
    "releases": ("keeping", "list_releases"),
    "release": ("keeping", "change_release"),
    "diff": ("keeping", "compare_releases"),
    "backup": ("keeping", "make_backup"),
    "restore": ("keeping", "restore_backup"),
    "export": ("keeping", "write_export"),
}


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Run one command; raises DataError."""
    snapshot.begin(settings)
    module, function = COMMANDS[arguments.command]
    answers = getattr(import_module(f"dashboard.cli.{module}"), function)
    # What only reads sees one moment, and looks once which it is.
    with nullcontext() if module == "keeping" else snapshot.steady():
        return printed(arguments, answers(arguments))
