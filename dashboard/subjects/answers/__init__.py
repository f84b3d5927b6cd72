"""Questions that a reader types, answered in a sentence with its source."""
