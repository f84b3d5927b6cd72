"""A document on its way in: draft, review, what is stored of it."""
