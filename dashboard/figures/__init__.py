"""Maps and charts: what the pages show and files draw again."""
