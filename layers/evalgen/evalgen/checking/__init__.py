"""Check: what every scenario must satisfy, whoever wrote it."""
