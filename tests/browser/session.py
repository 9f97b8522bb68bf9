"""This module keeps one headless Chromium for many pages, and acts in them as a reader would."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tests.browser.chromium import HERE, Chromium
from tests.hexo import npm

Scheme = Literal["light", "dark"]
# Where a finger is laid on a page, and where it is lifted.
Way = tuple[tuple[float, float], tuple[float, float]]
_MIDDLE = """(element => {{
  element.scrollIntoView({{ block: "nearest", behavior: "instant" }});
  const {{ left, top, width, height }} = element.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}})(document.querySelectorAll({0})[{1}])"""
# The rules that the Web Content Accessibility Guidelines 2.2 have at the levels A and AA.
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a page did since it was opened: everything in order, over all addresses."""

    url: str
    errors: tuple[str, ...]
    violations: tuple[str, ...]
    requests: tuple[str, ...]
    dialogs: tuple[str, ...]

    def foreign(self, base: str) -> tuple[str, ...]:
        """Return the requests that left ``base``, the address of the site."""
        return tuple(url for url in self.requests if not url.startswith((base, "data:", "blob:")))


class Browser:
    """A Chromium that runs."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    @contextmanager
    def page(
        self,
        url: str = "",
        *,
        width: int = 1280,
        height: int = 900,
        scheme: Scheme = "light",
        scripts: bool = True,
        calm: bool = True,
        touch: bool = False,
    ) -> Iterator["Page"]:
        """Lend a page; ``calm`` is a reader who wants no motion, ``touch`` one with a telephone."""
        wishes = {"scheme": scheme, "scripts": scripts, "calm": calm, "touch": touch}
        number = self.ask("open", url=url, width=width, height=height, **wishes)
        try:
            yield Page(self, number)
        finally:
            self.ask("close", page=number)

    def ask(self, command: str, **request: object) -> Any:
        """Return the answer to a command.

        Raises:
            RuntimeError: the browser could not do it.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": command, **request}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{command}: the browser is gone")
        answer = json.loads(line)
        if "error" in answer:
            raise RuntimeError(f"{command}: {answer['error']}")
        return answer["result"]


class Page:
    """A page in the browser."""

    def __init__(self, browser: Browser, number: int) -> None:
        self._browser = browser
        self._number = number

    def go(self, url: str) -> None:
        """Open an address."""
        self._ask("go", url=url)

    def script(self, code: str) -> Any:
        """Return what an expression is in the page, a promise awaited."""
        return self._ask("script", code=code)

    def wait(self, code: str) -> None:
        """Wait until an expression is true, ten seconds at most."""
        self._ask("wait", code=code)

    def press(self, *keys: str) -> None:
        """Press keys, one after another."""
        self._ask("press", keys=keys)

    def click(self, selector: str, nth: int = 0) -> None:
        """Click on an element, as soon as a reader could."""
        self._ask("click", selector=selector, nth=nth)

    def tap(self, selector: str, *, nth: int = 0, times: int = 1) -> None:
        """Tap on the middle of an element, once it is in sight."""
        point = self.script(_MIDDLE.format(json.dumps(selector), nth))
        self._ask("tap", point=point, times=times)

    def touch(self, *ways: Way) -> None:
        """Lay fingers on the page, move them together, each its way, and lift them."""
        self._ask("touch", ways=ways)

    def type(self, text: str) -> None:
        """Write a text where the cursor is."""
        self._ask("type", text=text)

    def resize(self, width: int, height: int = 900) -> None:
        """Give the window another size."""
        self._ask("size", width=width, height=height)

    def prefer(self, scheme: Scheme) -> None:
        """Let the system prefer light or dark."""
        self._ask("scheme", scheme=scheme)

    def lay_out_for(self, media: Literal["print", "screen"]) -> None:
        """Show the page as it would be printed, or as it is seen."""
        self._ask("media", media=media)

    def barriers(self) -> list[str]:
        """Return what breaks a rule of the WCAG 2.2, levels A and AA, as axe-core sees it."""
        found = self._ask("axe", tags=WCAG)
        assert found["passes"] > 0, "axe-core looked at nothing"
        return list(found["violations"])

    def screenshot(self, path: Path) -> None:
        """Write a PNG of the window."""
        self._ask("shot", path=str(path))

    def seen(self) -> Seen:
        """Return what the page did so far."""
        found = self._ask("seen")
        lists = {name: tuple(value) for name, value in found.items() if name != "url"}
        return Seen(url=found["url"], **lists)

    def _ask(self, command: str, **request: object) -> Any:
        return self._browser.ask(command, page=self._number, **request)


@contextmanager
def running(chromium: Chromium) -> Iterator[Browser]:
    """Lend a browser; it and its children end with the block."""
    program = npm.node()
    assert program is not None, "packages were installed, so Node is here"
    process = subprocess.Popen(
        [program, HERE / "session.js"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "NODE_PATH": str(chromium.modules)},
        start_new_session=True,
    )
    browser = Browser(process)
    try:
        browser.ask("start", executable=str(chromium.executable))
        yield browser
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
