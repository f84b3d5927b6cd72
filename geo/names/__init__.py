"""Printed names to codes: countries, cities, spellings, decisions of people."""
