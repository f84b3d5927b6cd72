"""Lists of countries, cut the way the documents print them and the ways a next one may."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from geo.names.outcomes import Match, Unresolved
from geo.names.resolver import Resolver
from geo.reading.lists import read_list

Cut = Callable[[str], list[str]]

LISTS = [
    # separators
    ("Peru / Chili", "PER CHL"),
    ("Libanon/Jordanië/Syrië", "LBN JOR SYR"),
    ("Tunesië/ Algerije / Libië / Egypte", "TUN DZA LBY EGY"),
    ("Turkije /Irak", "TUR IRQ"),
    ("Peru, Chili", "PER CHL"),
    ("Marokko, Algerije,Tunesië en Libië.", "MAR DZA TUN LBY"),
    ("Peru; Chili; ", "PER CHL"),
    ("Peru\nChili\r\nBolivia", "PER CHL BOL"),
    ("Oostenrijk\tZwitserland", "AUT CHE"),
    ("Peru en Chili", "PER CHL"),
    ("Peru EN Chili", "PER CHL"),
    ("Kenya, Uganda and Tanzania", "KEN UGA TZA"),
    ("Pérou et Chili", "PER CHL"),
    ("Peru und Chile", "PER CHL"),
    ("Peru & Chili & Bolivia", "PER CHL BOL"),
    ("België + Luxemburg", "BEL LUX"),
    ("België – Luxemburg", "BEL LUX"),
    ("België–Luxemburg", "BEL LUX"),
    ("België — Luxemburg", "BEL LUX"),
    ("België - Luxemburg", "BEL LUX"),
    ("België-Luxemburg", "BEL LUX"),
    ("Peru | Chili", "PER CHL"),
    ("• Kenia\n• Tanzania", "KEN TZA"),
    ("- Kenia\n- Tanzania", "KEN TZA"),
    ("1. Kenia 2. Tanzania", "KEN TZA"),
    ("1) Kenia\n2) Tanzania", "KEN TZA"),
    ("Kenia : Tanzania", "KEN TZA"),
    ("Peru\\Chili", "PER CHL"),
    # separators that were dropped
    ("Hongarije Moldavië", "HUN MDA"),
    ("Roemenië / Bulgarije / Hongarije Moldavië", "ROU BGR HUN MDA"),
    ("Iran Irak", "IRN IRQ"),
    ("Niger Nigeria", "NER NGA"),
    ("Dominica Dominicaanse Republiek", "DMA DOM"),
    ("Costa Rica Panama El Salvador", "CRI PAN SLV"),
    ("Frans Guyana Guyana Suriname", "GUF GUY SUR"),
    ("Verenigde Staten Canada", "USA CAN"),
    ("Saoedi Arabië Koeweit", "SAU KWT"),
    ("Zuid Soedan Noord Soedan", "SSD SDN"),
    (
        "Denemarken Noorwegen Zweden Finland IJsland Estland Letland Litouwen",
        "DNK NOR SWE FIN ISL EST LVA LTU",
    ),
    # names that hold a separator
    ("Trinidad & Tobago", "TTO"),
    ("Trinidad en Tobago en Barbados", "TTO BRB"),
    ("Antigua en Barbuda en Barbados", "ATG BRB"),
    ("Bosnië en Herzegovina", "BIH"),
    ("Bosnië en Herzegovina en Servië", "BIH SRB"),
    ("Bosnië - Herzegovina", "BIH"),
    ("Albanië Bosnië en Herzegovina Kosovo", "ALB BIH XKX"),
    ("Saint Kitts en Nevis en Saint Lucia", "KNA LCA"),
    ("St. Vincent en de Grenadines / St. Lucia", "VCT LCA"),
    ("Sao Tomé en Principe en Gabon", "STP GAB"),
    ("Turks- en Caicoseilanden en Aruba", "TCA ABW"),
    ("Bonaire, Sint Eustatius en Saba", "BES"),
    ("Palestijnse gebieden, Westelijke Jordaanoever", "PSE"),
    ("Israël en Palestijnse gebieden", "ISR PSE"),
    ("Guinee Bissau", "GNB"),
    ("Guinee - Bissau", "GNB"),
    ("Guinee, Guinee-Bissau en Equatoriaal-Guinea", "GIN GNB GNQ"),
    ("DR Congo en Congo-Brazzaville", "COD COG"),
    ("Sint Maarten/Saint Martin", "SXM MAF"),
    # one noun for two countries
    ("Zuid en Noord Soedan", "SSD SDN"),
    ("Noord en Zuid Soedan", "SDN SSD"),
    ("Noord- en Zuid-Soedan", "SDN SSD"),
    ("Noord- en Zuid-Korea", "PRK KOR"),
    ("North & South Korea", "PRK KOR"),
    ("Noord/Zuid-Korea", "PRK KOR"),
    ("Noord-Macedonië en Zuid-Soedan", "MKD SSD"),
    # brackets, ends, footnotes, invisible signs
    ("Peru (Chili / Bolivia", "PER CHL BOL"),
    ("Peru (Chili) Bolivia", "PER CHL BOL"),
    ("Kosovo, Albanië (en Noord-Macedonië)", "XKX ALB MKD"),
    ("Congo (DRC)", "COD"),
    ("Congo (Kinshasa) / Congo (Brazzaville)", "COD COG"),
    ("Myanmar (Birma)", "MMR"),
    ("Spanje/ Malta /", "ESP MLT"),
    ("/ Spanje // Malta", "ESP MLT"),
    ("Nicaragua en El Salvador.", "NIC SLV"),
    ("Kosovo¹", "XKX"),
    ("Kosovo*", "XKX"),
    ("Kosovo[3]", "XKX"),
    ("Kosovo [3] / Albanië", "XKX ALB"),
    ("Kosovo1 / Albanië2", "XKX ALB"),
    ("Kosovo (1)", "XKX"),
    ("Kosovo†", "XKX"),
    ("Kosovo[footnoteRef:3]", "XKX"),
    ("Kosovo (*)", "XKX"),
    ("Peru\u00a0/\u00a0Chili", "PER CHL"),
    ("Zuid\u00adAfrika", "ZAF"),
    ("Dominicaanse  \n Republiek", "DOM"),
    ("Saoedi-\nArabië", "SAU"),
    # misspelt, with certain separators
    ("Burkina Fasa / Togo", "BFA TGO"),
    ("Burkina Fasa en Togo", "BFA TGO"),
    ("de Filipijnen en de Malediven", "PHL MDV"),
    # printed twice comes back twice
    ("Eswatini (Swaziland)", "SWZ SWZ"),
    ("", ""),
    ("   ", ""),
    ("/ / /", ""),
    ("()", ""),
    ("-", ""),
    ("...", ""),
]


@pytest.mark.parametrize(("printed", "codes"), LISTS)
def test_lists(cut: Cut, printed: str, codes: str):
    assert cut(printed) == codes.split()


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("Saoedi\nArabië", ["SAU"]),
        ("Trinidad\n& Tobago", ["TTO"]),
        ("Trinidad\n&\nTobago\nKenia", ["TTO", "KEN"]),
        ("Guinee\nBissau\nGuinee", ["GNB", "GIN"]),
        ("Congo\n(Kinshasa)", ["COD"]),
        ("Peru\nCongo (Kinshasa)\nGabon", ["PER", "COD", "GAB"]),
        ("Zuid\nen Noord\nSoedan", ["SSD", "SDN"]),
        ("Caribische\nKoninkrijksdelen /\nVenezuela", ["Caribische Koninkrijksdelen", "VEN"]),
        ("Burkina\nFasa\nTogo", ["BFA", "TGO"]),
        ("Costa Rica\nPanama", ["CRI", "PAN"]),
        ("Costa Rica\nPanma", ["CRI", "PAN"]),
        ("Costa Rica\nNarnia", ["CRI", "? Narnia"]),
        ("Narnia\nGondor\nPanama", ["? Narnia", "? Gondor", "PAN"]),
        ("Hongarije Moldavië\nNarnia", ["HUN", "MDA", "? Narnia"]),
        ("Servië\nMontenegro", ["SRB", "MNE"]),  # two lines that are two countries
        ("Sint Maarten\nSaint Martin", ["SXM", "MAF"]),
        ("Peru (Chili\nBolivia)", ["PER", "CHL", "BOL"]),
    ],
)
def test_a_name_may_run_over_a_line_and_else_the_line_ends_it(cut: Cut, printed, found):
    assert cut(printed) == found


def test_what_was_printed_over_two_lines_is_quoted_on_one(resolver: Resolver):
    names = read_list("Saoedi\nArabië\nBurkina\nFasa\nheel\tAfrika", resolver)
    assert [name.printed for name in names][:2] == ["Saoedi Arabië", "Burkina Fasa"]
    assert not any("\n" in name.printed for name in names)


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("Kenia / Oeganda (NP)", ["KEN", "UGA", "? NP"]),
        ("Kenia / Oeganda (NP) Togo", ["KEN", "UGA", "? NP) Togo"]),
        ("Ghana, VN", ["GHA", "? VN"]),
        ("Ghana\nVN", ["GHA", "? VN"]),
        ("Ghana / KM / BZ", ["GHA", "? KM", "? BZ"]),
        ("VNM / NPL / MAR", ["VNM", "NPL", "MAR"]),
        ("BE / DE / FR", ["? BE", "? DE", "? FR"]),
        ("BEL NLD LUX", ["BEL", "NLD", "LUX"]),
        ("DE FILIPIJNEN", ["PHL"]),  # no Germany
        ("DE FILIPIJNEN / DE MALEDIVEN", ["PHL", "MDV"]),
    ],
)
def test_two_letters_that_are_a_word_are_no_country(cut: Cut, printed: str, found: list[str]):
    assert cut(printed) == found


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("Caribische Koninkrijksdelen / Venezuela", ["Caribische Koninkrijksdelen", "VEN"]),
        ("Caribische Koninkrijksdelen en Venezuela", ["Caribische Koninkrijksdelen", "VEN"]),
        ("Oostelijk deel Caribisch gebied / Cuba", ["Oostelijk deel Caribisch gebied", "CUB"]),
        ("Servië-Montenegro", ["Servië-Montenegro"]),
        ("Servië en Montenegro", ["SRB", "MNE"]),  # printed as two, read as two
    ],
)
def test_regions_stand_among_countries(cut: Cut, printed: str, found: list[str]):
    assert cut(printed) == found


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("Narnia", ["? Narnia"]),
        ("Narnia / Peru", ["? Narnia", "PER"]),
        ("Peru en Narnia en Chili", ["PER", "? Narnia", "CHL"]),
        ("Narnia Moldavië", ["? Narnia Moldavië"]),
        ("Moldavië Narnia", ["? Moldavië Narnia"]),
        ("Congo en Gabon", ["? Congo", "GAB"]),
        ("Congo / Gabon", ["? Congo", "GAB"]),
        ("Guinees", ["? Guinees"]),
        ("VK en Noord-Ierland", ["GBR", "? Noord-Ierland"]),
        ("Noord- en Zuid-Amerika", ["? Noord Amerika", "? Zuid Amerika"]),
        ("heel Afrika", ["? heel Afrika"]),
        ("Duitsland (Düsseldorf)", ["DEU", "? Düsseldorf"]),
        ("Burkina Fasa Togo", ["? Burkina Fasa Togo"]),
        ("Mali t/m 1 juli 2026 / Togo", ["? Mali t/m 1 juli 2026", "TGO"]),
        ("Mali/Togo t/m 2026/Chili", ["MLI", "? Togo t/m 2026", "CHL"]),
    ],
)
def test_what_is_not_known_stays_one_visible_question(cut: Cut, printed: str, found: list[str]):
    assert cut(printed) == found


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("a) Ghana b) Togo", ["GHA", "TGO"]),
        ("a) Ghana\nb) Togo / Benin\nc) Guinee", ["GHA", "TGO", "BEN", "GIN"]),
        ("A) Ghana, B) Togo", ["GHA", "TGO"]),
        ("i) Ghana ii) Togo iii) Benin", ["GHA", "TGO", "BEN"]),
        ("(a) Ghana, (b) Togo", ["GHA", "TGO"]),
        ("b) Togo", ["? b) Togo"]),
        ("Ghana b) Togo", ["? Ghana b) Togo"]),
    ],
)
def test_the_marks_of_a_list_are_no_names(cut: Cut, printed: str, found: list[str]):
    assert cut(printed) == found


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("Georgia / Florida", ["? Georgia", "? Florida"]),
        ("New York, Georgia", ["? New York", "? Georgia"]),
        ("Georgia, Texas en Florida", ["? Georgia", "? Texas en Florida"]),
        ("Georgië / Florida", ["GEO", "? Florida"]),
        ("Georgia / Narnia", ["GEO", "? Narnia"]),
        ("Georgia / Armenia", ["GEO", "ARM"]),
    ],
)
def test_georgia_beside_a_state_is_a_question(
    cut: Cut, resolver: Resolver, printed: str, found: list[str]
):
    assert cut(printed) == found
    asked = [name for name in read_list(printed, resolver) if name.printed == "Georgia"]
    suggested = [name.suggestions for name in asked if isinstance(name, Unresolved)]
    assert suggested == [("GEO", "USA")] * ("? Georgia" in found)


def test_an_unknown_word_beside_a_country_suggests_the_country(resolver: Resolver):
    (found,) = read_list("Narnia Moldavië", resolver)
    assert isinstance(found, Unresolved)
    assert "MDA" in found.suggestions


@pytest.mark.parametrize("printed", [printed for printed, _ in LISTS if printed.strip("/ ().-")])
def test_nothing_printed_is_lost(resolver: Resolver, printed: str):
    """Every letter of the list stands in one of the results, but for the words that join."""

    def letters(text: str) -> set[str]:
        found = "".join(sign if sign.isalpha() else " " for sign in text.replace("\u00ad", ""))
        joins = {"en", "and", "et", "und", "footnoteRef"}
        return {word for word in unicodedata.normalize("NFKC", found).split() if word not in joins}

    printed = printed.replace(" EN ", " en ")
    kept = " ".join(name.printed for name in read_list(printed, resolver))
    assert letters(printed) == letters(kept)


@pytest.mark.parametrize(
    "text", ["Narnia en " * 300, "Peru (" * 1500, "(" * 10_000, "مصر " * 2500, "x" * 10_000]
)
def test_a_very_long_cell_ends_in_questions(resolver: Resolver, text: str):
    found = read_list(text, resolver)
    assert len(found) <= 1500
    assert all(name.printed for name in found)


def test_a_long_list_stays_a_list(cut: Cut):
    assert cut("Peru/" * 500) == ["PER"] * 500
    assert cut("Peru en Chili " * 200) == ["PER", "CHL"] * 200


@pytest.mark.parametrize(
    "printed", ["Peru / Chili?", "Peru / Chili (?)", "Peru / Chili ?", "Peru / ?Chili"]
)
def test_a_question_mark_is_a_question(resolver: Resolver, printed: str):
    peru, chili = read_list(printed, resolver)
    assert isinstance(peru, Match) and peru.iso3 == "PER"
    assert isinstance(chili, Unresolved)
    assert (chili.reason, chili.suggestions) == ("question_mark", ("CHL",))


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        # A short word before a name is no slip of the pen.
        ("Ghana / ook Togo / was Benin / uit Niger", "GHA ?ook_Togo ?was_Benin ?uit_Niger"),
        ("post Togo / wel Benin / buiten Ghana", "?post_Togo ?wel_Benin ?buiten_Ghana"),
        ("Griekenland e.o.", "?Griekenland_e.o"),
        # One letter is a quarter of the compass, or a question.
        ("Oeganda / Z-Soedan / N-Korea", "UGA SSD PRK"),
        ("Z. Afrika, Z-Korea, W-Sahara, O. Timor, W.-Balkan", "ZAF KOR ESH TLS Westelijke_Balkan"),
        ("S. Korea / N. Macedonia", "KOR MKD"),
        ("Gabon / E. Guinee / Zsoedan", "GAB ?E._Guinee ?Zsoedan"),
        ("N-Ierland", "?N-Ierland"),
        # Words that are cut off with a point.
        ("Curaçao / Car. Nederland", "CUW BES"),
        ("Ver. Koninkrijk / Ver. Arab. Emiraten / Ver. Staten", "GBR ARE USA"),
        ("Verenigde Staten, Mex.", "USA ?Mex"),
        ("Peru / uit\nMauritanië / buiten\nBotswana", "PER ?uit_Mauritanië ?buiten_Botswana"),
        ("Peru en\nChili\nook\nBolivia", "PER CHL ?ook_Bolivia"),
        # Two letters are no name.
        ("Oostenrijk / SM / IT", "AUT ?SM ?IT"),
        ("Ghana, OM", "GHA ?OM"),
        # Old and spoken names.
        ("Rwanda / Boeroendi / Zanzibar", "RWA BDI ?Zanzibar"),
        # Words that joined would be a name: "Inde" is India in French.
        ("Kenia in de regio", "?Kenia_in_de_regio"),
    ],
)
def test_what_is_no_slip_of_the_pen(cut: Cut, printed: str, names: str):
    wanted = [name.replace("_", " ").replace("?", "? ") for name in names.split()]
    assert cut(printed) == wanted
