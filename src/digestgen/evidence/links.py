"""This module compares the addresses in a text with those that the paper gives."""

import re
from collections.abc import Iterator
from functools import lru_cache

from digestgen.evidence.values import Finding, Passage, Sources, readable

_URL = re.compile(r"https?://[^\s\u3400-\u9fff<>\"'“”‘’（）()，。；、\[\]{}|《》]+", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w/.@-])(?:github\.com|gitlab\.com|huggingface\.co|[\w-]+\.github\.io|arxiv\.org)/[\w./~%#?=&+@:-]+",
    re.IGNORECASE,
)
_DOI = re.compile(r"(?<![\w/])10\.\d{4,9}/[^\s，。；）)\]\"”]+")
_ARXIV_ADDRESS = re.compile(r"arxiv\.org/(?:abs|pdf|html|format)/(?P<rest>[^\s?#]*)", re.IGNORECASE)
_ID = re.compile(r"(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Za-z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?/?\Z")
_ID_IN_TEXT = re.compile(r"\barxiv\s*[:：]\s*(?P<id>\d{4}\.\d{4,5})(?:v\d+)?", re.IGNORECASE)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(?P<id>\d{4}\.\d{4,5})", re.IGNORECASE)
_BROKEN = re.compile(
    r"https?://(?:https?[:/]|/|[^/\s.:]+(?:[/\s，。]|$)|[\w.-]*\.\.)|https?:/(?!/)\w"
    r"|https?://\S*(?:%EF%BC%8[89C]|%E3%80%8[0-9A-F]|%5B|%5D)",
    re.IGNORECASE,
)
_SAYS_NONE = re.compile(
    r"(?i:git\s?hub|code|代码|源码|仓库|repo(?:sitory)?)[^。；;\n:：]{0,24}[:：]?\s*[\"“*_`「]*\s*"
    r"(?:(?i:none|n/?a|null|not (?:available|provided|released|found))\b"
    r"|(?<=[:：\s])无(?![\u3400-\u9fff])|暂无|未公开|未提供(?!具体)|未找到)"
    r"|(?:未|没有|暂未)(?:提供|公开|给出|开源)(?:任何|具体)?(?:的)?(?:源)?代码"
)
_CODE_HOST = re.compile(
    r"github\.com|gitlab|bitbucket|huggingface|codeberg|gitee|4open\.science", re.IGNORECASE
)
_BEFORE_HOST = re.compile(r"^https?://(?:www\.)?|^(?:dx\.)?doi\.org/", re.IGNORECASE)
_RESOLVER = re.compile(r"^(?:dx\.)?doi\.org/", re.IGNORECASE)


def unsupported_links(passage: Passage, sources: Sources) -> Iterator[Finding]:
    """Find addresses, DOIs and arXiv ids that are broken, another paper's, or not the paper's."""
    if not (sources.is_known or sources.links):
        return
    known = known_addresses(sources)
    for start, address in _addresses(passage.text):
        end = start + len(address)
        arxiv = _ARXIV_ADDRESS.search(address)
        if _is_known(_normal(address), known):
            continue
        if _BROKEN.match(address) or (arxiv and not _ID.fullmatch(arxiv["rest"])):
            yield _finding("link-malformed", start, end, f"leads nowhere: {address[:80]!r}")
        else:
            other = _normal(address).startswith("arxiv:") and bool(sources.id)
            said = "another paper's address" if other else "the paper does not give this address"
            yield _finding(
                "link-not-in-source",
                start,
                end,
                f"{said}: {address[:80]!r}",
                is_sure=other or sources.is_whole,
            )


def denied_links(passage: Passage, sources: Sources) -> Iterator[Finding]:
    """Find a text that denies or omits an address that the paper gives."""
    own = {address for address in known_addresses(sources) if not address.startswith("arxiv:")}
    in_text = {_normal(address) for _, address in _addresses(passage.text)}
    for match in _SAYS_NONE.finditer(passage.text):
        given = sorted(own | {address for address in in_text if _CODE_HOST.search(address)})
        code = [address for address in given if _CODE_HOST.search(address)]
        if given:
            yield _finding(
                "link-contradicts-source",
                match.start(),
                match.end(),
                f"says that there is none, but there is {(code or given)[0]}",
                is_sure=bool(code),
            )
    if passage.part == "links" and not in_text and any("arxiv.org" in u for u in sources.links):
        yield _finding(
            "link-contradicts-source",
            0,
            len(passage.text),
            f"the paper's address is known, and does not stand here: {passage.text.strip()[:50]!r}",
        )


@lru_cache(maxsize=32)
def known_addresses(sources: Sources) -> frozenset[str]:
    """Return every address that a paper gives, in the one form in which they are compared."""
    found = {_normal(address) for address in sources.links}
    for text in sources.texts:
        plain = re.sub(r"\s*\n\s*", " ", text)
        found |= {_normal(a) for form in {plain, readable(plain)} for _, a in _addresses(form)}
    if sources.id:
        found.add(f"arxiv:{sources.id}")
    return frozenset(found)


def _addresses(text: str) -> Iterator[tuple[int, str]]:
    if "/" not in text and "rxiv" not in text:
        return
    for pattern in (_URL, _BARE, _DOI):
        for match in pattern.finditer(text):
            if pattern is _BARE and text[max(0, match.start() - 3) : match.start()] == "://":
                continue
            yield match.start(), match[0].rstrip(".,:;?!-*_`'\"")
    for match in _ID_IN_TEXT.finditer(text):
        yield match.start(), match[0]


def _normal(address: str) -> str:
    for pattern in (_ARXIV_DOI, _ID_IN_TEXT):
        if found := pattern.search(address):
            return f"arxiv:{found['id']}"
    arxiv = _ARXIV_ADDRESS.search(address)
    if arxiv and (found := _ID.fullmatch(arxiv["rest"])):
        return f"arxiv:{found['id']}"
    bare = _RESOLVER.sub("", _BEFORE_HOST.sub("", address.strip()))
    return re.sub(r"(?:\.git)?/*$", "", bare).casefold()


def _is_known(address: str, known: frozenset[str]) -> bool:
    """Tell whether the paper gives an address, or one above or below it."""
    if address in known:
        return True
    return any(
        ours.startswith(f"{address}/") or address.startswith((f"{ours}/", f"{ours}#", f"{ours}?"))
        for ours in known
    )


def _finding(rule: str, start: int, end: int, said: str, *, is_sure: bool = True) -> Finding:
    return Finding(
        rule=rule, start=start, end=end, message=said, level="error" if is_sure else "warning"
    )
