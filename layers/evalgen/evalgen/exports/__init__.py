"""Scenarios as files of other tools: a module for each format, and the table of them (`formats.py`)."""
