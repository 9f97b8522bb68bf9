"""This module is the web application behind the live preview.

It shows the files of one folder to the browsers of this machine, tells them when to load a page
again, and refuses whatever a page from elsewhere might try: it has no other powers.
"""

import asyncio
import html
import ipaddress
import os
import re
import secrets
from collections.abc import AsyncIterator
from pathlib import Path, PurePath
from typing import Protocol

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from digestgen.errors import DigestgenError
from digestgen.model import Lang
from digestgen.site.labels import LABELS
from digestgen.site.press import SEARCH_POLICY
from digestgen.values import Value

EVENTS = "/_digestgen/events"
SCRIPT = "/_digestgen/reload.js"
_NOT_FOUND = "404.html"
_ROOT = re.compile(rb'<body data-root="/(?P<path>[^"]*)"')
_LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
_HEADERS = {
    "cache-control": "no-store",
    # Each page narrows it down by its own policy.
    "content-security-policy": f"{SEARCH_POLICY}; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
_RELOAD = """"use strict";
const shown = document.currentScript.dataset.version;
let events = null;
// A browser has six connections for all its tabs, so only those that can be seen hold one.
const listen = () => {
  events?.close();
  events = document.hidden ? null : new EventSource("/_digestgen/events");
  if (events) events.onmessage = (event) => {
    if (event.data !== shown) location.reload();
  };
};
document.addEventListener("visibilitychange", listen);
addEventListener("pageshow", (event) => event.persisted && listen());
addEventListener("pagehide", () => events?.close());
listen();
"""
_PROBLEM_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/static/theme.css">
<link rel="stylesheet" href="/static/page.css"></head>
<body><main class="notice"><h1>{title}</h1>
<p class="problem" lang="en">{message}</p><p lang="en">{hint}</p>
<p>{text}</p></main></body></html>
"""


class Shown(Value, frozen=True, kw_only=True):
    """What is shown: the folder of a site in a language.

    ``watch`` are the folders that it is made of.
    """

    folder: Path
    watch: tuple[Path, ...]
    lang: Lang


class Makes(Protocol):
    """What makes the site when a browser asks for what is not there."""

    async def restore(self, path: str) -> bool:
        """Make a file of the site that somebody deleted; tell whether it did."""
        ...

    async def again(self) -> DigestgenError | None:
        """Build again if a problem stands, and return the one that stands now.

        Its cause may be gone without a save.
        """
        ...


class Live:
    """What the browsers are to show: a build by its version, or what stopped the build."""

    def __init__(self) -> None:
        # A browser that outlives this server sees a version it does not know, and loads again.
        self._start = secrets.token_hex(4)
        self._builds = 0
        self._changed = asyncio.Event()
        self._ended = False
        self.problem: DigestgenError | None = None

    @property
    def version(self) -> str:
        """Return the name of the newest build."""
        return f"{self._start}-{self._builds}"

    def announce(self, problem: DigestgenError | None) -> None:
        """Tell every browser that there was a build, and what stopped it if something did."""
        self.problem = problem
        self._builds += 1
        self._wake()

    def end(self) -> None:
        """Let every stream of versions end."""
        self._ended = True
        self._wake()

    async def versions(self) -> AsyncIterator[str]:
        """Yield the newest version now, and again at each build."""
        while not self._ended:
            changed = self._changed
            yield self.version
            await changed.wait()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()


def preview(shown: Shown, live: Live, makes: Makes, *, host: str, port: int) -> ASGIApp:
    """Return the application for a server at ``host`` and ``port``."""

    async def script(_request: Request) -> Response:
        return Response(_RELOAD, media_type="text/javascript")

    async def events(request: Request) -> Response:
        if request.method == "HEAD":
            return Response(media_type="text/event-stream")
        lines = (f"data: {version}\n\n" async for version in live.versions())
        return StreamingResponse(lines, media_type="text/event-stream")

    return Starlette(
        routes=[
            Route(EVENTS, events),
            Route(SCRIPT, script),
            Mount("/", _Pages(shown, live, makes)),
        ],
        middleware=[Middleware(_Guard, host=host, port=port)],
    )


class _Pages(StaticFiles):
    """The files of the site, every page with the script that loads it again."""

    def __init__(self, shown: Shown, live: Live, makes: Makes) -> None:
        super().__init__(directory=shown.folder, html=True, check_dir=False)
        self._missing = shown.folder / _NOT_FOUND
        self._lang = shown.lang
        self._live = live
        self._makes = makes

    async def get_response(self, path: str, scope: Scope) -> Response:
        """See ``StaticFiles``; while a problem stands, every page tells of it."""
        found = await self._found(path, scope)
        if self._live.problem and (found is None or _is_of_a_page(found)):
            problem = await self._makes.again()
            if problem:
                return self._page(_problem_page(problem, self._lang).encode(), status=500)
            found = await self._found(path, scope)
        if found:
            return found
        for name in (PurePath(path).as_posix(), PurePath(path, "index.html").as_posix()):
            if await self._makes.restore(name) and (found := await self._found(path, scope)):
                return found
        if self._missing.exists() or await self._makes.restore(_NOT_FOUND):
            return self._page(self._missing.read_bytes(), status=404)
        raise HTTPException(404)

    async def _found(self, path: str, scope: Scope) -> Response | None:
        try:
            response = await super().get_response(path, scope)
        except HTTPException as refused:  # so it says when there is no page for that
            if refused.status_code != 404:
                raise
            return None
        return None if response.status_code == 404 else response

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """See ``StaticFiles``."""
        if Path(full_path).suffix == ".html":
            return self._page(Path(full_path).read_bytes(), status=status_code)
        return super().file_response(full_path, stat_result, scope, status_code)

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """See ``StaticFiles``; what is not there may have been asked for by its public path.

        The page of what is missing is shown at any depth, so its links begin at the root that
        the site will have: https://you.github.io/papers/ asks for papers/static/theme.css.
        """
        found = super().lookup_path(path)
        below = self._public_path()
        if found[1] or not below or not f"{path}/".startswith(below):
            return found
        return super().lookup_path(path[len(below) :] or ".")

    def _public_path(self) -> str:
        root = _ROOT.search(self._missing.read_bytes()) if self._missing.exists() else None
        return os.fsdecode(root["path"]) if root else ""

    def _page(self, page: bytes, *, status: int) -> Response:
        """Return a page, which may be one that somebody else put there, with the script."""
        tag = f'<script src="{SCRIPT}" data-version="{self._live.version}"></script>'.encode()
        end = page.rfind(b"</body>")
        end = len(page) if end < 0 else end
        kind = "text/html; charset=utf-8" if _is_utf_8(page) else "text/html"  # as it says itself
        headers = {"content-type": kind}
        return Response(page[:end] + tag + page[end:], status_code=status, headers=headers)


def _is_of_a_page(found: Response) -> bool:
    """Tell whether an answer is a page or the way to one, and no file that pages need."""
    kind = found.headers.get("content-type", "")
    return "location" in found.headers or kind.startswith("text/html")


def _is_utf_8(page: bytes) -> bool:
    try:
        page.decode()
    except UnicodeDecodeError:
        return False
    return True


def _problem_page(problem: DigestgenError, lang: Lang) -> str:
    """Return the page of a problem, whose words are those of the command line."""
    labels = LABELS[lang]
    return _PROBLEM_PAGE.format(
        lang=labels.html_lang,
        title=labels.problem_title,
        text=labels.problem_text,
        message=html.escape(problem.message),
        hint=html.escape(problem.hint),
    )


class _Guard:
    """Refuses what a preview never needs, before any file is looked at."""

    def __init__(self, app: ASGIApp, *, host: str, port: int) -> None:
        self._app = app
        self._names = _LOCAL_NAMES | {url_host(host).lower()}
        self._any_address = host in {"", "0.0.0.0", "::"}  # noqa: S104  # compared, not bound
        self._port = port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a refused request, or pass it on and add the headers to what comes back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        app = self._refusal(scope) or self._app
        await app(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        if not self._is_ours(Headers(scope=scope).get("host", "")):
            # Another site's name that was made to point here: DNS rebinding.
            return PlainTextResponse("this server does not go by that name\n", status_code=421)
        origin = Headers(scope=scope).get("origin")
        if origin is not None and not self._is_ours(origin.removeprefix("http://")):
            # A page from elsewhere that asks for ours; only a name of ours may stand there.
            return PlainTextResponse("this server answers its own pages only\n", status_code=403)
        if scope["method"] not in {"GET", "HEAD"}:
            return PlainTextResponse("GET and HEAD only\n", 405, headers={"allow": "GET, HEAD"})
        if any(segment.startswith(".") for segment in re.split(r"[/\\]", scope["path"])):
            return PlainTextResponse("not found\n", status_code=404)
        return None

    def _is_ours(self, named: str) -> bool:
        found = re.fullmatch(
            r"(?P<name>\[[0-9a-f:.]+\]|[^:\[\]]+)(?::(?P<port>\d{1,5}))?", named.lower()
        )
        if found is None or int(found["port"] or 80) != self._port:
            return False
        return found["name"] in self._names or (self._any_address and _is_address(found["name"]))


def url_host(host: str) -> str:
    """Return a host as addresses spell it: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
