"""Names cut short: read only where certain, else asked with the right unit first; no persons."""

from __future__ import annotations

import pytest

from geo.names.outcomes import Match, Unresolved
from geo.reading.posting import PrintedRow, Reading, read_rows

# Unit: shortened names that a reader of the annexes takes for it. From an atlas and by hand.
SHORTENED = """
SAU: S. Arabië | S.-Arabië | S Arabië | S-Arabië | Saoedi-A. | Saoedi A. | Saudi A. |
     S. Arabia | KSA | K.S.A.
GNB: G. Bissau | G.-Bissau | Guinee-B. | Guinee B. | Guinea-B. | B. Guinee
GNQ: E Guinee | E. Guinee | E.-Guinee | Eq. Guinee | Equat. Guinea
PNG: P. Guinee | P. Nieuw-Guinea | P.N. Guinea | P.N.G. | Papoea N.G. | Papoea-N.-Guinea |
     Papua N. Guinea | Papoea-NG
CAF: C. Afrikaanse Republiek | C.A. Republiek | C.A.R. | Centr. Afr. Rep. |
     Centraal-Afr. Republiek | Centraal-Afrikaanse Rep. | C. African Republic |
     Central African Rep.
PRK: N. Korea | N Korea | Noord-K.
KOR: Z. Korea | S. Korea | Zuid-K.
NZL: N. Zeeland | N.-Zeeland | N. Zealand | Nw. Zeeland | Nw-Zeeland | New Z. | Nieuw-Z.
MKD: N. Macedonië | Noord-M.
NCL: N. Caledonië
BFA: B. Faso | Burkina F. | Burk. Faso
SLE: S. Leone | Sierra L.
COD: Dem. Rep. Congo | D.R. Congo | DR. Congo | D. R. Congo | Congo D.R. |
     Congo (Dem. Rep.) | Congo (D.R.) | Congo-K. | Congo K. | Congo-Kin.
COG: Rep. Congo | R. Congo | Congo-B. | Congo B. | Congo-Br.
BIH: Bosnië-H. | Bosnië & H. | Bosnië en H. | Bosnië-Herz. | B.-Herzegovina |
     B. Herzegovina | B. en Herzegovina | B&H | BiH
ARE: V.A.E. | U.A.E. | V. Arabische Emiraten | Ver. Arab. Emiraten | V.A. Emiraten |
     Ver. Arab. Em. | Verenigde Arabische E.
GBR: V. Koninkrijk | Ver. Kon. | U. Kingdom
USA: V. Staten | Ver. Staten | Verenigde S. | U. States
DOM: D. Republiek | Dom. Republiek | Dominic. Rep. | Dominicaanse Rep. | Dominicaanse R.
SSD: Z. Soedan | S. Sudan | Zuid-S.
ZAF: Z. Afrika
TLS: O. Timor | E. Timor | T. Leste | Timor-L.
LKA: S. Lanka | Sri L.
CRI: C. Rica | Costa R.
SLV: E. Salvador | El S. | El Salv.
HKG: H. Kong | Hong K.
CIV: C. d'Ivoire | Côte d'I. | Ivoork.
TTO: T. & Tobago | T. en Tobago | Trinidad & T. | Trinidad en T. | Trin. & Tobago
ATG: A. & Barbuda | Antigua & B. | Antigua en B.
STP: S. Tomé | Sao T. | S. Tomé en Principe
KNA: St. K. & Nevis | St. Kitts & N. | St. Kitts
VCT: St. V. & de Grenadines | St. Vincent & Gren.
LCA: S. Lucia | St. L.
SMR: San M. | S. Marino
CPV: C. Verde | K. Verdië | Kaap V.
PRI: P. Rico | Puerto R.
VGB: Br. Maagdeneilanden | B. Maagdeneilanden
VIR: Am. Maagdeneilanden | A. Maagdeneilanden
ASM: A. Samoa | Am. Samoa
GUF: F. Guyana | Fr. Guyana | Frans-G.
PYF: F. Polynesië | Fr. Polynesië
ESH: W. Sahara | Westelijke S.
BLR: W. Rusland | W-Rusland | Wit-R.
PSE: P. Gebieden | P. gebieden | Pal. Gebieden | Palest. gebieden
BES: C. Nederland | Car. Nederland | Caribisch Ned.
SXM: S. Maarten
CZE: T. Republiek | Tsj. Republiek | Czech Rep.
RUS: R. Federatie | Russ. Fed. | Russische Fed.
MHL: M. Eilanden | Marshalleil.
SLB: Salomonseil.
CYM: Kaaimaneil.
VAT: Vaticaanst.
MEX: Mex.
CHE: Zwits.
AUT: Oostenr.
MUS: Maurit.
KAZ: Kazach.
AFG: Afgh.
IDN: Indon.
VEN: Venez.
PHL: Philip.
AZE: Azerb.
TKM: Turkm.
UZB: Oezbek.
MDG: Mad.
ZWE: Zimb.
MOZ: Moz.
DEU: Duitsl.
GRC: Griekenl.
NLD: Nederl.
"""


