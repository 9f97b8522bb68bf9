"""This module decides which addresses may be asked, and which of them share one pace.

A host name is taken at its word: what it resolves to is not looked at.
"""

import socket
from collections.abc import Set
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address

import httpx

from digestgen.errors import ConfigError, RemoteError

ARXIV = "arxiv.org"
"""The pace group of all of arXiv's hosts."""

_PORTS = {"http": 80, "https": 443}
_LAST_PORT = 65535


_NEARBY = (".local", ".lan", ".home", ".internal", ".localdomain", ".home.arpa")


def parse(url: str, *, plain: Set[str] = frozenset()) -> httpx.URL:
    """Return the address that settings or a source name.

    Plain http is for this machine, and for the pace groups ``plain`` on the local network.

    Raises:
        ConfigError: it is none, or not one that digestgen asks.
    """
    try:
        address = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise ConfigError(
            f"{url!r}: no proper address: {error}", hint="give an https address"
        ) from error
    if not _is_web(address):
        raise ConfigError(f"{url!r}: no http or https address", hint="give an https address")
    is_allowed = pace_group(address) in plain and _is_nearby(address)
    if address.scheme == "http" and not is_loopback(address) and not is_allowed:
        raise ConfigError(
            f"{url!r}: plain http is accepted for this machine only",
            hint="use https, or an address on 127.0.0.1",
        )
    return address


def redirected(address: httpx.URL, location: str) -> httpx.URL:
    """Return where ``address`` sends us.

    Raises:
        RemoteError: we do not go there.
    """
    try:
        target = address.join(location)
    except httpx.InvalidURL as error:
        raise refused(address, location, "which is no proper address") from error
    if not _is_web(target):
        raise refused(address, location, "which is no http or https address")
    if target.scheme == "http" and not (is_loopback(address) and is_loopback(target)):
        raise refused(address, location, "which is not encrypted")
    if _is_local(target) and not _is_local(address):
        raise refused(address, location, "which is on this machine or its network")
    return target


def pace_group(url: str | httpx.URL) -> str:
    """Name what shares one pace: all of arXiv's hosts, else a host with its port."""
    address = httpx.URL(url)
    host = _host(address)
    if host == ARXIV or host.endswith(f".{ARXIV}"):
        return ARXIV
    return f"{host}:{address.port or _PORTS[address.scheme]}"


def name(address: httpx.URL) -> str:
    """Return the host as messages show it, with its port when that is unusual."""
    return address.netloc.decode("ascii")


def is_loopback(address: httpx.URL) -> bool:
    """Say whether the address is on this machine."""
    literal = _literal(_host(address))
    return _is_localhost(address) if literal is None else literal.is_loopback


def _is_web(address: httpx.URL) -> bool:
    return address.scheme in _PORTS and address.host != "" and (address.port or 0) <= _LAST_PORT


def _is_local(address: httpx.URL) -> bool:
    literal = _literal(_host(address))
    return _is_localhost(address) if literal is None else not literal.is_global


def _is_nearby(address: httpx.URL) -> bool:
    """Tell whether the host is one of the local network, by its number or by its name."""
    host = _host(address)
    if _literal(host) is not None:
        return _is_local(address)
    return "." not in host or host.endswith(_NEARBY)


def _is_localhost(address: httpx.URL) -> bool:
    host = _host(address)
    return host == "localhost" or host.endswith(".localhost")


def _host(address: httpx.URL) -> str:
    return address.raw_host.decode("ascii").lower().rstrip(".")


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    with suppress(ValueError):
        literal = ip_address(host)
        mapped = literal.ipv4_mapped if isinstance(literal, IPv6Address) else None
        return mapped or literal
    # The resolver also reads 127.1, 0x7f000001 and 2130706433 as addresses.
    with suppress(OSError):
        return IPv4Address(socket.inet_aton(host))
    return None


def refused(address: httpx.URL, location: str, reason: str) -> RemoteError:
    """Return the error for a redirect that is not followed."""
    return RemoteError(
        f"{name(address)}: redirects to {location[:200]!r}, {reason}",
        hint="look at the address in the settings; a proxy or portal may stand in between",
    )
