"""This module opens pages in a headless Chromium and tells what happened there."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.hexo import npm

HERE = Path(__file__).parent
NAMES = ("chromium", "chromium-browser", "google-chrome")
AROUND = 60  # seconds that a busy machine may take to start and to close a browser


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A page as a reader's browser saw it.

    ``requests`` are the addresses it asked for, in order, also those that were refused because
    they lie beyond this machine. ``dialogs`` are what its scripts asked or told the reader.
    ``result`` is what the visit's script returned, as JSON.
    """

    status: int
    text: str
    console_errors: tuple[str, ...]
    csp_violations: tuple[str, ...]
    requests: tuple[str, ...]
    dialogs: tuple[str, ...]
    scroll_width: int
    client_width: int
    result: object

    @property
    def overflows(self) -> bool:
        """Whether the page is wider than the window."""
        return self.scroll_width > self.client_width

    def foreign(self, base: str) -> tuple[str, ...]:
        """Return the requests that left ``base``, the address of the site."""
        return tuple(url for url in self.requests if not url.startswith((base, "data:")))


@dataclass(frozen=True, slots=True)
class Chromium:
    """A Chromium on this machine and the packages that drive it."""

    executable: Path
    modules: Path

    def visit(
        self,
        url: str,
        *,
        width: int = 1280,
        height: int = 900,
        screenshot: Path | None = None,
        script: str | None = None,
        seconds: float = 30,
    ) -> Visit:
        """Open a page in a fresh browser and return what was seen once it has loaded.

        ``script`` is an expression that the page evaluates then; a promise is awaited.
        ``screenshot`` becomes a PNG of the window after that.

        Raises:
            RuntimeError: the page did not load; the script failed or took more than ``seconds``.
        """
        request = {
            "executable": str(self.executable),
            "url": url,
            "width": width,
            "height": height,
            "screenshot": str(screenshot) if screenshot else None,
            "script": script,
            "seconds": seconds,
        }
        answer = npm.run(HERE / "drive.js", request, modules=self.modules, seconds=seconds + AROUND)
        return Visit(
            status=answer["status"],
            text=answer["text"],
            console_errors=tuple(answer["console_errors"]),
            csp_violations=tuple(answer["csp_violations"]),
            requests=tuple(answer["requests"]),
            dialogs=tuple(answer["dialogs"]),
            scroll_width=answer["scroll_width"],
            client_width=answer["client_width"],
            result=answer["result"],
        )


def install() -> Chromium:
    """Return the system's Chromium; what drives it is installed on the first call.

    Raises:
        Unavailable: there is no Chromium, or no Node to drive it.
    """
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise npm.Unavailable(f"none of {', '.join(NAMES)} is on the PATH")
    return Chromium(Path(found), npm.install(HERE))
