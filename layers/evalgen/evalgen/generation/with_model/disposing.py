"""What a model proposes becomes a test, or is refused with the reason: all values are filled in here."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from typing import Any

from evalgen.generation.brief import Brief
from evalgen.generation.languages import load
from evalgen.generation.plan.script import reference
from evalgen.generation.plan.test import (
    Assertion,
    Attack,
    ForbiddenCall,
    Ground,
    Moment,
    Source,
    Step,
    Test,
)
from evalgen.generation.read.model import AgentModel
from evalgen.generation.with_model.answers import with_answers
from evalgen.generation.with_model.claims import Quoted, fault_of, quoted
from evalgen.generation.with_model.data import data_of
from evalgen.generation.with_model.forms import Claim, MendedStep, Move, Proposal
from evalgen.generation.with_model.in_language import is_framed
from evalgen.generation.with_model.material import Material
from evalgen.generation.with_model.merging import statement_at
from evalgen.generation.with_model.path import Impossible, TestPath, path_of
from evalgen.generation.with_model.quotes import Passages
from evalgen.generation.with_model.ruled_out import refused_deed, unidentified
from evalgen.generation.with_model.told_values import Known

FAMILY = "idea"
LONGEST_TAG = 40


@dataclass
class _Found:
    """Where the quotes of a claim stand."""

    grounds: list[Ground] = field(default_factory=list[Ground])
    sources: list[Source] = field(default_factory=list[Source])
    quotes: list[Quoted] = field(default_factory=list[Quoted])


@dataclass
class Disposing:
    """Of one job and one spoken language; `told_in` is the language of statements."""

    model: AgentModel
    material: Material
    brief: Brief
    spoken: str
    told_in: str
    _passages: Passages = field(init=False)
    _documents: list[tuple[str, str, Passages]] = field(init=False)

    def __post_init__(self) -> None:
        self._passages = Passages(self.model.definition.description)
        self._documents = [(d.file_name, d.text, Passages(d.text)) for d in self.material.documents]

    def test_of(self, proposal: Proposal) -> Test:
        """Raises Impossible."""
        path = path_of(proposal, self.model, self.material.examples, self.spoken)
        self._refuse_what_cannot_be(proposal, path)
        profile, variables = data_of(proposal.facts, path, self.model, self.spoken)
        found = [self._found(claim) for claim in proposal.claims]
        values = [profile, variables, *([call.input, call.output] for call in path.calls)]
        known = Known(values, [*self.texts, *(move.action for move in proposal.moves)])
        assertions = [
            self._assertion(number, claim, path, one, known)
            for number, (claim, one) in enumerate(zip(proposal.claims, found, strict=True), 1)
        ]
        statements = [g.statement for one in assertions for g in one.rests_on if g.statement]
        test = Test(
            key=key_of(proposal.aim),
            aim=proposal.aim.strip(),
            language=self.spoken,
            told_in=self.told_in,
            steps=self._steps(proposal),
            assertions=tuple(assertions),
            calls=path.calls,
            forbidden=self._forbidden(proposal, path),
            profile=profile,
            variables=variables,
            profile_name=next((str(v) for k, v in profile.items() if "name" in k), ""),
            tags=(slug(proposal.task)[:LONGEST_TAG] or FAMILY,),
            covers=tuple(dict.fromkeys((*statements, *path.answers))),
            sources=tuple(source for one in found for source in one.sources),
            attack=self._attack(proposal),
        )
        return _without_reckoned(with_answers(test, path.chain, self.model), proposal)

    def _refuse_what_cannot_be(self, proposal: Proposal, path: TestPath) -> None:
        request = proposal.moves[0].action if proposal.moves else ""
        for fact in proposal.facts:
            if reference(fact.key) in request and path.is_told_first(fact.source):
                raise Impossible(f"nobody knows {fact.source!r} at the opening: it is told later in the call")
        if fault := unidentified(path.chain, self.model) or refused_deed(path.chain, self.model):
            raise Impossible(fault)

    def _steps(self, proposal: Proposal) -> tuple[Step, ...]:
        """Where frames of ours go around its words, they say the end."""
        last, framed = len(proposal.moves), is_framed(self.spoken)
        return tuple(
            Step(
                "" if framed and number == last else bare_of(move.action),
                moment_of(move, framed=framed),
                number == last,
            )
            for number, move in enumerate(proposal.moves, 1)
        )

    def _found(self, claim: Claim) -> _Found:
        found, text = _Found(), self.model.definition.description
        for quote in claim.quotes:
            if lines := self._passages.lines_of(quote):
                found.grounds.append(Ground(lines, statement_at(self.model.prompt.statements, lines, quote)))
                found.quotes.append(quoted(text, self._passages, quote, self.told_in))
                continue
            for name, document, passages in self._documents:
                if lines := passages.lines_of(quote):
                    found.grounds.append(Ground(lines, document=name))
                    found.quotes.append(quoted(document, passages, quote, self.told_in))
                    told = " ".join(document.split("\n")[lines[0] - 1 : lines[1]])
                    found.sources.append(Source(name, lines[0], told[:500]))
                    break
            else:
                short = self._passages.span_of(quote)
                why = "is too short: quote more of it" if short else "stands nowhere word for word"
                raise Impossible(f"the quote {quote[:80]!r} {why}")
        return found

    def _assertion(self, number: int, claim: Claim, path: TestPath, found: _Found, known: Known) -> Assertion:
        rests, stated = list(found.grounds), []
        for source in claim.answers:
            stated.append(path.value(source))
            name, _, rest = source.partition("/")
            if rest.partition("/")[0] == "answer":
                rests.append(Ground(call=path.names[name], path=rest.removeprefix("answer")))
        if self.brief.attack_type and not rests:
            rests.append(Ground(attack=self.brief.attack_type))
        if not rests:
            raise Impossible(f"the claim {claim.text[:80]!r} rests on nothing")
        if unknown := known.unknown_in(claim.text, self.told_in):
            raise Impossible(
                f"the claim {claim.text[:80]!r} has {unknown[0]!r}, which is nowhere in this call"
            )
        answers = [call.output for call in path.calls]
        if fault := fault_of(claim, found.quotes, stated, answers, self.told_in):
            raise Impossible(f"the claim {claim.text[:80]!r}: {fault}")
        return Assertion(f"a{number}", claim.kind, claim.text.strip(), tuple(rests), claim.caused_by)

    @property
    def texts(self) -> list[str]:
        return [self.model.definition.description, *(text for _, text, _ in self._documents)]

    def _forbidden(self, proposal: Proposal, path: TestPath) -> tuple[ForbiddenCall, ...]:
        found: dict[str, ForbiddenCall] = {}
        made = {call.tool for call in path.calls if not call.optional}
        for one in proposal.barred:
            if one.tool not in self.model.tools:
                raise Impossible(f"there is no tool {one.tool!r}")
            until = path.names.get(one.until, "")
            if not until and one.tool in made:
                raise Impossible(f"{one.tool} is barred, and among the calls")
            found.setdefault(one.tool, ForbiddenCall(one.tool, None, until))
        return tuple(found.values())

    def _attack(self, proposal: Proposal) -> Attack | None:
        if self.brief.attack_type is None:
            return None
        return Attack(
            self.brief.attack_type,
            slug(proposal.tactic) or "pressure",
            proposal.aim,
            (load("en", "attacks")["owasp"][self.brief.attack_type],),
            proposal.persona,
        )


def _without_reckoned(test: Test, proposal: Proposal) -> Test:
    """Without the days that only a statement reckons: a caller who has them knows the answer."""
    said = "\n".join(f"{step.action} {step.moment.what}" for step in test.steps)
    said += "\n".join(one.text for one in test.assertions)
    reckoned = {fact.key for fact in proposal.facts if re.search(r"#[+-]", fact.source)}
    kept = {k: v for k, v in test.profile.items() if k not in reckoned or reference(k) in said}
    return replace(test, profile=kept)


def bare_of(words: str) -> str:
    """Without the marks at which the parts of a step meet."""
    return words.strip().strip(",").rstrip(".").strip()


def moment_of(move: Move | MendedStep, *, framed: bool) -> Moment:
    """Its words without those that the frames of a language put before them, should a model repeat those."""
    if move.when == "opening":
        return Moment("opening", "" if framed else bare_of(move.what))
    what = re.sub(r"^(?:when|if) (?:asked|offered|told|refused) ", "", bare_of(move.what))
    return Moment("asked", what, standing=True) if move.when == "if_asked" else Moment(move.when, what)


def key_of(aim: str) -> str:
    """The same for the same aim in later jobs, and readable: the model is shown those that are taken."""
    name = slug(aim)
    return f"{FAMILY}:{name[:60]}" if name else f"{FAMILY}:{hashlib.sha256(aim.encode()).hexdigest()[:12]}"


def slug(text: str) -> str:
    return "-".join(re.findall(r"[^\W_]+", text.casefold()))


def story_of(test: Test) -> tuple[Any, ...]:
    """Two tests with the same one are the same test in other words."""
    calls = tuple((call.tool, repr(call.input), repr(call.output)) for call in test.calls)
    grounds = {(g.lines, g.call, g.path) for one in test.assertions for g in one.rests_on}
    moments = tuple(step.moment.kind for step in test.steps if not step.moment.standing)
    return calls, frozenset(grounds), moments
