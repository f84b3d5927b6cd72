"""Countries without enough cover: kinds, ranking, report."""
