"""Generation with a model: it proposes, writes and reviews; what it says is checked and filled by code."""
