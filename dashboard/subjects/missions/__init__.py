"""Officers in international missions: counts, places, report."""
