"""The live preview as a process of its own, asked over its socket."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from digestgen.errors import ConfigError
from digestgen.site import Builder, Shop, SiteSettings
from digestgen.site.labels import LABELS
from digestgen.site.preview import EVENTS, SCRIPT, Shown
from digestgen.site.server import serve
from digestgen.templating import Templates
from tests.browser.session import Browser

PATIENCE = 20
GOOD = "---\ntitle: Noise\ndate: 2024-09-24\n---\n\n# Fresh\n"
# A headless browser shows all its tabs.
SHOW = (
    "void (Object.defineProperty(document, 'hidden', {{value: {hidden}, configurable: true}}),"
    "document.dispatchEvent(new Event('visibilitychange')))"
)
BAD = "---\ntitle: [\n---\n"
PROGRAM = """
import sys
from pathlib import Path

from digestgen.site import Builder, Shop, SiteSettings
from digestgen.site.preview import Shown
from digestgen.site.server import serve
from digestgen.templating import Templates

posts, site_dir, host = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
templates = posts.parent / "templates"
settings = SiteSettings(title="Digests", url="https://you.github.io/papers")
shop = Shop(content=posts, templates=Templates(templates), settings=settings)


def ready(address):
    print(address, flush=True)


def trouble(text):
    print(text, file=sys.stderr, flush=True)


class Faulty(Builder):
    def build(self):
        if (posts / "posts" / "bug.md").exists():
            raise ZeroDivisionError("<a bug>")
        return super().build()


try:
    serve(
        Faulty(shop, site_dir),
        Shown(folder=site_dir, watch=(posts, templates), lang="zh"),
        host=host,
        port=0,
        on_ready=ready,
        on_trouble=trouble,
    )
except KeyboardInterrupt:
    sys.exit(130)
"""


@dataclass(frozen=True)
class Preview:
    """A running server, the folder of its posts and that of its pages."""

    process: subprocess.Popen[str]
    posts: Path
    pages: Path
    port: int

    def ask(
        self, path: str, *, method: str = "GET", headers: Mapping[str, str] | None = None
    ) -> tuple[HTTPResponse, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, headers=dict(headers or {}))
            answer = connection.getresponse()
            return answer, answer.read().decode()
        finally:
            connection.close()

    def status(self, path: str, *, method: str = "GET", **headers: str) -> int:
        return self.ask(path, method=method, headers=headers)[0].status

    def save(self, text: str) -> None:
        (self.posts / "2024-09-24-noise.md").write_text(text, encoding="utf-8")


def start(folder: Path, host: str = "127.0.0.1") -> Preview:
    posts = folder / "content" / "posts"
    posts.mkdir(parents=True)
    pages = folder / "site"
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(posts.parent), str(pages), host],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    watchdog = threading.Timer(PATIENCE, process.kill)
    watchdog.start()
    assert process.stdout is not None
    address = process.stdout.readline()
    watchdog.cancel()
    assert address.startswith("http://127.0.0.1:"), stop(process)
    return Preview(process, posts, pages, int(address.rstrip("/\n").rpartition(":")[2]))


def stop(process: subprocess.Popen[str]) -> str:
    """End a server, whatever state it is in; return what it complained of."""
    process.kill()
    return process.communicate(timeout=PATIENCE)[1]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """One server for the tests that change nothing."""
    preview = start(tmp_path_factory.mktemp("preview"))
    yield preview
    stop(preview.process)


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Preview]:
    """A server for one test."""
    preview = start(tmp_path)
    yield preview
    stop(preview.process)


def until(so: Callable[[], bool]) -> None:
    """Wait until something is so; a minute is a failure."""
    end = time.monotonic() + 3 * PATIENCE
    while not so():
        assert time.monotonic() < end
        time.sleep(0.05)


@dataclass(frozen=True)
class Events:
    """An open event stream; waiting for an event is bounded by the socket's timeout."""

    connection: HTTPConnection
    stream: HTTPResponse

    def next(self) -> str:
        while (line := self.stream.readline().decode()) and not line.startswith("data: "):
            pass
        return line.removeprefix("data: ").strip()


