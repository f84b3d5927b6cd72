"""An indicator of the reader's own: what is read, and one sentence for everything that is not."""

from __future__ import annotations

import pytest

from geo.aggregates import is_aggregate_code, is_aggregate_name
from geo.decimals import numbers
from geo.errors import DataError, FaultsError
from geo.indicators import LONGEST, MOST, read

M49 = {218: "ECU", 752: "SWE", 528: "NLD"}


def rows(text: str) -> list[list[str]]:
    return [line.split("|") for line in text.splitlines()]


@pytest.fixture
def reading(resolver, units):
    return lambda text: read(rows(text), resolver, units, "own.csv", M49)


@pytest.mark.parametrize(
    "text",
    [
        "iso3|value\nECU|3\nSWE|1.5",
        "land|value\nEcuador|3\nZweden|1,5",
        "Country|value\nEcuador|3\nSweden|1.5",
        "land|iso3|value\nwat dan ook|ecu|3\n|SWE|1.5",  # the code goes before the name
        "value|land\n3|Ecuador\n1.5|Zweden",
        "land|value\nRepubliek Ecuador|3\n\nZweden|1.50",
    ],
)
def test_the_same_file_in_many_forms(reading, text):
    assert reading(text).of_year().to_dict("list") == {"iso3": ["ECU", "SWE"], "value": [3.0, 1.5]}


def test_a_long_name_is_cut(reading):
    name = "Intentional homicides (per 100,000 people)"
    [column] = reading(f"iso3|{name}\nECU|1").columns
    assert column == f"{name[: LONGEST - 1]}…"


def test_several_columns_are_several_indicators(reading):
    found = reading("iso3|crime|passengers\nECU|1|\nNAM||250000\nCIV|0|1").of_year()
    assert found.columns.tolist() == ["iso3", "crime", "passengers"]
    assert found["iso3"].tolist() == ["ECU", "NAM", "CIV"]
    # An empty cell is unknown; a 0 that is written is a 0.
    assert found["crime"].isna().tolist() == [False, True, False]
    assert found["crime"].iloc[2] == 0


@pytest.mark.parametrize(
    "text",
    [
        "ISO_A3|value\nECU|3\nSWE|1.5",
        "iso2|value\nEC|3\nSE|1.5",
        "land|value\nEC|3\nSE|1.5",  # plainly codes, whatever the column is called
        "geo|value\nEC|3\nSE|1.5",
        "M49|value\n218|3\n752|1.5",
        "UN M49 code|land|value\n218|Ecuador|3\n752|Zweden|1.5",
        "code|land|value\n7|Ecuador|3\n8|Zweden|1.5",  # numbers of somebody's own, and names
        "Entity|Code|Year|value\nEcuador|ECU|2020|3\nSweden|SWE|2020|1.5\nWorld|OWID_WRL|2020|9",
        "x|y\n|\nCountry Name|Country Code|value\nEcuador|ECU|3\nSweden|SWE|1.5",
        "land|value\nEcuador|3\nZweden|1,5\nWereld|7\nBron: eigen telling|",
        "land|value\nEcuador|300%\nZweden|150 %",
    ],
)
def test_codes_and_downloads(reading, text):
    found = reading(text).of_year()
    factor = 100 if "%" in text else 1
    assert found.to_dict("list") == {"iso3": ["ECU", "SWE"], "value": [3 * factor, 1.5 * factor]}


def test_two_letters_are_namibia_and_nothing_else_here(reading):
    assert reading("iso2|x\nNA|3").of_year().to_dict("list") == {"iso3": ["NAM"], "x": [3]}
    # Among names two letters are no certain name.
    with pytest.raises(DataError, match="row 3, column land: country_alike"):
        reading("land|x\nEcuador|1\nNA|2")


