"""Tables become printed rows by their headers; nothing is judged and nothing is dropped."""

from __future__ import annotations

import pytest

from data.documents.annex import Annex, read_annex
from data.documents.cells import UNSEEN, Flag, LeftOut, PrintedTable
from data.documents.reading import resolver as resolver_of
from geo.names.decisions import Decision
from geo.names.resolver import Resolver
from geo.reading.flags import CellFlag

NETWORK = ("Liaison Officers", "Werklocatie", "Werkgebied")


@pytest.fixture
def read(resolver: Resolver):
    def table(*rows: tuple[str, ...], text: str = "") -> Annex:
        return read_annex("doc", text, [PrintedTable("Title", rows)], resolver)

    return table


def test_banners_set_the_region_of_the_rows_below(read):
    annex = read(
        NETWORK,
        ("Afrika", "", ""),
        ("Kenia-1 - KMar", "Nairobi", "Kenia"),
        ("", "", ""),
        ("Azië &\n Oceanië", "", ""),
        ("Peru", "Lima", "Peru /\nChili"),
    )
    rows = [(row.row, row.region, row.label, row.city, row.area) for row in annex.rows]
    assert rows == [
        (1, "Afrika", "Kenia-1 - KMar", "Nairobi", "Kenia"),
        (2, "Azië & Oceanië", "Peru", "Lima", "Peru /\nChili"),
    ]
    assert {(row.kind, row.document, row.table) for row in annex.rows} == {("LO", "doc", "Title")}


@pytest.mark.parametrize("label", ["Peru - NP", "Narnia - GPI", "Turkije Kmar", "Peru"])
def test_a_posting_that_stands_alone_is_no_banner(read, label: str):
    """A row with its other cells left empty is a posting all the same; every row counts."""
    annex = read(NETWORK, (label, "", ""), ("Chili - NP", "Santiago", "Chili"))
    assert [row.label for row in annex.rows] == [label, "Chili - NP"]
    assert annex.rows[1].region == ""


def test_short_rows_are_filled_with_nothing(read):
    annex = read(NETWORK, ("Peru - NP", "Lima"))
    assert (annex.rows[0].city, annex.rows[0].area) == ("Lima", "")


def test_flexible_officers(read):
    annex = read(
        ("FILO’s", "Werkgebied"), ("NP FILO CTER", "wereldwijd"), ("", ""), ("GPI FILO", "")
    )
    assert [(row.kind, row.row, row.label, row.area) for row in annex.rows] == [
        ("FILO", 1, "NP FILO CTER", "wereldwijd"),
        ("FILO", 2, "GPI FILO", ""),
    ]


def test_placements_stand_under_where_they_are(read):
    annex = read(
        ("Plaatsingen",),
        ("INTERPOL",),
        ("INTERPOL Lyon - X",),
        ("INTERPOL Singapore - Y",),
        ("",),
        ("UNODC Wenen",),
        ("Consultant",),
    )
    # A gap between two rows closes a group; the first row after it is the next banner.
    assert [(row.row, row.region, row.label) for row in annex.rows] == [
        (1, "INTERPOL", "INTERPOL Lyon - X"),
        (2, "INTERPOL", "INTERPOL Singapore - Y"),
        (3, "UNODC Wenen", "Consultant"),
    ]


def test_missions_in_columns(read):
    header = ("Missienaam", "Standplaats", "Aantal")
    annex = read(
        header,
        ("EUAM Irak", "Irak", "4"),
        ("Totaal", "", "4"),
        text="Overzicht (peildatum 3 maart 2024)",
    )
    (row,) = annex.deployments
    assert (row.row, row.mission, row.duty_station, row.personnel) == (1, "EUAM Irak", "Irak", "4")
    assert (annex.total, annex.missions_as_of) == (4, "2024-03-03")


@pytest.mark.parametrize(
    ("line", "mission", "duty", "number"),
    [
        ("EUAM Irak Irak 4", "EUAM Irak", "Irak", "4"),
        ("OVSE West-Balkan Noord-Macedonië 1", "OVSE West-Balkan", "Noord-Macedonië", "1"),
        (
            "EUPOL COPPS Palestijnse gebieden, Westelijke Jordaanoever 3",
            "EUPOL COPPS",
            "Palestijnse gebieden, Westelijke Jordaanoever",
            "3",
        ),
        ("EUCAP SAHEL Mali Mali 1", "EUCAP SAHEL Mali", "Mali", "1"),
        ("UNMISS Zuid-Soedan Zuid-Soedan 12", "UNMISS Zuid-Soedan", "Zuid-Soedan", "12"),
        ("EUNEW Narnia 2", "EUNEW Narnia", "", "2"),
        ("EUAM Irak Irak", "EUAM Irak", "Irak", ""),
    ],
)
def test_missions_whose_columns_are_lost(read, line: str, mission: str, duty: str, number: str):
    annex = read(("Missienaam Standplaats Aantal uitgezonden politiefunctionarissen",), (line,))
    (row,) = annex.deployments
    assert (row.mission, row.duty_station, row.personnel) == (mission, duty, number)


@pytest.mark.parametrize("printed", ["n.v.t.", "", "4*", "²"])
def test_a_total_that_is_no_number_is_not_a_total(read, printed: str):
    annex = read(("Missienaam", "Aantal"), ("EUAM Irak", "4"), ("Totaal:", printed))
    assert annex.total is None
    assert len(annex.deployments) == 1


def test_other_tables_are_passed_over(read):
    annex = read(("Datum", "Besluit"), ("2025", "iets"))
    assert (annex.rows, annex.deployments, annex.total) == ([], [], None)
    assert [(doubt.severity, doubt.printed) for doubt in annex.unread] == [
        ("warning", "Datum | Besluit")
    ]
    assert read() == Annex()


def labels(annex: Annex) -> list[tuple[int, str, str]]:
    return [(row.row, row.region, row.label) for row in annex.rows]


def test_the_header_at_the_top_of_a_page_is_no_posting(read):
    annex = read(
        NETWORK, ("Peru - NP", "Lima", "Peru"), NETWORK, ("Chili - NP", "Santiago", "Chili")
    )
    assert labels(annex) == [(1, "", "Peru - NP"), (2, "", "Chili - NP")]


