"""This module keeps count of what a model costs, before and after it answers."""

from collections.abc import Sequence

from digestgen.config import LlmSettings
from digestgen.errors import ConfigError
from digestgen.summarize.llm.wire import Reply

_MILLION = 1_000_000


class OverdrawnError(Exception):
    """The budget does not allow the next request."""


class Purse:
    """What one run may spend, for any number of threads, without a lock.

    Before each request the most that it may cost is laid down, and then it is looked whether all
    that lies there is within the budget: of two at once both may be sent away, but never both too
    many let through. Only appending is shared, which Python does in one step. What was laid down
    for a request that failed stays there: its server may charge for it.
    """

    def __init__(self, settings: LlmSettings) -> None:
        self._settings = settings
        self._laid_down: list[float] = []
        self._replies: list[Reply] = []
        self.has_prices = bool(settings.price_in or settings.price_out)
        if settings.budget and not self.has_prices:
            raise ConfigError(
                "llm.budget: means nothing without prices",
                hint="set llm.price_in and llm.price_out, the prices of a million tokens",
            )

    @property
    def replies(self) -> Sequence[Reply]:
        """Return what was paid for."""
        return tuple(self._replies)

    @property
    def spent(self) -> float:
        """Return what the answers cost by the server's count."""
        return sum(cost(self._settings, each.tokens_in, each.tokens_out) for each in self._replies)

    def lay_down(self, most: float) -> None:
        """Put aside the most that a request may cost.

        Raises:
            OverdrawnError: the budget does not allow it; one of 0 allows nothing.
        """
        budget = self._settings.budget
        self._laid_down.append(most)
        if budget is not None and (budget == 0 or sum(self._laid_down) > budget):
            self.take_back(most)
            raise OverdrawnError

    def take_back(self, most: float) -> None:
        """Take back what was laid down for a request that costs nothing."""
        self._laid_down.append(-most)

    def settle(self, most: float, reply: Reply) -> None:
        """Put the real cost in the place of what was laid down."""
        self._replies.append(reply)
        self._laid_down.append(cost(self._settings, reply.tokens_in, reply.tokens_out) - most)


def cost(settings: LlmSettings, tokens_in: int, tokens_out: int) -> float:
    """Return what so many tokens cost by the prices of the settings."""
    return (tokens_in * settings.price_in + tokens_out * settings.price_out) / _MILLION