@pytest.mark.parametrize("cell", ["", "..", "n/a", "-", "\N{EN DASH}", "N.A.", "NaN", "…", ":"])
def test_what_says_that_there_is_no_figure(reading, cell):
    found = reading(f"iso3|x\nECU|1\nSWE|{cell}").of_year()
    assert found["x"].isna().tolist() == [False, True]


YEARS = """Entity|Code|Year|homicides|passengers|World region according to OWID
Ecuador|ECU|2019|6.7|10|South America
Ecuador|ECU|2021|14|..|South America
Sweden|SWE|2020|1.2|20|Europe
Kosovo|OWID_KOS|2018|2.2||Europe
High-income countries||2021|1.5||
Micronesia (country)|FSM|2021|0.9||Oceania
World|OWID_WRL|2021|5.8|30|"""


def test_of_every_country_the_newest_year_or_the_one_that_is_chosen(reading):
    found = reading(YEARS)
    newest = found.of_year().set_index("iso3")
    # Of Ecuador homicides of 2021, and passengers of 2019: later there are none.
    assert newest.loc["ECU"].tolist() == [14, 10] and newest.loc["SWE"].tolist() == [1.2, 20]
    assert list(newest.index) == ["ECU", "SWE", "XKX", "FSM"] and found.newest() == (2018, 2021)
    assert found.years == [2021, 2020, 2019, 2018]
    assert found.of_year(2020).to_dict("list") == {
        **{"iso3": ["SWE"], "homicides": [1.2], "passengers": [20]},
    }
    assert found.skipped == ("High-income countries", "World")
    assert found.left_out == ("World region according to OWID",)


def test_years_above_the_columns_and_several_series(reading):
    found = reading(
        "Data Source|World Development Indicators\n|\n"
        "Country Name|Country Code|Indicator Name|Indicator Code|2022|2023 [YR2023]|2024\n"
        "Ecuador|ECU|Homicides|VC|13.5|45.1|..\nEuro area|EMU|Homicides|VC|1|1|1\n"
        "Ecuador|ECU|Passengers|IS|100||\n|\nData from database: WDI"
    )
    assert found.of_year().to_dict("list") == {
        **{"iso3": ["ECU"], "Homicides": [45.1], "Passengers": [100]},
    }
    assert found.years == [2023, 2022] and found.newest() == (2022, 2023)
    assert found.of_year(2022)["Homicides"].tolist() == [13.5]
    assert found.skipped == ("Euro area", "Data from database: WDI")


def test_a_mark_that_a_download_uses_needs_no_proof(reading):
    # "1.234" alone may be either; the World Bank and Our World in Data write points for decimals.
    found = reading("Country Name|Country Code|x\nEcuador|ECU|1.234\nSweden|SWE|0.5")
    assert found.of_year()["x"].tolist() == [1.234, 0.5]
    with pytest.raises(DataError, match="number_in_two_ways"):
        reading("Country Name|Country Code|x\nEcuador|ECU|1,234")


def test_everything_that_is_wrong_is_named_at_once(reading):
    with pytest.raises(FaultsError) as error:
        reading(
            "land|iso3|x\nEcuador|ECU|1\nPeru|ECU|2\nNarnia||3\nZwedn||4\nMali|MLI|veel\n"
            "Ecuador|ECU|5\nCongo|PER|6\nWereld|SWE|7"
        )
    assert [(fault.row, fault.column, fault.value) for fault in error.value.each] == [
        (3, "iso3", "ECU / Peru"),
        (4, "land", "Narnia"),
        (5, "land", "Zwedn"),
        (6, "x", "veel"),
        (7, "iso3", "ECU"),
        (8, "iso3", "PER / Congo"),
        (9, "iso3", "SWE / Wereld"),
    ]
    assert "Zweden (SWE)" in error.value.each[2].params["alike"]
    assert len(str(error.value).splitlines()) == 7
    # A name that is ambiguous alone is not where the code is one of its countries.
    assert reading("land|iso3|x\nCongo|COD|1").of_year()["iso3"].tolist() == ["COD"]


