"""This module is a server of a language model that says what a test tells it to say.

It speaks all three dialects, by the path that is asked for, over real sockets.
"""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from tests.model_server.prompted import Asked

Said = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Answer:
    """What the server does: a model's text and how it ended, or a bare status and body."""

    text: str = ""
    ending: str = "done"
    status: int = 200
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    stalls: bool = False


Speaker = Callable[[Asked], Answer]

_OPENINGS = {
    "gist": ("Overall", "全文概括"),
    "takeaways": ("In short", "值得记住"),
    "background": ("By now", "研究背景如此"),
    "past_methods": ("So far", "前人工作不足"),
    "proposed_method": ("Here", "作者提出新法"),
    "task_and_performance": ("In the end", "实验效果良好"),
    "methods": ("Then", "具体步骤清楚"),
    "significance": ("For others", "对后来者有益"),
    "innovation": ("At last", "此处确有新意"),
    "performance": ("In tests", "速度明显提升"),
}
_ENDINGS = {
    "/chat/completions": {"done": "stop", "length": "length", "refused": "content_filter"},
    "/messages": {"done": "end_turn", "length": "max_tokens", "refused": "refusal"},
    ":generateContent": {"done": "STOP", "length": "MAX_TOKENS", "refused": "SAFETY"},
}


def says(said: Said, **how: Any) -> Answer:
    """The answer of a model that keeps to the form."""
    return Answer(text=json.dumps(said, ensure_ascii=False), **how)


def honest(asked: Asked) -> Answer:
    """Says in other words, one statement a list, what a sentence says, and names it."""
    said: Said = {}
    for offset, name in enumerate(asked.lists):
        number = offset % len(asked.sentences)
        said[name] = [{"text": reworded(asked, number, name), "evidence": [number + 1]}]
    return says(said)


def reworded(asked: Asked, number: int, name: str) -> str:
    """A sentence as somebody would say it who has understood it, otherwise in each list."""
    source = asked.sentences[number].rstrip(".")
    english, chinese = _OPENINGS[name]
    if asked.lang == "en":
        return f"{english}, {source[0].lower()}{source[1:]} as well."
    words = [word.strip(",;:()$") for word in source.split()]
    terms = [word for word in words if word.isascii() and word.isalpha() and len(word) > 4]
    return f"{chinese}（{' '.join(terms[:4])}）。"


class ModelServer:
    """A server at ``url``; ``asked`` holds the questions it got, ``requests`` their headers."""

    def __init__(self, speaker: Speaker) -> None:
        self.asked: list[Asked] = []
        self.requests: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self._guard = threading.Lock()
        self._ending = threading.Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                request = json.loads(self.rfile.read(length))
                headers = {name.lower(): value for name, value in self.headers.items()}
                with server._guard:
                    server.requests.append((self.path, headers, request))
                    asked = Asked.of(request, len(server.asked))
                    server.asked.append(asked)
                answer = speaker(asked)
                if answer.stalls:
                    server._ending.wait(30)
                    return
                body = answer.body if answer.body is not None else enveloped(self.path, answer)
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def enveloped(path: str, answer: Answer) -> bytes:
    """Wrap what a model said as the server behind this path does."""
    if path.endswith("/chat/completions"):
        said: dict[str, Any] = {
            "choices": [
                {
                    "message": {"role": "assistant", "content": answer.text},
                    "finish_reason": _ENDINGS["/chat/completions"][answer.ending],
                }
            ],
            "usage": {"prompt_tokens": 100, "completion_tokens": 10},
        }
    elif path.endswith("/messages"):
        said = {
            "content": [{"type": "text", "text": answer.text}],
            "stop_reason": _ENDINGS["/messages"][answer.ending],
            "usage": {"input_tokens": 100, "output_tokens": 10},
        }
    else:
        said = {
            "candidates": [
                {
                    "content": {"parts": [{"text": answer.text}]},
                    "finishReason": _ENDINGS[":generateContent"][answer.ending],
                }
            ],
            "usageMetadata": {"promptTokenCount": 100, "candidatesTokenCount": 10},
        }
    return json.dumps(said).encode()
