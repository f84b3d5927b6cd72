"""Rows in the words that people use: what is certain is read, what is not is asked."""

from __future__ import annotations

import pytest

from data.documents.cells import Cells, PrintedTable
from data.documents.reading import read_cells
from geo.reading.result import DocumentReading

HEADER = ("Liaison Officer", "Standplaats", "Werkgebied")
MISSIONS = ("Missie", "Standplaats", "Aantal")


def read(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER, text: str = ""):
    return read_cells("made", Cells(text, (PrintedTable("Tabel", (header, *rows)),)))


def served(reading: DocumentReading) -> str:
    return " ".join(sorted(reading.accreditations["iso3"]))


def asked(reading: DocumentReading) -> list[tuple[str, str]]:
    return [(error.code, error.printed) for error in reading.errors]


def left_out(reading: DocumentReading) -> set[str]:
    """What some problem says is excluded, or explains."""
    return {p.code for p in reading.problems if p.severity == "warning"}


@pytest.mark.parametrize(
    ("area", "countries"),
    [
        ("Peru / Bolivia, maar niet Chili", "BOL PER"),
        ("Peru, Bolivia (dus niet Chili)", "BOL PER"),
        ("Peru, Bolivia - nadrukkelijk niet Chili", "BOL PER"),
        ("Peru, Bolivia. Niet langer Chili", "BOL PER"),
        ("Peru, Bolivia i.p.v. Chili", "BOL PER"),
        ("Peru, Bolivia in plaats van Chili", "BOL PER"),
    ],
)
def test_excluded_in_other_words(area: str, countries: str):
    reading = read(("Peru - NP", "Lima", area))
    assert (served(reading), asked(reading)) == (countries, [])
    assert "excluded" in left_out(reading)


@pytest.mark.parametrize(
    ("area", "words"),
    [
        ("Peru, voorheen Chili", "voorheen Chili"),
        ("Peru (tot 2024\nook Chili)", "tot 2024 ook Chili"),
        ("Peru, op termijn Chili", "op termijn Chili"),
        ("Peru (Chili valt\nonder Buenos Aires)", "Chili valt onder Buenos Aires"),
        ("Peru; Chili wordt niet bediend", "Chili wordt niet bediend"),
        ("Peru, Bolivia; Chili vervalt", "Chili vervalt"),
    ],
)
def test_a_country_of_another_day_or_post_is_asked_and_not_suggested(area: str, words: str):
    reading = read(("Peru - NP", "Lima", area))
    assert "CHL" not in served(reading).split()
    assert asked(reading) == [("no_country", words)]
    assert not any(error.suggestions for error in reading.errors)


@pytest.mark.parametrize(
    "words", ["via Tunis", "vanuit Tunis", "op afstand", "bediend vanuit Tunis"]
)
def test_from_where_a_country_is_served_is_no_question(words: str):
    reading = read(("Tunesië - NP", "Tunis", f"Tunesië, Libië ({words})"))
    assert (served(reading), asked(reading)) == ("LBY TUN", [])
    assert "explanation" in left_out(reading)


def test_a_country_from_where_another_is_served_is_asked():
    reading = read(("Tunesië - NP", "Tunis", "Tunesië, Libië (via Malta)"))
    assert asked(reading)
    assert "MLT" not in served(reading)


@pytest.mark.parametrize(
    ("area", "asks"), [("Peru, Chili,", True), ("Peru en", True), ("Peru, Chili /", False)]
)
def test_a_list_that_breaks_off_is_asked(area: str, asks: bool):
    """The annexes themselves end lists on a slash."""
    assert bool(asked(read(("Peru - NP", "Lima", area)))) is asks


