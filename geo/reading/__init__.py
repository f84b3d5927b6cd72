"""Printed cells to postings, work areas and missions, with problems as codes."""
