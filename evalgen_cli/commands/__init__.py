"""A module for each command, with the one function that is it."""