@pytest.mark.parametrize(
    ("host", "city", "found"),
    [
        ("Polen", "Warschau, Polen", "Warschau"),
        ("Italië", "Rome (Italië)", "Rome"),
        ("Kenia", "Nairobi / Kenia", "Nairobi"),
        ("Turkije", "Ankara - Turkije", "Ankara"),
        ("Panama", "Panama", "Panama-stad"),
    ],
)
def test_a_city_with_its_own_country(host: str, city: str, found: str):
    reading = read((f"{host} - NP", city, host))
    assert asked(reading) == []
    assert reading.postings["city"].tolist() == [found]
    assert not {"two_cities", "unknown_city"} & left_out(reading)


@pytest.mark.parametrize("city", ["Tripoli (ambassade)", "Tripoli (hoofdstad)", "Tripoli, Libië"])
def test_what_may_stand_beside_a_city(city: str):
    reading = read(("Libië - NP", city, "Libië"))
    assert (reading.postings["city"].tolist(), asked(reading)) == (["Tripoli"], [])


@pytest.mark.parametrize(
    ("label", "organisation", "posts"),
    [
        ("LO Kenia (NP)", "NP", 1),
        ("LO NP Kenia", "NP", 1),
        ("LO Kenia", None, 1),
        ("Liaison Kenia - NP", "NP", 1),
        ("Verbindingsofficier voor Kenia - KMar", "KMar", 1),
        ("Kenia - NP, twee LO's", "NP", 2),
        ("Kenia - NP †", "NP", 1),
    ],
)
def test_labels_in_other_words(label: str, organisation: str | None, posts: int):
    reading = read((label, "Nairobi", "Kenia"))
    rows = reading.postings[["host", "organisation"]].to_numpy().tolist()
    assert (rows, asked(reading)) == ([["KEN", organisation]] * posts, [])


@pytest.mark.parametrize("words", ["a.i.", "2e", "onbemand"])
def test_what_stands_in_a_bracket_and_is_not_understood_is_asked(words: str):
    assert asked(read((f"Kenia - NP ({words})", "Nairobi", "Kenia"))) == [("bracket", words)]


@pytest.mark.parametrize("area", ["Kenia, Oeganda ✗", "Kenia, ~Oeganda~", "Kenia / Oeganda ❌"])
def test_a_name_with_a_sign_that_takes_it_out_is_asked(area: str):
    reading = read(("Kenia - NP", "Nairobi", area))
    assert (served(reading), [code for code, _ in asked(reading)]) == ("KEN", ["no_country"])


@pytest.mark.parametrize("words", ["mede-accreditatie:", "mede:", "tevens:", "accreditaties:"])
def test_words_before_a_list(words: str):
    reading = read(("Kenia - NP", "Nairobi", f"Kenia; {words} Oeganda, Rwanda"))
    assert (served(reading), asked(reading)) == ("KEN RWA UGA", [])


def test_an_unknown_city_with_its_own_country_is_no_question():
    assert asked(read(("Polen - NP", "Rzeszow, Polen", "Polen"))) == []


@pytest.mark.parametrize(
    ("city", "code"),
    [
        ("Tunis, Tunesië", "country_in_city"),
        ("Tripoli (2)", "officers_unclear"),
        ("Tripoli (samen met buren)", "bracket"),
        ("Tripoli, later Benghazi", "city_changes"),
        ("Tripoli → Benghazi", "city_changes"),
        ("n.n.b.", "city_changes"),
        ("Tripoli en Benghazi", "officers_unclear"),
    ],
)
def test_a_city_with_something_else_is_asked(city: str, code: str):
    assert code in [code for code, _ in asked(read(("Libië - NP", city, "Libië")))]


@pytest.mark.parametrize(
    ("label", "city", "area", "status", "codes"),
    [
        ("Peru - NP", "Lima (opening voorzien)", "Peru", "planned", []),
        ("Peru - NP [onder voorbehoud]", "Lima", "Peru", "planned", []),
        ("Peru - NP *gepland*", "Lima", "Peru", "planned", []),
        ("Peru - NP", "Lima", "Peru – post wordt per 1-9-2026 gesloten", "active", ["ended"]),
        ("Peru - NP (uitgefaseerd)", "Lima", "Peru", "active", ["ended"]),
        ("Peru - NP (afgebouwd)", "Lima", "Peru", "active", ["ended"]),
    ],
)
def test_status_in_other_words(label: str, city: str, area: str, status: str, codes: list[str]):
    reading = read((label, city, area))
    assert reading.postings["status"].tolist() == [status]
    assert [code for code, _ in asked(reading)] == codes


