"""This module asks servers for things, politely, and never longer or more than was agreed."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self, TypeVar

import httpx

from digestgen.errors import ConfigError, RemoteError
from digestgen.files import machine_folder, output_errors, replacing
from digestgen.net import addresses, bodies
from digestgen.net.deadline import Deadline
from digestgen.net.failures import NO_NETWORK, PassingError, one_line, translated
from digestgen.net.pace import Pace
from digestgen.net.quota import Gate
from digestgen.net.retry import PASSING_STATUSES, backoff, retry_after, try_again
from digestgen.net.timing import Clock, Limits, Quota
from digestgen.ports import Charge

_OK = 200
_KEPT_BODY = 64 * 1024
_LATE_TRIES = 2
_FREE = Charge()
_SHORTEST = 0.01  # seconds; sockets take no timeout of zero or less

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Call:
    """What the caller wants, and until when (monotonic).

    ``read`` bounds the silence before the next byte, ``total`` one request, in seconds. With
    ``content`` it is a POST.
    """

    address: httpx.URL
    headers: Mapping[str, str]
    max_bytes: int
    until: float
    read: float
    total: float
    content: bytes | None = None
    charge: Charge = _FREE


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """One answer of a server; ``location`` is where a redirect leads.

    The body is read while the connection is open.
    """

    host: str
    status: int
    location: str | None
    retry_after: str
    body: Iterator[bytes]


class Http:
    """See `ports.Http`. Close it after use, or use it as a context manager.

    ``intervals`` maps a pace group (see `pace_group`) to the seconds between its requests;
    ``progress`` is told of every wait.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        intervals: Mapping[str, float],
        pace_folder: Path | None = None,
        limits: Limits | None = None,
        clock: Clock | None = None,
        progress: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._user_agent = user_agent
        self._limits = limits or Limits()
        self._stop = self._limits.stop
        self._clock = clock or Clock(sleep=self._stop.sleep)
        self._progress = progress
        self._pace = Pace(
            intervals, pace_folder or machine_folder(), self._clock, progress=progress
        )
        self._gates = {
            group: Gate(quota, self._clock, progress=progress, check=self._stop.check)
            for group, quota in self._limits.quotas.items()
        }
        self._clients: dict[bool, httpx.Client] = {}
        self._guard = threading.Lock()
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of what is open; harmless when nothing is."""
        self._open.close()

    def get(
        self,
        url: str,
        *,
        accept: str,
        max_bytes: int,
        retry_if: Callable[[bytes], str | None] | None = None,
    ) -> bytes:
        """See `ports.Http`."""

        def take(answer: _Answer) -> bytes:
            body = b"".join(answer.body)
            reason = retry_if(body) if retry_if else None
            if reason:
                raise PassingError(
                    f"{answer.host}: {reason}",
                    hint="try again later",
                    status=answer.status,
                    body=body[:_KEPT_BODY],
                )
            return body

        return self._insist(self._getting(url, accept, max_bytes), take)

    def post(
        self,
        url: str,
        *,
        content: bytes,
        headers: Mapping[str, str],
        max_bytes: int,
        seconds: float,
        charge: Charge = _FREE,
    ) -> bytes:
        """See `ports.Http`."""
        call = _Call(
            address=addresses.parse(url, plain=_plain(self._limits.quotas)),
            headers=headers,
            max_bytes=max_bytes,
            until=self._clock.monotonic() + max(self._limits.overall, 2 * seconds),
            read=seconds,
            total=seconds,
            content=content,
            charge=charge,
        )
        return self._insist(call, lambda answer: b"".join(answer.body))

    def download(self, url: str, target: Path, *, accept: str, max_bytes: int) -> None:
        """See `ports.Http`."""

        def take(answer: _Answer) -> None:
            with output_errors(target):
                target.parent.mkdir(parents=True, exist_ok=True)
                with replacing(target) as temporary, temporary.open("wb") as file:
                    file.writelines(answer.body)

        self._insist(self._getting(url, accept, max_bytes), take)

    def _getting(self, url: str, accept: str, max_bytes: int) -> _Call:
        return _Call(
            address=addresses.parse(url),
            headers={"Accept": accept},
            max_bytes=max_bytes,
            until=self._clock.monotonic() + self._limits.overall,
            read=self._limits.read,
            total=self._limits.total,
        )

    def _insist(self, call: _Call, take: Callable[[_Answer], Result]) -> Result:
        tries = 0
        while True:
            tries += 1
            try:
                with self._let_in(call) as until:
                    call = replace(call, until=until)
                    return self._follow(call, take)
            except PassingError as failure:
                self._stop.check()
                pause = self._pause(failure, tries, call.until)
                self._progress(f"{failure.message}; trying again in {pause:.0f} s")
            self._clock.sleep(pause)

    @contextmanager
    def _let_in(self, call: _Call) -> Iterator[float]:
        """Wait for what the quota of the call's server allows; lends until when the call may run.

        What is posted is one request, for it is not redirected.
        """
        gate = self._gates.get(addresses.pace_group(call.address))
        if gate is None or call.content is None:
            yield call.until
            return
        with gate.turn(call.charge.weight, until=call.until) as until:
            yield until

    def _pause(self, failure: PassingError, tries: int, until: float) -> float:
        """Return how long to wait before the next try; raise the failure when there is none."""
        if failure.after > self._limits.retry_after:
            raise RemoteError(
                f"{failure.message} and wants to be left alone for {failure.after:.0f} s",
                hint=try_again(failure.after),
                status=failure.status,
                body=failure.body,
            ) from failure
        pause = max(failure.after, backoff(tries, self._clock.jitter()))
        most = min(_LATE_TRIES, self._limits.tries) if failure.late else self._limits.tries
        if tries < most and pause < until - self._clock.monotonic():
            return pause
        raise RemoteError(
            f"{failure.message} (tries: {tries})",
            hint=failure.hint,
            status=failure.status,
            body=failure.body,
        ) from failure

    def _follow(self, call: _Call, take: Callable[[_Answer], Result]) -> Result:
        address = call.address
        for _ in range(self._limits.redirects + 1):
            with self._ask(call, address) as answer:
                if answer.location is None:
                    self._accept(answer)
                    return take(answer)
            if call.content is not None:
                # What is posted, and the key with it, is for this server alone.
                raise addresses.refused(address, answer.location, "where nothing is posted")
            address = addresses.redirected(address, answer.location)
        raise RemoteError(
            f"{addresses.name(call.address)}: redirects more than {self._limits.redirects} times",
            hint="look at the address in the settings",
        )

    def _accept(self, answer: _Answer) -> None:
        if answer.status == _OK:
            return
        message = f"{answer.host}: answered {answer.status}"
        body = _beginning(answer.body)
        if answer.status in PASSING_STATUSES:
            raise PassingError(
                message,
                hint=NO_NETWORK,
                status=answer.status,
                body=body,
                after=retry_after(answer.retry_after, self._clock.wall()),
            )
        raise RemoteError(
            message,
            hint="the server does not take this request; look at the address and the query",
            status=answer.status,
            body=body,
        )

    @contextmanager
    def _ask(self, call: _Call, address: httpx.URL) -> Iterator[_Answer]:
        """Lend the answer to one request, in its turn and within its time."""
        host = addresses.name(address)
        with self._pace.turn(addresses.pace_group(address), until=call.until):
            seconds = max(_SHORTEST, min(call.total, call.until - self._clock.monotonic()))
            call.charge.before()
            with Deadline(seconds) as deadline, self._stop.request(deadline.expire):
                with translated(host, deadline):
                    response = self._send(address, call, deadline)
                with closing(response):
                    yield _answer(host, response, _body(host, response, deadline, call.max_bytes))

    def _send(self, address: httpx.URL, call: _Call, deadline: Deadline) -> httpx.Response:
        client = self._client(direct=addresses.is_loopback(address))
        connect = min(self._limits.connect, deadline.seconds)
        request = client.build_request(
            "GET" if call.content is None else "POST",
            address,
            headers=call.headers,
            content=call.content,
            timeout=httpx.Timeout(min(call.read, deadline.seconds), connect=connect),
            extensions={"trace": deadline.watch},
        )
        return client.send(request, stream=True)

    def _client(self, *, direct: bool) -> httpx.Client:
        """Return the client for this machine, or the one that heeds the environment's proxies."""
        with self._guard:
            if direct not in self._clients:
                self._clients[direct] = self._open.enter_context(self._new_client(direct=direct))
            return self._clients[direct]

    def _new_client(self, *, direct: bool) -> httpx.Client:
        headers = {
            "User-Agent": self._user_agent,
            "Accept-Encoding": bodies.ACCEPTED_ENCODINGS,
            # A new connection for each request tells the deadline which socket to cut.
            "Connection": "close",
        }
        try:
            return httpx.Client(headers=headers, trust_env=not direct)
        except (ValueError, ImportError, OSError, httpx.InvalidURL) as error:
            raise ConfigError(
                f"the environment's proxy or certificates cannot be used: {one_line(error)}",
                hint="look at HTTPS_PROXY, ALL_PROXY, NO_PROXY and SSL_CERT_FILE",
            ) from error


