"""The witnesses of the topics: bans that each accounts for, and others that it must leave alone."""

import re
from itertools import chain
from typing import Any

import pytest

from evalgen.generation.languages import load
from evalgen.generation.plan.banned import Banned, grammar_of
from evalgen.generation.plan.slots import slots_in
from evalgen.generation.plan.temptations import OF_EVERY_SCENE, temptations
from evalgen.generation.plan.topics import Topic, topics_of
from tests.unit.generation.plan.statements import ban, order

LANGUAGES = ("en", "es")


TABLES = [
    pytest.param(language, table, id=f"{language}-{table['id']}")
    for language in LANGUAGES
    for table in load(language, "topics")["topic"]
]


def chosen(language: str, text: str, topics: tuple[Topic, ...]) -> list[str]:
    """The ids of the topics that account for the things that a ban names."""

    def first(banned: Banned) -> str:
        return next((topic.id for topic in topics if topic.match(banned) is not None), "")

    return [first(banned) for banned in grammar_of(language).things(text)]


@pytest.mark.parametrize(("language", "table"), TABLES)
def test_a_topic_accounts_for_its_bans_and_for_none_of_the_others(
    language: str, table: dict[str, Any]
) -> None:
    made = order if table.get("kind") == "order" else ban

    def topics(text: str) -> set[str]:
        return {found.topic for found in temptations(made(text), told_in=language)}

    assert [text for text in table["bans"] if table["id"] not in topics(text)] == []
    assert [text for text in table["others"] if table["id"] in topics(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_any_one_topic_its_bans_are_read_differently(language: str) -> None:
    topics = topics_of(language)
    for table in load(language, "topics")["topic"]:
        rest = tuple(topic for topic in topics if topic.id != table["id"])
        same = [
            text for text in table["bans"] if chosen(language, text, topics) == chosen(language, text, rest)
        ]
        assert same == []


@pytest.mark.parametrize(("language", "table"), TABLES)
def test_each_scene_fills_only_slots_that_exist(language: str, table: dict[str, Any]) -> None:
    named = set(re.findall(r"\(\?P<(\w+)>", table["thing"])) | {
        name for group in table.get("given", {}).values() for name in group
    }
    known = {"duty", "thing", *OF_EVERY_SCENE, "one_more", *named, *(f"the_{name}" for name in named)}
    for scene in table["scene"]:
        texts = [scene[key] for key in ("ask", "insist", "refused", "told", "outcome") if key in scene]
        profile = scene.get("profile", {})
        assert slots_in(*texts, *chain(*profile.items())) <= known
        assert ("refused" in scene) != ("told" in scene)
        assert set(re.findall(r"\{\{test_profile\.(\w+)\}\}", " ".join(texts))) <= set(profile)
        assert ("{other}" in " ".join(texts)) == ("{other_key}" in profile)


def test_a_topic_has_as_many_scenes_in_every_language() -> None:
    counts = [{topic.id: len(topic.scenes) for topic in topics_of(language)} for language in LANGUAGES]
    shared = counts[0].keys() & counts[1].keys()
    assert {name: counts[0][name] for name in shared} == {name: counts[1][name] for name in shared}