@pytest.mark.parametrize(
    ("words", "organisation"),
    [("Nat. Politie", "NP"), ("Kon. Marechaussee", "KMar"), ("Fed. Politie", "GPI")],
)
def test_short_forms_of_organisations(words: str, organisation: str):
    reading = read(("Peru", "Lima", "Peru", words), header=(*HEADER, "Organisatie"))
    assert reading.postings["organisation"].tolist() == [organisation]
    assert asked(reading) == []


@pytest.mark.parametrize(
    "below",
    [
        [("waarvan NP", "", "1"), ("waarvan KMar", "", "3")],
        [("w.v. KMar 3", "", "")],
        [("NP", "", "1"), ("KMar", "", "3")],
    ],
)
def test_what_takes_a_total_apart_is_no_mission(below: list[tuple[str, ...]]):
    rows = [("EUAM Irak", "Bagdad", "4"), ("Eindtotaal", "", "4"), *below]
    reading = read(*rows, header=MISSIONS)
    assert (len(reading.deployments), reading.total) == (1, 4)
    assert asked(reading) == []
    assert {"below_total"} <= left_out(reading)


@pytest.mark.parametrize(
    "below", [[("waarvan NP 1", "", "")], [("NP", "1", ""), ("KMar", "1", "")]]
)
def test_what_takes_a_total_apart_is_no_posting(below: list[tuple[str, ...]]):
    rows = [
        ("Peru - NP", "Lima", "Peru"),
        ("Chili - KMar", "Santiago", "Chili"),
        ("Totaal", "2", ""),
    ]
    reading = read(*rows, *below)
    assert reading.postings["label"].tolist() == ["Peru - NP", "Chili - KMar"]
    assert asked(reading) == []


@pytest.mark.parametrize("banner", ["EUROPA EN BALKAN", "Regio Afrika", "Regio Azië/Pacific"])
def test_banners_in_other_words(banner: str):
    reading = read((banner, "", ""), ("Peru - NP", "Lima", "Peru"))
    assert reading.postings[["region", "label"]].to_numpy().tolist() == [[banner, "Peru - NP"]]
    assert asked(reading) == []


@pytest.mark.parametrize(
    "header",
    [
        ("LO (land)", "LO (stad)", "Werkgebied"),
        ("Verbindingsofficier", "Ambassade te", "Geaccrediteerd voor"),
        ("Gastland", "Stad", "Overige landen"),
        ("Liaison officer", "Duty station", "Area of accreditation"),
        ("LO'er", "Locatie post", "Landenpakket"),
        ("Post", "Gevestigd te", "Bedient ook"),
        ("LO", "Standplaats", "Landenportefeuille"),
    ],
)
def test_headings_in_other_words(header: tuple[str, ...]):
    reading = read(("Peru - NP", "Lima", "Peru, Chili"), header=header)
    assert served(reading) == "CHL PER"
    assert reading.postings[["city", "organisation"]].to_numpy().tolist() == [["Lima", "NP"]]
    assert asked(reading) == []


def test_a_note_in_the_last_row_of_a_table_hangs_on_the_row_that_points_to_it():
    note = "1) Onder voorbehoud van besluitvorming."
    reading = read(
        ("Peru - NP 1)", "Lima", "Peru"), ("Chili - NP", "Santiago", "Chili"), (note, "", "")
    )
    assert reading.postings["label"].tolist() == ["Peru - NP 1)", "Chili - NP"]
    (error,) = reading.errors
    assert (error.code, error.row) == ("note_decides", ("LO", 1))