def check_address(url: str, quotas: Mapping[str, Quota]) -> None:
    """Accept an address that something may be posted to with these quotas.

    Raises:
        ConfigError: it is none, or not one that digestgen asks.
    """
    addresses.parse(url, plain=_plain(quotas))


def _plain(quotas: Mapping[str, Quota]) -> frozenset[str]:
    return frozenset(group for group, quota in quotas.items() if quota.plain)


def _answer(host: str, response: httpx.Response, body: Iterator[bytes]) -> _Answer:
    return _Answer(
        host=host,
        status=response.status_code,
        location=response.headers["location"] if response.has_redirect_location else None,
        retry_after=response.headers.get("retry-after", "").strip(),
        body=body,
    )


def _body(
    host: str, response: httpx.Response, deadline: Deadline, max_bytes: int
) -> Iterator[bytes]:
    encoding = response.headers.get("content-encoding", "").strip().lower()
    with translated(host, deadline, response.status_code):
        raw = deadline.bounded(response.iter_raw())
        yield from bodies.pieces(raw, encoding=encoding, max_bytes=max_bytes)


def _beginning(body: Iterator[bytes]) -> bytes:
    kept = bytearray()
    with suppress(RemoteError):
        for piece in body:
            kept += piece
            if len(kept) >= _KEPT_BODY:
                break
    return bytes(kept[:_KEPT_BODY])