def test_columns_in_another_order_and_an_organisation_of_its_own(read):
    annex = read(
        ("Werkgebied", "Organisatie", "Liaison Officers", "Werklocatie", "Regio"),
        ("Peru / Chili", "NP", "Peru", "Lima", "Amerika’s"),
        ("Kenia", "", "Kenia", "Nairobi", "Afrika"),
    )
    assert [(row.label, row.city, row.area, row.region) for row in annex.rows] == [
        ("Peru - NP", "Lima", "Peru / Chili", "Amerika’s"),
        ("Kenia", "Nairobi", "Kenia", "Afrika"),
    ]


def several(resolver: Resolver, *tables: PrintedTable) -> Annex:
    return read_annex("doc", "", tables, resolver)


def test_a_table_cut_by_a_page_goes_on_without_a_header(resolver: Resolver):
    annex = several(
        resolver,
        PrintedTable("1. Netwerk", (NETWORK, ("Peru - NP", "Lima", "Peru"))),
        PrintedTable("1. Netwerk", (("Chili - NP", "Santiago", "Chili"),)),
        PrintedTable("1. Netwerk", (("Datum", "Besluit", "Door"),)),
        PrintedTable("2. Missies", (("Missienaam", "Aantal"), ("EUAM Irak", "4"))),
        PrintedTable("2. Missies", (("EULEX Kosovo", "1"), ("Totaal", "5"))),
    )
    assert labels(annex) == [(1, "", "Peru - NP"), (2, "", "Chili - NP")]
    assert [(row.row, row.mission) for row in annex.deployments] == [
        (1, "EUAM Irak"),
        (2, "EULEX Kosovo"),
    ]
    assert annex.total == 5
    assert [doubt.printed for doubt in annex.unread] == ["Datum | Besluit | Door"]


def test_a_second_table_of_a_kind_goes_on_counting(resolver: Resolver):
    """Kind and row are the key of a posting, so that no row takes the place of another."""
    annex = several(
        resolver,
        PrintedTable("1a. Afrika", (NETWORK, ("Kenia - NP", "Nairobi", "Kenia"))),
        PrintedTable("1b. Europa", (NETWORK, ("Polen - NP", "Warschau", "Polen"))),
    )
    assert [(row.row, row.table) for row in annex.rows] == [(1, "1a. Afrika"), (2, "1b. Europa")]


def test_what_is_not_understood_is_listed(read):
    annex = read((*NETWORK, "Opmerking"), ("Peru - NP", "Lima", "Peru", "vanaf juni"), text="")
    assert [(str(doubt.where), doubt.printed) for doubt in annex.unread] == [("Title", "Opmerking")]
    annex = read(
        ("Missienaam", "Aantal"),
        ("EUAM Irak", "4"),
        ("Totaal", "4"),
        ("* waarvan twee tijdelijk", ""),
    )
    assert (len(annex.deployments), annex.total) == (1, 4)
    assert [doubt.printed for doubt in annex.unread] == ["* waarvan twee tijdelijk"]


@pytest.mark.parametrize("row", [("Totaal 4", ""), ("TOTAAL:", " 4 "), ("Totaal", "4")])
def test_total(read, row):
    annex = read(("Missienaam", "Aantal"), ("EUAM Irak", "4"), row)
    assert (annex.total, len(annex.deployments)) == (4, 1)


def test_a_table_whose_columns_are_lost_is_not_passed_over(resolver: Resolver):
    text = "1. Netwerk\nLiaison Officers Werklocatie\nWerkgebied\nPeru - NP Lima Peru / Chili\n"
    (doubt,) = read_annex("doc", text, [], resolver).unread
    assert (doubt.severity, doubt.printed) == ("error", "Liaison Officers Werklocatie Werkgebied")
    table = PrintedTable("1. Netwerk", (NETWORK, ("Peru - NP", "Lima", "Peru")))
    assert read_annex("doc", text, [table], resolver).unread == []


@pytest.mark.parametrize(
    ("text", "banner"),
    [
        ("Afrika", True),
        ("Azië & Oceanië", True),
        ("Noord- en Zuid-Amerika", True),
        ("Amerika’s", True),
        ("Midden-Oosten / Noord-Afrika", True),
        ("Westelijke Balkan", True),  # a region of our table
        ("Kenia-2", False),
        ("Kenia", False),
        ("* Besluitvorming over Kenia loopt nog", False),
        ("Zuid-Afrika", False),  # a country, whatever its name says
        ("Australië", False),
    ],
)
def test_only_a_part_of_the_world_is_a_banner(read, text: str, banner: bool):
    annex = read(NETWORK, (text, "", ""), ("Peru - NP", "Lima", "Peru"))
    expected = [(1, text, "Peru - NP")] if banner else [(1, "", text), (2, "", "Peru - NP")]
    assert labels(annex) == expected


def test_the_rest_of_a_table_may_begin_with_a_banner(resolver: Resolver):
    rest = (("Azië", "", ""), ("Thailand - NP", "Bangkok", "Thailand"), ("India-2", "Delhi", ""))
    annex = several(
        resolver,
        PrintedTable("1. Netwerk", (NETWORK, ("Kenia - NP", "Nairobi", "Kenia"))),
        PrintedTable("1. Netwerk", rest),
    )
    assert [row.label for row in annex.rows] == ["Kenia - NP", "Thailand - NP", "India-2"]
    assert annex.unread == []


def test_a_table_that_looks_like_ours_is_no_mere_remark(resolver: Resolver):
    table = PrintedTable("Nog een", (("Kenia - NP", "Nairobi", "x"), ("Peru - NP", "Lima", "y")))
    (doubt,) = several(resolver, table).unread
    assert (doubt.severity, doubt.field) == ("error", "table")
    header = PrintedTable("Nog een", (("Datum", "Werkgebied"), ("1-1-2026", "Peru")))
    assert several(resolver, header).unread[0].severity == "error"


def test_what_stands_above_the_header_is_listed(read):
    annex = read(("Kenia - NP", "Nairobi", "Kenia"), NETWORK, ("Peru - NP", "Lima", "Peru"))
    assert labels(annex) == [(1, "", "Peru - NP")]
    assert [(doubt.severity, doubt.printed) for doubt in annex.unread] == [
        ("error", "Kenia - NP | Nairobi | Kenia")
    ]
    assert read(("Title", "", ""), NETWORK, ("Peru - NP", "Lima", "Peru")).unread == []


