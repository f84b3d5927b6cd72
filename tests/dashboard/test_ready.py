"""Paragraphs to paste: facts first, what is not known last, the source in brackets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.filters import Filters
from dashboard.i18n import texts_of
from dashboard.report import Section, Text
from dashboard.subjects.country import paragraph
from dashboard.subjects.country.report import of
from dashboard.subjects.gaps.report import Gaps
from dashboard.subjects.missions.counts import Missions
from dashboard.subjects.scenario.report import WhatIf
from geo.scenario import Close, Scenario

ANNEX = Filters("bijlage-2025-11")
NL = texts_of("nl")


def pasted(section: Section) -> list[str]:
    """The Dutch and the English paragraph."""
    blocks = [block for block in section.blocks if isinstance(block, Text)]
    return [block.text for block in blocks if block.kind == "paste"]


def test_gaps_say_how_many_and_last_what_the_table_does_not() -> None:
    """Table 1 leaves 106 of 244 units out: 63 states, 4 disputed, 39 territories.

    Its 55 rows name 138 units. Seven of these are territories (Aruba, Curaçao, Sint Maarten, the
    Caribbean Netherlands, French Guiana, Hong Kong, Macau), so 131 are states. States are the 193
    members of the United Nations, the Holy See and Kosovo: 195, of which the Netherlands is at
    home. 195 - 1 - 131 = 63. No row names Palestine, Taiwan, Western Sahara or Abyei: 4. Of 46
    territories 46 - 7 = 39. 63 + 4 + 39 = 106.
    """
    dutch, english = pasted(Gaps(NL, replace(ANNEX, kinds=("uncovered",))).paste())
    assert dutch.startswith("63 landen en 4 betwiste gebieden hebben geen officier. ")
    assert "Daarnaast geldt dit voor 39 gebieden." in dutch
    assert dutch.index("staat niet in deze tabel. (Bron: ") > dutch.index("39 gebieden")
    assert english.startswith("63 countries and 4 disputed territories have no officer. ")
    assert english.endswith("police report of 2025, November 2025, table 1.)")


def test_each_kind_of_gap_is_told_apart() -> None:
    """Rows 22, 30, 50, 52 and 54 of table 1 are GPI's, alone for Russia, Mali and three others."""
    both = replace(ANNEX, kinds=("partner_only", "mission_without_liaison"))
    dutch, _ = pasted(Gaps(NL, both).paste())
    assert "Pakistan (rij 54 van tabel 1), Rusland (rij 22 van tabel 1)" in dutch
    assert "Land: Israël. Betwist gebied: Palestijnse Gebieden." in dutch
    assert "Overzicht uitgezonden politiefunctionarissen" in dutch  # the second table it rests on


@pytest.mark.parametrize("kinds", [(), ("lost",)])
def test_what_cannot_be_told_is_no_paragraph(kinds: tuple[str, ...]) -> None:
    """No document has an earlier complete network; without a kind nothing is counted."""
    assert not Gaps(NL, replace(ANNEX, kinds=kinds)).paste().blocks


def test_the_change_of_the_missions_names_both_dates_and_both_tables() -> None:
    """Sums of the column of numbers: 28 on 24 November 2023, 34 on 12 November 2025."""
    dutch, english = pasted(Missions(NL, ANNEX).paste())
    said = dutch.replace("\N{NO-BREAK SPACE}", " ")
    assert said.startswith("34 Nederlandse politiemensen in 12 missies op 12 november 2025, 6 meer")
    assert "halfjaarbericht politie 2025" in said and "halfjaarbericht politie 2023" in said
    assert "Each count holds for one day; " in english


def test_a_scenario_is_called_a_calculation() -> None:
    """Row 19 is the only posting that names Hong Kong: 138 served units become 137."""
    what_if = WhatIf(NL, ANNEX, Scenario("bijlage-2025-11", changes=(Close(19),)))
    dutch, english = pasted(what_if.paste())
    network = "het netwerk (gepland voor begin 2026)"
    assert dutch.startswith(f"Stel dat dit in {network} verandert. De post ")
    assert "Hongkong heeft dan geen officier meer." in dutch and "137 in dit scenario" in dutch
    assert "Dit is een berekening, geen besluit." in dutch
    assert "This is a calculation, not a decision." in english


def test_a_paragraph_says_alone_who_was_counted_and_of_when_its_source_is() -> None:
    """The organisations that table 1 prints, and that of rows which print none."""
    whole = replace(ANNEX, kinds=("uncovered",))
    dutch, english = pasted(Gaps(NL, whole).paste())
    assert "halfjaarbericht politie 2025, november 2025, tabel 1.)" in dutch
    assert "De officieren van alle organisaties zijn geteld: Nederlandse politie (NP), " in dutch
    assert "Geïntegreerde politie (GPI) en een onbekende organisatie. " in dutch
    assert "(GPI) and an organisation that is not known. " in english
    chosen = replace(whole, organisations=("NP", "KMar"), layers=("planned",))
    dutch, english = pasted(Gaps(NL, chosen).paste())
    only = "Alleen officieren van deze organisaties zijn geteld: Nederlandse politie (NP) en "
    assert f"{only}Koninklijke Marechaussee (KMar). " in dutch and "(GPI)" not in dutch
    assert "Landen die alleen bij een genoemde regio horen, zijn niet meegeteld." in dutch
    assert "Geplande posten zijn meegeteld." in dutch and "Planned posts were counted." in english


@pytest.mark.parametrize(
    ("chosen", "dutch", "english"),
    [
        ((), "De officieren van alle organisaties zijn geteld: ", "all organisations were counted"),
        (
            ("NP",),
            "Alleen officieren van deze organisatie zijn geteld: Nederlandse politie (NP).",
            "Only officers of this organisation were counted: Dutch police (NP).",
        ),
    ],
)
def test_a_scenario_and_a_country_say_who_was_counted(
    chosen: tuple[str, ...], dutch: str, english: str
) -> None:
    filters = replace(ANNEX, organisations=chosen)
    closes = WhatIf(NL, filters, Scenario("bijlage-2025-11", changes=(Close(19),)))
    for section in (closes.paste(), paragraph.section(of(NL, replace(filters, land="ECU")))):
        nl, en = pasted(section)
        assert nl.count(dutch) == 1 and en.count(english) == 1


def test_a_country_in_a_document_that_is_not_complete() -> None:
    """Paragraph 25 of the letter: the officer in Poland is back, and the KMar has a FILO for it."""
    letter = Filters("kst-31015-94", land="POL")
    dutch, _ = pasted(paragraph.section(of(NL, letter)))
    assert dutch.startswith("Het document noemt geen officier voor Polen; het is niet volledig. ")
    assert "Polen is in 2012 teruggekeerd. Dat staat wel in het document (" in dutch
    assert "FILO voor Polen, Roemenië en Oekraïne. Dat staat wel in het document (" in dutch
    # Of Ecuador the letter says nothing: not that there was nobody.
    dutch, _ = pasted(paragraph.section(of(NL, replace(letter, land="ECU"))))
    assert "Waarom Ecuador wel of geen officier heeft, staat in geen van de documenten" in dutch


def test_what_holds_of_the_whole_network_does_not_say_that_a_part_was_counted() -> None:
    """Whom only Belgium serves is a fact of all organisations, whichever the reader chose."""
    chosen = replace(ANNEX, kinds=("partner_only",), organisations=("NP",))
    dutch, english = pasted(Gaps(NL, chosen).paste())
    assert "zijn geteld" not in dutch and "counted" not in english
