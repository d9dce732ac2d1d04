"""What the real clients make of whatever a server answers: each call is one request, and has one outcome."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from evalgen.errors import Permanent, Throttled
from evalgen.generation.with_model.asking import Form, NoAnswer, ask, schema_of
from evalgen.models.opening import open_model
from evalgen.models.port import Model, Question, Usage
from evalgen.models.settings import ModelSettings, Provider
from tests.scripted_model.server import Asked, Reply, ScriptedModel, serving

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

GOOD = '{"word": "yes"}'


class Word(Form):
    word: str


@pytest.fixture(params=["bedrock", "openai"])
def provider(request: pytest.FixtureRequest) -> Provider:
    found: Provider = request.param
    return found


@pytest.fixture
def client(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Model]:
    for name in ("AWS_BEARER_TOKEN_BEDROCK", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")

    def opened(url: str, timeout_s: float = 5) -> Model:
        monkeypatch.setenv("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", url)
        base = f"{url}/v1" if provider == "openai" else ""
        return open_model(ModelSettings(provider, "scripted", base, "key", timeout_s=timeout_s))

    return opened


def outcome(client: Callable[[str], Model], *replies: Reply) -> tuple[str | Exception, int]:
    """What comes of it when the server answers these in order, the last one for ever; and how many it got."""

    def script(asked: Asked) -> Reply:
        return replies[min(asked.number, len(replies) - 1)]

    with serving(ScriptedModel(script)) as served:
        try:
            return ask(client(served.url), "plan", "material", "task", Word, 100).word, len(served.asked)
        except (NoAnswer, Throttled, Permanent) as error:
            return error, len(served.asked)


def test_a_good_answer_comes_with_its_usage(client: Callable[[str], Model]) -> None:
    question = Question("plan", "material" * 10, "task", "word", schema_of(Word), 100)
    with serving(ScriptedModel(lambda _: Reply(GOOD))) as served:
        model = client(served.url)
        first, second = model.ask(question), model.ask(question)
        assert served.asked[0].schema["additionalProperties"] is False
    assert (first.text, first.stop, first.usage) == (GOOD, "end", Usage(1, 21, 0, 3))
    assert second.usage == Usage(1, 21, 20, 3)


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply('{"word": "ye'), "torn"),
        (Reply('{"words": "yes"}'), "of another form"),
        (Reply('{"word": 3}'), "of another form"),
        (Reply("Here is your word: yes"), "torn"),
        (Reply(""), "empty"),
        (Reply(body="{}"), "empty"),
    ],
)
def test_an_answer_that_cannot_be_used_is_asked_for_once_more(
    client: Callable[[str], Model], reply: Reply, kind: str
) -> None:
    failed, requests = outcome(client, reply)
    assert isinstance(failed, NoAnswer) and failed.kind == kind
    assert requests == 2
    assert outcome(client, reply, Reply(GOOD)) == ("yes", 2)


def test_a_model_that_breaks_off_at_its_limit_is_asked_once_more(
    client: Callable[[str], Model], provider: Provider
) -> None:
    stop = {"bedrock": "max_tokens", "openai": "length"}[provider]
    failed, requests = outcome(client, Reply('{"word": "y', stop=stop))
    assert isinstance(failed, NoAnswer) and failed.kind == "cut off"
    assert requests == 2


def test_a_refusal_is_not_asked_again(client: Callable[[str], Model], provider: Provider) -> None:
    stop = {"bedrock": "guardrail_intervened", "openai": "refusal"}[provider]
    failed, requests = outcome(client, Reply("I will not.", stop=stop))
    assert isinstance(failed, NoAnswer) and failed.kind == "refused"
    assert requests == 1


@pytest.mark.parametrize(
    ("reply", "delay_s"),
    [
        (Reply(status=429, headers=(("Retry-After", "7"),)), 7),
        (Reply(status=429), 10),
        (Reply(status=503), 10),
        (Reply(status=500), 10),
        (Reply(status=529), 10),
        (Reply(status=408), 10),
    ],
)
def test_what_passes_by_itself_is_waited_for_elsewhere(
    client: Callable[[str], Model], reply: Reply, delay_s: float
) -> None:
    failed, requests = outcome(client, reply)
    assert isinstance(failed, Throttled) and failed.delay_s == delay_s
    assert requests == 1


def test_a_body_that_is_torn_off_is_never_taken_for_an_answer(
    client: Callable[[str], Model], provider: Provider
) -> None:
    """To botocore a torn body is an empty answer, without an error: findings/botocore_torn_converse.sh."""
    failed, _ = outcome(client, Reply(GOOD, torn=20))
    assert isinstance(failed, NoAnswer if provider == "bedrock" else Throttled)


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_what_no_repetition_would_change_ends_with_the_servers_own_words(
    client: Callable[[str], Model], status: int
) -> None:
    failed, requests = outcome(client, Reply(status=status, message="no such model here"))
    assert isinstance(failed, Permanent)
    assert "scripted" in str(failed) and "no such model here" in str(failed)
    assert requests == 1


def test_a_server_that_is_not_there_is_waited_for(client: Callable[[str], Model]) -> None:
    with serving(ScriptedModel(lambda _: Reply(GOOD))) as served:
        url = served.url
    with pytest.raises(Throttled):
        ask(client(url), "plan", "material", "task", Word, 100)


@pytest.mark.parametrize("body", ["<html>Bad gateway</html>", '{"error": {"message": "overloaded"}}', "[]"])
def test_a_page_or_an_error_with_the_status_200_is_no_answer(
    client: Callable[[str], Model], body: str
) -> None:
    failed, _ = outcome(client, Reply(body=body))
    assert isinstance(failed, NoAnswer | Throttled)


def test_a_bedrock_model_without_structured_output_answers_as_a_tools_input(
    client: Callable[[str], Model], provider: Provider
) -> None:
    if provider != "bedrock":
        pytest.skip("other servers have one way")

    def script(asked: Asked) -> Reply:
        if asked.as_tool:
            return Reply(GOOD)
        error = {"message": "This model doesn't support the outputConfig field."}
        return Reply(
            status=400, body=json.dumps(error), headers=(("x-amzn-errortype", "ValidationException"),)
        )

    with serving(ScriptedModel(script)) as served:
        model = client(served.url)
        assert ask(model, "plan", "material", "task", Word, 100).word == "yes"
        assert ask(model, "plan", "material", "task", Word, 100).word == "yes"
        assert [one.as_tool for one in served.asked] == [False, True, True]
