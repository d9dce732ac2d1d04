"""What follows a condition, where its words lean on the condition or run into each other."""

from __future__ import annotations

from evalgen.generation.read.language import Language
from evalgen.generation.read.statement import Condition


def consequence(then: str, condition: Condition, language: Language) -> str:
    """The orders of a case in words of their own: a ban and an order behind it apart, and `say so` as what
    there is to say.
    """
    parts = language.table("prompt")["parts"]
    then = language.part("acts_after_ban").sub(lambda m: m["ban"] + parts["acts_after"], then)
    if condition.move or not language.part("sayable").match(condition.text):
        return then
    said = condition.text
    for pattern, gives in parts["said_so"]:
        said = language.pattern(pattern).sub(gives, said)
    what = parts["says_what"].replace("{x}", said)
    return language.part("says_so").sub(lambda m: m["verb"] + what, then)


def refusing(then: str, language: Language) -> str:
    """`It has to be paid first` as the order not to go on; other consequences as they are."""
    parts = language.table("prompt")["parts"]
    return language.part("pays_first").sub(parts["pays_first_as"], then.rstrip(" ."))
