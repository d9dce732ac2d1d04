"""What kind of answer a mocked call gets: a success, nobody found, an empty list, a refusal, an outage."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any, Literal

from evalgen.generation.definition import MockCall
from evalgen.generation.read.words import all_words, in_all
from evalgen.generation.values import is_listed, key_of, leaves, plain, same

Answer = Literal["success", "no_match", "empty", "refusal", "outage", "unclear"]
"""refusal: the tool worked and says no (`charge_pending`); outage: it did not work (`timeout`); unclear: a
deed's answer of which nothing says that it is done (`waitlisted`), or a look-up's that finds several."""

_ERROR_KEYS = frozenset({"error", "error_code", "errors", "errorcode", "exception"})
_FOUND_KEYS = frozenset({"match", "found", "exists", "encontrado", "encontrada", "existe", "matched"})
STATUS_KEYS = ("status", "state", "estado", "result", "resultado", "outcome")
"""Under which answers say how a thing is or how a call went; the surest first."""
_SHORTEST_STEM = 3
_DONE_KEYS = frozenset({"success", "ok", "verified", "available", "exito", "verificado", "disponible"})


def answer_of(call: MockCall) -> Answer:
    """By the answer's error keys, its words and its lists."""
    output = call.output
    if output in (None, {}, []):
        return "empty" if output == [] else "no_match"
    values = [value for _, value in leaves(output)]
    if isinstance(output, dict) and values and all(value is None for value in values):
        return "no_match"
    flat = _flat(output)
    text = json.dumps(output, ensure_ascii=False)
    status = _status(flat)
    failed = any(
        value not in (None, False, "") and _ERROR_KEYS & {str(part).lower() for part in path}
        for path, value in leaves(output)
    )
    found = [flat[key] for key in _FOUND_KEYS & set(flat)]
    if _pattern("no_match").search(status) or any(one is False or _is_one_of(one, "none") for one in found):
        return "no_match"
    if any(_is_one_of(one, "several") for one in found):
        return "unclear"
    if failed or status in in_all("answers", "failed_status") or flat.get("success") is False:
        return _kind_of_failure(text)
    if status in in_all("answers", "refused_status") or any(
        flat.get(key) is False for key in _DONE_KEYS & set(flat)
    ):
        return "refusal"
    if isinstance(output, str) and _pattern("no_match").search(output):
        return "no_match"
    return "empty" if _is_empty(output, {same(v) for _, v in leaves(call.input)}) else "success"


def _is_one_of(value: Any, words: str) -> bool:
    """Whether a text is one of the words by which answers count what they find: `none`, `multiple`."""
    return isinstance(value, str) and plain(value) in in_all("answers", words)


def answer_of_deed(call: MockCall, verb: str, about: str = "") -> Answer:
    """The same for a tool that does something: a success only where the answer says so and nothing speaks
    against it. `about` is what the tool's description says that it does.
    """
    answer, flat = answer_of(call), _flat(call.output)
    status = plain(_status(flat))
    done_by_name = status.startswith(re.sub(r"[ey]$", "", plain(verb)))
    if answer == "refusal" and done_by_name and not _ERROR_KEYS & flat.keys():
        return "success"
    if answer != "success":
        return answer
    said_no = [plain(key) for key, value in flat.items() if value is False]
    if any(_is_of(key, verb) or _pattern("done_flag").search(key) for key in said_no):
        return "refusal"
    why = any(flat.get(key) for key in in_all("answers", "reason_keys"))
    if _is_of(status, verb) or _means(status, verb) or not (status or why):
        return "success"
    if _unfinished(status) and not why and verb not in in_all("wishes", "undoing"):
        return "success"
    undone = [word for word in in_all("wishes", "undoing") if _is_of(status, word)]
    others = any(word not in plain(about).split() for word in undone)
    done = (
        _pattern("done_status").search(status) and not _pattern("undone_status").search(status) and not others
    )
    return "success" if done and not why else "unclear"


def says_verb(call: MockCall, verb: str) -> bool:
    """Whether an answer calls what was done by the verb of the deed: `cancelled`, and not `released`."""
    return _is_of(plain(_status(_flat(call.output))), verb)


def unfinished_state(call: MockCall) -> str:
    """In which state a deed has left its thing, by its answer: `held`; empty where it is done."""
    return _unfinished(plain(_status(_flat(call.output))))


def _unfinished(status: str) -> str:
    states = (
        (name, one["status"]) for words in all_words() for name, one in words.tables["unfinished"].items()
    )
    return next((name for name, pattern in states if re.search(pattern, status)), "")


def _flat(output: Any) -> dict[str, Any]:
    """What an answer says outside its lists, by key."""
    return {key_of(path).lower(): value for path, value in leaves(output) if not is_listed(path)}


def _status(flat: dict[str, Any]) -> str:
    return next((str(flat[key]).lower() for key in STATUS_KEYS if key in flat), "")


def _is_of(status: str, verb: str) -> bool:
    """`cancelled` of `cancel`, `frozen` of `freeze`, `held` of `hold`."""
    stem = plain(verb)
    if any(status == words.tables["participles"].get(verb) for words in all_words()):
        return True
    return bool(status) and (
        status[: max(_SHORTEST_STEM, len(stem) - 2)] == stem[: max(_SHORTEST_STEM, len(stem) - 2)]
    )


def _means(status: str, verb: str) -> bool:
    """`moved` of `reschedule`: of a verb that says the same, where both change what is there."""
    for words in all_words():
        group = next((g for g in words.tables["synonyms"]["verbs"] if verb in g), ())
        changing = words.tables["wishes"]["changing"]
        if verb in changing and any(_is_of(status, one) for one in group if one in changing):
            return True
    return False


def _kind_of_failure(text: str) -> Answer:
    for kind in ("no_match", "outage"):
        if _pattern(kind).search(text):
            return kind
    return "refusal"


@cache
def _pattern(name: str) -> re.Pattern[str]:
    listed = [p for words in all_words() for p in words.tables["answers"][name]]
    return re.compile("|".join(listed), re.IGNORECASE)


def _is_empty(output: Any, given: set[str]) -> bool:
    """A list without items, or an object with such a list that says nothing else that is new."""
    if isinstance(output, list):
        return not output
    if not isinstance(output, dict):
        return False
    lists = [value for value in output.values() if isinstance(value, list)]
    new = [v for _, v in leaves(output) if v not in (None, "", 0, True) and same(v) not in given]
    return bool(lists) and not any(lists) and all(isinstance(v, str) and " " in v for v in new)
