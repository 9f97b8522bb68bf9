"""What is posted comes through once, in its turn, within its limits, and to one server alone."""

import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from digestgen.errors import ConfigError, RemoteError, StoppedError
from digestgen.net import Http, Limits, Quota, Stop, pace_group
from digestgen.net.failures import PassingError
from digestgen.net.quota import Gate
from digestgen.ports import Charge
from tests.loopback import FakeTime, Server, drip, reply, stall

Make = Callable[..., Http]


@pytest.fixture
def fake_time() -> FakeTime:
    return FakeTime()


@pytest.fixture
def make(tmp_path: Path, fake_time: FakeTime) -> Iterator[Make]:
    """Makes clients whose pauses take no time."""
    made: list[Http] = []

    def new(**options: object) -> Http:
        http = Http(
            user_agent="digestgen/0",
            intervals={},
            pace_folder=tmp_path / "pace",
            clock=fake_time.clock(),
            **options,  # type: ignore[arg-type]  # a test names real options
        )
        made.append(http)
        return http

    yield new
    for http in made:
        http.close()


def post(
    http: Http,
    url: str,
    *,
    seconds: float = 5,
    most: int = 999,
    before: Callable[[], None] = lambda: None,
) -> bytes:
    return http.post(
        url,
        content=b'{"a": 1}',
        headers={"Authorization": "Bearer sesame", "Content-Type": "application/json"},
        max_bytes=most,
        seconds=seconds,
        charge=Charge(before=before),
    )


def test_what_is_posted_arrives_with_its_headers_and_the_answer_comes_back(make: Make) -> None:
    with Server(reply(200, b"said")) as server:
        said = post(make(), server.url("/v1/x"))

    assert said == b"said"
    assert server.requests[0].startswith("POST /v1/x ")
    assert "authorization: bearer sesame" in server.requests[0].lower()
    assert server.bodies == [b'{"a": 1}']


def test_a_busy_server_is_asked_again_when_it_said(make: Make, fake_time: FakeTime) -> None:
    with Server(reply(429, b"", "Retry-After: 7"), reply(503), reply(200, b"said")) as server:
        said = post(make(), server.url())

    assert said == b"said"
    assert fake_time.slept[0] == 7
    assert server.bodies == [b'{"a": 1}'] * 3


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_nothing_is_posted_to_where_a_server_redirects(make: Make, status: int) -> None:
    with Server(reply(200, b"stolen")) as thief:
        moved = reply(status, b"", f"Location: {thief.url()}")
        with Server(moved) as server, pytest.raises(RemoteError, match="where nothing is posted"):
            post(make(), server.url())

    assert thief.requests == []


@pytest.mark.parametrize("answer", [stall(), drip(b"HTTP/1.1 200 OK\r\n\r\n")])
def test_a_request_ends_with_its_seconds(make: Make, answer: Callable[..., None]) -> None:
    http = make(limits=Limits(tries=1))
    with Server(answer) as server, pytest.raises(RemoteError, match=r"0\.2 s|in time"):
        post(http, server.url(), seconds=0.2)


def test_an_answer_larger_than_agreed_is_refused(make: Make) -> None:
    with Server(reply(200, b"x" * 1000)) as server, pytest.raises(RemoteError, match="larger"):
        post(make(), server.url(), most=999)


@pytest.mark.parametrize("url", ["http://192.168.7.7:1/", "http://gpu.lan:1/", "http://gpu:1/"])
def test_plain_http_on_the_local_network_has_to_be_allowed(make: Make, url: str) -> None:
    with pytest.raises(ConfigError, match="plain http"):
        post(make(), url)


@pytest.mark.parametrize("url", ["http://8.8.8.8:1/", "http://api.example.org:1/"])
def test_plain_http_to_the_internet_cannot_be_allowed(make: Make, url: str) -> None:
    with pytest.raises(ConfigError, match="plain http"):
        post(make(limits=Limits(quotas={pace_group(url): Quota(plain=True)})), url)


def test_a_minute_takes_so_many_requests_and_so_much_weight(make: Make) -> None:
    time = FakeTime()
    gate = Gate(Quota(requests=2, weight=100), time.clock())
    moments = []
    for weight in (10, 10, 10, 90, 500):
        with gate.turn(weight, until=1e12):
            moments.append(time.now - 1_700_000_000)

    # Two requests; then a minute's wait each: two are over, 10 + 90 fit, 500 counts as 100.
    assert moments == [0, 0, 60, 60, 120]


def test_a_wait_for_our_own_minute_is_added_to_the_time_of_the_call() -> None:
    time = FakeTime()
    gate = Gate(Quota(requests=1), time.clock())
    soon = time.now + 10
    with gate.turn(0, until=soon) as first:
        pass
    with gate.turn(0, until=soon) as second:
        pass

    assert (first, second) == (soon, soon + 60)
    assert time.slept == [60]


def test_a_server_that_wants_to_be_left_alone_for_too_long_is_an_error() -> None:
    time = FakeTime()
    gate = Gate(Quota(at_once=1), time.clock())
    with pytest.raises(PassingError), gate.turn(0, until=1e12):
        raise PassingError("busy", hint="", after=60)

    with pytest.raises(RemoteError, match="left alone"), gate.turn(0, until=time.now + 59):
        pass

    assert time.slept == []
    with gate.turn(0, until=time.now + 61) as until:
        assert until == time.now + 1  # the server's wish is no limit of ours


