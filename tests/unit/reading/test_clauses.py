"""Where a sentence has its case, and how far it reaches: one principle a test, in both languages."""

from __future__ import annotations

import pytest

from evalgen.reading.blocks import blocks_of
from evalgen.reading.lexicon import lexicon_of
from evalgen.reading.statements import Statement, statements_of


def read(text: str, language: str = "en") -> Statement:
    """The last sentence of a prompt that has told the agent something already."""
    lexicon = lexicon_of(language)
    lead = "Call the shop." if language == "en" else "Llama a la tienda."
    return statements_of(blocks_of(f"{lead}\n\n{text}", lexicon), (), lexicon)[-1]


def parts_of(text: str, language: str) -> tuple[str, str, str]:
    statement = read(text, language)
    return statement.kind, statement.trigger, statement.consequence


@pytest.mark.parametrize(
    ("language", "text", "trigger", "consequence"),
    [
        ("en", "The strap is free if the buckle broke.", "the buckle broke", "The strap is free"),
        ("en", "Ring the smith in case of a leak.", "a leak", "Ring the smith"),
        ("en", "Buzz the smith as soon as it leaks.", "it leaks", "Buzz the smith"),
        ("en", "Straps are cut, should they be long.", "they be long", "Straps are cut"),
        ("es", "La correa es gratis si se rompe.", "se rompe", "La correa es gratis"),
        ("es", "Llama al herrero en caso de fuga.", "fuga", "Llama al herrero"),
    ],
)
def test_a_case_may_stand_behind_what_is_told_or_what_holds(
    language: str, text: str, trigger: str, consequence: str
) -> None:
    assert parts_of(text, language) == ("condition", trigger, consequence)


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "A strap may be swapped if it is new.", "permission"),
        ("en", "Straps are only swapped if they are new.", "requirement"),
        ("en", "Straps are not swapped unless they are new.", "prohibition"),
        ("en", "You are Bo, the smith, and you answer when the shop is shut.", "identity"),
        ("es", "Las correas no se cambian, salvo en caso de rotura.", "prohibition"),
    ],
)
def test_what_is_allowed_demanded_or_banned_keeps_its_kind_before_a_case(
    language: str, text: str, kind: str
) -> None:
    assert read(text, language).kind == kind


@pytest.mark.parametrize(
    ("language", "text", "trigger", "consequence"),
    [
        ("en", "Tell them, if it tears, to send it.", "it tears", "Tell them to send it"),
        ("en", "Offer, when it tears, a new one.", "it tears", "Offer a new one"),
        ("es", "Diles, si se rompe, que la envíen.", "se rompe", "Diles que la envíen"),
    ],
)
def test_what_is_told_goes_on_behind_a_case_in_its_middle(
    language: str, text: str, trigger: str, consequence: str
) -> None:
    assert parts_of(text, language) == ("condition", trigger, consequence)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ask where it tore, when it was bought and whether it is red."),
        ("en", "Send the strap by post if needed."),
        ("en", "The strap costs 9 euros, which is little when it is new."),
        ("en", "The shop is shut on Friday, when we cut straps."),
        ("es", "Pregunta dónde se rompió, cuándo se compró y si es roja."),
    ],
)
def test_questions_empty_cases_and_afterthoughts_split_nothing(language: str, text: str) -> None:
    assert read(text, language).trigger == ""


@pytest.mark.parametrize(
    ("language", "text", "subject"),
    [
        ("en", "Straps sent by sea take six weeks.", "Straps sent by sea"),
        ("en", "A buyer asking for a third strap is put through.", "A buyer asking for a third strap"),
        ("en", "Straps without a buckle cost 5 euros.", "Straps without a buckle"),
        ("en", "Guests whose strap was torn get a new one.", "Guests whose strap was torn"),
        ("en", "Straps that are older than that are burnt.", "Straps that are older than that"),
        ("en", "Straps that have already gone cannot be cut.", "Straps that have already gone"),
        ("es", "Las correas enviadas por mar tardan mucho.", "Las correas enviadas por mar"),
        ("es", "Los clientes sin correa pagan menos.", "Los clientes sin correa"),
        ("es", "Las correas de más de 9 metros las lleva el herrero.", "Las correas de más de 9 metros"),
    ],
)  # fmt: skip
def test_a_subject_is_narrowed_by_what_it_does_lacks_or_had_done_to_it(
    language: str, text: str, subject: str
) -> None:
    assert parts_of(text, language)[:2] == ("condition", subject)