def events(preview: Preview) -> Events:
    connection = HTTPConnection("127.0.0.1", preview.port, timeout=PATIENCE)
    connection.request("GET", EVENTS)
    return Events(connection, connection.getresponse())


def test_pages_come_with_the_script_and_headers_that_forbid_the_rest(running: Preview) -> None:
    answer, page = running.ask("/")

    assert answer.status == 200
    assert f'<script src="{SCRIPT}" data-version="' in page
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"


def test_files_come_as_they_are_on_disk(running: Preview) -> None:
    answer, css = running.ask("/static/page.css")

    assert answer.headers["content-type"].startswith("text/css")
    assert css == (running.pages / "static" / "page.css").read_text(encoding="utf-8")


def test_a_page_of_somebody_else_comes_as_it_is_and_follows_too(running: Preview) -> None:
    mine = b"<!doctype html><meta charset=latin-1><p>caf\xe9"
    (running.pages / "mine.html").write_bytes(mine)
    connection = HTTPConnection("127.0.0.1", running.port, timeout=PATIENCE)
    connection.request("GET", "/mine.html")
    answer = connection.getresponse()
    page = answer.read()
    connection.close()

    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html"
    assert page.startswith(mine + b'<script src="')
    assert running.ask("/")[0].headers["content-type"] == "text/html; charset=utf-8"


def test_a_page_that_is_not_there_is_404_with_a_way_home(running: Preview) -> None:
    answer, page = running.ask("/nothing/here")

    assert answer.status == 404
    assert 'href="/papers/index.html"' in page


def test_all_that_the_page_of_what_is_missing_asks_for_is_there(running: Preview) -> None:
    _, page = running.ask("/papers/nothing/here")
    wanted = re.findall(r' (?:href|src)="(/papers/[^"#]*)', page)

    assert {Path(path).suffix for path in wanted} >= {".css", ".html", ".js", ".svg", ".xml"}
    assert {path: running.status(path) for path in wanted} == dict.fromkeys(wanted, 200)
    assert running.status("/papers/") == 200
    assert running.status("/papers/../papers/posts/../../secret.txt") == 404


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]", "LOCALHOST"])
def test_it_answers_to_the_names_of_this_machine(running: Preview, name: str) -> None:
    assert running.status("/", Host=f"{name}:{running.port}") == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost.evil.example:{port}",
        "127.0.0.1:{port}:{port}",
        "192.168.1.1:{port}",
        "",
    ],
)
def test_it_answers_to_no_other_name(running: Preview, host: str) -> None:
    for path in ("/", EVENTS, SCRIPT):
        assert running.status(path, Host=host.format(port=running.port)) == 421


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "http://evil.example:{port}",
        "https://127.0.0.1:{port}",
        "http://127.0.0.1:1",
        "http://127.0.0.1",
        "http://http://127.0.0.1:{port}",
        "null",
        "",
    ],
)
def test_pages_from_elsewhere_get_no_answer(running: Preview, origin: str) -> None:
    for path in ("/", EVENTS, SCRIPT, "/static/site.js"):
        assert running.status(path, Origin=origin.format(port=running.port)) == 403


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]"])
def test_its_own_pages_get_an_answer(running: Preview, name: str) -> None:
    assert running.status("/static/site.js", Origin=f"http://{name}:{running.port}") == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_only_reading_is_allowed(running: Preview, method: str) -> None:
    answer, _ = running.ask("/", method=method)

    assert answer.status == 405
    assert answer.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", ["/", "/static/page.css", SCRIPT, EVENTS])
def test_head_gives_headers_only(running: Preview, path: str) -> None:
    answer, body = running.ask(path, method="HEAD")

    assert (answer.status, body) == (200, "")


