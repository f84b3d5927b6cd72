"""How the importer reads some hundreds of invented annexes, by form and by kind of difficulty.

Every kind is drawn once in each form that can show it, and again through LibreOffice and a browser
where these are installed. Each file goes the way of an import, through a process of its own. A row
is read right, asked about, or wrong in silence (wrong, lost or extra). Asserts nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median

from data.documents.opening import open_file
from tests.annexes import programs
from tests.annexes.description import Annex
from tests.annexes.difficulties import DIFFICULTIES
from tests.annexes.generator import annex
from tests.annexes.judge import ASKED, RIGHT, Verdict, judge
from tests.annexes.writers import WRITERS, written

# LibreOffice shows, or forgets, what is hidden in another form, and draws no turned page.
_NOT_CONVERTED = {"hidden_row", "hidden_table", "hidden_words"}
_SHEETS = {("xlsx", "ods"), ("ods", "xlsx")}


@dataclass
class _Tally:
    verdicts: list[Verdict] = field(default_factory=list)

    def line(self, title: str) -> str:
        """Return one line of the table."""
        rows = sum(len(verdict.outcomes) for verdict in self.verdicts)
        right = sum(verdict.count(RIGHT) for verdict in self.verdicts)
        questioned = sum(verdict.count(ASKED) for verdict in self.verdicts)
        silent = sum(len(verdict.silent) for verdict in self.verdicts)
        questions = sum(verdict.questions for verdict in self.verdicts) / len(self.verdicts)
        seconds = [verdict.seconds for verdict in self.verdicts]
        return (
            f"{title:24}{len(self.verdicts):6}{rows:8}{right / rows:9.1%}{questioned / rows:9.1%}"
            f"{silent:9}{questions:11.2f}{median(seconds):9.2f}{max(seconds):9.2f}"
        )


def run(seed: int = 0) -> None:
    """Print a table by form and one by kind, then every row that is wrong in silence."""
    office, browser = programs.libreoffice(), programs.browser()
    print(f"LibreOffice: {office or 'not installed'}; browser: {browser or 'not installed'}")
    by_form: dict[str, _Tally] = defaultdict(_Tally)
    by_kind: dict[str, _Tally] = defaultdict(_Tally)
    faults = []
    for form, drawn, name, content in _documents(seed, bool(office), bool(browser)):
        verdict = judge(drawn, name, content, open_file)
        for tally in (by_form[form], by_form["all"], by_kind[drawn.difficulty]):
            tally.verdicts.append(verdict)
        where = f"{drawn.difficulty}, {form}"
        faults += [f"{where}: {verdict.refusal}"] if verdict.refusal else []
        faults += [
            f"{where}: {fault.result}: {fault.row}; expected {fault.expected}; read {fault.read}"
            for fault in verdict.silent
        ]
    for title, tallies in (("form", by_form), ("kind of difficulty", by_kind)):
        print(f"\n{title:24}{'files':>6}{'rows':>8}{'right':>9}{'asked':>9}{'silent':>9}", end="")
        print(f"{'questions':>11}{'s, med':>9}{'s, most':>9}")
        for name, tally in tallies.items():
            print(tally.line(name))
    print(f"\n{len(faults)} refused, or wrong in silence")
    print("\n".join(faults))


def _documents(seed: int, office: bool, browser: bool) -> Iterator[tuple[str, Annex, str, bytes]]:
    """Yield (form, annex, name, content), also "docx > pdf" and "browser > pdf"."""
    drawn = {
        form: [annex(seed, kind.name, form) for kind in DIFFICULTIES.values() if form in kind.forms]
        for form in WRITERS
    }
    files = {form: [written(each, form)[1] for each in drawn[form]] for form in WRITERS}
    for form in WRITERS:
        if form == "html" and browser:
            for each, content in zip(drawn[form], files[form], strict=True):
                yield "browser > pdf", each, "bijlage.pdf", programs.printed(content)
        elif form != "html":
            for each, content in zip(drawn[form], files[form], strict=True):
                yield form, each, f"bijlage.{form}", content
    for old, new in programs.OFFICE if office else ():
        named = {
            f"{each.difficulty}.{old}": (each, content)
            for each, content in zip(drawn[old], files[old], strict=True)
            if (old, new) in _SHEETS or each.difficulty not in _NOT_CONVERTED
        }
        contents = {name: content for name, (_, content) in named.items()}
        for name, content in programs.converted(contents, new).items():
            yield f"{old} > {new}", named[name][0], f"bijlage.{new}", content
