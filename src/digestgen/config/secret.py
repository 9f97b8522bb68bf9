"""This module holds what must not be shown: keys. They come from the environment only."""


class Secret:
    """A text that no message, table or traceback shows; ``reveal`` gives it to who sends it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text.strip()

    def __repr__(self) -> str:
        return "***" if self._text else "not set"

    __str__ = __repr__

    def __bool__(self) -> bool:
        return bool(self._text)

    def reveal(self) -> str:
        """Return the text itself."""
        return self._text

    def masked(self, text: str) -> str:
        """Return ``text`` with the secret in it made unreadable."""
        return text.replace(self._text, "***") if self._text else text
