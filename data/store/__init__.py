"""The database of releases: read, write, backup."""
