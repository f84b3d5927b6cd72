"""Countries as an annex prints them: certain Dutch names, their codes and where an officer sits.

Written by hand and apart from `data/reference`, so that a wrong name there does not make itself
right here. The parts of the world keep a drawn work area near its post.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Country:
    """A unit under its Dutch name; `city` is a duty station, empty where none is drawn."""

    name: str
    iso3: str
    part: str
    city: str = ""


_PARTS = {
    "Europa": """
        Albanië ALB Tirana; Andorra AND; België BEL Brussel; Bulgarije BGR Sofia;
        Cyprus CYP Nicosia; Denemarken DNK Kopenhagen; Duitsland DEU Berlijn; Estland EST Tallinn;
        Finland FIN Helsinki; Frankrijk FRA Parijs; Griekenland GRC Athene;
        Hongarije HUN Boedapest; Ierland IRL Dublin; IJsland ISL; Italië ITA Rome; Kosovo XKX;
        Kroatië HRV Zagreb; Letland LVA Riga; Liechtenstein LIE; Litouwen LTU Vilnius;
        Luxemburg LUX; Malta MLT; Moldavië MDA; Monaco MCO; Montenegro MNE Podgorica;
        Noord-Macedonië MKD Skopje; Noorwegen NOR Oslo; Oekraïne UKR; Oostenrijk AUT Wenen;
        Polen POL Warschau; Portugal PRT Lissabon; Roemenië ROU Boekarest; Rusland RUS Moskou;
        San Marino SMR; Servië SRB Belgrado; Slovenië SVN; Slowakije SVK Bratislava;
        Spanje ESP Madrid; Tsjechië CZE Praag; Turkije TUR Ankara;
        Verenigd Koninkrijk GBR Londen; Wit-Rusland BLR; Zweden SWE Stockholm;
        Zwitserland CHE Bern""",
    "Azië": """
        Armenië ARM; Azerbeidzjan AZE; Georgië GEO Tbilisi; Kazachstan KAZ; Kirgistan KGZ;
        Oezbekistan UZB Tasjkent; Tadzjikistan TJK; Turkmenistan TKM; Afghanistan AFG; Bahrein BHR;
        Bangladesh BGD Dhaka; Cambodja KHM; China CHN Beijing; Filipijnen PHL Manilla;
        India IND New Delhi; Indonesië IDN Jakarta; Irak IRQ; Iran IRN; Israël ISR;
        Japan JPN Tokio; Jemen YEM; Jordanië JOR Amman; Koeweit KWT; Laos LAO; Libanon LBN Beiroet;
        Maleisië MYS Kuala Lumpur; Mongolië MNG; Myanmar MMR; Nepal NPL; Oman OMN;
        Pakistan PAK Islamabad; Qatar QAT Doha; Saoedi-Arabië SAU Riyad; Singapore SGP Singapore;
        Sri Lanka LKA Colombo; Syrië SYR; Thailand THA Bangkok;
        Verenigde Arabische Emiraten ARE Dubai; Vietnam VNM Hanoi; Zuid-Korea KOR Seoel;
        Australië AUS Canberra; Nieuw-Zeeland NZL Wellington; Fiji FJI""",
    "Afrika": """
        Algerije DZA Algiers; Angola AGO Luanda; Benin BEN; Botswana BWA; Burkina Faso BFA;
        Burundi BDI; Egypte EGY; Eritrea ERI; Ethiopië ETH Addis Abeba; Gabon GAB Libreville;
        Gambia GMB; Ghana GHA Accra; Guinee-Bissau GNB; Ivoorkust CIV Abidjan; Kaapverdië CPV;
        Kameroen CMR; Kenia KEN Nairobi; Lesotho LSO; Liberia LBR; Libië LBY; Madagaskar MDG;
        Malawi MWI; Mali MLI; Marokko MAR Rabat; Mauritanië MRT; Mozambique MOZ Maputo;
        Namibië NAM Windhoek; Nigeria NGA Abuja; Oeganda UGA Kampala; Rwanda RWA Kigali;
        Senegal SEN Dakar; Seychellen SYC; Sierra Leone SLE; Somalië SOM; Soedan SDN; Togo TGO;
        Tsjaad TCD; Tunesië TUN Tunis; Zambia ZMB Lusaka; Zimbabwe ZWE Harare;
        Zuid-Afrika ZAF Pretoria; Zuid-Soedan SSD""",
    "Amerika": """
        Argentinië ARG Buenos Aires; Belize BLZ; Bolivia BOL La Paz; Brazilië BRA Brasilia;
        Canada CAN Ottawa; Chili CHL Santiago; Colombia COL Bogota; Costa Rica CRI; Cuba CUB Havana;
        Curaçao CUW Willemstad; Dominicaanse Republiek DOM Santo Domingo; Ecuador ECU Quito;
        El Salvador SLV; Guatemala GTM; Guyana GUY; Haïti HTI; Honduras HND; Jamaica JAM Kingston;
        Mexico MEX Mexico-stad; Nicaragua NIC; Panama PAN; Paraguay PRY; Peru PER Lima;
        Suriname SUR Paramaribo; Trinidad en Tobago TTO; Uruguay URY Montevideo;
        Venezuela VEN Caracas; Verenigde Staten USA Washington""",
}


def _country(part: str, entry: str) -> Country:
    words = entry.split()
    at = next(i for i, word in enumerate(words) if len(word) == 3 and word.isupper())
    return Country(" ".join(words[:at]), words[at], part, " ".join(words[at + 1 :]))


COUNTRIES = tuple(
    _country(part, entry) for part, text in _PARTS.items() for entry in text.split(";")
)
BY_CODE = {country.iso3: country for country in COUNTRIES}
HOSTS = tuple(country for country in COUNTRIES if country.city)
BANNERS = {"Europa": "Europa", "Azië": "Azië & Oceanië", "Afrika": "Afrika", "Amerika": "Amerika’s"}

# Regions that an annex prints, with what they stand for.
REGIONS = {
    "Baltische staten": ("EST", "LTU", "LVA"),
    "Caribische Koninkrijksdelen": ("ABW", "BES", "CUW", "SXM"),
    "Benelux": ("BEL", "LUX", "NLD"),
}
# Points of the compass cut to a letter -> the unit, which no other may stand for.
COMPASS = {
    "Z-Soedan": "SSD",
    "Z.-Soedan": "SSD",
    "N-Korea": "PRK",
    "Z-Korea": "KOR",
    "N. Korea": "PRK",
    "Z-Afrika": "ZAF",
    "Z. Afrika": "ZAF",
    "N-Macedonië": "MKD",
    "W-Sahara": "ESH",
    "O-Timor": "TLS",
    "E. Guinee": "GNQ",
}
# Older and spoken names, and other spellings, each of one unit.
OTHER_NAMES = {
    "Boeroendi": "BDI",
    "Swaziland": "SWZ",
    "Birma": "MMR",
    "Ver. Koninkrijk": "GBR",
    "Groot-Brittannië": "GBR",
    "VAE": "ARE",
    "VS": "USA",
    "VK": "GBR",
    "Saudi-Arabië": "SAU",
    "Yemen": "YEM",
    "Kirgizië": "KGZ",
    "Russische Federatie": "RUS",
    "Macedonië": "MKD",
    "Zuid Korea": "KOR",
    "Tsjechische Republiek": "CZE",
    "Belarus": "BLR",
}
# Names that no unit of the table bears alone: always a question.
OPEN_NAMES = ("Congo", "Korea", "Zanzibar", "Vilnistan", "Koerdistan", "Andeslanden")
# Names cut short behind a full stop -> what they may be read as.
SHORTENED = {
    "Mex.": "MEX",
    "Arg.": "ARG",
    "Braz.": "BRA",
    "Col.": "COL",
    "Ned. Antillen": "",
    "Tanz.": "TZA",
    "Car. Nederland": "BES",
    "Dom. Rep.": "DOM",
    "Indon.": "IDN",
}
# Codes of two letters that are words or bodies in Dutch too.
TWO_LETTERS = ("OM", "SM", "IT", "NO", "AL", "IS", "IN")
# Names that a narrow column breaks, as they stand on two lines.
BROKEN = {
    "Saoedi-\nArabië": "SAU",
    "Verenigde\nStaten": "USA",
    "Verenigde Arabische\nEmiraten": "ARE",
    "Nieuw-\nZeeland": "NZL",
    "Dominicaanse\nRepubliek": "DOM",
    "Trinidad en\nTobago": "TTO",
}
# Names that no annex here prints, and that a misspelling must not come near.
MORE_NAMES = (
    *("Niger", "Dominica", "Guinee", "Congo", "Mauritius", "Samoa", "Palau", "Tonga", "Nauru"),
    *("Comoren", "Djibouti", "Burundi", "Birma", "Barbados", "Bahama’s", "Bhutan", "Brunei"),
    *("Monaco", "Macau", "Oost-Timor", "Noord-Korea", "Grenada", "Tanzania", "Swaziland"),
    *("Vaticaanstad", "Bermuda", "Aruba", "Soedan", "Sudan", "Jemen", "Tibet", "Malediven"),
)
