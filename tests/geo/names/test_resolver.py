"""Printed names: what must be understood, what may be guessed with a warning, what never."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pandas as pd
import pytest
from babel import Locale

from data.load import reference
from geo.codes import WORDS
from geo.names.normalise import key, key_tokens
from geo.names.outcomes import Match, Region, Unresolved
from geo.names.resolver import Resolver

# ISO code: names in any language that leave no doubt. From an atlas, not from the tables.
CERTAIN = {
    "NLD": "Nederland|Netherlands|The Netherlands|Pays-Bas|Niederlande|Holland|NLD|NEDERLAND",
    "BEL": "België|Belgie|Belgium|Belgique|Belgien|BEL|Koninkrijk België|Kingdom of Belgium",
    "DEU": "Duitsland|Germany|Allemagne|Deutschland|Bondsrepubliek Duitsland|DEU|duitsland",
    "GBR": "Verenigd Koninkrijk|VK|UK|U.K.|Groot-Brittannië|Great Britain|Royaume-Uni"
    "|Vereinigtes Königreich|het Verenigd Koninkrijk|Engeland|verenigd-koninkrijk",
    "USA": "Verenigde Staten|VS|V.S.|US|U.S.A.|United States of America|États-Unis|Etats Unis"
    "|Vereinigte Staaten|de Verenigde Staten|Verenigde Staten van Amerika",
    "FRA": "Frankrijk|France|Frankreich|FRANKRIJK|Franse Republiek",
    "XKX": "Kosovo|KOSOVO|Kosova|XKX|Republiek Kosovo|Republic of Kosovo",
    "CIV": "Ivoorkust|Côte d'Ivoire|Côte d’Ivoire|Cote d Ivoire|Ivory Coast|Elfenbeinküste",
    "MMR": "Myanmar|Birma|Burma|Birmanie|Myanmar (Birma)",
    "SWZ": "Eswatini|Swaziland|Koninkrijk Eswatini|eSwatini",
    "CPV": "Kaapverdië|Kaapverdie|Cabo Verde|Kaap Verdië|Cap-Vert|Cape Verde",
    "BLR": "Wit-Rusland|Wit Rusland|Witrusland|Belarus|Weißrussland|Weissrussland|WIT-RUSLAND",
    "MKD": "Noord-Macedonië|Noord Macedonië|North Macedonia|Macedonië|Macédoine du Nord|FYROM",
    "CZE": "Tsjechië|Tsjechische Republiek|Czechia|Czech Republic|Tchéquie|Tschechien",
    "COD": "Congo-Kinshasa|DR Congo|DRC|Democratische Republiek Congo|Zaïre|Zaire"
    "|Democratic Republic of the Congo|République démocratique du Congo|Congo (DRC)",
    "COG": "Congo-Brazzaville|Republiek Congo|Republic of the Congo|République du Congo|Congo (Rep)"
    "|Congo (Brazzaville)",
    "GIN": "Guinee|Guinea|Guinée|GIN|Guinee-Conakry|Republiek Guinee",
    "GNB": "Guinee-Bissau|Guinee Bissau|Guinea-Bissau|Guinée-Bissau|GUINEE BISSAU",
    "GNQ": "Equatoriaal-Guinea|Equatoriaal Guinee|Equatorial Guinea|Guinée équatoriale",
    "PNG": "Papoea-Nieuw-Guinea|Papoea Nieuw Guinea|Papua New Guinea|Papouasie-Nouvelle-Guinée",
    "NER": "Niger|NER|Republiek Niger",
    "NGA": "Nigeria|NGA|Federale Republiek Nigeria",
    "DMA": "Dominica|Dominique|DMA|Commonwealth of Dominica",
    "DOM": "Dominicaanse Republiek|Dominican Republic|République dominicaine|Dom. Rep.",
    "AUT": "Oostenrijk|Austria|Autriche|Österreich|Oesterreich",
    "AUS": "Australië|Australia|Australie|Australien",
    "IRN": "Iran|IRAN|Islamitische Republiek Iran|Perzië",
    "IRQ": "Irak|Iraq|IRQ|Republiek Irak",
    "SXM": "Sint Maarten|Sint-Maarten|St. Maarten|SXM",
    "MAF": "Saint-Martin|Saint Martin|St. Martin|Sint-Maarten (Frans deel)",
    "ZMB": "Zambia|Sambia|Zambie|Noord-Rhodesië",
    "GMB": "Gambia|The Gambia|Gambie|Republiek Gambia",
    "SVN": "Slovenië|Slovenia|Slovénie|Slowenien",
    "SVK": "Slowakije|Slovakia|Slovaquie|Slowakei|Slowaakse Republiek",
    "MUS": "Mauritius|Maurice",
    "MRT": "Mauritanië|Mauritania|Mauritanie|Mauretanien",
    "WSM": "Samoa|WSM",
    "ASM": "Amerikaans-Samoa|American Samoa|Samoa américaines|Amerikaans Samoa",
    "BES": "Caribisch Nederland|Caribbean Netherlands|Bonaire, Sint Eustatius en Saba|BES",
    "CUW": "Curaçao|Curacao|CURAÇAO|CUW",
    "PSE": "Palestijnse Gebieden|Palestijnse gebieden|Palestina|Palestine|Palestinian Territories",
    "KOR": "Zuid-Korea|Zuid Korea|ZuidKorea|South Korea|Corée du Sud|Südkorea|Republiek Korea",
    "PRK": "Noord-Korea|North Korea|Corée du Nord|Nordkorea|DPRK",
    "CYP": "Cyprus|Grieks-Cyprus|Grieks Cyprus|Chypre|Zypern",
    "SAU": "Saoedi-Arabië|Saoedi Arabië|Saudi Arabia|Arabie saoudite|Saudi-Arabien",
    "ARE": "Verenigde Arabische Emiraten|VAE|UAE|United Arab Emirates|Émirats arabes unis",
    "YEM": "Jemen|Yemen|Yémen",
    "KGZ": "Kirgizië|Kirgistan|Kirgizstan|Kyrgyzstan|Kirghizistan",
    "TJK": "Tadzjikistan|Tadjikistan|Tajikistan|Tadschikistan",
    "RUS": "Rusland|Russische Federatie|Russia|Russian Federation|Russie|Russland",
    "BIH": "Bosnië en Herzegovina|Bosnië-Herzegovina|Bosnië|Bosnia & Herzegovina|Bosnien"
    " und Herzegowina",
    "TTO": "Trinidad en Tobago|Trinidad & Tobago|Trinidad and Tobago|Trinité-et-Tobago",
    "STP": "Sao Tomé en Principe|São Tomé & Príncipe|Sao Tome and Principe",
    "SDN": "Soedan|Noord-Soedan|Sudan|Soudan",
    "SSD": "Zuid-Soedan|Zuid Soedan|South Sudan|Soudan du Sud",
    "HKG": "Hongkong|Hong Kong|Hong-Kong|HKG",
    "TWN": "Taiwan|Taïwan|TWN|Republiek China",
    "CHN": "China|Chine|Volksrepubliek China|People's Republic of China",
    "TUR": "Turkije|Turkey|Türkiye|Turquie|Republiek Turkije",
    "NAM": "Namibië|Namibia|Namibie|NAM",
    "KEN": "Kenia|Kenya|Republiek Kenia|Republic of Kenya",
    "SUR": "Suriname|Surinam|Republiek Suriname",
    "GUF": "Frans-Guyana|Frans Guyana|French Guiana|Guyane française",
    "GUY": "Guyana|Coöperatieve Republiek Guyana|Brits-Guiana",
    "HTI": "Haïti|Haiti|Republiek Haïti",
    "LKA": "Sri Lanka|SriLanka|Ceylon",
    "VNM": "Vietnam|Viet Nam|Socialistische Republiek Vietnam",
    "KNA": "Saint Kitts en Nevis|St. Kitts & Nevis|Sint-Kitts en Nevis",
    "VCT": "Saint Vincent en de Grenadines|St Vincent and the Grenadines",
    "VAT": "Vaticaanstad|Vatican City|Heilige Stoel|Holy See",
    "ESH": "Westelijke Sahara|Western Sahara|Sahara occidental|Westsahara",
    "TLS": "Oost-Timor|Timor-Leste|East Timor",
    "BHS": "Bahama's|Bahama’s|Bahamas|the Bahamas",
    "ISL": "IJsland|Ijsland|ijsland|Iceland|Islande|Island",
    "IRL": "Ierland|Ireland|Irlande|Irland|Ierse Republiek",
}

# printed -> what was meant. From what people type; "~" where it may also stay open.
MISSPELT = """
Burkina Fasa=BFA   Azerbeidjan=AZE    Azerbaidjan=AZE     Philipijnen=PHL    Phillippines=PHL
Marroko=MAR        Maroko=MAR         Zwitserlnd=CHE      Zwisterland=CHE    Switserland=CHE
Oekriane=UKR       Oekraiene=UKR      Venezeula=VEN       Venuzuela=VEN      Venezula=VEN
Kirgyzstan=KGZ     Tajikstan=TJK      Tadzikistan=TJK     Maurtanië=MRT      Mauretanië=MRT
Saoudi-Arabië=SAU  Soedi-Arabië=SAU   Afganistan=AFG      Afghanstan=AFG     Algarije=DZA
Austrailia=AUS     Banglades=BGD      Belguim=BEL         Bosnie-Herzogovina=BIH
Bulgareije=BGR
Cameroen=CMR       Kamaroen=CMR       Collombia=COL       Denemarke=DNK
Dominicanse Republiek=DOM
Duitland=DEU       Duitslnd=DEU       Ecuadoor=ECU        Egipte=EGY         Etiopië=ETH
Ethopia=ETH        Finnland=FIN       Frankijk=FRA        Frankrjik=FRA      Griekeland=GRC
Guatamala=GTM      Honderas=HND       Hongarijë=HUN       Indonisië=IDN      Ierlnad=IRL
Isreal=ISR         Itallië=ITA        Ivoorkurst=CIV      Jamiaca=JAM        Kazachtan=KAZ
Koeweid=KWT        Kroaitië=HRV       Liechenstein=LIE    Lituanië=LTU       Litouen=LTU
Luxumburg=LUX      Maleysië=MYS       Moldovië=MDA        Mozambike=MOZ      Myanmaar=MMR
Niew-Zeeland=NZL   New Zeland=NZL     Nicaragu=NIC        Noorwgen=NOR       Oezbekisten=UZB
Oosterijk=AUT      Oostenijrk=AUT     Pakisan=PAK         Parguay=PRY        Portugall=PRT
Roemanië=ROU       Ruslnad=RUS        Senagal=SEN         Seychelen=SYC      Singapoor=SGP
Slowakeije=SVK     Sri Lankka=LKA     Surinaame=SUR       Tansania=TZA       Thialand=THA
Tjechië=CZE        Tunisië=TUN        Turkmenistam=TKM    Urugay=URY         Verenigde Statten=USA
Verenigd Koninkrjik=GBR Verenigde Arabisch Emiraten=ARE   Vietnaam=VNM       Zimbabwee=ZWE
Zuid Afirka=ZAF    Zuid-Koera=KOR     Noord Korae=PRK     Zweeden=SWE        Kaapverdei=CPV
Trinidad en Tobaggo=TTO  Barbedos=BRB  Djiboeti=DJI        Bahrijn=BHR        Libanonn=LBN
Madagasker=MDG     Guinee-Bissua=GNB  Kosowo=XKX          Montenergo=MNE     Albaniê=ALB
Arruba=ABW         Hongkomg=HKG       Palestijnse gebeiden=PSE Westlijke Sahara=ESH Botswanna=BWA
Siera Leone=SLE    Rumenia=ROU        Morroco=MAR
Malasia=~MYS       Curacou=~CUW       Sint Marten=~SXM    Malawie=~MWI       Liberie=~LBR
"""

# Names that fit two or more units, or none: each must stay open. "=" gives who must be suggested.
OPEN = """
Congo=COD COG|Kongo=COD COG|Korea=KOR PRK|Guinees=GIN GNB GNQ PNG|Joegoslavië=SRB HRV
Sovjet-Unie=RUS
Nigera=NER NGA|Noord-Ierland=GBR|Maagdeneilanden=VGB VIR|Nederlandse Antillen=CUW SXM BES|Timor=TLS
Nieuw-Guinea=PNG IDN|Tsjechoslowakije=CZE SVK|Samoa-eilanden=WSM ASM|Koerdistan=IRQ TUR|Amerika=USA
Ira=IRN IRQ|Guyan=GUF GUY|Narnia|Atlantis|Mordor|Wakanda|Zuid-Amerika|South America|Noord-Amerika
Latijns-Amerika|Midden-Oosten|Afrika|West-Afrika|Europa|Azië|Siberië|Tasmanië|Tasmania|Gelderland
Zeeland|Moravië|Pruisen|Prussia|Indiana|Alberta|Baskenland|Catalonië|Caracas|Lagos|Granada|Numidia
Legoland|Ruritania|Syldavië|Latveria|Wereldwijd|Onbekend|Europol|Interpol|Frontex|Totaal|Terrorisme
Bali|Tibet|Krim|Sicilië|Corsica|Beieren|Vlaanderen|Madeira|Zanzibar|Hawaii|Texas|Montana|Malaga
"""


def pairs(text: str) -> list[tuple[str, str]]:
    """(printed, code) of a block of "printed=CODE" in columns of two or more spaces."""
    found = re.findall(r"(\S.*?)=(~?[A-Z]{3})(?:\s+|$)", text)
    return [(printed.strip(), code) for printed, code in found]


CERTAIN_PAIRS = [(name, iso3) for iso3, names in CERTAIN.items() for name in names.split("|")]


def test_the_hand_lists_are_as_long_as_promised():
    assert len(CERTAIN_PAIRS) >= 250
    assert len(pairs(MISSPELT)) >= 100


@pytest.mark.parametrize(("printed", "iso3"), CERTAIN_PAIRS)
def test_certain_names_stand_for_one_unit(resolver: Resolver, printed: str, iso3: str):
    found = resolver.resolve(printed)
    assert isinstance(found, Match), found
    assert (found.iso3, found.printed) == (iso3, printed)
    if found.how != "spelling":
        assert found.score == 100.0


def test_certain_names_are_not_taken_for_misspellings(resolver: Resolver):
    spelt = [name for name, _ in CERTAIN_PAIRS if resolver.resolve(name).how == "spelling"]
    # Formal names and abbreviations that no table lists may be read as near another name.
    assert len(spelt) <= 4, spelt


@pytest.mark.parametrize("language", ["nl", "en", "fr", "de"])
def test_every_unit_is_known_by_its_cldr_name(resolver: Resolver, units: pd.DataFrame, language):
    codes = units.set_index("iso3")["iso2"].dropna().to_dict() | {"XKX": "XK"}
    assert len(codes) > 240
    names = {iso3: Locale(language).territories[iso2] for iso3, iso2 in codes.items()}
    wrong = {
        iso3: resolver.resolve(name)
        for iso3, name in names.items()
        if getattr(resolver.resolve(name), "iso3", None) != iso3
    }
    assert not wrong


@pytest.mark.parametrize("change", [str.upper, str.lower, str.title, lambda name: f" {name}. "])
def test_case_and_edges_do_not_matter(resolver: Resolver, units: pd.DataFrame, change):
    for unit in units.itertuples():
        for name in (unit.name_nl, unit.name_en):
            assert resolver.resolve(change(name)).iso3 == unit.iso3, name


NAMES_OF_TWO_LETTERS = {"US"}  # short names that happen to be codes too


def test_codes_have_three_letters_and_capitals(resolver: Resolver, units: pd.DataFrame):
    for unit in units.itertuples():
        assert resolver.resolve(unit.iso3) == Match(unit.iso3, "code", 100.0, unit.iso3)
        if isinstance(unit.iso2, str) and unit.iso2 not in NAMES_OF_TWO_LETTERS:
            asked = resolver.resolve(unit.iso2)
            assert (asked.reason, asked.printed) == ("letters", unit.iso2)
            assert asked.suggestions == (() if unit.iso2 in WORDS else (unit.iso3,))
    # "in" and "is" are Dutch words before they are India and Iceland.
    for word in ("in", "is", "de", "nl", "per", "can"):
        assert not isinstance(resolver.exact(word), Match)


@pytest.mark.parametrize(("printed", "wanted"), pairs(MISSPELT))
def test_plausible_misspellings(resolver: Resolver, printed: str, wanted: str):
    found = resolver.resolve(printed)
    may_stay_open, iso3 = wanted.startswith("~"), wanted.lstrip("~")
    if isinstance(found, Unresolved) and may_stay_open:
        assert iso3 in found.suggestions
    else:
        assert isinstance(found, Match), found
        assert found.iso3 == iso3
        assert found.how in ("spelling", "alias", "name")
        assert 60 < found.score <= 100


@pytest.mark.parametrize("line", OPEN.replace("\n", "|").strip("|").split("|"))
def test_what_cannot_be_one_unit_stays_open(resolver: Resolver, line: str):
    printed, _, wanted = line.partition("=")
    found = resolver.resolve(printed)
    assert isinstance(found, Unresolved), found
    assert found.printed == printed
    assert found.reason
    assert set(wanted.split()) <= set(found.suggestions)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        "/",
        "123",
        "2025",
        "1.5",
        "😀",
        "🇳🇱",
        "مصر",
        "ישראל",
        "日本",
        "\x00",
        "\u202eurep",
        "?",
        "%s",
        "<b>Peru</b>x",
        "null",
        "None",
        "nan",
        "N/A",
        "a",
        "ab",
        "xyz",
        "é",
        "'",
        "&",
    ],
)
def test_what_is_no_name_stays_open(resolver: Resolver, text: str):
    assert isinstance(resolver.resolve(text), Unresolved)


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        # Part of the unit Cyprus: who is meant by it is asked, and Cyprus is what is offered.
        ("Noord-Cyprus", ("CYP",)),
        ("N. Cyprus", ("CYP",)),
        ("Turks-Cyprus", ("CYP",)),
        ("Turkse Republiek Noord-Cyprus", ("CYP",)),
        ("Northern Cyprus", ("CYP",)),
        # Nobody lives there: no unit, and no misspelt neighbour in the table of names either.
        ("Zuid-Georgië", ()),
        ("South Georgia", ()),
        ("Bouveteiland", ()),
        ("Brits Indische Oceaanterritorium", ()),
        ("Antarctica", ()),
        ("Zuidelijk Patagonisch IJsveld", ()),
    ],
)
def test_what_is_no_unit_is_asked(resolver: Resolver, text: str, suggested: tuple[str, ...]):
    found = resolver.resolve(text)
    assert isinstance(found, Unresolved) and found.suggestions == suggested
    assert dict(found.note)["note_nl"]


REGIONS = """Sahel|Sahel-regio|Sahellanden|Westelijke Sahel|Hoorn van Afrika|Horn of Africa|Maghreb
Levant|Grote Meren|Grote Merengebied|Balkan|Balkans|Caribisch gebied|Caribbean|Cariben|Kaukasus
Zuidelijke Kaukasus|Golfstaten|Andeslanden|Scandinavië|Noordse landen|Centraal-Azië|Midden-Azië
Zuid-Azië|South Asia|Oost-Azië|Zuidoost-Europa|Midden-Afrika|Westelijk Afrika|Noordelijk Afrika
Sub-Sahara Afrika|Nabije Oosten|Pacific|Eurazië|ASEAN|MENA|Schengen|Europese Unie|EU|EU-landen
EU-lidstaten|NAVO-landen|Mercosur|CARICOM|Afrikaanse Unie"""


@pytest.mark.parametrize("printed", REGIONS.replace("\n", "|").split("|"))
def test_a_region_without_a_list_of_countries_is_asked_as_one(resolver, printed: str):
    """No country whose name looks like it is offered: Sahel is not Israel."""
    found = resolver.resolve(printed)
    assert isinstance(found, Unresolved)
    assert (found.reason, found.suggestions) == ("ambiguous", ())


PARTS_OF_REGIONS = """regio Sahel|G5 Sahel|landen in de Sahel|rest van de Sahel|Sahel countries
Westelijk Sahel|West-Sahel|the Sahel region|regio Kaukasus|regio Golf|regio Caribisch gebied
rest van Afrika|landen in Afrika|overige landen in Azië|Southern Sahel
Western Balkan region"""


@pytest.mark.parametrize("printed", PARTS_OF_REGIONS.replace("\n", "|").split("|"))
def test_a_region_with_a_word_beside_it_is_asked_as_one(resolver, printed: str):
    """With the note of the region, and no country beside it."""
    found = resolver.resolve(printed)
    assert isinstance(found, Unresolved)
    assert (found.reason, found.suggestions) == ("ambiguous", ())
    assert "geen land" in dict(found.note)["note_nl"]


@pytest.mark.parametrize(
    "printed", ["Bouveteilnd", "Antartica", "Zuid-Georgi", "Diego Garsia", "South Geogria"]
)
def test_a_misspelt_place_where_nobody_lives_is_an_unknown_name(resolver: Resolver, printed: str):
    """It is no region, and no unit: whatever is spelt somewhat alike is another country."""
    assert resolver.resolve(printed) == Unresolved(printed, "unknown")


@pytest.mark.parametrize(
    "printed",
    [
        *("Westlijke Sahel", "Sahl-regio", "Westelijke Balken", "regio Westelijke Balkan"),
        *("rest van West-Balkan", "Oostelijk deel Caribisch gebid"),
        *("Baltishe staten", "Hoorn van Afrka"),
    ],
)
def test_a_region_misspelt_or_a_part_of_one_is_no_country(resolver, printed: str):
    """Western Sahel is nearer than Western Sahara; a region whose list is known stays asked too."""
    found = resolver.resolve(printed)
    assert isinstance(found, Unresolved)
    assert (found.reason, found.suggestions) == ("near_region", ())


@pytest.mark.parametrize(
    ("printed", "iso3"),
    [
        *(("Westelijk Sahara", "ESH"), ("Westlijke Sahara", "ESH"), ("Isral", "ISR")),
        *(("Zuid Africa", "ZAF"), ("Zuid-Africa", "ZAF"), ("South Afrika", "ZAF")),
    ],
)
def test_a_country_misspelt_is_not_taken_for_a_region(resolver, printed: str, iso3: str):
    found = resolver.resolve(printed)
    assert getattr(found, "iso3", None) == iso3 or iso3 in found.suggestions


@pytest.mark.parametrize("text", ["a" * 10_000, "Peru " * 2_000, "é" * 10_000, "(" * 10_000])
def test_a_very_long_text_is_one_open_question(resolver: Resolver, text: str):
    found = resolver.resolve(text)
    assert isinstance(found, Unresolved)
    assert found.printed == text


def test_pairs_that_must_never_be_confused(resolver: Resolver):
    groups = """NER:Niger NGA:Nigeria|COG:Congo-Brazzaville COD:Congo-Kinshasa
    |AUT:Austria AUS:Australia|IRN:Iran IRQ:Irak|ZMB:Zambia GMB:Gambia|SVN:Slovenië SVK:Slowakije
    |MUS:Mauritius MRT:Mauritanië
    |WSM:Samoa ASM:Amerikaans-Samoa|SXM:Sint-Maarten MAF:Saint-Martin SMR:San-Marino
    |DMA:Dominica DOM:Dominicaanse-Republiek|GIN:Guinee GNB:Guinee-Bissau GNQ:Equatoriaal-Guinea
    |GUY:Guyana GUF:Frans-Guyana|IRL:Ireland ISL:Iceland|LBY:Libya LBR:Liberia LBN:Libanon
    |LVA:Letland LTU:Litouwen|SWE:Zweden CHE:Zwitserland|MLI:Mali MWI:Malawi MLT:Malta MDV:Malediven
    |PRY:Paraguay URY:Uruguay|TCD:Chad CHL:Chili CHN:China
    |IND:India IDN:Indonesië|JOR:Jordanië GEO:Georgië|MAC:Macau MKD:Macedonië"""
    for group in groups.split("|"):
        found = {}
        for item in group.split():
            iso3, name = item.split(":")
            found[iso3] = resolver.resolve(name).iso3
        assert list(found) == list(found.values())


def slips(name: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """(kind, misspelling): every letter lost, doubled, swapped, and another for it."""
    for place, letter in enumerate(name):
        if letter.isalpha():
            yield "lost", name[:place] + name[place + 1 :]
            yield "doubled", name[:place] + letter + name[place:]
            other = chance.choice("abcdefghijklmnopqrstuvwxyz")
            if other != letter.lower():
                yield "replaced", name[:place] + other + name[place + 1 :]
    for place, (letter, following) in enumerate(pairwise(name)):
        if letter.isalpha() and following.isalpha() and letter != following:
            yield "swapped", name[:place] + following + letter + name[place + 2 :]


def test_no_single_slip_makes_another_country(
    resolver: Resolver, units: pd.DataFrame, record_property
):
    """The heart of "never a guess": 15,000 misspellings, none of them read as a wrong country.

    The floor under the recall is below what is reached (93 %), so that a new rule may cost a little
    and a broken one is noticed; the right country is among the suggestions of nearly all others.
    """
    chance = random.Random(20251112)
    count: Counter[str] = Counter()
    wrong, lost = [], []
    for unit in units.itertuples():
        for name in {unit.name_nl, unit.name_en}:
            for _, printed in slips(name, chance):
                found = resolver.resolve(printed)
                if isinstance(found, Match) and found.iso3 == unit.iso3:
                    count["right"] += 1
                elif isinstance(found, Match) and found.how != "spelling":
                    count["another certain name"] += 1  # Zambia is one slip from Gambia
                elif isinstance(found, Match | Region):
                    wrong.append((printed, unit.iso3, found))
                else:
                    count["open"] += 1
                    if unit.iso3 not in found.suggestions:
                        lost.append((printed, unit.iso3, found.suggestions))
    assert not wrong
    total = count.total()
    record_property("recall", f"{count['right'] / total:.1%} of {total}, {len(lost)} lost")
    assert total > 14_000
    assert count["right"] / total > 0.92
    assert count["another certain name"] < 20
    assert len(lost) / total < 0.002, lost


def test_a_guess_keeps_what_was_printed_and_how_near_it_is(resolver: Resolver):
    assert resolver.resolve("Burkina Fasa") == Match("BFA", "spelling", 90.9, "Burkina Fasa")
    assert resolver.resolve("VS") == Match("USA", "alias", 100.0, "VS")
    assert resolver.resolve("Oekraine") == Match("UKR", "name", 100.0, "Oekraine")


@pytest.mark.parametrize(
    ("printed", "suggestions"),
    [
        ("Pristina", ""),
        ("Foobarstan", ""),
        ("Bagdad", ""),
        ("Nigera", "NER NGA"),
        ("Slovanie", "SVN SVK"),
    ],
)
def test_suggestions_look_alike(resolver: Resolver, printed: str, suggestions: str):
    found = resolver.resolve(printed)
    assert isinstance(found, Unresolved)
    assert found.suggestions == tuple(suggestions.split())
    assert ("several" in found.reason) == bool(suggestions)


def test_regions_are_regions_and_no_unit(resolver: Resolver):
    east = resolver.resolve("Oostelijk deel Caribisch gebied")
    assert isinstance(east, Region)
    assert set(east.members) == {"ATG", "BRB", "DMA", "GRD", "KNA", "LCA", "VCT"}
    kingdom = resolver.resolve("caribische koninkrijksdelen")
    assert isinstance(kingdom, Region)
    assert set(kingdom.members) == {"ABW", "CUW", "SXM", "BES"}
    assert isinstance(resolver.resolve("West-Balkan"), Region)
    found = resolver.unit("Westelijke Balkan")
    assert isinstance(found, Unresolved)
    assert "SRB" in found.suggestions


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("São Tomé & Príncipe", "sao tome en principe"),
        ("Wit-Rusland", "WITRUSLAND"),
        ("Côte d’Ivoire", "Cote d'Ivoire"),
        ("St. Lucia", "Saint Lucia"),
        ("Weißrussland", "weissrussland"),
        ("İstanbul", "Istanbul"),
        ("Łódź", "Lodz"),
        ("Bahama’s", "Bahama's"),
    ],
)
def test_key_forgives_writing(one: str, other: str):
    assert key(one) == key(other) != ""


def test_words_keep_the_order_and_one_sign_for_and():
    assert key_tokens("Bosnië en Herzegovina") == ["bosnie", "&", "herzegovina"]
    assert key_tokens("Sint-Maarten") == ["saint", "maarten"]


def test_one_name_for_two_units_is_refused_when_the_tables_are_read():
    tables = ("names", "ambiguous_names", "regions", "region_aliases")
    names, *others = (reference(table) for table in tables)
    double = names[names["name"] == "Peru"].assign(iso3="CHL")
    with pytest.raises(ValueError, match=r"Peru.*PER.*CHL"):
        Resolver(pd.concat([names, double]), *others)


@pytest.mark.parametrize(
    ("printed", "suggestions"),
    [
        ("E. Guinee", "GNQ"),  # Equatoriaal-Guinea
        ("P. Guinee", "PNG GNB"),  # Papoea-Nieuw-Guinea, and Portugees-Guinea of old
        # No name has a word on these letters before it: the name itself is all there is to offer.
        ("Q. Guinee", "GIN"),
        ("M. Mali", "MLI"),
    ],
)
def test_a_letter_before_a_name_is_asked_with_the_name_it_may_begin(
    resolver: Resolver, printed: str, suggestions: str
):
    """Never with the name that stands behind the letter, where another one fits."""
    found = resolver.resolve(printed)
    assert isinstance(found, Unresolved)
    wanted = suggestions.split()
    assert list(found.suggestions[: len(wanted)]) == wanted
    assert ("GIN" in found.suggestions) == ("GIN" in wanted)


@pytest.mark.parametrize(
    ("printed", "reason", "suggestions"),
    [
        ("Malawi?", "question_mark", ("MWI",)),
        ("Kenia → Oeganda", "sign", ("KEN", "UGA")),
        ("Kenia = Oeganda", "sign", ("KEN", "UGA")),
        ("✗ Malawi", "sign", ("MWI",)),
    ],
)
def test_a_sign_of_doubt_is_called_what_it_is(
    resolver: Resolver, printed: str, reason: str, suggestions: tuple[str, ...]
):
    found = resolver.resolve(printed)
    assert isinstance(found, Unresolved)
    assert (found.reason, found.suggestions) == (reason, suggestions)


@pytest.mark.parametrize(
    ("printed", "iso3"),
    [
        ("Cyprus (Zuid)", "CYP"),
        ("Taiwan (ROC)", "TWN"),
        ("Soedan (Zuid)", "SSD"),
        ("Sudan (South)", "SSD"),
        ("Guyana (Frans)", "GUF"),
        ("Maagdeneilanden (Britse)", "VGB"),
        ("Macedonië (Noord)", "MKD"),
        ("Burkina", "BFA"),
    ],
)
def test_a_first_word_in_brackets_behind_its_name(resolver: Resolver, printed: str, iso3: str):
    name = resolver.resolve(printed)
    assert isinstance(name, Match)
    assert (name.iso3, name.printed) == (iso3, printed)


def test_a_republic_in_brackets_is_asked(resolver: Resolver):
    """China and Taiwan both call themselves so."""
    assert isinstance(resolver.resolve("China (Republiek)"), Unresolved)


def test_a_part_that_only_a_person_can_settle_is_so_in_brackets_too(resolver: Resolver):
    assert resolver.is_ambiguous("Cyprus (Noord)")
    assert resolver.resolve("Cyprus (Noord)") == Unresolved(
        "Cyprus (Noord)", "ambiguous", ("CYP",), resolver.resolve("Noord-Cyprus").note
    )


@pytest.mark.parametrize("printed", ["Zuid", "Noord", "West"])
def test_a_quarter_of_the_compass_suggests_no_country(resolver: Resolver, printed: str):
    assert resolver.resolve(printed) == Unresolved(printed, "unknown")