def test_every_thread_waits_as_long_as_the_server_asked_one_of_them(
    make: Make, fake_time: FakeTime
) -> None:
    with Server(reply(429, b"", "Retry-After: 40"), reply(200, b"said")) as server:
        quotas = {pace_group(server.url()): Quota(at_once=3)}
        http = make(limits=Limits(tries=1, quotas=quotas))
        with pytest.raises(RemoteError):
            post(http, server.url())
        post(http, server.url())

    assert fake_time.slept == [40]


def test_no_more_requests_run_at_once_than_agreed() -> None:
    gate = Gate(Quota(at_once=2), FakeTime().clock())
    guard, pair = threading.Lock(), threading.Barrier(2)
    inside: set[int] = set()

    def request(number: int) -> int:
        with gate.turn(0, until=0):
            with guard:
                inside.add(number)
                count = len(inside)
            pair.wait(30)
            with guard:
                inside.remove(number)
        return count

    with ThreadPoolExecutor(8) as workers:
        counts = list(workers.map(request, range(8)))

    assert max(counts) == 2


def test_who_waits_for_a_place_loses_none_of_the_time_of_its_call(
    make: Make, fake_time: FakeTime
) -> None:
    # The one who comes last is told to try again, when the others have taken 960 s.
    script = [*[reply(200, b"said")] * 15, reply(503), reply(200, b"said")]
    with Server(*script) as server, ThreadPoolExecutor(16) as workers:
        quotas = {pace_group(server.url()): Quota(at_once=1)}
        http = make(limits=Limits(overall=600.0, quotas=quotas))
        minute = partial(fake_time.sleep, 60)
        asked = partial(post, http, server.url(), seconds=60, before=minute)
        said = [workers.submit(asked) for _ in range(16)]

        assert [each.result() for each in said] == [b"said"] * 16


def test_a_wait_for_a_place_is_added_to_the_time_of_the_call() -> None:
    time, waits = FakeTime(), threading.Event()
    gate = Gate(Quota(at_once=1), time.clock(), check=waits.set)
    soon = time.now + 10

    def wait() -> float:
        with gate.turn(0, until=soon) as until:
            return until

    with ThreadPoolExecutor() as worker:
        with gate.turn(0, until=soon):
            waiting = worker.submit(wait)
            assert waits.wait(30)
            time.now += 700

        assert waiting.result(30) == soon + 700


def test_a_stop_ends_the_wait_for_a_place_at_once(make: Make) -> None:
    arrived, let, stop = threading.Event(), threading.Event(), Stop()

    def slow(connection: socket.socket, ending: threading.Event) -> None:
        arrived.set()
        let.wait(30)
        reply(200, b"said")(connection, ending)

    with Server(slow) as server, ThreadPoolExecutor(2) as workers:
        quotas = {pace_group(server.url()): Quota(at_once=1)}
        http = make(limits=Limits(stop=stop, quotas=quotas))
        first = workers.submit(post, http, server.url(), seconds=60)
        assert arrived.wait(30)
        second = workers.submit(post, http, server.url(), seconds=60)
        stop.ask_no_more()
        with pytest.raises(StoppedError):
            second.result(30)
        assert not first.done()
        let.set()
        assert first.result(30) == b"said"

    assert len(server.requests) == 1


def test_who_counts_is_told_before_each_request_and_may_forbid_it(make: Make) -> None:
    told: list[int] = []

    def count() -> None:
        told.append(len(told))
        if len(told) == 3:
            raise ValueError("enough")

    with Server(reply(503)) as server, pytest.raises(ValueError, match="enough"):
        post(make(), server.url(), before=count)

    assert len(server.requests) == 2


def test_after_a_stop_nothing_is_asked(make: Make) -> None:
    stop = Stop()
    http = make(limits=Limits(stop=stop))
    with Server(reply(200, b"said")) as server:
        post(http, server.url())
        stop.ask_no_more()
        with pytest.raises(StoppedError):
            post(http, server.url())

    assert len(server.requests) == 1


def test_a_stop_ends_the_sleep_before_the_next_try(tmp_path: Path) -> None:
    stop = Stop()
    asleep = threading.Event()

    def told(text: str) -> None:
        if "trying again in 200 s" in text:
            asleep.set()

    with (
        Server(reply(429, b"", "Retry-After: 200"), reply(200)) as server,
        Http(
            user_agent="x",
            intervals={},
            pace_folder=tmp_path,
            limits=Limits(stop=stop),
            progress=told,
        ) as http,
        ThreadPoolExecutor() as worker,
    ):
        asked = worker.submit(post, http, server.url())
        assert asleep.wait(30)
        stop.ask_no_more()
        with pytest.raises(StoppedError):
            asked.result(30)

    assert len(server.requests) == 1


def test_a_request_that_is_under_way_comes_to_its_end_unless_it_is_cut(make: Make) -> None:
    arrived, let = threading.Event(), threading.Event()

    def slow(connection: socket.socket, ending: threading.Event) -> None:
        arrived.set()
        let.wait(30)
        reply(200, b"said")(connection, ending)

    ended = []
    for is_cut in (False, True):
        stop = Stop()
        arrived.clear()
        let.clear()
        with Server(slow) as server, ThreadPoolExecutor() as worker:
            asked = worker.submit(post, make(limits=Limits(stop=stop)), server.url(), seconds=60)
            assert arrived.wait(30)
            ended.append(stop.ask_no_more())
            if is_cut:
                stop.cut()
                with pytest.raises(StoppedError):
                    asked.result(30)
            let.set()
            assert is_cut or asked.result(30) == b"said"

    assert ended == [1, 1]
