"""Cars of callers, numbers in a stated form, shops by name, and choices that prompts tie to others."""

from __future__ import annotations

import re
from typing import Any

import pytest

from evalgen.generation.definition import Tool
from tests.unit.generation.read.invented_agents import agent, calls, invented, tool, value

TEXT = {"type": "string"}
YEAR = {"type": "integer"}
GLASS = {**TEXT, "enum": ["windshield", "door"]}
SERVICE = {**TEXT, "enum": ["repair", "replacement"]}
FIND = tool(
    "find_job",
    None,
    "Look up a job by phone. Returns job number, vehicle, service, shop or mobile address and status "
    "(scheduled, completed).",
    (),
    phone=TEXT,
)
SHOPS = "You answer for a windshield company (shops in Tempe, Mesa and Glendale)."
CODE = 'Find the job and transfer to the shop (`transfer_call`, reason "warranty").'
REASON = {**TEXT, "enum": ["warranty", "other"]}
MOVE = tool("transfer_call", None, "Transfer to a person.", (), reason=REASON)


def _records(prompt: str, *tools: Tool, name: str = "find_job", language: str = "en") -> list[Any]:
    made = calls(invented(agent(prompt, *tools, language=language)), name)
    return [c.output for c in made if not {"found", "error"} & set(c.output)]


def _inputs(prompt: str, made: Tool, language: str = "en") -> list[tuple[Any, ...]]:
    found = calls(invented(agent(prompt, made, language=language)), made.name)
    return [tuple(call.input.values()) for call in found[:3]]


@pytest.mark.parametrize(
    "said",
    [
        CODE,
        "Transfer to the shop (transfer, reason warranty).",
        "Transfer to the shop (reason=warranty, action=move).",
    ],
)
def test_what_a_prompt_writes_for_a_machine_is_no_text_of_a_record(said: str) -> None:
    transfer = tool("transfer", None, "Transfer to a person.", (), reason=REASON)
    for record in _records(f"You answer for a windshield company.\n{said}", FIND, MOVE, transfer):
        assert "shop" not in record


def test_what_spanish_prompts_write_for_machines_is_no_text_either() -> None:
    find = tool("buscar_orden", None, "Busca la orden. Devuelve taller y estado.", (), telefono=TEXT)
    prompt = 'Atiendes una red de talleres. Pasa al taller (`transferir`, motivo "garantía").'
    records = _records(prompt, find, name="buscar_orden", language="es")
    assert records and not any("taller" in record for record in records)


def test_a_shop_is_one_of_those_that_the_prompt_names() -> None:
    shops = [record.get("shop") for record in _records(f"{SHOPS}\n{CODE}", FIND, MOVE)]
    assert set(shops) - {None} and set(shops) <= {"Tempe", "Mesa", "Glendale", None}


def test_of_two_fields_with_an_or_a_record_has_one() -> None:
    found = [{"shop", "mobile_address"} & set(record) for record in _records(SHOPS, FIND)]
    assert [len(one) for one in found] == [1, 1, 1]
    assert set().union(*found) == {"shop", "mobile_address"}


def test_of_two_spanish_fields_with_an_or_a_record_has_one() -> None:
    find = tool(
        "buscar_orden", None, "Busca la orden. Devuelve taller o direccion y estado.", (), telefono=TEXT
    )
    prompt = "Atiendes una red de lunas con talleres en Madrid, Toledo y Segovia."
    records = _records(prompt, find, name="buscar_orden", language="es")
    found = [{"taller", "direccion"} & set(record) for record in records]
    assert [len(one) for one in found] == [1, 1, 1]
    assert set().union(*found) == {"taller", "direccion"}


@pytest.mark.parametrize(
    ("prompt", "about", "form"),
    [
        ("You fix glass.", "Books a job, returns the 5 digit job number.", r"\d{5}"),
        ("You fix glass.", "Books a job, returns the seven-digit job number.", r"\d{7}"),
        ("You fix glass.", "Books a job, returns the job number (5 digits).", r"\d{5}"),
        ("You fix glass. Ask for the 5-digit job number.", "Books a job.", r"\d{5}"),
        ("You fix glass. Never read ids. The job number is fine, read it digit by digit.", "Books.", r"\d+"),
    ],
)
def test_a_number_has_the_form_that_is_stated_anywhere(prompt: str, about: str, form: str) -> None:
    book = tool("book_job", None, about, (), service=SERVICE, last_name=TEXT)
    change = tool("cancel_job", None, "Cancels a job.", (), job_number=TEXT)
    tools = (FIND, book, change)
    numbers = [record["job_number"] for record in _records(prompt, *tools)]
    numbers += [call.input["job_number"] for call in calls(invented(agent(prompt, *tools)), "cancel_job")]
    numbers += [r["job_number"] for r in _records(prompt, *tools, name="book_job") if "job_number" in r]
    assert len(numbers) > 3 and all(re.fullmatch(form, number) for number in numbers)


