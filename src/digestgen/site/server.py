"""This module serves the site while its posts are written: it builds, watches and builds again.

It brings a web server along; import it only in order to serve.
"""

import asyncio
import socket
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import uvicorn
from starlette.types import ASGIApp

from digestgen.errors import BUG_NOTICE, ConfigError, DigestgenError, OutputError
from digestgen.site.building import stamp
from digestgen.site.preview import Live, Shown, preview, url_host
from digestgen.site.watching import changes

_GRACE = 2  # seconds until a browser that does not let go is cut off
_PAUSE = 1.0  # seconds between two builds that the same problem may stop
_LAST_PORT = 65535
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # where to look, not to bind


class Works(Protocol):
    """What makes the site."""

    def build(self) -> object:
        """Make the site as its posts are now."""
        ...

    def missed(self, path: str) -> bool:
        """Tell whether a file that is not there is one that the next build makes."""
        ...


def serve(
    works: Works,
    shown: Shown,
    *,
    host: str,
    port: int,
    on_ready: Callable[[str], None],
    on_trouble: Callable[[str], None],
) -> None:
    """Show a site until interrupted, built again whenever something it is made of changes.

    What stops a build is shown in the browser instead of the pages, and a bug on stderr too.
    ``on_ready`` gets the address once the first build is done; ``port`` 0 takes a free one.
    ``on_trouble`` gets what the person at the terminal has to know; the server goes on.

    Raises:
        ConfigError: the host or the port cannot be had.
        KeyboardInterrupt: a person stopped it; every connection has been closed.
    """
    with _listen(host, port) as listener:
        port = listener.getsockname()[1]
        address = f"http://{url_host(_EVERYWHERE.get(host, host))}:{port}/"
        live = Live()

        async def run() -> None:
            builds = _Builds(works, shown.folder, live, on_trouble)
            async with asyncio.TaskGroup() as tasks:
                watching = tasks.create_task(_watch(shown.watch, builds, on_trouble))
                await asyncio.sleep(0)  # lets the watch begin: no save after this line is missed
                await builds.build()
                on_ready(address)
                app = preview(shown, live, builds, host=host, port=port)
                await _Server(app, live).serve(sockets=[listener])
                watching.cancel()

        asyncio.run(run())


class _Server(uvicorn.Server):
    """A server whose event streams end with it, instead of holding it back."""

    def __init__(self, app: ASGIApp, live: Live) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                access_log=False,
                http="h11",
                lifespan="off",
                log_config=None,
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=_GRACE,
                ws="none",
            )
        )
        self._live = live

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """See ``uvicorn.Server``."""
        self._live.end()
        await super().shutdown(sockets)


class _Builds:
    """The builds of a site, one after another."""

    def __init__(
        self, works: Works, folder: Path, live: Live, on_trouble: Callable[[str], None]
    ) -> None:
        self._works = works
        self._folder = folder
        self._live = live
        self._on_trouble = on_trouble
        self._turn = asyncio.Lock()
        self._built_at = 0.0
        self._shown: tuple[int, ...] = ()

    async def build(self) -> None:
        """Build, and tell the browsers what came of it."""
        async with self._turn:
            self._announce(await self._problem())

    async def again(self) -> DigestgenError | None:
        """Build again if a problem stands, but not more often than once a second."""
        async with self._turn:
            if self._live.problem and time.monotonic() - self._built_at >= _PAUSE:
                self._announce(await self._problem())
            return self._live.problem

    async def restore(self, path: str) -> bool:
        """Build again if a file is missing that a build makes; tell whether it is one."""
        async with self._turn:
            if not await asyncio.to_thread(self._works.missed, path):
                return False
            problem = await self._problem()
            if problem:
                self._announce(problem)
            self._shown = stamp(self._folder)  # for who asked; the other pages are as they were
            return not problem

    def _announce(self, problem: DigestgenError | None) -> None:
        """Tell the browsers what came of a build, unless it is what they show."""
        now = stamp(self._folder)
        if now != self._shown or _words(problem) != _words(self._live.problem):
            self._live.announce(problem)
        self._shown = now

    async def _problem(self) -> DigestgenError | None:
        """Build, and return what stopped it, if something did."""
        try:
            # In a thread, so that the browsers have the old pages meanwhile.
            await asyncio.to_thread(self._works.build)
        except DigestgenError as problem:
            return problem
        except OSError as error:  # of the system, such as a full disk; no bug of ours
            return OutputError(str(error), hint="make room or give permission there")
        except Exception as error:  # noqa: BLE001  # a bug costs one build, and not the server
            bug = DigestgenError(f"{type(error).__name__}: {error}", hint=BUG_NOTICE)
            if _words(bug) != _words(self._live.problem):
                traceback.print_exc()
                self._on_trouble(BUG_NOTICE)
            return bug
        finally:
            self._built_at = time.monotonic()
        return None


def _words(problem: DigestgenError | None) -> tuple[str, ...]:
    return (problem.message, problem.hint) if problem else ()


async def _watch(
    folders: tuple[Path, ...], builds: _Builds, on_trouble: Callable[[str], None]
) -> None:
    async for _ in changes(folders, on_trouble):
        await builds.build()


def _listen(host: str, port: int) -> socket.socket:
    place = f"{url_host(host)}:{port}"
    hint = "choose another port with --port N, or 0 for any free one"
    if not 0 <= port <= _LAST_PORT:
        raise ConfigError(f"{place}: ports go from 0 to {_LAST_PORT}", hint=hint)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ConfigError(f"{place}: cannot serve there: {reason}", hint=hint) from error