def test_no_code_of_a_group_is_one_of_a_country(units):
    assert not [code for code in units["iso3"] if is_aggregate_code(code)]
    names = [*units["name_nl"], *units["name_en"]]
    assert [name for name in names if is_aggregate_name(name)] == []


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1.234,5", "12"], [1234.5, 12]),
        (["1,234.5", "12"], [1234.5, 12]),
        (["1.234.567", "8.901"], [1234567, 8901]),
        (["0,125", "2,250"], [0.125, 2.25]),  # the first tells what the second means
        (["0.125", "2.250"], [0.125, 2.25]),
        (["12345,678", "1"], [12345.678, 1]),
        (["1.5e-3", "2E2"], [0.0015, 200]),
        (["-3", "\N{MINUS SIGN}4"], [-3, -4]),
        (["1 234", "2\N{NO-BREAK SPACE}000"], [1234, 2000]),
    ],
)
def test_numbers_as_people_write_them(cells, values):
    assert list(numbers(dict(enumerate(cells, 2)), "x", "f").values()) == values


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no_rows_below_header"),
        ("iso3|value", "no_rows_below_header"),
        ("plek|value\nECU|1", "row 1: no_country_column"),
        ("iso3\nECU", "no_value_column"),
        ("land|naam\nEcuador|1", "no_value_column"),
        ("iso3|kind\nECU|1", "'kind'"),
        ("iso3|x|X\nECU|1|2", "columns_of_one_name (found 'X')"),
        ("iso3|?\nECU|1", "column_without_letters"),
        (
            "iso3|" + "|".join(f"c{i}" for i in range(MOST + 1)) + "\nECU",
            "too_many_value_columns, most=8",
        ),
        ("iso3|x\nECU|1\nECU|2", "row 3, column iso3: country_twice"),
        ("land|x\nEcuador|1\nECU|2", "row 3, column land: country_twice"),
        ("land|x\nZwedn|1", "country_alike (found 'Zwedn'), alike=('Zweden (SWE)',)"),
        ("land|x\nNarnia|1", "found 'Narnia'"),
        ("land|x\nCongo|1", "Congo-Kinshasa (COD)"),
        ("land|x\nCaribische Koninkrijksdelen|1", "country_alike"),
        ("iso3|x\n|1", "row 2, column iso3: no_country_in_row"),
        ("iso3|x\nECU|veel", "row 2, column x: figure_no_number (found 'veel')"),
        ("iso3|x\nECU|1e555", "'1e555'"),
        ("iso3|x\nECU|1.234", "number_in_two_ways (found '1.234')"),
        (
            "iso3|x\nECU|1%\nSWE|2\nPER|3%",
            "row 3, column x: some_per_cent",
        ),
        ("land|x\nWereld|1\nAfrika|2", "no_country_rows"),
        ("code|x\n218|1", "number_no_country (found '218')"),
        ("iso3|jaar|x\nECU|2020/21|1", "row 2, column jaar: no_year"),
        (
            "iso3|jaar|x\nECU|2020|1\nECU|2020|2",
            "row 3, column iso3: country_twice",
        ),
        ("iso3|x\nECU|1.5\nSWE|2,5", "row 2, column x: column_in_two_ways"),
        ("iso3|x\nECU|1.5\nSWE|12,34,5", "row 3, column x: column_in_two_ways"),
        ("iso3|x\nECU|" + "9" * 17, "figure_out_of_range"),
        ("iso3|x\nECU|", "column_without_numbers"),
        ("land|x\nMali|1|5", "row 2: more_cells_than_header"),
        ("land|x|\nMali|1|5", "row 2: more_cells_than_header"),
    ],
)
def test_what_cannot_be_read_says_where_and_what(reading, text, told):
    with pytest.raises(DataError) as error:
        reading(text)
    assert told in str(error.value)
    assert str(error.value).startswith("own.csv")