def test_the_place_of_a_row_is_counted_within_its_own_table(resolver: Resolver):
    annex = several(
        resolver,
        PrintedTable("1a", (NETWORK, ("Kenia - NP", "Nairobi", ""), ("Mali - NP", "Bamako", ""))),
        PrintedTable("1b", (NETWORK, ("Polen - NP", "Warschau", ""))),
    )
    assert [(row.row, str(row.where)) for row in annex.rows] == [
        (1, "1a, row 1"),
        (2, "1a, row 2"),
        (3, "1b, row 1"),
    ]


def missions(resolver: Resolver, *titled: tuple[str, tuple[tuple[str, ...], ...]]) -> Annex:
    header = ("Missienaam", "Aantal")
    tables = (PrintedTable(title, (header, *rows)) for title, rows in titled)
    return several(resolver, *tables)


def test_totals_of_several_tables_are_added_up(resolver: Resolver):
    first = ("A", (("EUAM Irak", "4"), ("EULEX Kosovo", "3"), ("Totaal", "7")))
    annex = missions(resolver, first, ("B", (("EUMM Georgië", "3"), ("Totaal", "3"))))
    assert annex.total == 10
    annex = missions(resolver, first, ("B", (("EUMM Georgië", "3"),)))
    assert annex.total is None
    assert [str(doubt.where) for doubt in annex.unread] == ["B"]  # it has no total


@pytest.mark.parametrize(
    ("row", "total"),
    [
        (("Totaal", "8 functionarissen"), 8),
        (("Totaal aantal functionarissen", "8"), 8),
        (("Totaal: 8", ""), 8),
        (("Totaal", "acht"), None),
    ],
)
def test_totals_in_other_words(resolver: Resolver, row: tuple[str, str], total: int | None):
    annex = missions(resolver, ("A", (("EUAM Irak", "4"), row)))
    assert (annex.total, len(annex.deployments)) == (total, 1)
    assert bool(annex.unread) == (total is None)


def test_a_subtotal_is_no_mission(resolver: Resolver):
    rows = (("EUAM Irak", "4"), ("Subtotaal EU", "4"), ("OSC", "1"), ("Totaal", "5"))
    annex = missions(resolver, ("A", rows))
    assert [row.mission for row in annex.deployments] == ["EUAM Irak", "OSC"]
    assert [doubt.printed for doubt in annex.unread] == ["Subtotaal EU 4"]
    assert annex.total == 5


def test_a_line_alone_in_its_group_is_not_lost(read):
    annex = read(("Plaatsingen",), ("Interpol",), ("",), ("Europol",), ("Liaison",))
    assert labels(annex) == [(1, "", "Interpol"), (2, "Europol", "Liaison")]
    assert [doubt.printed for doubt in annex.unread] == ["Interpol"]


def dated(resolver: Resolver, text: str, title: str = "Missies") -> Annex:
    table = PrintedTable(title, (("Missienaam", "Aantal"), ("EUAM Irak", "4"), ("Totaal", "4")))
    return read_annex("doc", text, [table], resolver)


def test_the_date_above_the_missions_wins(resolver: Resolver):
    text = "Overzicht (peildatum 1 september 2025)"
    assert dated(resolver, text, "2. (peildatum 12 november 2025)").missions_as_of == "2025-11-12"
    assert dated(resolver, text).missions_as_of == "2025-09-01"
    assert dated(resolver, f"Vorige bijlage: {text}").missions_as_of is None
    of_network = "De peildatum van het netwerk is 3 mei 2026"
    assert dated(resolver, of_network).missions_as_of is None
    both = f"{of_network}; peildatum missies: 2 mei 2026."
    assert dated(resolver, both).missions_as_of == "2026-05-02"
    annex = dated(resolver, f"{text} en (peildatum 3 mei 2026)")
    assert annex.missions_as_of is None
    (doubt,) = annex.unread
    assert (doubt.severity, doubt.field) == ("error", "as_of")
    assert doubt.suggestions == ("2025-09-01", "2026-05-03")


def test_a_date_that_never_was(resolver: Resolver):
    annex = dated(resolver, "", "2. (peildatum 31 juni 2026)")
    assert annex.missions_as_of is None
    assert [(d.severity, d.field, d.printed) for d in annex.unread] == [
        ("error", "as_of", "peildatum 31 juni 2026")
    ]


def decided(*taken: Decision) -> Resolver:
    return resolver_of(taken)


def out(printed: str) -> Decision:
    return Decision(printed, "leave-out", reason="old", decided_by="desk", decided_at="2026-05-20")


def codes(annex: Annex) -> list[tuple[str, str, str]]:
    return [(doubt.severity, doubt.code, doubt.printed) for doubt in annex.unread]


KENYA, PERU = ("Kenia - NP", "Nairobi", "Kenia"), ("Peru - NP", "Lima", "Peru")


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (("Nr.", *NETWORK), ("1", *KENYA)),
        (("Standplaats", "Werkgebied", "Post"), ("Nairobi", "Kenia", "Kenia - NP")),
        (("LO", "Gastland", "Plaats", "Werkgebied"), ("NP", "Kenia", "Nairobi", "Kenia")),
        (("LO’s", "Land", "Plaats", "Werkgebied"), ("Kenia - NP", "Kenia", "Nairobi", "Kenia")),
        (("Land", "Dienst", "Stad", "Landen"), ("Kenia", "NP", "Nairobi", "Kenia")),
    ],
)
def test_whatever_stands_first(read, header, row):
    annex = read(header, row)
    assert [(one.label, one.city, one.area) for one in annex.rows] == [KENYA]
    assert [doubt for doubt in annex.unread if doubt.severity == "error"] == []


def test_the_number_of_officers_is_passed_on_and_checked(read):
    header = (*NETWORK, "Aantal LO’s")
    rows = ((*KENYA, "2"), (*PERU, "1"))
    annex = read(header, *rows, ("Totaal", "", "", "3"))
    assert [(row.label, row.officers) for row in annex.rows] == [
        ("Kenia - NP", "2"),
        ("Peru - NP", "1"),
    ]
    assert annex.unread == []
    annex = read(header, *rows, ("Totaal", "", "", "4"))
    assert codes(annex) == [("error", "network_total", "Totaal 4")]
    assert annex.unread[0].params == {"counted": 3}
    assert read(NETWORK, KENYA, ("Totaal: 1 post", "", "")).unread == []


