"""Small specifications of charts, one of each kind."""

from __future__ import annotations

from dashboard.report import Category, Event, Panel, Series, Span, Spec, Stretch

SPECS = {
    "ranking": Spec(
        "ranking",
        (
            Category("Ecuador", "1. Ecuador  24,5", " (onbekend: afstand)"),
            Category("Zweden", "2. Zweden  20,5"),
        ),
        (
            Series("Soort", (20.0, 20.0), "kind", words=("Leeg", "Ver weg")),
            Series("Afstand", (None, 0.5), "distance", words=("Afstand", "Afstand")),
            Series("Verondersteld", (4.5, 0.0), "supposed", "Onbekend", supposed=True),
        ),
    ),
    "scores": Spec(
        "ranking",
        (Category("Lima", "1. Lima  25"), Category("Rome", "2. Rome  8,5")),
        (
            Series("Soort", (20.0, 8.0), "kind", words=("Leeg", "Ver weg")),
            Series("Afstand", (5.0, 0.5), "distance", words=("Afstand", "Afstand")),
        ),
    ),
    "bars": Spec(
        "bars",
        (Category("Dubai, NP", note="87,8 mln"), Category("Rome, GPI", note="9")),
        (Series("alleen", (8.0, 2.0), "single"), Series("ook een ander", (0.0, 4.0), "shared")),
    ),
    "people": Spec(
        "bars",
        (Category("Lima", note="5", role="?"), Category("Rome", note="4", role="GPI")),
        (Series("Inwoners", (5.0, 4.0), "post"),),
    ),
    "totals": Spec(
        "totals",
        (
            Category("2023", "2023: 27", group="Wie leidt"),
            Category("2025", "2025: 32", group="Wie leidt"),
            Category("2023", "2023: 27", group="Werelddeel"),
        ),
        (
            Series("EU", (26.0, 32.0, None), "shade-0"),
            Series("OVSE", (1.0, None, None), "shade-1"),
            Series("Afrika", (None, None, 27.0), "shade-0"),
        ),
    ),
    "dots": Spec(
        "dots",
        (Category("Nairobi"), Category("Brasilia"), Category("Tbilisi")),
        (
            Series("KMar", (2.0, None, None), "KMar", "KMar"),
            Series("gepland", (None, 1.0, None), "KMar", "KMar", planned=True),
            Series("organisatie onbekend", (None, None, 1.0), "?", "niet\nvermeld"),
        ),
    ),
    "change": Spec(
        "change",
        (
            Category("EUMA A&B", group="Meer"),
            Category("EULEX", group="Minder"),
            Category("EUAM", group="Gelijk"),
            Category("OSC", group="Nieuw", starred=True),
        ),
        (
            Series("2023", (3.0, 5.0, 2.0, None), "shade-1"),
            Series("2025", (9.0, 1.0, 2.0, 4.0), "mission"),
        ),
    ),
    "lines": Spec(
        "lines",
        (
            Category(
                "Rabat (Marokko)",
                note="  NP",
                spans=(Span(2013.8, 2018, False), Span(2018, 2022, True)),
                events=(
                    Event(2013.8, "mentioned", ""),
                    Event(2018, "present", ""),
                    Event(2022, "present", ""),
                ),
            ),
            Category(
                "Rome (Itali\u00eb)",
                note="  GPI",
                spans=(Span(2018, 2022, False),),
                events=(Event(2018, "planned", ""), Event(2022, "absent", "")),
            ),
        ),
        axis=(2013, 2023),
        ticks=((2014.0, "2014"), (2018.0, "2018")),
    ),
    "chains": Spec(
        "chains",
        (
            Category(
                "Rome",
                spans=(
                    Span(2013.5, 2014.5, True),
                    Span(2014.5, 2019.5, False, label="onbekend"),
                    Span(2019.5, 2026, False),
                ),
                events=(
                    Event(2013.5, "present", ""),
                    Event(2014.5, "ends", "2014: termijn eindigt"),
                    Event(2019.5, "mentioned", "2019: genoemd"),
                    Event(2026.0, "present", "NP"),
                ),
            ),
            Category(
                "Parijs",
                spans=(Span(2012.5, 2015.5, False),),
                events=(
                    Event(2012.5, "absent", ""),
                    Event(2015.5, "withdrawn", "vertrokken"),
                    Event(2021.5, "placed", "terug"),
                ),
            ),
        ),
        axis=(2011.6, 2027.2),
        ticks=((2012.5, "2012"), (2024.5, "2024")),
    ),
    "spans": Spec(
        "spans",
        (
            Category("EUPM", note=" (max. 7)", spans=(Span(2002, 2006, True),)),
            Category(
                "OVSE",
                note=" (max. 1), einde onbekend",
                spans=(Span(2008, 2009, True), Span(2009, 2012, False)),
            ),
            Category("EUPOL", note=" (max. 50)", spans=(Span(2014, 2017, False, running=True),)),
        ),
        axis=(2001, 2017),
        ticks=((2002.5, "Jaar 2002"), (2014.5, "2014")),
    ),
    "years": Spec(
        "years",
        (),
        axis=(1990.0, 2027.0),
        ticks=((1990.0, "1990"), (2000.0, "2000")),
        panels=(
            Panel(
                "Maand",
                "VN",
                (
                    Stretch(1990.5, 1991.0, None),
                    Stretch(1991.0, 1992.0, 40.0),
                    Stretch(1992.0, 1992.5, 60.0, label="60"),
                    Stretch(1992.5, 1993.0, 81.0, doubtful=True),
                    Stretch(1993.0, 1994.0, 20.0),
                ),
            ),
            Panel("Dag", "brief", (Stretch(2023.9, 2023.9, 28.0, label="28"),)),
            Panel(
                "Missie",
                "meeste ooit",
                rows=(
                    Category("ECPA", note="  2", spans=(Span(2001.0, 2003.0, True),)),
                    Category(
                        "ISAF Afghanistan",
                        "ISAF",
                        "  1",
                        spans=(Span(2001.0, 2016.2, False),),
                    ),
                ),
            ),
            Panel(
                "Einde",
                "bron",
                rows=(
                    Category(
                        "MINUSMA",
                        note="  2023",
                        spans=(Span(2016.2, 2023.7, False), Span(2014.0, 2016.2, True)),
                        events=(Event(2014.3, "begins", "11"), Event(2023.7, "ends", "")),
                    ),
                ),
                roomy=True,
            ),
        ),
        silences=(Span(2016.2, 2023.9, False, label="geen bron"),),
        readings=((1991.5, "1991\nVN: <40>"),),
    ),
}
