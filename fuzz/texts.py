"""Random texts of any size: whole sentences, structure without sense, and characters of every kind."""

from __future__ import annotations

from random import Random

SAID = (
    "if the caller asks for a refund transfer them never say price order number customer at most three days "
    "unless before after confirm name and date of birth then book visit cancel not always only when member"
)
WORDS = SAID.split()
SENTENCES = (
    "If the caller {a} {b}, {c} the {d}.",
    "Never {a} the {b} before {c}.",
    "Ask for the {a} number and the {b}.",
    "{a} {b} costs {n} dollars for {c} members.",
    "- {a}: {b} ({n} {c})",
    "{n}. {a} {b} {c}",
    "# {a} {b}",
    "<rule>{a} {b} {c}</rule>",
    "Q: What is the {a} of {b}?\nA: {n} {c}.",
    "Si la persona {a}, {b} el {c}.",
    "{{{{{a}_{b}}}}}",
)
SCRAPS = "()[]{}*_-—.,;:\n\t '\"`/é名🙂\u00a0\u200b09aB|#><&%=\\"


def size_up_to(random: Random, most: int) -> int:
    """As often small as large: every order of magnitude is as likely as another."""
    return (
        int(10 ** random.uniform(0, len(str(most)) - 1) * random.random() * most / 10 ** (len(str(most)) - 1))
        + 1
    )


def text(random: Random, size: int) -> str:
    """Of about `size` characters: a few pieces, each repeated or varied."""
    pieces: list[str] = []
    length = 0
    while length < size:
        kind = random.randrange(4)
        if kind == 0:
            piece = "".join(random.choice(SCRAPS) for _ in range(random.randint(1, 6))) * random.randint(
                1, 50
            )
        elif kind == 1:
            piece = " ".join(random.choice(WORDS) for _ in range(random.randint(1, 40))) + random.choice(
                ". \n"
            )
        else:
            piece = sentence(random) + random.choice(" \n")
        times = random.randint(1, max(1, min(200, (size - length) // max(1, len(piece)))))
        pieces.append(piece * times if random.random() < 0.2 else piece)
        length += len(pieces[-1])
    return "".join(pieces)[:size]


def sentence(random: Random) -> str:
    words = {name: random.choice(WORDS) for name in "abcd"}
    return random.choice(SENTENCES).format(**words, n=random.randrange(10_000))


def value(random: Random, depth: int = 4) -> object:
    """Random JSON."""
    kind = random.randrange(8 if depth else 5)
    match kind:
        case 0:
            return random.choice([None, True, False, 0, -1, 1.5, 10**30, ""])
        case 1 | 2:
            return text(random, random.randint(1, 60))
        case 3:
            return random.randrange(10**6)
        case 4:
            return random.choice(WORDS)
        case 5:
            return [value(random, depth - 1)] * random.randint(0, 50)
        case 6:
            return [value(random, depth - 1) for _ in range(random.randint(0, 5))]
    return {random.choice(WORDS) + str(n): value(random, depth - 1) for n in range(random.randint(0, 6))}
