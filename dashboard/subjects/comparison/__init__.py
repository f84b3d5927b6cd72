"""Two releases or two sets of organisations, side by side."""