@pytest.mark.parametrize(
    "path",
    [
        "/../content/posts",
        "/..%2f..%2f..%2fetc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/static/..%5c..%5csecret.txt",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/.digestgen-site.json",
        "/%2edigestgen-site.json",
        "/.hidden/a.txt",
        "/a%00b",
        "/" + "a" * 5000,
        "/link/secret.txt",
        "/link.txt",
    ],
)
def test_nothing_hidden_or_outside_is_served(running: Preview, path: str) -> None:
    outside = running.pages.parent / "secret.txt"
    outside.write_text("a secret", encoding="utf-8")
    hidden = running.pages / ".hidden"
    hidden.mkdir(exist_ok=True)
    (hidden / "a.txt").write_text("a secret", encoding="utf-8")
    for link, target in (("link", running.pages.parent), ("link.txt", outside)):
        if not (running.pages / link).is_symlink():
            (running.pages / link).symlink_to(target)

    answer, text = running.ask(path)

    assert answer.status == 404
    assert "a secret" not in text


def test_a_save_builds_again_and_tells_the_browsers(fresh: Preview) -> None:
    stream = events(fresh)
    before = stream.next()
    fresh.save(GOOD)
    after = stream.next()

    assert before != after
    assert f'data-version="{after}"' in fresh.ask("/posts/2024-09-24-noise/index.html")[1]
    stream.connection.close()


def test_what_changes_no_page_reloads_none(fresh: Preview) -> None:
    stream = events(fresh)
    before = stream.next()
    fresh.save(GOOD)
    saved = stream.next()
    (fresh.posts / "unrelated.txt").write_text("x")
    time.sleep(1)  # longer than the watch waits for more
    fresh.save(GOOD)
    time.sleep(1)
    fresh.save(GOOD.replace("Noise", "Sound"))
    after = stream.next()

    assert len({before, saved, after}) == 3
    assert [int(version.rpartition("-")[2]) for version in (saved, after)] == [2, 3]
    stream.connection.close()


def test_what_another_run_built_reloads_pages(fresh: Preview) -> None:
    stream = events(fresh)
    before = stream.next()
    elsewhere = fresh.pages.parent / "elsewhere"
    (elsewhere / "posts").mkdir(parents=True)
    (elsewhere / "posts" / "2024-09-24-noise.md").write_text(GOOD, encoding="utf-8")
    settings = SiteSettings(title="Digests", url="https://you.github.io/papers")
    shop = Shop(content=elsewhere, templates=Templates(), settings=settings)
    Builder(shop, fresh.pages).build()
    fresh.save(GOOD)  # which is built already

    assert stream.next() != before
    assert "Noise" in fresh.ask("/")[1]
    stream.connection.close()


def test_a_post_that_cannot_be_read_is_named_with_its_line_until_it_is_mended(
    fresh: Preview,
) -> None:
    for name in ("papers/2401.00001", "mine.v2"):
        (fresh.pages / name).mkdir(parents=True)
        (fresh.pages / name / "index.html").write_text("old")
    stream = events(fresh)
    stream.next()
    fresh.save(BAD)
    stream.next()
    answer, page = fresh.ask("/")

    assert answer.status == 500
    assert "2024-09-24-noise.md:3: front matter cannot be read" in page
    assert '<html lang="zh-Hans">' in page
    assert LABELS["zh"].problem_title in page
    assert LABELS["zh"].problem_text in page
    assert SCRIPT in page
    assert fresh.status("/static/page.css") == 200
    assert fresh.status("/feed.xml") == 200
    for path in ("/papers/2401.00001/", "/papers/2401.00001", "/mine.v2/", "/new.v2/"):
        assert (path, fresh.status(path)) == (path, 500)

    fresh.save(GOOD)
    stream.next()

    assert "Noise" in fresh.ask("/")[1]
    stream.connection.close()


def test_a_cause_that_is_gone_without_a_save_is_gone_when_the_page_is_loaded_again(
    fresh: Preview,
) -> None:
    obstacle = fresh.pages / "posts"
    obstacle.write_text("by somebody else")
    stream = events(fresh)
    stream.next()
    fresh.save(GOOD)
    stream.next()

    answer, page = fresh.ask("/")
    assert answer.status == 500
    assert str(obstacle) in page

    obstacle.unlink()
    until(lambda: "Noise" in fresh.ask("/")[1])

    assert stream.next() in fresh.ask("/")[1]
    stream.connection.close()


