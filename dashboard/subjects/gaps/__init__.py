"""Countries without enough coverage: kinds, ranking, report."""
