"""What a sentence is by the words that it is made of: one principle a test, in both languages."""

from __future__ import annotations

import pytest

from evalgen.reading.blocks import blocks_of
from evalgen.reading.lexicon import lexicon_of
from evalgen.reading.statements import Statement, statements_of


def read(prompt: str, language: str = "en", *tools: str) -> list[Statement]:
    return statements_of(blocks_of(prompt), tools, lexicon_of(language))


def kind_of(text: str, language: str = "en") -> str:
    """The kind of a sentence that does not open its prompt."""
    return read(f"{'Call the shop.' if language == 'en' else 'Llama a la tienda.'}\n\n{text}", language)[
        -1
    ].kind


def parts_of(text: str, language: str = "en") -> tuple[str, str, str]:
    statement = read(text, language)[-1]
    return statement.kind, statement.trigger, statement.consequence


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Sound relaxed, never rushed."),
        ("en", "Read booking codes letter by letter."),
        ("en", "Don't ask more than one thing at once."),
        ("en", 'Never say "no problem".'),
        ("en", "Use no more than two sentences per turn."),
        ("en", "Stay patient, even when the line is bad."),
        ("en", "Your tone is that of a neighbour."),
        ("es", "Trata de usted a todo el mundo."),
        ("es", "Lee el código cifra a cifra."),
        ("es", "No uses tecnicismos."),
        ("es", "Nunca interrumpas a nadie."),
    ],
)
def test_how_the_agent_speaks_is_style_as_an_order_a_wish_or_a_ban(language: str, text: str) -> None:
    assert kind_of(text, language) == "style"


def test_what_is_told_under_a_heading_of_style_is_style_but_cases_and_orders_keep_their_kind() -> None:
    kinds = [s.kind for s in read("# Tone\nPut the caller at ease. If they cry, wait. Ask before you laugh.")]
    assert kinds == ["style", "condition", "order"]


def test_who_the_agent_is_stands_before_anything_is_told() -> None:
    opening = "You mend clocks and sell straps. Your task is to set prices. Owners ring about broken springs."
    assert [s.kind for s in read(f"{opening} Ask for the model.")] == ["identity"] * 3 + ["step"]
    assert kind_of("You mend clocks and sell straps.") == "step"


@pytest.mark.parametrize(
    ("language", "text", "trigger", "consequence"),
    [
        ("en", "Weigh the bag before you quote a price.", "you quote a price", "Weigh the bag"),
        ("en", "Open the gate only after a clear yes.", "a clear yes", "Open the gate"),
        ("en", "Only after the scan may you open the gate.", "the scan", "may you open the gate"),
        ("en", "Never ship until the sum is paid.", "the sum is paid", "Never ship"),
        ("en", "No box is opened until the owner is there.", "the owner is there", "No box is opened"),
        ("en", "First lock the bike, then take a photo.", "lock the bike", "take a photo"),
        ("en", "After weighing it, name the price.", "weighing it", "name the price"),
        ("en", "Thank them and, once they agree, book it.", "they agree", "book it"),
        ("es", "Solo tras la firma abra la puerta.", "la firma", "abra la puerta"),
        ("es", "No cobres hasta haber leído el total.", "haber leído el total", "No cobres"),
        ("es", "Una vez firmado, abre la puerta.", "firmado", "abre la puerta"),
    ],
)  # fmt: skip
def test_an_act_tied_to_another_is_an_order(language: str, text: str, trigger: str, consequence: str) -> None:
    assert parts_of(text, language) == ("order", trigger, consequence)


@pytest.mark.parametrize(
    "text", ["After two missed visits, close the file.", "After a failed scan, try again."]
)
def test_what_has_happened_to_the_caller_is_a_case_and_no_order(text: str) -> None:
    assert kind_of(text) == "condition"


def test_a_time_behind_before_is_no_other_act() -> None:
    assert kind_of("Ring the shop before noon.") == "step"
    assert kind_of("Ask for the coupon once a year.") == "step"