@pytest.mark.parametrize(
    "text",
    [
        "Strap cutting is free.",
        "The opening hours are on the website.",
        "A worn strap costs 5 euros.",
        "The shop can close without notice.",
    ],
)
def test_a_participle_that_names_or_describes_picks_no_case(text: str) -> None:
    assert read(text).kind in {"fact", "permission"}
    assert read(text).trigger == ""


@pytest.mark.parametrize(
    ("language", "text", "trigger", "consequence"),
    [
        ("en", "Had they paid before, refund it.", "they paid before", "refund it"),
        ("en", "From 90 dollars on, ask the smith.", "From 90 dollars on", "ask the smith"),
        ("en", "Above that, ask the smith.", "Above that", "ask the smith"),
        ("en", "During a storm, straps are not cut.", "a storm", "straps are not cut"),
        ("en", "If it is red, and you see it, cut it.", "it is red, and you see it", "cut it"),
        ("en", "Torn strap? Send a new one.", "Torn strap", "Send a new one"),
        ("es", "De haber pagado ya, cobra menos.", "haber pagado ya", "cobra menos"),
        ("es", "Pasadas 24 horas se cobra la mitad.", "Pasadas 24 horas", "se cobra la mitad"),
        ("es", "¿Llueve mucho? Cierra la puerta.", "Llueve mucho", "Cierra la puerta"),
    ],
)
def test_a_case_at_the_front_is_known_by_inversion_by_a_limit_or_by_a_question(
    language: str, text: str, trigger: str, consequence: str
) -> None:
    assert parts_of(text, language) == ("condition", trigger, consequence)


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "To swap a strap, ask for its size.", "step"),
        ("en", "At the end of the call, thank them.", "step"),
        ("en", "Whatever happens, stay polite.", "style"),
        ("en", "Except for the smith, nobody may cut straps.", "prohibition"),
        ("es", "Para cambiar una correa, pide la medida.", "step"),
        ("es", "Salvo el herrero, nadie puede cortar correas.", "prohibition"),
    ],
)
def test_a_phrase_before_a_rule_leaves_its_kind(language: str, text: str, kind: str) -> None:
    assert read(text, language).kind == kind


@pytest.mark.parametrize(
    ("language", "text", "trigger", "consequence"),
    [
        ("en", "Sell nothing without weighing it.", "weighing it", "Sell nothing"),
        ("en", "Only once it is dry can a strap be cut.", "it is dry", "can a strap be cut"),
        ("en", "Not until it is dry may you cut it.", "it is dry", "may you cut it"),
        ("en", "Nothing may be cut before it is dry.", "it is dry", "Nothing may be cut"),
        ("es", "No cobres nada sin medirlo antes.", "medirlo antes", "No cobres nada"),
    ],
)
def test_what_must_not_be_left_out_ties_an_act_to_it(
    language: str, text: str, trigger: str, consequence: str
) -> None:
    assert parts_of(text, language) == ("order", trigger, consequence)


def test_what_is_missing_at_the_front_is_a_case_and_ties_nothing() -> None:
    assert read("Without a receipt, offer a swap.").kind == "condition"
    assert read("Sin recibo no hay cambio.", "es").kind == "condition"


def test_a_verb_that_no_list_has_is_known_by_the_article_behind_it() -> None:
    assert read("Burnish the strap.").kind == "step"
    assert read("Jot down the size.").kind == "step"
    assert read("Straps the size of a belt cost more.").kind == "fact"
