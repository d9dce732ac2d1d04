"""A job's calls of a model: asked once, counted, within ceilings, and no faster than the model takes them."""
