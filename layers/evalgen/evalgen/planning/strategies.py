"""Attack strategies of a language, loaded from `languages/<code>.attacks.toml`: tactics as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from evalgen.languages.tables import known, load


@dataclass(frozen=True, slots=True)
class Strategy:
    """`turns` lists the ways of saying each turn; `inject` is a note to plant in a tool's answer, if any."""

    id: str
    label: str
    context: tuple[str, ...]
    turns: tuple[tuple[str, ...], ...]
    channel: str = "both"
    inject: str = ""


@dataclass(frozen=True, slots=True)
class Attacks:
    """Everything that the words of an attack are made of, in one language."""

    language: str
    strategies: dict[str, Strategy]
    targets: dict[str, tuple[str, ...]]
    harms: dict[str, str]
    owasp: dict[str, str]
    topics: tuple[str, ...]
    lists: dict[str, tuple[str, ...]]
    """Personas, openings and endings, and the sentences of the outcome and the name, by what they are for."""
    reader: tuple[tuple[str, str], ...]
    give: str
    nobody: str
    context: str
    turn: str

    def of_channel(self, channel: str) -> list[Strategy]:
        """Those for `voice`, which can be spoken, or all for `text`."""
        return [s for s in self.strategies.values() if s.channel == "both" or channel == "text"]


@cache
def attacks_of(language: str) -> Attacks:
    """The attacks of a language code, or the English ones where there are none."""
    code = known(language, "attacks")
    data = load(code, "attacks")
    outcome = data["outcome"]
    strategies = [
        Strategy(
            id=entry["id"],
            label=entry["label"],
            context=tuple(entry["context"]),
            turns=tuple(tuple(turn) for turn in entry["turns"]),
            channel=entry.get("channel", "both"),
            inject=entry.get("inject", ""),
        )
        for entry in data["strategies"]
    ]
    return Attacks(
        language=code,
        strategies={s.id: s for s in strategies},
        targets={kind: tuple(asks) for kind, asks in data["targets"].items() if kind != "topics"},
        harms=data["goals"],
        owasp=data["owasp"],
        topics=tuple(data["targets"]["topics"]),
        nobody=data["lead"]["nobody"],
        lists={
            "persona": tuple(data["persona"]["entries"]),
            "lead": tuple(data["lead"]["persona"]),
            "opening": tuple(data["opening"]["entries"]),
            **{
                name: tuple(data["opening"][name])
                for name in ("opening_plain", "opening_named", "opening_named_plain")
            },
            "ending": tuple(data["ending"]["entries"]),
            "ending_item": tuple(data["ending"]["ending_item"]),
            **{
                name: tuple(outcome[name])
                for name in ("must_not", "style", "goes_on", "goes_on_plain", "names")
            },
        },
        reader=tuple((pattern, text) for pattern, text in outcome["reader"]),
        give=outcome["give"],
        context=data["lead"]["context"],
        turn=data["lead"]["turn"],
    )
