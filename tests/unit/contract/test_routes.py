"""What is described, what is routed and what is served are the same."""

from __future__ import annotations

from collections import Counter
from typing import Any

import jsonschema
import pytest

from evalgen.catalog.agent_catalog import AgentCatalog
from evalgen.catalog.catalog import Catalog
from evalgen.catalog.scenario_catalog import ScenarioCatalog
from evalgen.catalog.suite_catalog import SuiteCatalog
from evalgen.served.description import description
from evalgen.served.operation import V1, V2, spellings
from evalgen.served.operations.all import OPERATIONS
from evalgen.served.page import page
from local.system import System

PERMISSION_BYTES = 480
"""What one route takes of its function's resource policy, at most."""

POLICY_BYTES = 20_480
"""What Lambda allows of it."""


def said() -> dict[str, Any]:
    return description("https://api.test/v1")


def test_the_template_routes_exactly_what_is_described(system: System) -> None:
    described = {
        (method.upper(), path.rstrip("/"), operation.get("security") != [])
        for path_, methods in said()["paths"].items()
        for method, operation in methods.items()
        for path in (path_, *operation.get("x-other-paths", ()))
    }
    assert {(route.method, route.path, route.authorized) for route in system.api.routes} == described


def test_every_route_goes_to_the_function_that_serves_it(system: System) -> None:
    folders = {route.path: system.functions[route.function].folder.name for route in system.api.routes}
    for operation in OPERATIONS:
        for path in spellings(operation.path):
            assert folders[path.rstrip("/")] == operation.function


def test_every_operation_of_a_catalog_is_a_method_of_it() -> None:
    served = {
        "agents": AgentCatalog,
        "catalog": Catalog,
        "scenarios": ScenarioCatalog,
        "suites": SuiteCatalog,
    }
    for operation in OPERATIONS:
        if operation.function in served:
            assert callable(getattr(served[operation.function], operation.name))


def test_every_field_that_a_function_reads_is_described() -> None:
    names = [operation.name for operation in OPERATIONS]
    assert len(set(names)) == len(names)
    for operation in OPERATIONS:
        described = said()["paths"][operation.path][operation.method.lower()]
        parameters = {one["name"] for one in described["parameters"] if one["in"] == "query"}
        assert parameters == set(operation.query.model_fields if operation.query else ())
        assert ("requestBody" in described) == (operation.body is not None)


def test_the_permissions_of_its_routes_fit_a_functions_policy(system: System) -> None:
    routes = Counter(route.function for route in system.api.routes)
    assert max(routes.values()) * PERMISSION_BYTES < POLICY_BYTES


@pytest.mark.parametrize(
    ("path", "others"),
    [
        (f"{V1}/scenarios/{{id}}/", (f"{V1}/scenarios-external/{{id}}/", f"{V2}/scenarios/{{id}}/")),
        (f"{V1}/test-profiles/", (f"{V1}/test-profiles-external/",)),
        (f"{V1}/phone-numbers/inbound/", (f"{V1}/phone-numbers-external/inbound/",)),
        (f"{V2}/aiagents/", ()),
    ],
)
def test_spellings_are_whole_paths(path: str, others: tuple[str, ...]) -> None:
    assert spellings(path) == (path, *others)


def test_the_description_names_its_server_below_the_host() -> None:
    assert description("https://a.test/v1")["servers"] == [{"url": "/v1"}]
    assert description("https://a.test")["servers"] == [{"url": "/"}]


def test_every_schema_is_one_and_every_reference_leads_somewhere() -> None:
    found = said()
    schemas = found["components"]["schemas"]
    for schema in schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    pending: list[Any] = [found]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            if isinstance(node.get("$ref"), str):
                assert node["$ref"].removeprefix("#/components/schemas/") in schemas
            pending.extend(node.values())
        elif isinstance(node, list):
            pending.extend(node)


def test_the_page_shows_every_operation_and_type_and_loads_nothing() -> None:
    text = page("openapi.json")
    for operation in OPERATIONS:
        assert f'id="{operation.name}"' in text
    for name in said()["components"]["schemas"]:
        assert f'id="{name}"' in text
    assert 'href="openapi.json"' in text
    for loaded in ("<script", "<link", "<img", "http://", "https://", "@import", "url("):
        assert loaded not in text
