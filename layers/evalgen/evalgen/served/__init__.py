"""Served: the table of all operations, and what is told of them."""
