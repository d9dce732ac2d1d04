"""What each twist changes in a script. A twist says what happens; the words are the writer's."""

from __future__ import annotations

from evalgen.planning.twists import choosing, confirming, correcting, ending, goals, rules, talking
from evalgen.planning.twists.scene import Scene, Twist

TWISTS: dict[str, Twist] = {
    "plain": talking.plain,
    "detour": talking.plain,
    "error": ending.failure,
    "no_match": ending.failure,
    "empty": ending.failure,
    "assume_success": ending.assume_success,
    "misstate": correcting.misstate,
    "correct_choice": correcting.correct_choice,
    "decline": confirming.decline,
    "other_option": choosing.other_option,
    "refuse_confirm": confirming.refuse_confirm,
    "vague_yes": confirming.instead_of_confirm("vague_yes"),
    "skip_confirm": confirming.instead_of_confirm("skip_confirm"),
    "change_goal": goals.change_goal,
    "second_goal": goals.second_goal,
    "silence": talking.silence,
    "unclear": talking.unclear,
    "upfront": talking.upfront,
    "vague_date": correcting.vague_date,
    "third_party": rules.third_party,
    "emergency": ending.emergency,
    "rule": rules.rule,
    "case": ending.case,
}


def apply(scene: Scene) -> bool:
    """Apply the idea's twist; False where the route does not allow it after all."""
    return TWISTS.get(scene.idea.twist, talking.inserted)(scene)


__all__ = ["TWISTS", "Scene", "apply"]
