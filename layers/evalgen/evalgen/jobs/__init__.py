"""Jobs: exactly once per slot, whatever is delivered twice or dies."""
