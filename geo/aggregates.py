"""Rows of other people's tables that are no country: the world, continents, groups by income.

And codes that other tables use for a unit of ours: old ones, and those of one publisher.
"""

from __future__ import annotations

import re

from geo.names.normalise import key

# Codes that the World Bank, Our World in Data and Eurostat print beside ISO 3166-1 -> our own.
OTHER_CODES = {
    "OWID_KOS": "XKX",
    "KSV": "XKX",
    "RKS": "XKX",
    "XK": "XKX",
    "ROM": "ROU",
    "ZAR": "COD",
    "TMP": "TLS",
    "WBG": "PSE",
    "ADO": "AND",
    "IMY": "IMN",
    "EL": "GRC",
    "UK": "GBR",
}
# Groups of the World Bank, Eurostat and the OECD, the Channel Islands together, and states that
# are no more.
_CODES = frozenset(
    """AFE AFW ARB CEA CEB CEU CHI CLA CME CSA CSS EAP EAR EAS ECA ECS EMU EUU FCS HIC HPC IBB IBD
    IBT IDA IDB IDX INX LAC LCN LDC LIC LMC LMY LTE MDE MEA MIC MNA NAC NAF NRS NXS OED OSS PRE PSS
    PST RRS SAS SSA SSF SST SXZ TEA TEC TLA TMN TSA TSS UMC WLD XZN OWID_WRL EA19 EA20 EA21 EU27
    EU28 EU15 EU27_2020 OECD OAVG G20 G7 WORLD ANT SCG YUG CSK SUN DDR""".split()
)
# The numbers of M49 for the world and its parts, and for groups of countries.
M49_GROUPS = frozenset(
    int(number)
    for number in """1 2 5 9 11 13 14 15 17 18 19 21 29 30 34 35 39 53 54 57 61 62 142 143 145 150
    151 154 155 199 202 419 432 722 830""".split()
)
_NAMES = frozenset(
    key(name)
    for name in (
        *("World", "Wereld", "Hele wereld", "Global", "Africa", "Afrika", "Europe", "Europa"),
        *("Asia", "Azië", "Oceania", "Oceanië", "Americas", "North America", "Noord-Amerika"),
        *("South America", "Zuid-Amerika", "Central America", "Midden-Amerika", "Latin America"),
        *("Northern America", "Antarctica", "European Union", "Europese Unie", "EU", "EU27"),
        *("Euro area", "Eurozone", "Eurogebied", "Arab World", "Channel Islands", "OECD", "G20"),
        *("G7", "ASEAN", "NATO", "BRICS", "Middle East", "Latin America & Caribbean"),
        *("Northern Africa", "Eastern Africa", "Middle Africa", "Southern Africa", "West-Afrika"),
        *("Western Africa", "Noord-Afrika", "Oost-Afrika", "Zuidelijk Afrika", "Caribbean"),
        *("Central Asia", "Eastern Asia", "South-Eastern Asia", "Southern Asia", "Western Asia"),
        *("Eastern Europe", "Northern Europe", "Southern Europe", "Western Europe", "Melanesia"),
        *("Polynesia", "Australia and New Zealand", "Sub-Saharan Africa", "East Asia & Pacific"),
        *("Europe & Central Asia", "Middle East & North Africa", "Middle East, North Africa"),
        *("South Asia", "North Africa", "Central Europe and the Baltics", "Other small states"),
        *("Small states", "Caribbean small states", "Pacific island small states"),
        *("Middle East, North Africa, Afghanistan & Pakistan", "Africa Eastern and Southern"),
        *("Africa Western and Central", "Fragile and conflict affected situations"),
        *("Netherlands Antilles", "Serbia and Montenegro", "Yugoslavia", "Czechoslovakia"),
        *("USSR", "East Germany", "Totaal", "Total", "Not classified", "Gemiddelde", "Average"),
    )
)
_GROUP = re.compile(
    r".*\bincome\b.*|.*\binkomen(?:sgroep)?\b.*|.*\(excl.*|.*\(WB\)|.*\(UN(?: M49| SD)?\)"
    r"|.*demographic dividend.*|IDA\b.*|IBRD\b.*|EU-?\s?\d\d\b.*|Euro(?:pean)? (?:area|union)\b.*"
    r"|Heavily indebted poor.*|Least developed countries.*|OECD\b.*|.*\(\d+ countries\)"
    r"|.*(?:IDA (?:&|and) IBRD|IDA total|all income levels|developing only).*",
    re.I | re.S,
)


def is_aggregate_code(code: str) -> bool:
    """Whether a code stands for a group of countries, or for a state that is no more.

    Our World in Data begins those codes that ISO does not have with OWID.
    """
    plain = code.strip().upper()
    return plain not in OTHER_CODES and (plain in _CODES or plain.startswith("OWID_"))


def is_aggregate_name(name: str) -> bool:
    """Whether a name is that of a group of countries."""
    text = " ".join(name.split())
    return len(text) <= 200 and (key(text) in _NAMES or bool(_GROUP.fullmatch(text)))