def test_a_bug_is_shown_and_told_and_ends_with_what_caused_it(fresh: Preview) -> None:
    stream = events(fresh)
    stream.next()
    cause = fresh.posts / "bug.md"
    cause.write_text(GOOD, encoding="utf-8")
    stream.next()
    answer, page = fresh.ask("/")

    assert answer.status == 500
    assert "ZeroDivisionError: &lt;a bug&gt;" in page
    assert "this is a bug in digestgen" in page

    cause.unlink()
    stream.next()

    assert fresh.status("/") == 200
    stream.connection.close()
    told = stop(fresh.process)
    assert "Traceback" in told
    assert "this is a bug in digestgen" in told


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are text")
def test_a_name_that_is_no_text_ends_nothing(fresh: Preview) -> None:
    name = os.fsencode(fresh.posts) + b"/2024-09-25-\xff.txt"
    Path(os.fsdecode(name)).write_bytes(b"x")
    stream = events(fresh)
    before = stream.next()
    fresh.save(GOOD)
    until(lambda: "Noise" in fresh.ask("/")[1])

    stream.connection.close()
    fresh.save(GOOD.replace("Noise", "Sound"))
    until(lambda: "Sound" in fresh.ask("/")[1])
    assert before not in fresh.ask("/")[1]
    assert "the watch for changes failed" in stop(fresh.process)


def test_templates_that_come_later_are_seen(fresh: Preview) -> None:
    mine = fresh.pages.parent / "templates" / "site" / "home.html.j2"
    mine.parent.mkdir(parents=True)
    mine.write_text("<body>one</body>")
    until(lambda: "one" in fresh.ask("/")[1])
    mine.write_text("<body>two</body>")

    until(lambda: "two" in fresh.ask("/")[1])


@pytest.mark.skipif(os.name != "posix", reason="links need a right elsewhere")
def test_templates_behind_a_link_are_seen(fresh: Preview) -> None:
    theme, templates = fresh.pages.parent / "theme", fresh.pages.parent / "templates"
    theme.mkdir()
    templates.mkdir()
    (theme / "home.html.j2").write_text("<body>one</body>")
    time.sleep(1)  # in which the watch of the new folder begins
    (templates / "site").symlink_to(theme)
    (theme / "back").symlink_to(templates)
    until(lambda: "one" in fresh.ask("/")[1])
    (theme / "home.html.j2").write_text("<body>two</body>")

    until(lambda: "two" in fresh.ask("/")[1])


def test_a_folder_that_was_replaced_is_watched(fresh: Preview) -> None:
    fresh.posts.parent.rename(fresh.pages.parent / "before")
    fresh.posts.mkdir(parents=True)
    fresh.save(GOOD)
    until(lambda: "Noise" in fresh.ask("/")[1])
    fresh.save(GOOD.replace("Noise", "Sound"))

    until(lambda: "Sound" in fresh.ask("/")[1])


@pytest.mark.parametrize("name", [".venv", ".git", "node_modules"])
def test_a_project_may_lie_anywhere(tmp_path: Path, name: str) -> None:
    preview = start(tmp_path / name)
    try:
        preview.save(GOOD)
        until(lambda: "Noise" in preview.ask("/")[1])
    finally:
        stop(preview.process)


