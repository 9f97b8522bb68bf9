"""This module knows what the servers of language models speak: three dialects, one meaning.

A question becomes an address, headers and a body; the bytes of an answer become a `Reply`. What
comes from a server is taken apart with suspicion: any shape of JSON gives a reply or none.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

from digestgen.config import LlmSettings
from digestgen.summarize.llm.prompts import Prompt

_ANTHROPIC_VERSION = "2023-06-01"
_MOST_COUNTED = 10**9  # tokens; no question and no answer has as many
# Anthropic's constrained decoding refuses schemas with an upper bound of lists.
_BOUNDS = frozenset({"maxItems"})

Ending = Literal["done", "length", "refused"]
_ENDINGS: Mapping[str, Ending] = {
    "length": "length",
    "max_tokens": "length",
    "content_filter": "refused",
    "refusal": "refused",
    "SAFETY": "refused",
    "RECITATION": "refused",
    "BLOCKLIST": "refused",
    "PROHIBITED_CONTENT": "refused",
    "SPII": "refused",
    "MAX_TOKENS": "length",
}


# OpenAI's newer models refuse "max_tokens". Elsewhere it is what everybody takes: llama.cpp knows
# the newer name since 2026, DeepSeek and LM Studio name only the old one, and Ollama accepts the
# newer one but writes without a bound (ollama/ollama#7125).
_NEWER_BOUND = "max_completion_tokens"
_WANT_NEWER_BOUND = ("api.openai.com", ".openai.azure.com")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, and the form that its answer has to have."""

    prompt: Prompt
    schema: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a question is put, since not every server takes everything.

    ``bound`` is what OpenAI's dialect calls the most tokens of an answer.
    """

    has_temperature: bool = True
    has_form: bool = True
    bound: str = "max_tokens"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a model said, why it stopped, and how many tokens that was by the server's count."""

    text: str
    ending: Ending = "done"
    tokens_in: int = 0
    tokens_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What one kind of server speaks."""

    path: Callable[[LlmSettings], str]
    headers: Callable[[str], dict[str, str]]
    body: Callable[[LlmSettings, Question, Manner], dict[str, object]]
    reply: Callable[[object], Reply | None]


def address(settings: LlmSettings) -> str:
    """Return where questions are posted to."""
    return settings.base_url.rstrip("/") + DIALECTS[settings.api].path(settings)


def headers(settings: LlmSettings, key: str) -> dict[str, str]:
    """Return the headers of a question; without a key none that names one."""
    own = DIALECTS[settings.api].headers(key)
    named = {name: value for name, value in own.items() if key or name == "anthropic-version"}
    return {"Content-Type": "application/json", "Accept": "application/json", **named}


def manner(settings: LlmSettings) -> Manner:
    """Return how to ask a server that has not said anything yet."""
    host = f".{urlsplit(settings.base_url).hostname or ''}"
    is_newer = any(host.endswith(f".{own.lstrip('.')}") for own in _WANT_NEWER_BOUND)
    return Manner(
        has_form=settings.structured != "none",
        bound=_NEWER_BOUND if is_newer else "max_tokens",
    )


def easier(refused: Manner, answer: bytes) -> Manner | None:
    """Return how else to put a question that was refused, by what the refusal says."""
    said = answer.decode(errors="replace")
    if _NEWER_BOUND in said and refused.bound != _NEWER_BOUND:
        return replace(refused, bound=_NEWER_BOUND)
    if refused.has_temperature and ("temperature" in said or not refused.has_form):
        return replace(refused, has_temperature=False)
    return replace(refused, has_form=False) if refused.has_form else None


def body(settings: LlmSettings, question: Question, manner: Manner) -> bytes:
    """Return a question as its server wants it; equal questions are equal bytes."""
    said = DIALECTS[settings.api].body(settings, question, manner)
    return json.dumps(said).encode()


def reply(settings: LlmSettings, answer: bytes) -> Reply | None:
    """Return what the bytes of an answer say; None when they are no answer of such a server."""
    try:
        return DIALECTS[settings.api].reply(json.loads(answer))
    except (ValueError, RecursionError):
        return None


def complaint(answer: bytes) -> str:
    """Return what a server says of an error, as one line; empty when it says nothing."""
    try:
        read = json.loads(answer)
    except (ValueError, RecursionError):
        return ""
    places = (("error", "message"), ("error",), ("message",), ("detail",))
    said = next((found for place in places if isinstance(found := _at(read, *place), str)), "")
    return " ".join(said.split())[:200]


def _openai_body(settings: LlmSettings, question: Question, manner: Manner) -> dict[str, object]:
    said: dict[str, object] = {
        "model": settings.model,
        "messages": [
            {"role": "system", "content": question.prompt.system},
            {"role": "user", "content": question.prompt.message},
        ],
        manner.bound: settings.max_tokens,
    }
    if manner.has_temperature:
        said["temperature"] = settings.temperature
    if not manner.has_form:
        return said
    if settings.structured == "schema":
        shape = {"name": "part", "strict": True, "schema": question.schema}
        said["response_format"] = {"type": "json_schema", "json_schema": shape}
    elif settings.structured == "json":
        said["response_format"] = {"type": "json_object"}
    return said


def _openai_reply(answer: object) -> Reply | None:
    message = _at(answer, "choices", 0, "message")
    if not isinstance(message, dict):
        return None
    refused = bool(_at(message, "refusal"))
    return Reply(
        text=_content(_at(message, "content")),
        ending="refused" if refused else _ending(_at(answer, "choices", 0, "finish_reason")),
        tokens_in=_count(_at(answer, "usage", "prompt_tokens")),
        tokens_out=_count(_at(answer, "usage", "completion_tokens")),
    )


def _content(said: object) -> str:
    """Return what a message says; Mistral's thinking models give a list of thoughts and texts."""
    return _text(said) or "".join(
        _text(_at(piece, "text")) for piece in _list(said) if _at(piece, "type") == "text"
    )


