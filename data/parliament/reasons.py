"""Why a document of parliament may matter to the atlas: codes with parameters, by fixed rules."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from data.parliament.papers import ANNEX, LETTER, Paper

# What carried our tables: half-year reports of the police, the policy of 2013, missions.
DOSSIERS = (29628, 31015, 29521)
# Part of a word that a subject must have to be asked for; the first letter may be a capital.
ANNEX_PARTS = ("nternationa", "iaison")
LETTER_PARTS = ("alfjaarbericht politie", "iaison", "itgezonden politie")
# A whole word, since "commissies" and "emissies" are no missions.
_WORDS = re.compile(
    r"\b(internationa(?:al|le)|liaisons?|(?:politie|vredes)?missies?|uitgezonden)\b"
    r"|\b(liaison\w+|verbindingsofficier\w*)",
    re.I,
)
_REPORT = re.compile(r"\bhalfjaarbericht(?:en)? (?:van de )?politie\b", re.I)
_POLICE = re.compile(r"\b(?:politie|marechaussee|liaison)", re.I)


@dataclass(frozen=True)
class Reason:
    """One reason: `code` is worded under `letters.why` in the files of a language."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Judgement:
    """Why a paper is listed, none where it is not; `likely` where it may hold a table of ours."""

    reasons: tuple[Reason, ...] = ()
    likely: bool = False


def judge(paper: Paper, letters: Sequence[Paper], annexes: Sequence[Paper]) -> Judgement:
    """Whether a paper may matter, with the letters it is an annex of and its own annexes."""
    if paper.removed:
        return Judgement()
    if paper.kind == ANNEX or letters:
        return _judge_annex(paper, letters)
    return _judge_letter(paper, annexes)


def _judge_annex(paper: Paper, letters: Sequence[Paper]) -> Judgement:
    """An annex matters by its own words and by what its letter is about."""
    word, reasons = _word(paper), []
    report = next((each for each in letters if _REPORT.search(_text(each))), None)
    dossiers = _dossiers(paper, *letters)
    if word:
        reasons.append(Reason("annex_names", {"word": word}))
    if report:
        reasons.append(Reason("annex_of_report", {"number": report.number or report.name}))
    reasons += [Reason("in_dossier", {"dossier": number}) for number in dossiers]
    if word and not letters:
        reasons.append(Reason("letter_unknown"))
    about_police = any(_POLICE.search(_text(each)) for each in (paper, *letters))
    likely = bool(report or (word and (dossiers or about_police or not letters)))
    return Judgement(tuple(reasons), likely) if likely or dossiers else Judgement()


def _judge_letter(paper: Paper, annexes: Sequence[Paper]) -> Judgement:
    word, reasons, dossiers = _word(paper), [], _dossiers(paper)
    report = bool(_REPORT.search(_text(paper)))
    if report:
        reasons.append(Reason("letter_report"))
    if word:
        reasons.append(Reason("letter_names", {"word": word}))
    named = next(filter(None, map(_word, annexes)), "")
    if named:
        reasons.append(Reason("annex_of_it_names", {"word": named}))
    reasons += [Reason("in_dossier", {"dossier": number}) for number in dossiers]
    about_police = bool(dossiers or _POLICE.search(_text(paper)))
    likely = paper.kind == LETTER and (report or bool(about_police and (word or named)))
    return Judgement(tuple(reasons), likely) if likely or dossiers else Judgement()


def _word(paper: Paper) -> str:
    match = _WORDS.search(_text(paper))
    return match[0] if match else ""


def _text(paper: Paper) -> str:
    return f"{paper.subject} {paper.title}"


def _dossiers(*papers: Paper) -> list[str]:
    """Those of our dossiers that the papers stand in, each once."""
    ours = set(map(str, DOSSIERS))
    return sorted({number for paper in papers for number in paper.dossiers if number in ours})
