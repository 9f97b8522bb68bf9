import gzip
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from digestgen import ports
from digestgen.errors import ConfigError, OutputError, RemoteError, TooLargeError
from digestgen.net import Http, Limits
from tests.loopback import Answer, FakeTime, Server, drip, raw, reply, stall

Make = Callable[..., Http]
PLENTY = 1_000_000


@pytest.fixture
def fake_time() -> FakeTime:
    return FakeTime()


@pytest.fixture
def make(tmp_path: Path, fake_time: FakeTime) -> Iterator[Make]:
    """Makes clients whose pauses take no time."""
    made: list[Http] = []

    def new(limits: Limits | None = None) -> Http:
        http = Http(
            user_agent="digestgen/0 (+https://example.org)",
            intervals={},
            pace_folder=tmp_path / "pace",
            limits=limits,
            clock=fake_time.clock(),
        )
        made.append(http)
        return http

    yield new
    for http in made:
        http.close()


def get(http: ports.Http, url: str, *, max_bytes: int = PLENTY) -> bytes:
    return http.get(url, accept="application/atom+xml", max_bytes=max_bytes)


def once(**limits: float) -> Limits:
    """Limits for one try, so that what is wrong with it shows."""
    return Limits(tries=1, total=limits.get("total", 5.0), read=limits.get("read", 5.0))


def test_the_body_of_a_200_answer_comes_back_as_it_is(make: Make) -> None:
    with Server(reply(200, b"caf\xe9 \xff\x00")) as server:
        body = get(make(), server.url())

    assert body == b"caf\xe9 \xff\x00"


def test_a_request_says_who_asks_for_what(make: Make) -> None:
    with Server(reply(200)) as server:
        get(make(), server.url("/api?q=a+b%20c"))

    lines = server.requests[0].split("\r\n")
    assert lines[0] == "GET /api?q=a+b%20c HTTP/1.1"
    assert "User-Agent: digestgen/0 (+https://example.org)" in lines
    assert "Accept: application/atom+xml" in lines
    assert "Accept-Encoding: gzip, identity" in lines


@pytest.mark.parametrize("status", [201, 204, 206, 300, 304, 400, 401, 404, 406, 410, 501])
def test_an_answer_that_will_not_change_is_not_asked_for_again(make: Make, status: int) -> None:
    with (
        Server(reply(status, b"" if status in (204, 304) else b"why")) as server,
        pytest.raises(RemoteError, match=rf"^127\.0\.0\.1:\d+: answered {status}$") as caught,
    ):
        get(make(), server.url())

    assert caught.value.status == status
    assert len(server.requests) == 1


def test_the_answer_of_the_server_is_kept_in_the_error_up_to_64_kib(make: Make) -> None:
    with (
        Server(reply(400, b"<entry>" + b"x" * 100_000)) as server,
        pytest.raises(RemoteError) as caught,
    ):
        get(make(), server.url())

    assert caught.value.body.startswith(b"<entry>x")
    assert len(caught.value.body) == 64 * 1024


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 529])
def test_an_answer_that_may_pass_is_asked_for_again(
    make: Make, fake_time: FakeTime, status: int
) -> None:
    with Server(reply(status), reply(status), reply(200, b"good")) as server:
        body = get(make(), server.url())

    assert body == b"good"
    assert fake_time.slept == [1.0, 2.0]


def test_after_four_tries_the_last_answer_is_the_error(make: Make) -> None:
    with (
        Server(reply(503, b"busy")) as server,
        pytest.raises(RemoteError, match=r"answered 503 \(tries: 4\)$") as caught,
    ):
        get(make(), server.url())

    assert (caught.value.status, caught.value.body) == (503, b"busy")
    assert "--source sample" in caught.value.hint
    assert len(server.requests) == 4


@pytest.mark.parametrize("asked", ["7", "Tue, 14 Nov 2023 22:13:27 GMT"])
def test_a_pause_that_the_server_asks_for_is_kept(
    make: Make, fake_time: FakeTime, asked: str
) -> None:
    with Server(reply(429, b"", f"Retry-After: {asked}"), reply(200, b"good")) as server:
        body = get(make(), server.url())

    assert body == b"good"
    assert fake_time.slept == [7.0]


def test_a_server_that_asks_for_a_very_long_pause_is_left_alone(
    make: Make, fake_time: FakeTime
) -> None:
    with (
        Server(reply(503, b"", "Retry-After: 3600")) as server,
        pytest.raises(RemoteError, match="answered 503 and wants to be left alone for 3600 s") as e,
    ):
        get(make(), server.url())

    assert e.value.hint == "try again in 60 min"
    assert (len(server.requests), fake_time.slept) == (1, [])