def pairs() -> list[tuple[str, str]]:
    """(printed, code) of every name in SHORTENED; a line that is indented goes on."""
    lines = SHORTENED.strip().replace("|\n     ", "| ").splitlines()
    split = [line.partition(": ") for line in lines]
    return [(name.strip(), iso3) for iso3, _, names in split for name in names.split(" | ")]


def read(area: str, resolver, gazetteer) -> Reading:
    row = PrintedRow("LO", "made", "T", 1, "", "Peru - NP", "Lima", f"Peru / {area} / Chili")
    return read_rows([row], resolver, gazetteer)


def test_the_list_is_long():
    assert len(pairs()) > 150


def test_a_shortened_name_in_a_work_area_is_read_or_asked(resolver, gazetteer):
    """One question with the right unit first, or the unit itself; nobody is a person."""
    wrong = []
    for printed, iso3 in pairs():
        reading = read(printed, resolver, gazetteer)
        served = {str(one["iso3"]) for one in reading.accreditations}
        asked = [problem for problem in reading.problems if problem.severity == "error"]
        offered = [problem.suggestions[:1] for problem in asked]
        is_person = any(problem.code == "person" for problem in reading.problems)
        outcomes = (({"PER", "CHL", iso3}, []), ({"PER", "CHL"}, [(iso3,)]))
        if is_person or (served, offered) not in outcomes:
            wrong.append((printed, iso3, served, asked))
    assert not wrong


@pytest.mark.parametrize(
    ("printed", "suggestions"),
    [
        ("E. Guinee", "GNQ"),
        ("E Guinee", "GNQ"),
        ("B. Guinee", "GNB"),
        ("P. Guinee", "PNG GNB"),  # the colony of Portugal is long past
        ("Guinee-B.", "GNB"),
        ("W-Rusland", "BLR"),
        ("D. Republiek", "DOM COD"),
        ("C. Koninkrijksdelen", "ABW CUW SXM BES"),
        ("M. Eilanden", "MHL"),
    ],
)
def test_what_is_offered(resolver, printed: str, suggestions: str):
    found = resolver.resolve(printed)
    assert isinstance(found, Unresolved)
    wanted = suggestions.split()
    if len(wanted) == 4:
        assert set(found.suggestions) == set(wanted)
    else:
        assert list(found.suggestions[: len(wanted)]) == wanted
    assert not {"GIN", "RUS", "NLD"} & set(found.suggestions)


@pytest.mark.parametrize("printed", ["M. Oosten", "L. Amerika", "C. Azië", "Z. Amerika"])
def test_a_shortened_part_of_the_world_is_asked_as_one(resolver, printed: str):
    found = resolver.resolve(printed)
    assert isinstance(found, Unresolved)
    assert (found.reason, found.suggestions) == ("ambiguous", ())


@pytest.mark.parametrize(
    ("printed", "iso3"),
    [("Ver. Kon.", "GBR"), ("Dom. Rep", "DOM"), ("Centr. Afr. Rep.", "CAF"), ("Ver. St.", "USA")],
)
def test_two_letters_of_every_word_may_be_enough(resolver, printed: str, iso3: str):
    found = resolver.resolve(printed)
    assert isinstance(found, Match) and found.iso3 == iso3


@pytest.mark.parametrize(
    "printed",
    [
        *("J. Jansen", "mw. A. de Vries", "B. Bakker", "C. Boer", "G. Bos", "V. Smits", "T. Lest"),
        # Words of names of countries too, but behind another letter, or in another order.
        *("K. Marshall", "J. Cook", "P. Martin", "R. Costa", "L. Sierra", "J. Republiek"),
        *("dhr. S. Leone", "J. Arabië"),
    ],
)
def test_a_person_is_still_one(resolver, gazetteer, printed: str):
    codes = [problem.code for problem in read(printed, resolver, gazetteer).problems]
    assert codes == ["person"]


def test_a_shortened_name_in_a_label_is_a_country(resolver, gazetteer):
    row = PrintedRow("LO", "made", "T", 1, "", "S. Arabië - NP", "Riyad", "Jemen")
    reading = read_rows([row], resolver, gazetteer)
    (error,) = [problem for problem in reading.problems if problem.severity == "error"]
    assert (error.field, error.printed, error.suggestions) == ("host", "S. Arabië", ("SAU",))
    assert not any(problem.code == "person" for problem in reading.problems)


@pytest.mark.parametrize(
    ("printed", "pieces"),
    [
        ("Trinidad en T. / Peru", ["? Trinidad en T", "PER"]),
        ("St. K. & Nevis, Peru", ["? St. K. & Nevis", "PER"]),
        ("Peru en S. Arabië", ["PER", "? S. Arabië"]),
        ("Congo (D. Rep.) / Peru", ["? Congo (D. Rep", "PER"]),
    ],
)
def test_a_shortened_name_is_one_piece_of_a_list(cut, printed: str, pieces: list[str]):
    assert cut(printed) == pieces
