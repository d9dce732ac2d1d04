"""Documents of an agent as facts: what each says, where, and how a caller asks for it."""

from evalgen.generation.read.documents.fact import Contradiction, Fact, Knowledge, Limit
from evalgen.generation.read.documents.reading import facts_of, read_documents

__all__ = ["Contradiction", "Fact", "Knowledge", "Limit", "facts_of", "read_documents"]
