"""Questions of a briefing on the command line; `dashboard.cli.commands` prints what they answer.

What answers a question is imported when it is asked: each needs much that the others do not.
"""

from __future__ import annotations

import argparse

from dashboard.records import Record
from data.store.read import Store


def ask(arguments: argparse.Namespace, store: Store) -> list[Record] | Record:
    """The answer to the question that the command is; raises DataError."""
    match arguments.command:
        case "gaps":
            from dashboard.cli.gap_questions import ask_gaps

            return ask_gaps(arguments, store)
        case "country":
            from dashboard.cli.country_questions import ask_country

            return ask_country(arguments, store)
        case "whatif":
            from dashboard.cli.scenario_questions import ask_whatif

            return ask_whatif(arguments, store)
        case "compare":
            from dashboard.cli.scenario_questions import ask_compare

            return ask_compare(arguments, store)
        case planning:
            from dashboard.cli.planning_questions import QUESTIONS

            return QUESTIONS[planning](arguments, store)


def note(arguments: argparse.Namespace, store: Store) -> str:
    """What the answer to a question leaves out, and why; empty where it leaves out nothing."""
    if arguments.command != "gaps":
        return ""
    from dashboard.cli import gap_questions

    return gap_questions.note(arguments, store)
