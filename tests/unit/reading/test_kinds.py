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


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "Gift cards are sold at the desk.", "fact"),
        ("en", "Hold music must not play for long.", "prohibition"),
        ("en", "Check cards are valid.", "step"),
        ("en", "The strap is to be returned clean.", "requirement"),
        ("en", "Slang is to be avoided.", "style"),
        ("en", "Shouting is off the table.", "prohibition"),
        ("en", "Refunds are the manager's business, not yours.", "prohibition"),
        ("en", "You have no say in refunds.", "prohibition"),
        ("en", "Owners have the right to cancel.", "permission"),
        ("en", "Guests are expected to wear a cap.", "requirement"),
        ("en", "This is the line for guests of the Harbor Inn.", "identity"),
        ("en", "Keep other people's names to yourself.", "step"),
        ("es", "Exprésese con claridad.", "style"),
        ("es", "Conviene que ninguna frase pase de 20 palabras.", "style"),
        ("es", "Ni se le ocurra prometer plazos.", "prohibition"),
        ("es", "Es posible pagar en dos plazos.", "permission"),
        ("es", "Se exige fianza en agosto.", "requirement"),
        ("es", "Le atiende Nora, la recepcionista del hotel.", "identity"),
    ],
)
def test_duties_bans_and_leave_are_told_in_nouns_and_passives_too(
    language: str, text: str, kind: str
) -> None:
    assert kind_of(text, language) == kind


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "The room is often full, so be patient.", "style"),
        ("en", "The oven is broken, so offer cold dishes.", "step"),
        ("en", "A block cannot be undone, so say that first.", "prohibition"),
        ("en", "The oven is so hot that it hums.", "fact"),
        ("es", "Hay mucha gente, así que sea breve.", "style"),
        ("es", "El horno está roto, así que ofrezca platos fríos.", "step"),
    ],
)
def test_a_fact_that_gives_the_reason_for_an_order_is_that_order(language: str, text: str, kind: str) -> None:
    assert kind_of(text, language) == kind


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "As soon as the caller confirms, cut the strap.", "order"),
        ("en", "As soon as you have the size, cut the strap.", "order"),
        ("en", "As soon as the meter shows an error, send a technician.", "condition"),
        ("es", "En cuanto el cliente acepte, corte la correa.", "order"),
        ("es", "En cuanto el sistema falle, avise al técnico.", "condition"),
    ],
)
def test_what_follows_at_once_is_an_order_behind_an_act_and_a_condition_behind_a_happening(
    language: str, text: str, kind: str
) -> None:
    assert kind_of(text, language) == kind


def test_what_is_done_with_a_tool_is_a_step_and_what_is_done_otherwise_a_fact() -> None:
    assert kind_of("Straps are changed with change_strap.") == "step"
    assert kind_of("Straps are changed with a small knife.") == "fact"
    assert kind_of("Las correas se cambian mediante cambiar_correa.", "es") == "step"


@pytest.mark.parametrize(
    ("language", "text", "parts"),
    [
        ("en", 'Parcels marked "fragile" travel alone.', ('Parcels marked "fragile"', "travel alone")),
        ("en", "Guests allergic to nuts are told.", ("Guests allergic to nuts", "are told")),
        (
            "en",
            "Orders that could arrive late are flagged.",
            ("Orders that could arrive late", "are flagged"),
        ),
        (
            "en",
            "Moving or marrying is recorded with a note.",
            ("Moving or marrying", "is recorded with a note"),
        ),
        ("en", "Stays shorter than two nights cost extra.", ("Stays shorter than two nights", "cost extra")),
        ("en", "A child with a sore belly needs a nurse.", ("", "")),
        (
            "en",
            "Anyone who has a sore belly needs a nurse.",
            ("Anyone who has a sore belly", "needs a nurse"),
        ),
        ("en", "Parking costs 5 dollars.", ("", "")),
        ("es", "Los socios con carné pagan menos.", ("Los socios con carné", "pagan menos")),
        (
            "es",
            "Los envíos que puedan llegar tarde se marcan.",
            ("Los envíos que puedan llegar tarde", "se marcan"),
        ),
        ("en", "Inside that period, returns are free.", ("that period", "returns are free")),
        ("en", "Under 12 travel free.", ("Under 12", "travel free")),
        (
            "en",
            "For anyone who brings the old key the fee is waived.",
            ("anyone who brings the old key", "the fee is waived"),
        ),
        ("es", "A quien traiga la llave vieja no se le cobra.", ("traiga la llave vieja", "no se le cobra")),
        (
            "es",
            "En vuelos internacionales, pida el pasaporte.",
            ("vuelos internacionales", "pida el pasaporte"),
        ),
        ("es", "En frases cortas, explique el precio.", ("", "")),
        ("en", "In an outage, give the hotline number.", ("an outage", "give the hotline number")),
        ("en", "In a friendly tone, greet the owner.", ("", "")),
    ],
)
def test_a_case_may_be_told_by_a_quality_a_deed_or_a_place(
    language: str, text: str, parts: tuple[str, str]
) -> None:
    assert parts_of(f"{'Call.' if language == 'en' else 'Llame.'}\n\n{text}", language)[1:] == parts


@pytest.mark.parametrize(
    ("language", "text", "parts"),
    [
        ("en", "Payment received, send the key.", ("Payment received", "send the key")),
        ("es", "Hecha la reserva, envíe la llave.", ("Hecha la reserva", "envíe la llave")),
        ("en", "Do not hang up without asking.", ("asking", "Do not hang up")),
        ("en", "Never close a case without first reading it.", ("reading it", "Never close a case")),
        (
            "en",
            "Ask for the plate before opening a case and repeat it.",
            ("opening a case", "Ask for the plate and repeat it"),
        ),
        (
            "en",
            "Ask for the plate before opening a case and a box.",
            ("opening a case and a box", "Ask for the plate"),
        ),
        (
            "es",
            "Pida el número antes de abrir el parte y repítalo.",
            ("abrir el parte", "Pida el número y repítalo"),
        ),
        (
            "es",
            "Pida el número antes de abrir y cerrar el parte.",
            ("abrir y cerrar el parte", "Pida el número"),
        ),
    ],
)
def test_an_act_before_another_may_be_a_participle_or_have_a_second_duty_behind_it(
    language: str, text: str, parts: tuple[str, str]
) -> None:
    kind, *found = parts_of(text, language)
    assert tuple(found) == parts
    assert kind == ("order" if parts[0] else "prohibition")
