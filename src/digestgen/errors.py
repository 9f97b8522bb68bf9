"""This module names what can go wrong, by what a person can do about it.

    DigestgenError
      ContentError        a post on disk cannot be read: look at the path and line  exit 1
      ConfigError         the command or the settings are wrong: correct them       exit 2
      RemoteError         network, arXiv or git did not cooperate: try again        exit 3
        NothingFoundError the query finds no paper at all: change the query         exit 3
        TooLargeError     the answer is larger than was agreed to                   exit 3
      StoreError          the memo is locked, newer or damaged: delete it           exit 3
      OutputError         the target cannot be written: make room, give permission  exit 3
      StoppedError        the run is being ended: nothing to be done                exit 130

`NoPdfError` is for one paper alone, and ends no run.
Everything else that escapes is a bug and keeps its traceback (exit 70).
"""

from digestgen import HOMEPAGE, __version__

BUG_NOTICE = (
    f"this is a bug in digestgen {__version__} or in a plug-in of yours; "
    f"please report it: {HOMEPAGE}/issues"
)


class DigestgenError(Exception):
    """What a person can cause or mend: one line that names the subject, and a hint."""

    exit_code = 70

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ContentError(DigestgenError):
    """A post on disk cannot be read; the message holds its path and line."""

    exit_code = 1


class ConfigError(DigestgenError):
    """The command line or the settings ask for something that cannot be."""

    exit_code = 2


class RemoteError(DigestgenError):
    """A server or git did not cooperate; what was finished before is kept.

    ``status`` is the HTTP status of the last answer, ``body`` at most its first 64 KiB;
    None and empty when no answer came.
    """

    exit_code = 3

    def __init__(
        self, message: str, *, hint: str = "", status: int | None = None, body: bytes = b""
    ) -> None:
        super().__init__(message, hint=hint)
        self.status = status
        self.body = body


class NothingFoundError(RemoteError):
    """The source answered properly, and knows no paper for the topic, whatever the window."""


class TooLargeError(RemoteError):
    """The answer is larger than was agreed to; asking again would not help."""


class StoreError(DigestgenError):
    """The memo cannot be used; deleting it is always safe."""

    exit_code = 3


class OutputError(DigestgenError):
    """The target is full, read-only or not permitted; what stood there is intact."""

    exit_code = 3


class StoppedError(DigestgenError):
    """The run is being ended, so a worker was kept from asking for more."""

    exit_code = 130

    def __init__(self) -> None:
        super().__init__("the run is being ended")


class NoPdfError(ValueError):
    """A paper has no PDF to read; the message says why, in words for the paper's entry."""
