"""Agents as their owners keep them, in the formats of several platforms, read as our own."""
