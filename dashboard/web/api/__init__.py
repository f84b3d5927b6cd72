"""The figures over HTTP for other programs: read only, the same tables as the data package."""
