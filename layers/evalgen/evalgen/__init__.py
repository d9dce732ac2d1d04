"""Test scenarios for AI voice agents, generated from the agent's own definition."""

import gc

gc.set_threshold(200_000, 20)
"""What is loaded stays: with Python's 700 the collector looks through it some 200 times in a cold start."""
