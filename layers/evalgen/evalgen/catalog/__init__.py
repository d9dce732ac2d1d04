"""Catalog: the things a project owns (agents, profiles, personalities, metrics, scenarios)."""
