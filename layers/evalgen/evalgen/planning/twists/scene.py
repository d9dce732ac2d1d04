"""What a twist works on: the script of a call and everything that it may look at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from evalgen.generation.values import kind_of
from evalgen.planning.entries import item_noun, item_of, other_items
from evalgen.planning.ideas import Idea
from evalgen.planning.routes import Route
from evalgen.planning.script import Script
from evalgen.planning.symbols import Symbols
from evalgen.reading.lexicon import Lexicon
from evalgen.reading.model import AgentModel
from evalgen.reading.records import Step
from evalgen.reading.tool_names import spoken
from evalgen.reading.tools import ToolModel


@dataclass
class Scene:
    """`route` has the calls of a second task behind the first `split` ones; `keep` is how many still happen.

    `lexicon` is of the caller's language, which need not be the prompt's; `tools` are worded in it.
    """

    script: Script
    idea: Idea
    route: Route
    table: Symbols
    model: AgentModel
    tools: Sequence[ToolModel]
    lexicon: Lexicon
    confirms: bool
    split: int
    keep: int

    @property
    def steps(self) -> tuple[Step, ...]:
        return self.route.steps

    def identity(self) -> tuple[str, str, Any] | None:
        """Noun, profile key and value of what identifies the caller."""
        for (index, key), name in self.table.keys.items():
            step = self.steps[index]
            if step.tool.effect == "identify" and step.outcome == "success":
                nouns = (p.noun for p in step.tool.parameters if p.name == key)
                return next(nouns, spoken(key, self.lexicon)), name, self.table.caller[name]
        return None

    def choice(self) -> tuple[str, str, Any] | None:
        """Noun, profile key and value of a day, an hour or a number that the caller chooses."""
        for (index, key), name in self.table.keys.items():
            value = self.table.caller[name]
            chosen = kind_of(key, value) in ("date", "datetime", "time", "number")
            if chosen and self.steps[index].tool.effect != "identify":
                return spoken(key, self.lexicon), name, value
        return None

    def picked(self) -> tuple[dict[str, Any], list[dict[str, Any]], str] | None:
        """The entry that the route's calls choose from an answer, those beside it, and what to call one."""
        for step in self.steps:
            for link in step.links:
                source = self.steps[link.call]
                item = item_of(source.call.output, link)
                if item and source.tool.effect != "identify":
                    return item, list(other_items(source, link)), item_noun(link.path, self.lexicon)
        return None

    def cut_before_writing(self) -> None:
        self.keep = next((i for i, s in enumerate(self.steps) if s.tool.effect == "write"), len(self.steps))


Twist = Callable[[Scene], bool]
"""Changes the scene; False where its route does not allow the twist after all."""
