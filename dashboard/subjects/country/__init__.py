"""One country: its dossier, and questions with answers."""
