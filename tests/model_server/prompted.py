"""This module reads a request as a model would: what is wanted, and which sentences are given."""

import re
from dataclasses import dataclass
from typing import Any

_SENTENCE = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
_LIST = re.compile(r'^- "(\w+)"\s?[(（]', re.MULTILINE)


@dataclass(frozen=True)
class Asked:
    """One question: its whole text, the numbered sentences, the lists that are wanted."""

    text: str
    sentences: tuple[str, ...]
    lists: tuple[str, ...]
    is_again: bool
    lang: str
    number: int = 0

    @classmethod
    def of(cls, request: dict[str, Any], number: int) -> "Asked":
        """Read the body of a request in any of the three dialects."""
        if "contents" in request:
            system = request["systemInstruction"]["parts"][0]["text"]
            message = request["contents"][0]["parts"][0]["text"]
        else:
            system = request.get("system") or request["messages"][0]["content"]
            message = request["messages"][-1]["content"]
        marker = re.search(r"=== (\w+) ===", message)
        assert marker is not None
        inside = message.split(f"=== {marker[1]} ===")[1]
        after = message.split(f"=== {marker[1]} ===")[2]
        return cls(
            text=f"{system}\n\n{message}",
            sentences=tuple(text for _, text in _SENTENCE.findall(inside)),
            lists=tuple(_LIST.findall(after)),
            is_again="cannot be used" in after or "不能直接使用" in after,
            lang="zh" if "简体中文" in system else "en",
            number=number,
        )
