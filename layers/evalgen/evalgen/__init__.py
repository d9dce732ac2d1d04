"""Test scenarios for AI voice agents, generated from the agent's own definition."""
