"""An annex as sheets to fill in, empty or with the rows of a release: .xlsx, .ods or .csv."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from data.documents import sheet_files
from data.documents.sheet_files import KINDS, Row, kind_of

__all__ = ["KINDS", "TABLES", "write"]

ABOUT: tuple[Row, ...] = (("Peildatum", ""), ("Volledigheid", ""))
EXPLAINED = "Uitleg"
WIDTHS = (45, 30, 80)
TABLES: dict[str, tuple[Row, ...]] = {
    "Netwerk": (
        ("Liaison Officers", "Werklocatie", "Werkgebied"),
        ("Amerika’s",),
        (),
        ("Azië & Oceanië",),
        (),
        ("Afrika",),
        (),
        ("Europa",),
    ),
    "FILO": (("FILO’s", "Werkgebied"),),
    "Multilateraal": (("Plaatsingen",),),
    "Missies": (
        ("Missienaam", "Standplaats", "Aantal uitgezonden politiefunctionarissen"),
        ("Totaal",),
    ),
}
EXPLANATION: tuple[Row, ...] = (
    ("Uitleg",),
    ("Peildatum: de dag waarvoor de tabellen gelden, bijvoorbeeld 2026-05-12.",),
    ("Volledigheid: volledig of gedeeltelijk; leeg is volledig. Een gedeeltelijke lijst bewijst",),
    ("dat een post er was, en niet dat een andere er niet was.",),
    ("Netwerk: één rij per plaatsing, onder het werelddeel. Zet achter het land en een streepje",),
    ("de organisatie (NP, KMar of GPI), en tussen landen in het werkgebied een schuine streep.",),
    ("Multilateraal: een groep begint met waar men geplaatst is en eindigt met een lege rij.",),
    ("Missies: zet het totaal er als getal neer.",),
    ("Formules worden geweigerd. Dit blad wordt niet gelezen.",),
    (),
    ("Explanation",),
    ("Peildatum: the day for which the tables hold, for instance 2026-05-12.",),
    ("Volledigheid: volledig (complete) or gedeeltelijk (partial); empty is complete. A partial",),
    ("list proves that a post was there, and not that another was not.",),
    ("Netwerk: one row for each posting, below its part of the world. Put the organisation",),
    ("(NP, KMar or GPI) after the country and a dash, and a slash between countries of an area.",),
    ("Multilateraal: a group begins with where people are placed, and ends with an empty row.",),
    ("Missies: put the total as a number.",),
    ("Formulas are refused. This sheet is not read.",),
)


def write(name: str, filled: Mapping[str, Sequence[Row]] | None = None) -> bytes:
    """The template in the kind that `name` ends on ("annex.xlsx", ".ods"); raises DataError.

    `filled` are its tables with rows, see `prefilled`, in the place of the empty ones.
    """
    kind = kind_of(PurePath(name).name)
    sheets = {"Peildatum": ABOUT, **(filled or TABLES), EXPLAINED: EXPLANATION}
    return sheet_files.write(kind, sheets, WIDTHS, {"Peildatum": "yyyy-mm-dd"}, EXPLAINED)
