"""The offline site: its content and its files."""
