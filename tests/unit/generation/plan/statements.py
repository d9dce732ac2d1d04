"""Statements as the reader gives them, made by hand."""

from evalgen.generation.read.statement import Condition, Duty, Statement


def ban(text: str, condition: Condition | None = None) -> Statement:
    """A ban of one duty: `give medical advice`."""
    duty = Duty(text, text.split(maxsplit=1)[0], ban=True)
    return Statement("s1", (1, 1), text, (), "ban", "test", True, condition=condition, duties=(duty,))


def order(text: str) -> Statement:
    """An order of one duty: `stay in domain`."""
    return Statement(
        "s1", (1, 1), text, (), "order", "test", True, duties=(Duty(text, text.split(maxsplit=1)[0]),)
    )
