"""Plan: from an agent model to tests: an aim, a path of calls, the caller's moves, and assertions."""