@pytest.mark.parametrize(
    "words",
    "Som|som:|Opgeteld|Sum|Samen|Tezamen|Bij elkaar|Σ|Aantal|Subtotaal|Sub-totaal|In totaal"
    "|Eindtotaal|Totaal generaal|Grand total|Totalen|Som van de posten|Aantal LO’s".split("|"),
)
def test_a_total_is_no_post_and_is_the_sum(read, words: str):
    annex = read(NETWORK, KENYA, PERU, (words, "2", ""))
    assert (len(annex.rows), annex.unread) == (2, [])
    assert read(NETWORK, KENYA, PERU, (f"{words} 2", "", "")).unread == []
    annex = read(NETWORK, KENYA, PERU, (words, "3", ""))
    assert codes(annex) == [("error", "network_total", f"{words} 3")]
    assert len(annex.rows) == 2


def test_a_part_of_the_network_has_a_total_of_its_own(read):
    africa = (KENYA, ("Togo - NP", "Lomé", "Togo"), ("Subtotaal Afrika", "2", ""))
    annex = read(NETWORK, *africa, PERU, ("Subtotaal Amerika", "1", ""), ("Totaal", "3", ""))
    assert (len(annex.rows), annex.unread) == (3, [])
    annex = read(NETWORK, *africa, PERU, ("Subtotaal Amerika", "2", ""), ("Som", "3", ""))
    assert codes(annex) == [("error", "network_total", "Subtotaal Amerika 2")]


@pytest.mark.parametrize("words", ["Som", "Totaal", "Subtotaal", "Samen"])
def test_the_total_of_a_part_of_the_world_is_one(read, words: str):
    rows = (("Afrika", "", ""), KENYA, (f"{words} Afrika", "1", ""))
    rows += (("Zuid-Amerika", "", ""), PERU, (f"{words} Zuid-Amerika", "1", ""))
    annex = read(NETWORK, *rows, ("Totaal", "2", ""))
    assert (len(annex.rows), annex.unread) == (2, [])
    annex = read(NETWORK, *rows[:-1], (f"{words} Zuid-Amerika", "3", ""))
    assert codes(annex) == [("error", "network_total", f"{words} Zuid-Amerika 3")]


def test_the_code_of_a_country_is_no_sum(read):
    """SOM is Somalia, and a sum only where a number alone stands behind it."""
    for post in (("SOM", "", ""), ("SOM", "Mogadishu", ""), ("Som", "Nairobi", "Somalië")):
        assert [row.label for row in read(NETWORK, KENYA, post).rows] == ["Kenia - NP", post[0]]


@pytest.mark.parametrize("words", ["Som", "Totaal", "Samen"])
def test_a_sum_with_missions_below_it_is_asked_unless_it_fits(read, words: str):
    """Nobody leads "Som | 3" away in silence: three is not the sum of what stands above it."""
    header, rest = ("Missienaam", "Aantal"), (("EUAM Irak", "2"), ("Totaal", "3"))
    annex = read(header, ("EULEX Kosovo", "1"), (words, "3"), *rest)
    assert codes(annex) == [("error", "subtotal", f"{words} 3")]
    assert (len(annex.deployments), annex.total) == (2, 3)
    annex = read(header, ("EULEX Kosovo", "1"), (words, "1"), *rest)
    assert codes(annex) == [("warning", "subtotal", f"{words} 1")]
    assert codes(read(header, (words, "3"), *rest)) == [("error", "subtotal", f"{words} 3")]


@pytest.mark.parametrize("words", ["Som", "Opgeteld", "Sum", "Tezamen", "In totaal", "Σ"])
def test_the_sum_below_missions_is_their_total(read, words: str):
    annex = read(("Missienaam", "Aantal"), ("EUAM Irak", "4"), (words, "4"))
    assert (len(annex.deployments), annex.total) == (1, 4)


def test_the_status_goes_behind_the_label(read):
    annex = read(
        (*NETWORK, "Status"),
        (*KENYA, "actief"),
        ("Peru - NP", "Lima", "Peru", "gepland"),
        ("Mali", "Bamako", "Mali", "opgeheven per 1 mei"),
        ("Chili - NP", "Santiago", "Chili", "in beraad"),
        ("Cuba - NP", "Havana", "Cuba", "in beraad"),
    )
    assert [row.label for row in annex.rows] == [
        "Kenia - NP",
        "Peru - NP (gepland)",
        "Mali (opgeheven per 1 mei)",
        "Chili - NP",
        "Cuba - NP",
    ]
    assert codes(annex) == [("error", "unknown_status", "in beraad")]  # once for both


@pytest.mark.parametrize(
    ("heading", "cell", "code"),
    [
        ("Telefoon", "020-1", "unread_column"),
        ("Opmerking", "zie de brief", "unread_column"),
        ("Opmerking", "post in Kenia", "unread_column"),  # the row says it too
        ("Opmerking", "ook Tsjaad", "unread_column_decides"),
        ("Opmerking", "m.u.v. het noorden", "unread_column_decides"),
        ("Toelichting", "vanaf juni 2026", "unread_column_decides"),
        ("Toelichting", "wordt opgeheven", "unread_column_decides"),
        ("Einddatum", "1-9-2026", "unread_column_decides"),
        ("Functie", "KMar", "unread_column_decides"),
        ("KMar", "x", "unread_column_decides"),  # a tick below an organisation says whose post
        ("Nationale Politie", "1", "unread_column_decides"),
        ("Gepland", "ja", "unread_column_decides"),
        ("Actief", "nee", "unread_column_decides"),
        ("Tot", "2026", "unread_column_decides"),
        ("Looptijd", "2024-2028", "unread_column_decides"),
        ("Bezet", "nee", "unread_column_decides"),
        ("Opmerking", "gaat dicht in zomer 2027", "unread_column_decides"),
        ("Opmerking", "duobaan", "unread_column_decides"),
        ("Opmerking", "tweede LO start in mei", "unread_column_decides"),
        ("Opmerking", "één LO", "unread_column"),
    ],
)
def test_a_column_that_may_decide_something_is_asked(resolver, read, heading, cell, code):
    annex = read((*NETWORK, heading), (*KENYA, cell))
    severity = "error" if code == "unread_column_decides" else "warning"
    assert codes(annex) == [(severity, code, heading)]
    table = PrintedTable("Title", ((*NETWORK, heading), (*KENYA, cell)))
    nobody = Decision(heading, "column", "other")
    settled = read_annex("doc", "", [table], resolver, decided(nobody))
    assert codes(settled) == [("warning", "unread_column", heading)]