def test_all_tries_together_have_a_bound(make: Make) -> None:
    with (
        Server(reply(503, b"", "Retry-After: 200")) as server,
        pytest.raises(RemoteError, match=r"\(tries: 3\)"),
    ):
        get(make(Limits(overall=500.0)), server.url())


def test_a_200_answer_that_is_none_really_is_asked_for_again(make: Make) -> None:
    def rate_limited(body: bytes) -> str | None:
        return "a rate-limit page" if b"Rate exceeded" in body else None

    with Server(reply(200, b"Rate exceeded."), reply(200, b"<feed/>")) as server:
        body = make().get(server.url(), accept="*/*", max_bytes=99, retry_if=rate_limited)

    assert body == b"<feed/>"


def test_a_200_answer_that_stays_none_is_an_error_with_its_reason(make: Make) -> None:
    with (
        Server(reply(200, b"Rate exceeded.")) as server,
        pytest.raises(RemoteError, match=r"^127.*: too fast \(tries: 4\)$") as caught,
    ):
        make().get(server.url(), accept="*/*", max_bytes=99, retry_if=lambda _: "too fast")

    assert (caught.value.status, caught.value.body) == (200, b"Rate exceeded.")


HEAD = b"HTTP/1.1 200 Said\r\n"
FAULTS = {
    "cut off": raw(HEAD + b"Content-Length: 99\r\n\r\nonly this"),
    "cut off between chunks": raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n4\r\nonly\r\n"),
    "cut off in gzip": reply(200, gzip.compress(b"long" * 99)[:-9], "Content-Encoding: gzip"),
    "damaged gzip": reply(200, b"no gzip at all", "Content-Encoding: gzip"),
    "more after gzip": reply(200, gzip.compress(b"a") + b"b", "Content-Encoding: gzip"),
    "no answer": raw(b""),
    "no http": raw(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_broken_answer_is_asked_for_again(make: Make, fault: Answer) -> None:
    with Server(fault, reply(200, b"good")) as server:
        body = get(make(), server.url())

    assert body == b"good"


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_an_answer_that_stays_broken_is_an_error_in_one_line(make: Make, fault: Answer) -> None:
    with (
        Server(fault) as server,
        pytest.raises(RemoteError, match=r"^127\.0\.0\.1:\d+: the answer broke off: [^\n]+$"),
    ):
        get(make(), server.url())


@pytest.mark.parametrize("before", [b"", HEAD, HEAD + b"Content-Length: 9\r\n\r\nabc"])
def test_a_silent_server_is_given_up(make: Make, before: bytes) -> None:
    with (
        Server(stall(before)) as server,
        pytest.raises(RemoteError, match=r"no answer in time"),
    ):
        get(make(once(read=0.2)), server.url())


@pytest.mark.parametrize(
    "before",
    [
        HEAD + b"X-Drip: ",
        HEAD + b"Content-Length: 999999\r\n\r\n",
        HEAD + b"Connection: close\r\n\r\n",
    ],
    ids=["headers", "body", "body without a length"],
)
def test_a_server_that_is_never_done_is_cut_off(make: Make, before: bytes) -> None:
    started = time.monotonic()
    with (
        Server(drip(before)) as server,
        pytest.raises(RemoteError, match=r"not done within 0\.3 s"),
    ):
        get(make(once(total=0.3)), server.url())

    assert time.monotonic() - started < 20  # seconds; the server would go on for ever


def test_a_download_cut_off_by_its_deadline_leaves_the_old_file(make: Make, tmp_path: Path) -> None:
    target = tmp_path / "paper.pdf"
    target.write_bytes(b"old")
    with (
        Server(drip(HEAD + b"Connection: close\r\n\r\n")) as server,
        pytest.raises(RemoteError, match="not done within"),
    ):
        make(once(total=0.2)).download(server.url(), target, accept="*/*", max_bytes=PLENTY)

    assert [path.name for path in tmp_path.iterdir()] == ["paper.pdf"]
    assert target.read_bytes() == b"old"


def test_where_nothing_listens_there_is_an_error_that_names_the_sample(make: Make) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    with pytest.raises(RemoteError, match=rf"^127\.0\.0\.1:{port}: no connection: ") as caught:
        get(make(), f"http://127.0.0.1:{port}/")

    assert "--source sample" in caught.value.hint
    assert caught.value.status is None


def test_an_answer_of_the_allowed_size_passes_and_one_byte_more_does_not(make: Make) -> None:
    with Server(reply(200, b"x" * 1000)) as server:
        assert len(get(make(), server.url(), max_bytes=1000)) == 1000
        with pytest.raises(TooLargeError, match="the answer is larger than 999 bytes"):
            get(make(), server.url(), max_bytes=999)

    assert len(server.requests) == 2


def test_what_is_small_packed_and_large_unpacked_does_not_pass(make: Make) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    with (
        Server(reply(200, bomb, "Content-Encoding: gzip")) as server,
        pytest.raises(RemoteError, match="the answer is larger than 1,000,000 bytes"),
    ):
        get(make(), server.url())


def test_a_packed_answer_is_unpacked(make: Make) -> None:
    text = bytes(range(256)) * 2000
    with Server(reply(200, gzip.compress(text), "Content-Encoding: GZIP")) as server:
        assert get(make(), server.url()) == text


def test_a_packing_that_was_not_asked_for_is_refused(make: Make) -> None:
    with (
        Server(reply(200, b"?", "Content-Encoding: br")) as server,
        pytest.raises(RemoteError, match="packed as 'br', which was not asked for"),
    ):
        get(make(), server.url())

    assert len(server.requests) == 1


def test_a_redirect_is_followed(make: Make) -> None:
    with Server(reply(301, b"", "Location: ../abs/2"), reply(200, b"there")) as server:
        body = get(make(), server.url("/abs/1"))

    assert (body, server.paths) == (b"there", ["/abs/1", "/abs/2"])


def test_a_redirect_to_nowhere_is_an_error(make: Make) -> None:
    with Server(reply(302)) as server, pytest.raises(RemoteError, match=r"answered 302$"):
        get(make(), server.url())


def test_a_circle_of_redirects_ends(make: Make) -> None:
    with (
        Server(reply(302, b"", "Location: /again")) as server,
        pytest.raises(RemoteError, match="redirects more than 5 times"),
    ):
        get(make(), server.url())

    assert len(server.requests) == 6


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "http://example.org/", "ftp://a/", "https://a:99999/"]
)
def test_a_redirect_to_a_place_we_do_not_go_is_refused(make: Make, location: str) -> None:
    with (
        Server(reply(302, b"", f"Location: {location}")) as server,
        pytest.raises(RemoteError, match=r"^127.*: redirects to '.*', which is "),
    ):
        get(make(), server.url())

    assert len(server.requests) == 1


