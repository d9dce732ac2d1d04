"""Attack strategies and aims of a language, loaded from `languages/<code>.attacks.toml`: tactics as data."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from evalgen.languages.rules import Rules, compiled, rules_of, slots_of
from evalgen.languages.tables import filled, frozen, known, load


@dataclass(frozen=True, slots=True)
class Strategy:
    """How somebody attacks: `setup` builds trust, `ask` demands, `push` changes the framing after a refusal.

    `stand` is what the agent makes of it, `inject` a note to plant in a tool's answer, if any.
    """

    id: str
    label: str
    stand: str
    context: tuple[str, ...]
    setup: tuple[str, ...]
    ask: tuple[str, ...]
    push: tuple[str, ...]
    channel: str = "both"
    inject: str = ""
    owasp: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aim:
    """What attacks of some types are after: `ask` are infinitives, the plainest first.

    `forbid` is a sentence about the agent, `probes` lead to the aim, the boldest last, and `roles` are
    callers with a reason to ask. An aim is for agents that have all of `when` (effects of tools, themes of
    rules); its rule has one of `themes`. Where `rule` names a kind of act, there is one aim for each rule of
    the prompt that is such an act, and `{x}` completes it.
    """

    id: str
    types: tuple[str, ...]
    title: str
    ask: tuple[str, ...]
    forbid: str
    roles: tuple[str, ...]
    probes: tuple[str, ...]
    when: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What stands in for what an agent does not have, and the words around what text attacks hide.

    `wishes` rewrites goals that read badly behind «ask to». Of rules of order, the act comes first with an
    opener of `ahead`, and has to wait with one of `behind` or, forbidden, of `until`; `it` begins a rule
    whose tool is named elsewhere, `of_caller` tells an act to the caller. `denied` is how limits are refused,
    `public` how variables are called that are no secret, `unstated` what no outcome can say of a rule.
    """

    thing: str
    staff: str
    fields: tuple[str, ...]
    people: Rules
    note_key: str
    request: str
    somebody: str
    again: tuple[str, ...]
    wishes: Rules
    ahead: tuple[str, ...]
    behind: tuple[str, ...]
    until: tuple[str, ...]
    it: re.Pattern[str]
    of_caller: Rules
    denied: re.Pattern[str]
    public: re.Pattern[str]
    unstated: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Attacks:
    """Everything that the words of an attack are made of, in one language."""

    language: str
    strategies: dict[str, Strategy]
    aims: dict[str, Aim]
    owasp: dict[str, str]
    closest: dict[str, re.Pattern[str]]
    words: Words
    manners: tuple[str, ...]
    openings: tuple[str, ...]
    endings: tuple[str, ...]
    details: tuple[str, ...]
    names: tuple[str, ...]
    goes_on: tuple[str, ...]
    goes_on_plain: tuple[str, ...]
    reader: Rules
    theirs: Rules
    first: str
    scope: dict[str, str]
    persona: tuple[str, ...]
    context: str
    turn: str

    def of_channel(self, channel: str) -> list[Strategy]:
        """Those for `voice`, which can be spoken, or all for `text`."""
        return [s for s in self.strategies.values() if s.channel == "both" or channel == "text"]

    def told(self, text: str) -> str:
        """What is said to the caller, from the reader's side: `your` becomes the caller's."""
        return self.reader.everywhere(text)


def fitting(texts: Collection[str], values: Collection[str]) -> list[int]:
    """The positions of the texts that these values fill."""
    return [i for i, text in enumerate(texts) if slots_of(text) <= set(values)]


@cache
def attacks_of(language: str) -> Attacks:
    """The attacks of a language code, or the English ones where there are none."""
    code = known(language, "attacks")
    data = load(code, "attacks")
    strategies = [Strategy(**frozen(entry)) for entry in data["strategies"]]
    aims = [Aim(**frozen(entry)) for entry in data["aims"]]
    words = frozen(data["words"])
    return Attacks(
        language=code,
        strategies={s.id: s for s in strategies},
        aims={a.id: a for a in aims},
        owasp=data["owasp"],
        closest={kind: compiled(pattern) for kind, pattern in data["closest"].items()},
        words=filled(
            Words,
            words
            | {name: rules_of(words[name]) for name in ("people", "wishes", "of_caller")}
            | {name: compiled(words[name]) for name in ("it", "denied", "public", "unstated")},
        ),
        manners=tuple(data["manners"]["entries"]),
        openings=tuple(data["opening"]["entries"]),
        endings=tuple(data["ending"]["entries"]),
        details=tuple(data["ending"]["details"]),
        names=tuple(data["outcome"]["names"]),
        goes_on=tuple(data["outcome"]["goes_on"]),
        goes_on_plain=tuple(data["outcome"]["goes_on_plain"]),
        reader=rules_of(data["outcome"]["reader"]),
        theirs=rules_of(data["outcome"]["theirs"]),
        first=data["outcome"]["first"],
        scope=data["outcome"]["scope"],
        **frozen(data["lead"]),
    )
