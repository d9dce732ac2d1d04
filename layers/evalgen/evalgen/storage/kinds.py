"""The kinds of thing that a project owns, as they stand in its keys."""

from __future__ import annotations

AGENT = "AGENT"
PERSONALITY = "PERSONALITY"
METRIC = "METRIC"
PROFILE = "PROFILE"
KEPT_PROFILE = "KEPT_PROFILE"
"""What a deleted profile said, for the scenarios that use it: their placeholders go on resolving."""

SCENARIO = "SCENARIO"
FOLDER = "FOLDER"
PHONE_NUMBER = "PHONE_NUMBER"
UPLOAD = "UPLOAD"

NOUNS = {
    AGENT: "agent",
    PERSONALITY: "personality",
    METRIC: "metric",
    PROFILE: "test profile",
    KEPT_PROFILE: "deleted test profile",
    SCENARIO: "scenario",
    FOLDER: "folder",
    PHONE_NUMBER: "phone number",
    UPLOAD: "upload",
}
