"""Read: an agent's definition becomes an agent model, each part with its lines."""