@pytest.mark.parametrize(
    ("title", "labels", "asked"),
    [
        ("Netwerk KMar", ["Kenia - KMar", "Peru - KMar"], ["heading_in_table"]),
        ("Netwerk NP en KMar", ["Kenia", "Peru"], []),
        ("Netwerk Afrika", ["Kenia", "Peru"], []),
        ("Gecombineerd Benelux LO-netwerk", ["Kenia", "Peru"], []),
        ("Douaneattachés", ["Kenia", "Peru"], ["table_status"]),
        ("Immigratieliaisons (IND)", ["Kenia", "Peru"], ["table_status"]),
        ("Netwerk van de Franse politie", ["Kenia", "Peru"], ["table_status"]),
        ("Politie-attachés buiten de Europese Unie", ["Kenia", "Peru"], []),
    ],
)
def test_a_title_that_names_a_service_where_no_row_does(
    resolver: Resolver, title: str, labels: list[str], asked: list[str]
):
    rows = (("Kenia", "Nairobi", "Kenia"), ("Peru", "Lima", "Peru"))
    annex = read_annex("doc", "", [PrintedTable(title, (NETWORK, *rows))], resolver)
    assert [row.label for row in annex.rows] == labels
    assert [code for _, code, _ in codes(annex)] == asked
    stated = (KENYA, ("Peru", "Lima", "Peru"))
    annex = read_annex("doc", "", [PrintedTable(title, (NETWORK, *stated))], resolver)
    assert ([row.label for row in annex.rows], codes(annex)) == ([KENYA[0], "Peru"], [])


@pytest.mark.parametrize("heading", ["Nieuwe posten", "Wensenlijst", "Tijdelijke inzet"])
def test_a_heading_of_posts_that_may_not_be_there_goes_behind_each(read, heading: str):
    peru = ("Peru - NP", "Lima", "Peru")
    annex = read(NETWORK, KENYA, (heading, "", ""), peru)
    assert [row.label for row in annex.rows] == [KENYA[0], f"Peru - NP ({heading})"]
    assert codes(annex) == [("error", "heading_in_table", heading)]


@pytest.mark.parametrize(
    ("heading", "cells", "code"),
    [
        ("In gebruik", ("x", ""), "unread_column_decides"),  # the other row is not
        ("In gebruik", ("x", "x"), "unread_column"),
        ("Dienstauto", ("x", ""), "unread_column"),
        ("Nr.", ("1", "2-3"), "unread_column_decides"),  # one row of two posts
        ("Nr.", ("1", "2, 3"), "unread_column_decides"),
        ("Nr.", ("1", "2"), "unread_column"),
    ],
)
def test_a_column_of_ticks_or_numbers(read, heading: str, cells: tuple[str, str], code: str):
    peru = ("Peru - NP", "Lima", "Peru")
    rows = ((*KENYA, cells[0]), ("Amerika’s", "", "", ""), (*peru, cells[1]))
    annex = read((*NETWORK, heading), *rows)
    severity = "error" if code == "unread_column_decides" else "warning"
    assert codes(annex) == [(severity, code, heading)]


@pytest.mark.parametrize(
    ("header", "row", "missing", "heading"),
    [
        (("Liaison Officers", "Plaats", "Bediend"), KENYA, "area", "Bediend"),
        (("Naam", "Standplaats", "Werkgebied"), KENYA, "label", "Naam"),
        (("LO", "Zetel", "Werkgebied"), KENYA, "city", "Zetel"),
        (("Missie", "Land", "Politie"), ("EUAM Irak", "Irak", "4"), "personnel", "Politie"),
        (("Inzet", "Land", "Aantal"), ("EUAM Irak", "Irak", "4"), "mission", "Inzet"),
    ],
)
def test_a_heading_that_may_be_the_missing_one_is_asked(
    resolver, header, row, missing: str, heading: str
):
    tables = [PrintedTable("Title", (header, row))]
    annex = read_annex("doc", "", tables, resolver)
    assert codes(annex) == [("error", f"missing_{missing}", heading)]
    assert annex.unread[0].suggestions == (missing,)
    assert annex.unread[0].params == {"missing": (missing,), "headings": (heading,)}
    answer = Decision(heading, "column", missing)
    settled = read_annex("doc", "", tables, resolver, decided(answer))
    assert [one for one in settled.unread if one.severity == "error"] == []
    assert len(settled.rows) + len(settled.deployments) == 1


def test_a_network_may_lack_a_column(read):
    annex = read(("Liaison Officers", "Werkgebied"), ("Kenia - NP", "Kenia / Tsjaad"))
    assert [(row.label, row.city, row.area) for row in annex.rows] == [
        ("Kenia - NP", "", "Kenia / Tsjaad")
    ]
    assert annex.unread == []
    annex = read(("Liaison Officers", "Standplaats"), ("Kenia - NP", "Nairobi"))
    assert len(annex.rows) == 1
    assert codes(annex) == [("error", "no_area_column", "Liaison Officers | Standplaats")]
    assert codes(read(KENYA, PERU)) == [("error", "no_header", "Kenia - NP | Nairobi | Kenia")]


def network(title: str, *rows: tuple[str, ...]) -> PrintedTable:
    return PrintedTable(title, (NETWORK, *rows))


def test_a_table_printed_twice_is_asked(resolver: Resolver):
    tables = (network("Netwerk", KENYA, PERU), network("Nogmaals", KENYA, PERU))
    annex = several(resolver, *tables)
    assert codes(annex) == [("error", "table_repeated", "Nogmaals")]
    assert len(annex.rows) == 4
    settled = read_annex("doc", "", tables, resolver, decided(out("Nogmaals")))
    assert [str(row.where) for row in settled.rows] == ["Netwerk, row 1", "Netwerk, row 2"]
    assert [doubt.severity for doubt in settled.unread] == ["warning"]
    same = (network("Netwerk", KENYA), network("Netwerk", KENYA))
    assert codes(several(resolver, *same)) == [("error", "table_repeated", "Netwerk (2)")]
    other = (network("Afrika", KENYA), network("Amerika", PERU))
    assert several(resolver, *other).unread == []