def test_an_address_without_encryption_is_a_wrong_setting(make: Make) -> None:
    with pytest.raises(ConfigError, match="plain http is accepted for this machine only"):
        get(make(), "http://export.arxiv.org/api/query")


def test_this_machine_is_asked_directly_whatever_the_proxy(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    for variable in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(variable, raising=False)
    with Server(reply(200, b"direct")) as server:
        assert get(make(), server.url()) == b"direct"


def test_other_hosts_are_asked_through_the_proxy(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(variable, raising=False)
    with Server(reply(403)) as proxy:
        for variable in ("HTTPS_PROXY", "https_proxy"):
            monkeypatch.setenv(variable, proxy.url())
        with pytest.raises(RemoteError, match=r"^export\.arxiv\.org: no connection through the"):
            get(make(once()), "https://export.arxiv.org/api/query")

    assert proxy.requests[0].startswith("CONNECT export.arxiv.org:443 ")


def test_a_proxy_setting_that_is_nonsense_is_a_wrong_setting(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(variable, "gopher://127.0.0.1:9")
    with pytest.raises(ConfigError, match="the environment's proxy or certificates") as caught:
        get(make(), "https://export.arxiv.org/api/query")

    assert "HTTPS_PROXY" in caught.value.hint


def test_a_download_is_a_file_with_the_body(make: Make, tmp_path: Path) -> None:
    target = tmp_path / "new" / "paper.pdf"
    with Server(reply(503), reply(200, gzip.compress(b"%PDF"), "Content-Encoding: gzip")) as server:
        make().download(server.url(), target, accept="application/pdf", max_bytes=PLENTY)

    assert target.read_bytes() == b"%PDF"
    assert [path.name for path in target.parent.iterdir()] == ["paper.pdf"]


def test_a_failed_download_leaves_the_old_file(make: Make, tmp_path: Path) -> None:
    target = tmp_path / "paper.pdf"
    target.write_bytes(b"old")
    with (
        Server(FAULTS["cut off"]) as server,
        pytest.raises(RemoteError, match="the answer broke off"),
    ):
        make().download(server.url(), target, accept="*/*", max_bytes=PLENTY)

    assert [path.name for path in tmp_path.iterdir()] == ["paper.pdf"]
    assert target.read_bytes() == b"old"


def test_a_download_that_cannot_be_written_is_not_tried_again(make: Make, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with Server(reply(200, b"%PDF")) as server, pytest.raises(OutputError, match="file"):
        make().download(server.url(), tmp_path / "file" / "x", accept="*/*", max_bytes=PLENTY)

    assert len(server.requests) == 1
