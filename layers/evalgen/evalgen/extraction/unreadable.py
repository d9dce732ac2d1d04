"""The one error of extraction."""


class Unreadable(Exception):
    """The file cannot be read; the text says why, to follow its name and a colon."""