def test_what_somebody_deleted_from_the_site_is_there_again_when_it_is_asked_for(
    fresh: Preview,
) -> None:
    stream = events(fresh)
    stream.next()
    fresh.save(GOOD)
    stream.next()
    paths = (
        "/", "/posts/2024-09-24-noise/index.html", "/posts/2024-09-24-noise/", "/archive/2024/09/",
        "/static/page.css", "/feed.json",
    )  # fmt: skip
    before = {path: fresh.ask(path)[1] for path in paths}
    (fresh.pages / "404.html").unlink()
    assert fresh.ask("/nothing")[0].status == 404
    assert (fresh.pages / "404.html").exists()
    for path in paths:
        for name in ("index.html", "posts", "archive", "static", "feed.json"):
            lost = fresh.pages / name
            shutil.rmtree(lost) if lost.is_dir() else lost.unlink()
        answer, text = fresh.ask(path)
        assert (path, answer.status, text) == (path, 200, before[path])
    shutil.rmtree(fresh.pages)

    assert fresh.ask("/")[1] == before["/"]
    assert fresh.ask("/archive/")[0].status == 200
    stream.connection.close()


def test_a_template_that_cannot_be_filled_is_named_with_its_line_until_it_is_mended(
    fresh: Preview,
) -> None:
    mine = fresh.pages.parent / "templates" / "site" / "home.html.j2"
    mine.parent.mkdir(parents=True)
    stream = events(fresh)
    stream.next()
    mine.write_text("<p>fine</p>\n{% for x in %}\n")
    stream.next()
    answer, page = fresh.ask("/")

    assert answer.status == 500
    assert "home.html.j2:2: " in page

    mine.write_text("<body>mended</body>")
    stream.next()

    assert "mended" in fresh.ask("/")[1]
    stream.connection.close()


@pytest.mark.parametrize("stop_signal", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_at_once_although_browsers_listen(
    fresh: Preview, stop_signal: signal.Signals
) -> None:
    streams = [events(fresh) for _ in range(3)]
    for stream in streams:
        stream.next()
    fresh.process.send_signal(stop_signal)
    _, complaints = fresh.process.communicate(timeout=PATIENCE)

    assert fresh.process.returncode == (130 if stop_signal == signal.SIGINT else -stop_signal)
    assert complaints == ""
    for stream in streams:
        assert stream.next() == ""
        stream.connection.close()


def test_bound_to_every_address_it_answers_to_addresses_but_not_to_names(tmp_path: Path) -> None:
    preview = start(tmp_path, host="0.0.0.0")
    try:
        assert preview.status("/", Host=f"192.168.1.1:{preview.port}") == 200
        assert preview.status("/", Host=f"evil.example:{preview.port}") == 421
    finally:
        stop(preview.process)


def serve_nothing(host: str, port: int, folder: Path) -> None:
    shop = Shop(content=folder, templates=Templates(), settings=SiteSettings(title="Digests"))
    serve(
        Builder(shop, folder),
        Shown(folder=folder, watch=(), lang="en"),
        host=host,
        port=port,
        on_ready=print,
        on_trouble=print,
    )


def test_a_taken_port_is_reported_with_the_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=f"127.0.0.1:{port}: cannot serve there") as caught:
            serve_nothing("127.0.0.1", port, tmp_path)

    assert "--port" in caught.value.hint


@pytest.mark.parametrize(
    ("host", "port"), [("127.0.0.1", 70000), ("127.0.0.1", -1), ("192.0.2.1", 0), ("::x", 0)]
)
def test_an_address_that_cannot_be_had_is_a_wrong_setting(
    tmp_path: Path, host: str, port: int
) -> None:
    with pytest.raises(ConfigError, match=f"{port}: "):
        serve_nothing(host, port, tmp_path)


@pytest.mark.browser
def test_a_tab_that_nobody_sees_holds_no_connection_and_follows_when_it_is_seen(
    fresh: Preview, browser: Browser
) -> None:
    with browser.page(f"http://127.0.0.1:{fresh.port}/") as page:
        page.script(SHOW.format(hidden="true"))
        fresh.save(GOOD)
        until(lambda: "Noise" in fresh.ask("/")[1])
        time.sleep(0.5)  # in which a tab that listened would have the new page

        assert "Noise" not in page.script("document.body.textContent")

        page.script(SHOW.format(hidden="false"))
        page.wait("document.body?.textContent.includes('Noise')")
        fresh.save(GOOD.replace("Noise", "Sound"))
        page.wait("document.body?.textContent.includes('Sound')")
