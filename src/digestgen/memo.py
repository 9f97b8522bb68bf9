"""This module remembers summaries, so that the same reading is never done twice.

A value that cannot be read back counts as missing: the memo is never trusted with the truth.
"""

import hashlib
import json
from dataclasses import asdict
from datetime import datetime
from typing import Any  # what json.loads gives

from digestgen.model import (
    Checks,
    Evidence,
    Paper,
    Provenance,
    Section,
    Statement,
    Statements,
    Summary,
)
from digestgen.ports import Memo

_KIND = "summary"


class SummaryMemo:
    """The summaries in a memo, keyed by who wrote them and everything that was read."""

    def __init__(self, memo: Memo) -> None:
        self._memo = memo

    def find(self, fingerprint: str, paper: Paper, sections: tuple[Section, ...]) -> Summary | None:
        """Return the summary of this very paper by this very summarizer, if there is one."""
        kept = self._memo.get(_KIND, _key(fingerprint, paper, sections))
        try:
            return None if kept is None else _from_json(kept)
        except (KeyError, TypeError, ValueError):
            return None

    def keep(
        self, fingerprint: str, paper: Paper, sections: tuple[Section, ...], summary: Summary
    ) -> None:
        """Remember a summary.

        Raises:
            StoreError: the store cannot be written.
        """
        text = json.dumps(asdict(summary), ensure_ascii=False, sort_keys=True)
        self._memo.put(_KIND, _key(fingerprint, paper, sections), text)


def _key(fingerprint: str, paper: Paper, sections: tuple[Section, ...]) -> str:
    read = [fingerprint, asdict(paper), [asdict(section) for section in sections]]
    text = json.dumps(read, default=datetime.isoformat, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _from_json(text: str) -> Summary:
    kept = json.loads(text)
    return Summary(
        gist=_statement(kept["gist"]),
        takeaways=_statements(kept["takeaways"]),
        keywords=tuple(kept["keywords"]),
        background=_statements(kept["background"]),
        past_methods=_statements(kept["past_methods"]),
        proposed_method=_statements(kept["proposed_method"]),
        task_and_performance=_statements(kept["task_and_performance"]),
        methods=_statements(kept["methods"]),
        significance=_statements(kept["significance"]),
        innovation=_statements(kept["innovation"]),
        performance=_statements(kept["performance"]),
        workload=_statements(kept["workload"]),
        written_by=_provenance(kept["written_by"]),
    )


def _provenance(kept: dict[str, Any]) -> Provenance:
    checks = kept.get("checks")
    return Provenance(**(kept | {"checks": Checks(**checks) if checks else None}))


def _statements(kept: list[dict[str, Any]]) -> Statements:
    return tuple(_statement(statement) for statement in kept)


def _statement(kept: dict[str, Any]) -> Statement:
    evidence = tuple(Evidence(**one) for one in kept["evidence"])
    return Statement(**(kept | {"evidence": evidence}))
