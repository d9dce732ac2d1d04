"""Read: an agent's definition becomes an agent model. No model call, no I/O."""