def _anthropic_body(settings: LlmSettings, question: Question, manner: Manner) -> dict[str, object]:
    said: dict[str, object] = {
        "model": settings.model,
        "system": question.prompt.system,
        "messages": [{"role": "user", "content": question.prompt.message}],
        "max_tokens": settings.max_tokens,
    }
    if manner.has_temperature:
        said["temperature"] = settings.temperature
    if manner.has_form and settings.structured == "schema":
        shape = {"type": "json_schema", "schema": _unbounded(question.schema)}
        said["output_config"] = {"format": shape}
    return said


def _anthropic_reply(answer: object) -> Reply | None:
    if not isinstance(_at(answer, "content"), list):
        return None
    return Reply(
        text=_content(_at(answer, "content")),
        ending=_ending(_at(answer, "stop_reason")),
        tokens_in=_count(_at(answer, "usage", "input_tokens")),
        tokens_out=_count(_at(answer, "usage", "output_tokens")),
    )


def _gemini_body(settings: LlmSettings, question: Question, manner: Manner) -> dict[str, object]:
    how: dict[str, object] = {"maxOutputTokens": settings.max_tokens}
    if manner.has_temperature:
        how["temperature"] = settings.temperature
    if manner.has_form:
        how["responseMimeType"] = "application/json"
        if settings.structured == "schema":
            how["responseJsonSchema"] = question.schema
    return {
        "systemInstruction": {"parts": [{"text": question.prompt.system}]},
        "contents": [{"role": "user", "parts": [{"text": question.prompt.message}]}],
        "generationConfig": how,
    }


def _gemini_reply(answer: object) -> Reply | None:
    usage = _at(answer, "usageMetadata")
    tokens_in = _count(_at(usage, "promptTokenCount"))
    if _at(answer, "promptFeedback", "blockReason"):
        return Reply(text="", ending="refused", tokens_in=tokens_in)
    if not isinstance(_at(answer, "candidates", 0), dict):
        return None
    pieces = _at(answer, "candidates", 0, "content", "parts")
    spoken = [piece for piece in _list(pieces) if not _at(piece, "thought")]
    thoughts = _count(_at(usage, "thoughtsTokenCount"))
    return Reply(
        text="".join(_text(_at(piece, "text")) for piece in spoken),
        ending=_ending(_at(answer, "candidates", 0, "finishReason")),
        tokens_in=tokens_in,
        tokens_out=_count(_at(usage, "candidatesTokenCount")) + thoughts,
    )


DIALECTS: Mapping[str, Dialect] = {
    "openai": Dialect(
        path=lambda _: "/chat/completions",
        headers=lambda key: {"Authorization": f"Bearer {key}"},
        body=_openai_body,
        reply=_openai_reply,
    ),
    "anthropic": Dialect(
        path=lambda _: "/messages",
        headers=lambda key: {"x-api-key": key, "anthropic-version": _ANTHROPIC_VERSION},
        body=_anthropic_body,
        reply=_anthropic_reply,
    ),
    "gemini": Dialect(
        path=lambda settings: f"/models/{settings.model}:generateContent",
        headers=lambda key: {"x-goog-api-key": key},
        body=_gemini_body,
        reply=_gemini_reply,
    ),
}


def _at(value: object, *path: str | int) -> object:
    """Return what stands at a path in JSON, None when nothing does."""
    for step in path:
        if isinstance(step, str) and isinstance(value, dict):
            value = value.get(step)
        elif isinstance(step, int) and isinstance(value, list) and len(value) > step:
            value = value[step]
        else:
            return None
    return value


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        return 0
    return value if 0 < value < _MOST_COUNTED else 0


def _ending(value: object) -> Ending:
    return _ENDINGS.get(value, "done") if isinstance(value, str) else "done"


def _unbounded(schema: object) -> object:
    if isinstance(schema, Mapping):
        return {key: _unbounded(each) for key, each in schema.items() if key not in _BOUNDS}
    return schema