@pytest.mark.parametrize(
    ("first", "second", "asked"),
    [
        ("Netwerk", "Netwerk 2023", "Netwerk 2023"),
        ("Netwerk 2023", "Netwerk 2026", "Netwerk 2023"),
        ("Netwerk 2026", "Netwerk 2023", "Netwerk 2023"),
        ("Netwerk oud", "Netwerk", "Netwerk oud"),
        ("Netwerk", "Concept", "Concept"),
        ("Netwerk", "netwerk_oud", "netwerk_oud"),
        ("Gecombineerd Benelux LO-netwerk", "Netwerk (oud)", "Netwerk (oud)"),
        ("Netwerk v2", "Netwerk", "Netwerk"),
        ("Netwerk versie 2", "Netwerk versie 1", "Netwerk versie 1"),
        ("Netwerk 2024 - 2026", "Netwerk 2025 - 2026", "Netwerk 2024 - 2026"),
        ("1. Netwerk 2025", "2. Netwerk 2026", "1. Netwerk 2025"),
    ],
)
def test_versions_of_a_table_are_asked(resolver: Resolver, first: str, second: str, asked: str):
    annex = several(resolver, network(first, KENYA), network(second, PERU))
    assert codes(annex) == [("error", "table_version", asked)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Concept bijlage: netwerk NP", "Netwerk KMar"),
        ("Netwerk oude EU-landen", "Netwerk nieuwe EU-landen"),
        ("Bijlage V.1 Netwerk NP", "Bijlage VI.1 Netwerk KMar"),
        ("Netwerk KMar", "Netwerk NP (zie ook vorige rapportage)"),
        ("Netwerk NP", "Netwerk KMar"),
        ("1. Netwerk", "2. Netwerk"),
    ],
)
def test_tables_of_two_subjects_are_no_versions(resolver: Resolver, first: str, second: str):
    assert codes(several(resolver, network(first, KENYA), network(second, PERU))) == []


def test_a_row_with_nothing_of_its_own_but_an_area_is_asked(resolver: Resolver):
    """Country and city are one cell over two rows: two posts, or one with a long work area."""
    label, city, _ = KENYA
    merged = (Flag(2, 0, "merged"), Flag(2, 1, "merged"))
    tables = PrintedTable("Netwerk", (NETWORK, KENYA, (label, city, "Rwanda")), merged)
    annex = several(resolver, tables)
    assert codes(annex) == [("error", "row_apart", "Rwanda")]
    assert len(annex.rows) == 2
    one = PrintedTable("Netwerk", (NETWORK, KENYA, (label, "Mombasa", "Rwanda")), merged[:1])
    assert codes(several(resolver, one)) == []


def test_letters_struck_out_by_a_sign_of_their_own(resolver: Resolver):
    struck = "".join(f"{letter}\u0336" for letter in "Kenia")
    table = network("Netwerk", PERU, (f"{struck} - NP", "Nairobi", "Kenia"))
    first, second = several(resolver, table).rows
    assert first.flags == ()
    assert second.flags == (CellFlag("struck", "label", f"{struck} - NP"),)


def test_a_table_with_its_posts_side_by_side_is_asked(resolver: Resolver):
    rows = (("Land", KENYA[0], PERU[0]), ("Werklocatie", KENYA[1], PERU[1]))
    annex = several(resolver, network("Netwerk", KENYA), PrintedTable("Anders", rows))
    assert codes(annex) == [("error", "unread_table", f"Land | {KENYA[0]} | {PERU[0]}")]


def test_networks_of_two_dates_are_asked(resolver: Resolver):
    old, new = "Netwerk (stand 1-1-2025)", "Netwerk (stand 1-1-2026)"
    tables = (network(old, KENYA, PERU), network(new, PERU))
    annex = several(resolver, *tables)
    assert codes(annex) == [("error", "two_dates", old)]
    settled = read_annex("doc", "", tables, resolver, decided(out(old)))
    # The rows keep the numbers that they had.
    assert [(row.row, row.table) for row in settled.rows] == [(3, new)]
    assert settled.network_as_of == "2026-01-01"


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        (("Kenia - NP", "Nairobi", "Kenia /"), ("", "", "Tsjaad"), "Kenia /\nTsjaad"),
        (("Kenia - NP", "Nairobi", "Kenia en"), ("", "", "Tsjaad"), "Kenia en\nTsjaad"),
        (("Kenia - NP", "Nairobi", "Kenia"), ("", "", "/ Tsjaad"), "Kenia\n/ Tsjaad"),
        (("Kenia -", "Nairobi", "Kenia"), ("NP", "", ""), "Kenia"),
    ],
)
def test_the_second_half_of_a_row_that_is_cut(read, above, below, joined: str):
    annex = read(NETWORK, above, below, PERU)
    assert [(row.row, row.label, row.area) for row in annex.rows] == [
        (1, "Kenia - NP", joined),
        (2, "Peru - NP", "Peru"),
    ]
    assert annex.unread == []


def test_a_second_half_that_may_be_a_row_is_asked(resolver: Resolver):
    tables = [network("T", KENYA, ("", "", "Tsjaad"))]
    annex = read_annex("doc", "", tables, resolver)
    assert [row.area for row in annex.rows] == ["Kenia\nTsjaad"]
    assert codes(annex) == [("error", "row_continues", "Tsjaad")]
    assert (annex.unread[0].row, annex.unread[0].field) == (("LO", 1), "as_read")
    settled = read_annex("doc", "", tables, resolver, decided(out("Tsjaad")))
    assert [row.area for row in settled.rows] == ["Kenia"]  # the other half stays


def test_marks_go_with_their_cells(resolver: Resolver):
    rows = ((*NETWORK, "Tel."), ("Afrika", "", "", ""), (*KENYA, "1"), NETWORK, (*PERU, "2"))
    flags = (
        Flag(2, 0, "raised", "1"),
        Flag(4, 2, "struck", "Peru"),
        Flag(4, 1, "merged"),
        Flag(0, 2, "note", "exclusief vacatures"),
        Flag(1, 0, "note", "zie de brief"),
        Flag(2, 3, "note", "intern nummer"),
    )
    annex = read_annex("doc", "", [PrintedTable("T", rows, flags)], resolver)
    assert [row.flags for row in annex.rows] == [
        (CellFlag("raised", "label", "1"),),
        (CellFlag("struck", "area", "Peru"), CellFlag("merged", "city")),
    ]
    assert [doubt for doubt in codes(annex) if doubt[1].startswith("table_note")] == [
        ("error", "table_note_decides", "exclusief vacatures"),
        ("warning", "table_note", "zie de brief"),
        ("warning", "table_note", "intern nummer"),
    ]
    sent = (("Missienaam", "Aantal"), ("EUAM Irak", "3"), ("Totaal", "3"))
    (row,) = several(resolver, PrintedTable("M", sent, (Flag(1, 1, "raised", "1"),))).deployments
    assert row.flags == (CellFlag("raised", "personnel", "1"),)


