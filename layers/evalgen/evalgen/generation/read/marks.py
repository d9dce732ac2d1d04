"""How prompts mark their sections, rewritten as Markdown has them, line by line.

`[Name]`, `== Name ==`, tags, capitals and bold lines of their own become headings, and labels (`Pricing:`)
where nothing else is one; a tag with a condition becomes a sentence with one; the marks of a fence that holds
most of the text go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalgen.generation.read.flows import conditioned, sort_of

_BRACKET = re.compile(r"^\s*\[(?P<title>[^\[\]]{2,60})\]\s*:?\s*$")
TAG = re.compile(r"^\s*<(/?)([A-Za-z][\w-]{0,40})(?:\s[^<>]{0,160})?>\s*$")
_NAME_OF_TAG = re.compile(
    r"\s(?:name|title|id|topic)\s*=\s*[\"'](?P<name>[^\"'<>]{2,60})[\"']", re.IGNORECASE
)
_DATA_TAG = re.compile(r"^\s*<\w[\w-]*\s[^<>]+/>\s*$")
_TAGGED = re.compile(r"^(\s*)<[A-Za-z][^<>]{0,160}>\s*(?=\S)")
_IF_TAG = re.compile(r"<\w+\s+(?:condition|if|when)\s*=\s*[\"']([^\"'<>]{3,160})[\"']\s*>", re.IGNORECASE)
_PAIR = re.compile(r"^\s*<([A-Za-z][\w-]*)(?:\s[^<>]{0,160})?>\s*([^<>]+?)\s*</\1>\s*$")
_DIRECTION = re.compile(r"^\s*<\s+([^<>]{3,80}?)\s*>\s*$")
_BOLD_LINE = re.compile(r"^\s*(?:\*\*|__)(?P<title>[^*_]{2,70}?)(?:\*\*|__)\s*:?\s*$")
_FRAMED = re.compile(
    r"^\s*(={2,6}|-{2,6}|~{2,6}|\*{3,6}|>{2,6}) *(?P<title>\w[^=~*<>]{1,58}?\w[?)]?) *(?:\1|<{2,6})\s*$"
)
_IN_WORDS = re.compile(
    r"^(?:ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|UNO|DOS|TRES|CUATRO|CINCO|SEIS|SIETE|OCHO)[:.)] +"
    r"(?P<title>[A-ZÁÉÍÓÚÑ¿][^.:;!]{1,60}?)\.?\s*$"
)
_TITLED = ((_BRACKET, "#"), (_FRAMED, "#"), (_BOLD_LINE, "######"), (_IN_WORDS, "#####"))
"""Lines that are a title by their marks alone, with the level that it has."""
_NUMBERED = re.compile(r"^\s*(?:section\s+)?(?:\d+(?:\.\d+)*[.):]?|[IVX]+\.)?\s*[-–—:]?\s*", re.IGNORECASE)
_LABEL_LINE = re.compile(r"^([^\W\d_][^\W\d_]*(?:[ &/'’-]+[^\W\d_]+){0,3}):\s*$")
_LETTERED = re.compile(
    r"^\s*(?:\([A-Z]\)|[A-Z]\)|[A-Z]\.)\s+(?P<title>[\"“A-ZÁÉÍÓÚÑ¿¡][^.:;]{1,60}?)\s*:?\s*$"
)
_COUNTED_ITEM = re.compile(r"^(?:[A-Z][a-zñ]{2,7} )?(?P<number>\d{1,2})[.)] +(?=\S)")
_BELOW_COUNTED = re.compile(r"^(?:- |\d+\.\d+[.)]? )")
_INDENTED = re.compile(r"^ {2,4}(?:[-*•] |\|)")
_COUNTED_TITLE = re.compile(r"^(?:[A-Z][a-zñ]{2,7} )?\d{1,2}[.)] +(?P<title>[A-ZÁÉÍÓÚÑ¿¡][^.:;!]{1,60}?)\s*$")
_FEWEST_LABELS = 2
_BARE = re.compile(r"^[A-ZÁÉÍÓÚÑ¿][^.:;,!?|<>\[\]{}#*=\"“]{2,44}$")
_ITEM = re.compile(r"^(?:[-*•]|\d{1,2}[.)]) \S")
_FEWEST_BARE, _LONG = 3, 40
"""So many bare lines are titles, above lines of so many characters or more."""
_TITLE = re.compile(
    r"^(?:\([A-Z]\) (?P<below>(?:\w[^.:]{2,60}|[\"“][^\"“”]{3,60}[\"”]))"
    r"|(?P<title>[A-ZÁÉÍÓÚÑ]{4}[A-ZÁÉÍÓÚÑ ]*),(?= [a-záéíóúñ])[^.:]{3,40})$"
)
_IN_BRACKETS = re.compile(r"(?<=\S)\s*\([^()]*\)")
"""What is set behind a title: the name of its tool, `in case they ask`."""
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_EMPHASIS = re.compile(r"\*\*|__|`|(?<![\w*])\*(?=\w)|(?<=\w)\*(?![\w*])")
INLINE_TAG = re.compile(r"</?[A-Za-z][^<>]{0,160}>")


def unfenced(lines: list[str]) -> list[str]:
    """Without the marks of fences that hold most of the text."""
    marks = [at for at, line in enumerate(lines) if _FENCE.match(line)]
    total = sum(len(line.strip()) for line in lines)
    result = list(lines)
    for first, last in zip(marks[::2], [*marks[1::2], len(lines)], strict=False):
        if sum(len(line.strip()) for line in lines[first + 1 : last]) * 2 > total:
            result[first] = ""
            if last < len(lines):
                result[last] = ""
    return result


def headed(lines: list[str], if_word: str) -> Iterator[str]:
    """The lines with headings; what a tag says is done stands below the condition of the tag before it."""
    tags: list[str] = []
    before = ""
    conditional = False
    labels = _labels_in(lines)
    for line in lines:
        underlines = before.strip() and set(line.strip()) in ({"="}, {"-"})
        begins, before = not before.strip() or before.startswith("#"), line
        if underlines and not line.startswith(" "):
            yield line
        elif match := TAG.match(line):
            conditional = False
            yield _of_data(line) if _DATA_TAG.match(line) else _of_tag(match, tags)
        elif _IF_TAG.match(line.lstrip()):
            yield f"- {_conditional(line, if_word)}"
        elif (match := _PAIR.match(line)) and sort_of(match[1].casefold()) == "condition":
            conditional = True
            yield f"- {conditioned(match[2], if_word)}"
        elif match and conditional and sort_of(match[1].casefold()) in ("action", "instruction"):
            yield f"    - {match[2]}"
        elif match := _DIRECTION.match(line):
            yield f"- {match[1]}"
        elif title := _title_of(line):
            yield title
        elif _TAGGED.match(line):
            yield f"- {_conditional(line, if_word)}"
        elif line in labels or _is_capitals(line) or (begins and _TITLE.match(line)):
            yield _heading_of(line)
        elif set(line.strip()) <= {"=", "-", "_", "*", "~"} and len(line.strip()) > 2:
            yield ""
        else:
            yield line


def _conditional(line: str, if_word: str) -> str:
    """A line without its tags, behind the condition that one of them has."""
    content = _IF_TAG.sub(lambda m: f"{if_word} {m[1]}: ", line)
    return INLINE_TAG.sub(" ", content).strip()


def _title_of(line: str) -> str:
    """A line that is marked as a title, as a heading; empty for any other."""
    found = ((mark.match(line), level) for mark, level in _TITLED)
    return next((f"{level} {match['title']}" for match, level in found if match), "")


def _of_data(line: str) -> str:
    """A tag that holds nothing but data, as an item."""
    return f"- {re.sub(r'[<>/]', '', line).strip()}"


def _heading_of(line: str) -> str:
    """A title as Markdown has it: one with a letter stands below one in capitals."""
    match = _TITLE.match(line)
    if match and match["below"]:
        return f"## {match['below']}"
    return f"# {_titled(match['title'] if match else line)}"


def _titled(line: str) -> str:
    """What a label or a line in capitals is called as a heading."""
    if _is_capitals(line):
        return _NUMBERED.sub("", line, count=1).strip().capitalize()
    return line.strip().rstrip(":")


def _labels_in(lines: list[str]) -> frozenset[str]:
    """The lines that are labels (`Pricing:`) or stand bare above their paragraphs, where there are some and
    nothing else is a heading.
    """
    if any(_is_heading(line) for line in lines):
        return frozenset()
    labels = [line for line in lines if _LABEL_LINE.match(line) and line[:1].isupper()]
    bare = [line for line in _bare_in(lines) if not _LABEL_LINE.match(line)]
    labels = labels if len(labels) >= _FEWEST_LABELS else []
    return frozenset([*labels, *(bare if len(bare) >= _FEWEST_BARE else ())])


def _bare_in(lines: list[str]) -> Iterator[str]:
    """The short lines without an end that begin a paragraph right above a list or a longer line."""
    around = zip(["", *lines], lines, [*lines[1:], ""], strict=False)
    for before, line, below in around:
        told = below.strip()
        longer = _ITEM.match(told) or (len(told) >= _LONG and not told[0].islower())
        if not before.strip() and _BARE.match(line) and longer:
            yield line


def lettered(lines: list[str]) -> list[str]:
    """With headings in place of lines that count parts by letters, each above its text: `(A) Who is it?`."""
    found: dict[int, str] = {}
    for number, (line, below) in enumerate(zip(lines, [*lines[1:], ""], strict=True)):
        match = _LETTERED.match(line)
        text = below.strip()
        if match and text and not _LETTERED.match(below) and (text[0].isalnum() or text[0] in '-*•"“¿¡'):
            found[number] = f"##### {match['title']}"
    if len(found) < _FEWEST_LABELS:
        return lines
    return [found.get(number, line) for number, line in enumerate(lines)]


def counted(lines: list[str], condition: re.Pattern[str]) -> list[str]:
    """With headings in place of lines that count parts by numbers, where all that are counted are titles with
    text below, and some of it is a list that is no part of them: `3. Eye exam`, then `- Ask whether …`. Where
    they are the outline of the whole, their lists may be indented; `condition` is how no title begins.
    """
    result = list(lines)
    for part in _parts_of(lines):
        titles = {number: match for number in part if (match := _COUNTED_TITLE.match(lines[number]))}
        below = [lines[number + 1 : number + 2] for number in part]
        titled = len(titles) == len(part) >= _FEWEST_LABELS
        plainly = titled and all(b and b[0].strip() for b in below)
        plainly = plainly and not any(b[0].startswith(" ") or _COUNTED_ITEM.match(b[0]) for b in below)
        listed = plainly and any(_BELOW_COUNTED.match(b[0]) for b in below)
        if listed or (titled and _is_outline(part, lines, [m["title"] for m in titles.values()], condition)):
            result = [f"##### {titles[n]['title']}" if n in titles else line for n, line in enumerate(result)]
    return result


def _is_outline(part: list[int], lines: list[str], titles: list[str], condition: re.Pattern[str]) -> bool:
    """Whether nearly all of the text stands in these parts, each a list below a title."""
    inside = sum(bool(line.strip()) for line in lines[part[0] :])
    most = inside * 10 >= 9 * sum(bool(line.strip()) for line in lines)
    below = [next(filter(str.strip, lines[number + 1 :]), "") for number in part]
    lists = all(_INDENTED.match(line) for line in below)
    return most and lists and not any(condition.match(title) for title in titles)


def _parts_of(lines: list[str]) -> Iterator[list[int]]:
    """The places of the lines that are counted from 1 on, without a gap."""
    part: list[int] = []
    for place, line in enumerate(lines):
        if not (match := _COUNTED_ITEM.match(line)):
            continue
        number = int(match["number"])
        if part and number != len(part) + 1:
            yield part
            part = []
        if number == len(part) + 1:
            part.append(place)
    yield part


def _is_heading(line: str) -> bool:
    return line.startswith("#") or _is_capitals(line) or bool(TAG.match(line) or _title_of(line))


def _of_tag(match: re.Match[str], tags: list[str]) -> str:
    closing, name = match.groups()
    if not closing:
        if not match[0].rstrip().endswith("/>"):
            named = _NAME_OF_TAG.search(match[0])
            tags.append((named["name"] if named else name).replace("_", " "))
            return f"{'#' * min(len(tags), 6)} {tags[-1]}"
        return ""
    if tags:
        tags.pop()
    return f"{'#' * min(len(tags), 6)} {tags[-1]}" if tags else "# "


def _is_capitals(line: str) -> bool:
    bare = _IN_BRACKETS.sub("", line).strip().rstrip(":")
    letters = [c for c in bare if c.isalpha()]
    return (
        len(letters) >= 4
        and bare.upper() == bare
        and len(bare.split()) <= 9
        and not bare.startswith(("#", "-", "*", "{", '"', "|"))
        and not bare.endswith((".", "!", "?", ",", ";"))
    )


def clean(text: str) -> str:
    """The words without emphasis marks, tags and breaks."""
    return " ".join(INLINE_TAG.sub(" ", _EMPHASIS.sub("", text)).split())