@pytest.mark.parametrize(
    ("language", "text", "subject"),
    [
        ("en", "Parties of 12 or more are seated upstairs.", "Parties of 12 or more"),
        ("en", "Anyone who finds a key should be thanked.", "Anyone who finds a key"),
        ("en", "A bag that weighs more than 30 kilos needs a cart.", "A bag that weighs more than 30 kilos"),
        ("en", "Questions about jobs go to the office.", "Questions about jobs"),
        ("en", "Walking off without paying ends the contract.", ""),
        ("es", "Los clientes que llegan tarde pierden la mesa.", "Los clientes que llegan tarde"),
        ("es", "Los menores de 12 años comen gratis.", "Los menores de 12 años"),
        ("es", "Las quejas sobre ruidos se pasan al portero.", "Las quejas sobre ruidos"),
    ],
)
def test_a_subject_that_a_clause_a_limit_or_a_happening_narrows_is_a_case(
    language: str, text: str, subject: str
) -> None:
    statement = read(text, language)[-1]
    assert statement.trigger == subject
    assert (statement.kind == "condition") == bool(subject)


@pytest.mark.parametrize(
    "text",
    [
        "Ropes, which are sold by the metre, come in two colours.",
        "Returns the seats that are free.",
        "An empty list means that no seat is free.",
        "Drivers may refuse dogs that bark.",
        "A tour takes at least two hours.",
    ],
)
def test_what_does_not_narrow_the_subject_picks_no_case(text: str) -> None:
    assert read(text)[-1].trigger == ""


@pytest.mark.parametrize(
    ("language", "text", "trigger", "consequence"),
    [
        ("en", "For night visits add the surcharge.", "night visits", "add the surcharge"),
        ("en", "For bags over 30 kilos a porter comes.", "bags over 30 kilos", "a porter comes"),
        ("en", "With a coupon the second pair is free.", "a coupon", "the second pair is free"),
        ("en", "Otherwise the full price is due.", "Otherwise", "the full price is due"),
        ("en", "Above 90 dollars the manager decides.", "Above 90 dollars", "the manager decides"),
        ("en", "A fourth try: only with a new code.", "A fourth try", "only with a new code"),
        ("en", "However, if it rains, move inside.", "it rains", "move inside"),
        ("en", "Waive it if they wait, and say why.", "they wait", "Waive it and say why"),
        ("es", "A quien pregunte por trabajo dale el correo.", "pregunte por trabajo", "dale el correo"),
        ("es", "Con menos de dos horas no se cambia nada.", "menos de dos horas", "no se cambia nada"),
        ("es", "En los demás casos, cobra la tarifa.", "los demás casos", "cobra la tarifa"),
    ],
)  # fmt: skip
def test_a_case_at_the_front_needs_no_if_and_no_comma(
    language: str, text: str, trigger: str, consequence: str
) -> None:
    assert parts_of(text, language) == ("condition", trigger, consequence)


def test_an_indirect_question_is_no_condition() -> None:
    assert kind_of("Ask the owner if the dog bites.") == "step"
    assert kind_of("Ask for a muzzle if the dog bites them.") == "condition"


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "Lost straps are not covered.", "prohibition"),
        ("en", "Nobody may open the case.", "prohibition"),
        ("en", "Make no promises about the spring.", "prohibition"),
        ("en", "Discount codes cannot be combined.", "prohibition"),
        ("en", "No deposit is required.", "fact"),
        ("en", "You must weigh every parcel.", "requirement"),
        ("en", "Always weigh the parcel.", "requirement"),
        ("en", "A freeze requires a letter.", "requirement"),
        ("en", "Each strap is replaced at most twice.", "requirement"),
        ("en", "Owners may have no more than two keys.", "requirement"),
        ("en", "Only the owner may open the case.", "requirement"),
        ("en", "You may waive one fee.", "permission"),
        ("en", "Cats are welcome.", "permission"),
        ("en", "A strap costs 9 euros and can be cut.", "fact"),
        ("en", "Summarise the order.", "step"),
        ("es", "Las correas rotas no se cambian.", "prohibition"),
        ("es", "Nadie puede abrir la caja.", "prohibition"),
        ("es", "No estás autorizado a rebajar nada.", "prohibition"),
        ("es", "Cada socio puede tener como máximo dos llaves.", "requirement"),
        ("es", "Se permite pagar con tarjeta.", "permission"),
        ("es", "El cambio cuesta dos euros.", "fact"),
    ],
)
def test_the_first_verb_of_a_sentence_decides_between_the_other_kinds(
    language: str, text: str, kind: str
) -> None:
    assert kind_of(text, language) == kind


def test_what_a_tool_does_or_is_for_is_a_fact_and_how_to_use_it_is_not() -> None:
    prompt = "find_key needs a name. open_case: when the owner agrees. send_key: use it after a clear yes."
    assert [s.kind for s in read(prompt, "en", "find_key", "open_case", "send_key")] == [
        "fact",
        "fact",
        "order",
    ]