def test_what_nobody_sees_is_named(resolver: Resolver):
    unseen = (
        LeftOut("hidden_rows", 2, "A", "Peru - NP", "sheet"),
        LeftOut("hidden_rows", 1, "A", part="sheet"),
        LeftOut("struck_text", 1),
    )
    annex = read_annex("doc", "", [], resolver, unseen=unseen)
    assert [(one.severity, one.code, str(one.where), one.params) for one in annex.unread] == [
        (
            "warning",
            "left_out_hidden_rows",
            "sheet A",
            {"count": 3, "place": "sheet A", "beginning": "Peru - NP"},
        ),
        ("warning", "left_out_struck_text", "text", {"count": 1, "place": "", "beginning": ""}),
    ]


@pytest.mark.parametrize("kind", UNSEEN)
def test_every_kind_that_nobody_sees_has_a_code(resolver: Resolver, kind: str):
    assert read_annex("doc", "", [], resolver, unseen=[LeftOut(kind, 1)]).unread


@pytest.mark.parametrize(
    ("titles", "text", "network_day", "missions_day"),
    [
        (
            ("1. (peildatum 01-01-2026)", "2. (peildatum 12 mei 2026)"),
            "",
            "2026-01-01",
            "2026-05-12",
        ),
        (("1. A", "2. B"), "1. A\nStand per 1-1-2026\n2. B\nper\n", "2026-01-01", None),
        (("1. A", "2. B"), "Peildatum 12 mei 2026\n1. A\n2. B", None, "2026-05-12"),
        (("1. A", "2. B"), "1. A\n2. B\nStand per ultimo mei 2026", None, "2026-05-31"),
    ],
)
def test_each_table_has_its_own_date(resolver, titles, text, network_day, missions_day):
    sent = (("Missienaam", "Aantal"), ("EUAM Irak", "4"), ("Totaal", "4"))
    annex = read_annex(
        "doc", text, [network(titles[0], KENYA), PrintedTable(titles[1], sent)], resolver
    )
    assert (annex.network_as_of, annex.missions_as_of) == (network_day, missions_day)
    assert annex.unread == []


def test_a_date_may_stand_in_the_table(read):
    assert read(("Stand per 1-1-2026", "", ""), NETWORK, KENYA).network_as_of == "2026-01-01"
    annex = read(NETWORK, KENYA, ("Peildatum: 12-05-2026", "", ""))
    assert (annex.network_as_of, len(annex.rows)) == ("2026-05-12", 1)
    sent = (("Missienaam", "Aantal (per 1-1-2026)"), ("EUAM Irak", "4"), ("Totaal", "4"))
    assert read(*sent).missions_as_of == "2026-01-01"


def test_a_date_of_two_days_is_asked(read):
    annex = read(NETWORK, KENYA, text="Peildatum 5/12/2026")
    assert annex.network_as_of is None
    (doubt,) = annex.unread
    assert (doubt.severity, doubt.code, doubt.field) == ("error", "date_of_two_days", "as_of")
    assert doubt.suggestions == ("2026-12-05", "2026-05-12")


def test_rows_that_lost_their_table_are_asked(resolver: Resolver):
    text = "1. Netwerk\n1 Kenia - NP Nairobi Kenia / Tsjaad\nTurkije – Kmar Ankara Turkije\n"
    annex = read_annex("doc", text, [network("1. Netwerk", KENYA)], resolver)
    assert codes(annex) == [("error", "rows_in_text", "Turkije – Kmar Ankara Turkije")]
    bullets = ["• Ghana - NP, Accra: Ghana, Togo", "Mali - GPI (Bamako)"]
    annex = read_annex("doc", "\n".join(bullets), [network("1. Netwerk", KENYA)], resolver)
    assert [(doubt.code, doubt.printed) for doubt in annex.unread] == [("rows_in_text", bullets[0])]
    assert annex.unread[0].params == {"count": 2}
    prose = "De post Kenia - NP wordt verplaatst. Chili - NP is nieuw.\nHet land - NP en GPI - telt"
    prose += "\nDe liaisons - NP, KMar en GPI - werken samen"
    assert read_annex("doc", prose, [], resolver).unread == []


def test_numbers_below_the_word_for_officers_are_asked(read):
    header = ("Land", "Standplaats", "Werkgebied", "LO’s")
    peru = ("Peru", "Lima", "Peru")
    kenya = ("Kenia", "Nairobi", "Kenia")
    asked = [("error", "unread_column_decides", "LO’s")]
    assert codes(read(header, (*kenya, "2"), (*peru, "1"))) == asked
    one_each = read(header, (*kenya, "1"), (*peru, "1"))
    assert codes(one_each) == [("warning", "unread_column", "LO’s")]
    numbered = read(header, (*kenya, "1"), (*peru, "2"))
    assert codes(numbered) == [("warning", "unread_column", "LO’s")]


def test_a_number_alone_is_a_total_where_it_adds_up(read):
    rows = (("Missienaam", "Aantal"), ("EUAM Irak", "3"), ("EUMM Georgië", "4"))
    annex = read(*rows, ("", "7"))
    assert (len(annex.deployments), annex.total, annex.unread) == (2, 7, [])
    assert len(read(*rows, ("", "8")).deployments) == 3  # a mission without a name is asked
    assert read((*NETWORK, "Aantal"), (*KENYA, "2"), ("", "", "", "2")).unread == []
    annex = read((*NETWORK, "Aantal"), (*KENYA, "2"), ("", "", "", "3"))
    assert codes(annex) == [("error", "network_total", "3")]


def test_headings_that_compete_are_one_question(read):
    annex = read((*NETWORK, "Accreditatie"), (*KENYA, "Tsjaad"))
    assert codes(annex) == [("error", "two_columns", "Werkgebied | Accreditatie")]
    annex = read((*NETWORK, "Mede-accreditatie"), (*KENYA, "Tsjaad / Niger"))
    assert [row.area for row in annex.rows] == ["Kenia\nTsjaad / Niger"]
    assert annex.unread == []


