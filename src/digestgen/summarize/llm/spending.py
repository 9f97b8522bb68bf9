"""This module keeps count of what a model costs, before and after it answers."""

from collections.abc import Sequence

from digestgen.config import LlmSettings
from digestgen.errors import ConfigError
from digestgen.summarize.llm.wire import Reply

_MILLION = 1_000_000


class Purse:
    """What one run may spend, for any number of threads, without a lock.

    Who wants to ask lays down the most that it may cost, and looks then whether all that lies
    there is within the budget: of two at once both may be sent away, but never both too many let
    through. Only appending is shared, which Python does in one step.
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

    def reserve(self, tokens_in: int, tokens_out: int) -> float | None:
        """Lay down the most that a question may cost; None when the budget does not allow it."""
        most = cost(self._settings, tokens_in, tokens_out)
        self._laid_down.append(most)
        if self._settings.budget and sum(self._laid_down) > self._settings.budget:
            self._laid_down.append(-most)
            return None
        return most

    def settle(self, most: float, reply: Reply) -> None:
        """Put the real cost in the place of what was laid down."""
        self._replies.append(reply)
        self._laid_down.append(cost(self._settings, reply.tokens_in, reply.tokens_out) - most)


def cost(settings: LlmSettings, tokens_in: int, tokens_out: int) -> float:
    """Return what so many tokens cost by the prices of the settings."""
    return (tokens_in * settings.price_in + tokens_out * settings.price_out) / _MILLION
