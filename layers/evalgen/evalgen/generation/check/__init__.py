"""Check: what every scenario has to satisfy, whoever wrote it."""
