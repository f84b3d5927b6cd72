"""The errors with which a build stops; a build that is not certain writes nothing."""


class BuildError(Exception):
    """The source does not hold what the hand-edited tables say of it."""


class SourceUnavailableError(BuildError):
    """The Natural Earth file is neither in the cache nor to be had from a package index."""