@pytest.mark.parametrize(
    ("about", "form"),
    [
        ("La orden de trabajo tiene número de orden de 6 cifras.", r"\d{6}"),
        ("El número de orden, dilo cifra a cifra.", r"\d+"),
    ],
)
def test_a_number_in_spanish_has_the_form_that_is_stated(about: str, form: str) -> None:
    find = tool("buscar_orden", None, "Busca la orden. Devuelve numero_orden y estado.", (), telefono=TEXT)
    records = _records(f"Atiendes un taller. {about}", find, name="buscar_orden", language="es")
    assert records and all(re.fullmatch(form, record["numero_orden"]) for record in records)


def test_the_parts_of_a_car_are_of_one_car() -> None:
    look = tool(
        "look_up_vehicle", None, "Returns vehicle_id and body_style.", (), year=YEAR, make=TEXT, model=TEXT
    )
    assert _inputs("You fix windshields.", look) == [
        (2019, "Honda", "Civic"),
        (2021, "Ford", "Escape"),
        (2017, "Toyota", "Camry"),
    ]


def test_the_parts_of_a_car_are_of_one_car_in_spanish() -> None:
    look = tool("buscar_luna", None, "Devuelve precio.", (), marca=TEXT, modelo=TEXT, anio=YEAR)
    cars = [("Seat", "Ibiza", 2018), ("Renault", "Clio", 2020), ("Toyota", "Corolla", 2016)]
    assert _inputs("Atiendes una red de lunas de coche.", look, "es") == cars


@pytest.mark.parametrize(
    ("key", "language", "form"),
    [
        ("license_plate", "en", r"\d[A-Z]{3}\d{3}"),
        ("plate_number", "en", r"\d[A-Z]{3}\d{3}"),
        ("trim", "en", "LX"),
        ("vehicle_year", "en", "2019"),
        ("color", "en", "blue"),
        ("matricula", "es", r"\d{4}[A-Z]{3}"),
        ("año", "es", "2018"),
        ("color", "es", "azul"),
    ],
)
def test_what_else_is_told_of_a_car(key: str, language: str, form: str) -> None:
    prompt, name = {"en": ("You fix cars.", "book_repair"), "es": ("Reparas coches.", "reservar_cita")}[
        language
    ]
    [first] = _inputs(prompt, tool(name, None, "", (), **{key: TEXT}), language)[0]
    assert re.fullmatch(form, first)


def test_the_make_of_what_is_no_car_is_unknown() -> None:
    assert value(TEXT, "make", "You rent bikes.") is None


def test_a_choice_that_the_prompt_ties_to_another_goes_with_it_in_every_call() -> None:
    prompt = "You fix glass. Door glass can't be repaired, always replacement."
    swapped = {**SERVICE, "enum": ["replacement", "repair"]}
    quote = tool("get_quote", None, "Returns total.", (), zip=TEXT, glass=GLASS, service=swapped)
    book = tool("book_job", None, "Books a job.", (), glass=GLASS, service=swapped, last_name=TEXT)
    made = invented(agent(prompt, quote, book))
    for name in ("get_quote", "book_job"):
        chosen = {(c.input["glass"], c.input["service"]) for c in calls(made, name)}
        assert ("door", "repair") not in chosen and ("door", "replacement") in chosen


def test_a_choice_that_a_spanish_prompt_ties_to_another_goes_with_it() -> None:
    luna = {**TEXT, "enum": ["parabrisas", "puerta"]}
    servicio = {**TEXT, "enum": ["sustitución", "reparación"]}
    book = tool("reservar_cita", None, "Reserva.", (), luna=luna, servicio=servicio, apellidos=TEXT)
    prompt = "Reparas lunas. La luna de puerta no se repara, siempre sustitución."
    assert ("puerta", "sustitución") in {chosen[:2] for chosen in _inputs(prompt, book, "es")}


def test_what_goes_with_a_choice_is_there_however_it_is_spelt() -> None:
    payment = {**TEXT, "enum": ["self_pay", "insurance"]}
    note = {**TEXT, "description": "Self pay only", "enum": ["card", "cash"]}
    book = tool(
        "book_job", ["payment", "last_name"], "Books.", (), payment=payment, last_name=TEXT, means=note
    )
    inputs = [call.input for call in calls(invented(agent("You fix glass.", book)), "book_job")]
    assert {call["payment"]: "means" in call for call in inputs} == {"self_pay": True, "insurance": False}


def test_a_quote_has_one_sum() -> None:
    quote = tool("get_quote", None, "Cash price for a job. Returns quote_id and total.", (), zip=TEXT)
    assert all(
        "price" not in record and record["total"] > 150
        for record in _records("You fix glass.", quote, name="get_quote")
    )
