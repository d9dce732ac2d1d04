"""The tables of the operations, one for each function: it loads its own, and not the types of the others."""
