"""Codes of two letters that a Dutch cell prints for something else; they never stand for a country.

Whoever means the country prints its name or its code of three letters.
"""

from __future__ import annotations

# NP beside Kenia is the police and not Nepal, VN are the United Nations and not Vietnam.
_BODIES = "NP VN KM BZ AZ BD OM TK EC EG ME IS"
# Attachés, units and posts: PA (police), MA (military), MP, TF (task force), SG, IO.
_OFFICES = "PA MA MP TF SG IO LA"
# Subjects and remarks: MH and MS (trafficking, smuggling), CC (cybercrime), pro memorie.
_SUBJECTS = "MH MS CC AI PR PM"
# Quarters of the compass and a saint: NO, ZW, MO (Midden-Oosten), ST.
_PLACES = "NO ZW MO ST"

WORDS = frozenset(f"{_BODIES} {_OFFICES} {_SUBJECTS} {_PLACES}".split())
