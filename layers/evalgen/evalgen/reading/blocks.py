"""A prompt as a list of text blocks with their lines, section and nesting.

Markdown is read by markdown-it-py. Prompts also mark their sections with `[Name]`, with tags, with
capitals, with a bold line of its own or with a short one above a text; such lines are rewritten as
headings first, and lists as Markdown has them, line by line, so that the line numbers stay true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from evalgen.languages.tables import DEFAULT
from evalgen.reading.instructions import starts_instruction
from evalgen.reading.lexicon import Lexicon, lexicon_of
from evalgen.reading.lists import listed

_PARSER = MarkdownIt("commonmark", {"maxNesting": 200}).disable(
    ["code", "html_block", "html_inline", "link", "image"]
)
_BRACKET = re.compile(r"^\s*\[([^\[\]]{2,60})\]\s*:?\s*$")
_TAG = re.compile(r"^\s*<(/?)([A-Za-z][\w .:-]{0,60})>\s*$")
_INLINE_TAG = re.compile(r"</?[A-Za-z][^<>]{0,160}>")
_IF_TAG = re.compile(r"<(?:if|when|case)\s+\w+\s*=\s*[\"']([^\"'<>]{3,140})[\"']\s*>", re.IGNORECASE)
_NUMBER = re.compile(r"^\s*\d+(?:\.\d+)+[.)]?\s+(?=\S)")
_BOLD_LINE = re.compile(r"^\s*(?:\*\*|__)([^*_]{2,70}?)(?:\*\*|__)\s*:?\s*$")
_NUMBERED = re.compile(r"^\s*(?:section\s+)?(?:\d+(?:\.\d+)*[.):]?|[IVX]+\.)?\s*[-–—:]?\s*", re.IGNORECASE)
_TITLE = re.compile(r"^[^\W\d_][\w'’/&-]*(?: [\w'’/&-]+){0,5}\s*$")
_SENTENCE = re.compile(r"^[\"“¿¡]?[^\W_].{20,}[.!?…]\s*$")
_ITEMS = ("-", "*", "+", "#", ">", "|")
_MARKS = re.compile(r"\*\*|__|`")


@dataclass(frozen=True, slots=True)
class Block:
    """`lines` are the first and last line, counted from 1; `parent` is the index of the enclosing item."""

    text: str
    lines: tuple[int, int]
    section: tuple[str, ...]
    parent: int | None = None
    ordered: bool = False


def blocks_of(prompt: str, lexicon: Lexicon | None = None) -> list[Block]:
    """Every paragraph and list item of the prompt, in order; it is read as English without a lexicon."""
    words = lexicon or lexicon_of(DEFAULT)
    lines = (
        prompt.replace("\r\n", "\n").replace("\r", "\n").replace("\0", " ").replace("\t", "    ").split("\n")
    )
    return list(_blocks(_PARSER.parse("\n".join(listed(_headed(lines, words)))), words))


def _blocks(tokens: Iterable[Token], lexicon: Lexicon) -> Iterable[Block]:
    section: list[tuple[int, str]] = []
    items: list[int | None] = []
    ordered: list[bool] = []
    count = 0
    heading = 0
    for token in tokens:
        if token.type == "heading_open":
            heading = int(token.tag[1])
        elif token.type == "inline" and heading:
            section = [entry for entry in section if entry[0] < heading]
            title = clean(token.content, lexicon).strip(" :#-")
            if title:
                section.append((heading, title))
            heading = 0
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            ordered.append(token.type.startswith("ordered"))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            ordered.pop()
        elif token.type == "list_item_open":
            items.append(None)
        elif token.type == "list_item_close":
            items.pop()
        elif token.type in ("inline", "fence") and token.content.strip() and token.map:
            parent = next((i for i in reversed(items[:-1]) if i is not None), None) if items else None
            if items and items[-1] is not None:
                parent = items[-1]
            yield Block(
                clean(token.content, lexicon),
                (token.map[0] + 1, max(token.map[1], token.map[0] + 1)),
                tuple(name for _, name in section),
                parent,
                bool(ordered and ordered[-1]),
            )
            if items and items[-1] is None:
                items[-1] = count
            count += 1


def clean(text: str, lexicon: Lexicon) -> str:
    """The words without emphasis marks, numbering, tags and breaks; a tag with a condition becomes one."""
    text = _IF_TAG.sub(rf" {lexicon.templates.if_word} \1: ", _MARKS.sub("", text))
    return _NUMBER.sub("", " ".join(_INLINE_TAG.sub(" ", text).split()))


def _headed(lines: list[str], lexicon: Lexicon) -> Iterable[str]:
    open_tags: list[str] = []
    before = ""
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        first = not before.strip()
        underlines = (
            before.strip() and not before.lstrip().startswith(_ITEMS) and set(line.strip()) in ({"="}, {"-"})
        )
        before = line
        if underlines:
            yield line
        elif match := _TAG.match(line):
            closing, name = match.groups()
            if closing:
                if open_tags:
                    open_tags.pop()
                yield f"{'#' * min(len(open_tags), 6)} {open_tags[-1]}" if open_tags else "# "
            else:
                open_tags.append(name.replace("_", " "))
                yield f"{'#' * min(len(open_tags), 6)} {open_tags[-1]}"
        elif match := _BRACKET.match(line):
            yield f"# {match[1]}"
        elif match := _BOLD_LINE.match(line):
            yield f"###### {match[1]}"
        elif _is_capitals(line):
            yield f"# {_NUMBERED.sub('', line, count=1).strip().capitalize()}"
        elif first and _is_title(line, after, lexicon):
            yield f"###### {line.strip()}"
        elif set(line.strip()) <= {"=", "-", "_", "*", "~"} and len(line.strip()) > 2:
            yield ""
        else:
            yield line


def _is_title(line: str, after: str, lexicon: Lexicon) -> bool:
    """Whether a short line above a text, without marks and without an end, names what follows it."""
    return (
        _TITLE.match(line) is not None
        and (after.lstrip().startswith(_ITEMS) or _SENTENCE.match(after) is not None)
        and not starts_instruction(line, lexicon)
        and not lexicon.cues.condition_openers.match(line)
    )


def _is_capitals(line: str) -> bool:
    bare = line.strip().rstrip(":")
    letters = [c for c in bare if c.isalpha()]
    return (
        len(letters) >= 4
        and bare.upper() == bare
        and len(bare.split()) <= 9
        and not bare.startswith(("#", "-", "*", "{", '"'))
        and not bare.endswith((".", "!", "?", ","))
    )