@pytest.mark.parametrize(
    "header",
    [("Land", "Hoofdstad", "Bezoek"), ("Land", "Stad", "Bezoek"), ("Land", "Uitgaven", "")],
)
def test_a_table_of_countries_is_no_network(read, header: tuple[str, ...]):
    annex = read(header, ("Kenia", "Nairobi", "minister"), ("Peru", "Lima", "minister"))
    assert annex.rows == []
    assert [doubt.code for doubt in annex.unread] == ["unread_table"]


def test_countries_beside_something_else_are_a_table_of_another_kind(read):
    annex = read(("Datum", "Waar"), ("1 mei 2026", "Kenia"), ("2 mei 2026", "Peru"))
    assert codes(annex) == [("warning", "unread_table", "Datum | Waar")]
    annex = read(("1", "Kenia - NP", "Nairobi"), ("2", "Peru - NP", "Lima"))
    assert codes(annex) == [("error", "no_header", "1 | Kenia - NP | Nairobi")]


def test_a_header_may_stand_on_the_second_page_only(resolver: Resolver):
    first, second = PrintedTable("1. Netwerk", (KENYA,)), network("1. Netwerk", PERU)
    annex = several(resolver, first, second)
    assert labels(annex) == [(1, "", "Kenia - NP"), (2, "", "Peru - NP")]
    assert annex.unread == []
    assert codes(several(resolver, first, network("2. Anders", PERU)))[0][1] == "no_header"


def test_a_date_in_the_text_is_of_the_network_where_the_missions_have_their_own(resolver: Resolver):
    missions = PrintedTable(
        "2. Missies (peildatum 5/6/2026)", (("Missienaam", "Aantal"), ("EULEX Kosovo", "2"))
    )
    tables = [network("1. Netwerk", KENYA), missions]
    annex = read_annex("doc", "Stand per 1 juni 2026", tables, resolver)
    assert (annex.network_as_of, annex.missions_as_of) == ("2026-06-01", None)
    assert ("error", "date_of_two_days", "peildatum 5/6/2026") in codes(annex)


def test_a_table_of_placements_of_which_only_the_words_are_there(resolver: Resolver):
    text = "3. Multilaterale plaatsingen\nPlaatsingen\nINTERPOL Lyon\nEuropol Den Haag"
    annex = read_annex("doc", text, [network("1. Netwerk", KENYA)], resolver)
    assert codes(annex) == [("error", "columns_lost_placements", "Plaatsingen")]
    table = PrintedTable("3.", (("Plaatsingen",), ("INTERPOL Lyon",), ("Officer",)))
    read = read_annex("doc", "Plaatsingen", [network("1. Netwerk", KENYA), table], resolver)
    assert "columns_lost_placements" not in {code for _, code, _ in codes(read)}


@pytest.mark.parametrize(
    "title",
    [
        *("Voorgenomen posten", "Gesloten posten sinds 2023", "Vacante posten", "Nieuwe posten"),
        *("Nieuwe LO-posten", "Planned posts", "Postes vacants"),
        *("Nieuw", "2. NIEUW", "Nieuw (2027)", "New"),
        *("Uitbreiding per 2028", "Gewenste posten", "Af te bouwen posten", "Historisch overzicht"),
    ],
)
def test_a_title_that_speaks_of_the_status_is_asked(resolver: Resolver, title: str):
    table = PrintedTable(title, (NETWORK, KENYA))
    assert codes(read_annex("doc", "", [table], resolver)) == [("error", "table_status", title)]
    kept = read_annex("doc", "", [table], resolver, decided(Decision(title, "as-it-is")))
    assert (len(kept.rows), [doubt.severity for doubt in kept.unread]) == (1, ["warning"])
    out = decided(Decision(title, "leave-out", reason="gone"))
    assert not read_annex("doc", "", [table], resolver, out).rows


def test_a_column_that_a_person_calls_the_number_of_officers_is_read(resolver: Resolver):
    table = PrintedTable("Title", ((*NETWORK, "fte"), (*KENYA, "2")))
    assert codes(read_annex("doc", "", [table], resolver)) == [
        ("error", "unread_column_decides", "fte")
    ]
    annex = read_annex("doc", "", [table], resolver, decided(Decision("fte", "column", "officers")))
    assert ([row.officers for row in annex.rows], codes(annex)) == (["2"], [])


def test_a_line_that_calls_itself_a_note_is_asked(resolver: Resolver):
    table = PrintedTable("Title", (NETWORK, KENYA))
    note = "NB: de post wordt per 1 december gesloten."
    asked = read_annex("doc", f"Brief\n{note}", [table], resolver)
    assert codes(asked) == [("error", "table_note_decides", note)]
    assert not codes(read_annex("doc", "NB: zie ook de brief.", [table], resolver))


def test_a_line_that_speaks_of_the_rows_below_it(resolver: Resolver):
    rows = [
        ("Koninklijke Marechaussee", "", ""),
        ("Kenia", "Nairobi", "Kenia"),
        ("Gesloten in 2025", "", ""),
        ("Peru - NP", "Lima", "Peru"),
        ("Afrika", "", ""),
        ("Ghana - NP", "Accra", "Ghana"),
    ]
    annex = read_annex("doc", "", [network("T", *rows)], resolver)
    assert [row.label for row in annex.rows] == [
        "Kenia - Koninklijke Marechaussee",
        "Peru - NP (Gesloten in 2025)",
        "Ghana - NP",  # a part of the world ends it
    ]
    assert codes(annex) == [
        ("error", "heading_in_table", "Koninklijke Marechaussee"),
        ("error", "heading_in_table", "Gesloten in 2025"),
    ]


def test_missions_below_a_line_that_says_that_they_ended(resolver: Resolver):
    rows = (("Missienaam", "Aantal"), ("EULEX Kosovo", "2"), ("Beëindigde missies", ""))
    table = PrintedTable("M", (*rows, ("EUTM Mali", "3"), ("Totaal", "5")))
    annex = read_annex("doc", "", [table], resolver)
    names = [row.mission for row in annex.deployments]
    assert names == ["EULEX Kosovo", "EUTM Mali (Beëindigde missies)"]
    assert ("error", "heading_in_table", "Beëindigde missies") in codes(annex)
    assert annex.total == 5
