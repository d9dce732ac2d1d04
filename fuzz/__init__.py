"""Random inputs against bounds of time and memory: `make fuzz`."""
