"""Reports -> files: one module per kind. Each takes a `dashboard.report.Report` and gives bytes."""
