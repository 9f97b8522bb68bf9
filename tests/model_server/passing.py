"""This module stands between digestgen and a model, and writes down which questions were answered.

Unlike a scripted server it says nothing itself, so that a real model can be watched.
"""

import threading
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import urlsplit

_PATIENCE = 300  # seconds for one answer of a small model on a busy machine


class Passing:
    """Passes questions on to the model at ``url``, the first ``most`` of them.

    ``answered`` are the bodies of those that the model got; ``is_full`` is set when there is one
    more, which is left without an answer.
    """

    def __init__(self, url: str, *, most: int | None = None) -> None:
        self.answered: list[bytes] = []
        self.is_full = threading.Event()
        self._ending = threading.Event()
        address = urlsplit(url).netloc
        passing = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if most is not None and len(passing.answered) >= most:
                    passing.is_full.set()
                    passing._ending.wait()
                    return
                passing.answered.append(body)
                model = HTTPConnection(address, timeout=_PATIENCE)
                model.request("POST", self.path, body, {"Content-Type": "application/json"})
                answer = model.getresponse()
                said = answer.read()
                model.close()
                self.send_response(answer.status)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

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