def test_a_note_in_the_last_row_that_nobody_points_to_is_listed():
    reading = read(("Peru - NP", "Lima", "Peru"), ("* Twee van hen delen een kantoor", "", ""))
    assert ("table_note", "* Twee van hen delen een kantoor") in [
        (problem.code, problem.printed) for problem in reading.problems
    ]


@pytest.mark.parametrize(
    ("label", "city", "area", "words"),
    [
        ("Mali - NP, medio 2027", "Bamako", "Mali", "medio 2027"),
        ("Mali - NP – eind 2026", "Bamako", "Mali", "eind 2026"),
        ("Mali - NP", "Bamako, medio 2027", "Mali", "medio 2027"),
        ("Mali - NP", "Bamako (Q1 2027)", "Mali", "Q1 2027"),
        ("Mali - NP", "Bamako", "Mali, eind juni 2027", "eind juni 2027"),
        ("Mali - NP, October 2027", "Bamako", "Mali", "October 2027"),
        ("Mali - NP", "Bamako (mid March 2027)", "Mali", "mid March 2027"),
        ("Mali - NP", "Bamako", "Mali, end of May 2027", "end of May 2027"),
        ("Mali - NP", "Bamako", "Mali (eerste helft 2027)", "eerste helft 2027"),
        ("Mali - NP (2e kwartaal van 2026)", "Bamako", "Mali", "2e kwartaal van 2026"),
        ("Mali - NP", "Bamako, juni 2026", "Mali", "juni 2026"),
    ],
)
def test_a_part_of_a_year_is_asked_as_status(label: str, city: str, area: str, words: str):
    """Until then, or from then on: only a person knows. The rest of the cell is still read."""
    reading = read((label, city, area))
    assert asked(reading) == [("dated", words)]
    post = reading.postings.iloc[0]
    assert (post["organisation"], post["city"], served(reading)) == ("NP", "Bamako", "MLI")


@pytest.mark.parametrize("sign", ["→", "->", "=>", "=", ">"])
def test_a_country_that_becomes_another_is_asked(sign: str):
    reading = read(("Kenia - NP", "Nairobi", f"Kenia / Oeganda {sign} Rwanda"))
    assert served(reading) == "KEN"
    assert asked(reading) == [("no_country", f"Oeganda {sign} Rwanda")]


def test_an_arrow_before_each_country_is_a_bullet():
    reading = read(("Kenia - NP", "Nairobi", "→ Kenia\n→ Oeganda\n> Rwanda"))
    assert (served(reading), asked(reading)) == ("KEN RWA UGA", [])


@pytest.mark.parametrize("words", ["(vervolg)", "- vervolg", "(cont.)", "[continued]"])
@pytest.mark.parametrize("city", ["Nairobi", ""])
def test_a_row_that_says_it_goes_on_is_no_second_post(words: str, city: str):
    second = (f"Kenia - NP {words}", city, "Tanzania / Rwanda")
    reading = read(("Kenia - NP", "Nairobi", "Kenia / Oeganda"), second)
    assert (len(reading.postings), served(reading)) == (1, "KEN RWA TZA UGA")
    assert asked(reading) == []


def test_a_row_that_goes_on_with_another_post_is_one_of_its_own():
    reading = read(
        ("Kenia - NP", "Nairobi", "Kenia"), ("Ghana - NP (vervolg)", "Accra", "Ghana / Togo")
    )
    assert len(reading.postings) == 2
    assert ("bracket", "vervolg") in asked(reading)


@pytest.mark.parametrize("words", ["Aantal posten: 12", "Aantal LO's 12", "Aantal plaatsingen 12"])
def test_a_number_of_posts_below_the_table_is_a_total(words: str):
    reading = read(("Kenia - NP", "Nairobi", "Kenia"), (words, "", ""))
    assert len(reading.postings) == 1
    assert [code for code, _ in asked(reading)] == ["network_total"]
