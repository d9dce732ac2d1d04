"""What a project owns beside agents and scenarios, and the description of the API."""

from __future__ import annotations

from typing import Any

from evalgen.contract import answers
from evalgen.contract.personalities import PersonalitiesChosen, PersonalityCreate
from evalgen.contract.phone_numbers import PhoneNumberCreate
from evalgen.contract.profiles import ProfileCreate, ProfilePatch
from evalgen.contract.queries import EnabledQuery, PersonalityQuery, ProfileQuery, ProjectQuery
from evalgen.served.operation import AGENT, V1, Operation

PROFILES = f"{V1}/test-profiles/"
PERSONALITIES = f"{V1}/personalities/"
NUMBERS = f"{V1}/phone-numbers/inbound/"
PROJECT = "/user/v1/projects/{id}/"
ENABLED = answers.Page[answers.EnabledPersonality]

OPERATIONS = (
    Operation("agent_personalities", "GET", f"{AGENT}personalities/", "catalog",
              "List the personalities for an agent, which are its project's", ENABLED, query=EnabledQuery),
    Operation("enable_for_agent", "POST", f"{AGENT}enable_personalities/", "catalog",
              "Enable personalities of an agent's project", ENABLED, query=EnabledQuery,
              body=PersonalitiesChosen, errors=(409,)),
    Operation("disable_for_agent", "POST", f"{AGENT}disable_personalities/", "catalog",
              "Disable personalities of an agent's project", answers.Message, body=PersonalitiesChosen,
              errors=(409,)),
    Operation("enable_for_project", "POST", f"{PROJECT}enable_personalities/", "catalog",
              "Enable personalities", ENABLED, query=EnabledQuery, body=PersonalitiesChosen, errors=(409,)),
    Operation("disable_for_project", "POST", f"{PROJECT}disable_personalities/", "catalog",
              "Disable personalities", answers.Message, body=PersonalitiesChosen, errors=(409,)),
    Operation("list_personalities", "GET", PERSONALITIES, "catalog", "List personalities",
              list[answers.Personality], query=PersonalityQuery),
    Operation("create_personality", "POST", PERSONALITIES, "catalog", "Create a personality",
              answers.Personality, 201, body=PersonalityCreate),
    Operation("read_personality", "GET", f"{PERSONALITIES}{{id}}/", "catalog", "Read a personality",
              answers.Personality),
    Operation("list_profiles", "GET", PROFILES, "catalog", "List test profiles",
              list[answers.ListedProfile], query=ProfileQuery),
    Operation("create_profile", "POST", PROFILES, "catalog", "Create a test profile",
              answers.Profile, body=ProfileCreate),
    Operation("read_profile", "GET", f"{PROFILES}{{id}}/", "catalog", "Read a test profile",
              answers.Profile),
    Operation("patch_profile", "PATCH", f"{PROFILES}{{id}}/", "catalog", "Change a test profile",
              answers.Profile, body=ProfilePatch, errors=(409,)),
    Operation("delete_profile", "DELETE", f"{PROFILES}{{id}}/", "catalog", "Delete a test profile",
              status=204),
    Operation("list_metrics", "GET", f"{V1}/predefined-metrics/", "catalog", "List metrics",
              list[answers.Metric], query=ProjectQuery),
    Operation("list_numbers", "GET", NUMBERS, "catalog", "List inbound phone numbers",
              list[answers.PhoneNumber], query=ProjectQuery),
    Operation("create_number", "POST", NUMBERS, "catalog", "Add an inbound phone number",
              answers.PhoneNumber, 201, body=PhoneNumberCreate),
    Operation("delete_number", "DELETE", f"{NUMBERS}{{id}}/", "catalog", "Remove an inbound phone number",
              status=204),
    Operation("describe", "GET", "/openapi.json", "catalog", "This description", dict[str, Any], open=True),
    Operation("read_docs", "GET", "/docs/", "catalog", "This description as a page", str, open=True,
              content_types=("text/html",)),
)  # fmt: skip
