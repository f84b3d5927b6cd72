"""The posts of a release: who sits where, load, history."""
