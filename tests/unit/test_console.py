"""What reaches a terminal, whatever it is given to say."""

from io import StringIO

import pytest

from digestgen.console import Console
from digestgen.errors import ConfigError

# Clears the screen, sets the title, moves back, reverses the order of reading.
HOSTILE = "a\x1b[2J\x1b]0;x\x07\r\x9b1A\u202eb\x85c\x00"
HARMLESS = "a[2J]0;x 1Ab c"


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def console(*times: float, color: bool = False) -> Console:
    clock = iter(times)
    return Console(out=Terminal(), err=Terminal(), color=color, clock=lambda: next(clock))


def printed(stream: object) -> str:
    assert isinstance(stream, Terminal)
    return stream.getvalue()


def test_a_result_and_a_note_keep_their_lines_and_columns_and_nothing_else() -> None:
    screen = console()

    screen.result(f"new   {HOSTILE}:\n\n  {HOSTILE}")
    screen.note(f"  {HOSTILE}\nhint")

    assert printed(screen.out) == f"new   {HARMLESS}:\n\n  {HARMLESS}\n"
    assert printed(screen.err) == f"  {HARMLESS}\nhint\n"


@pytest.mark.parametrize(
    ("color", "error", "hint"),
    [(False, "error:", "hint:"), (True, "\x1b[31merror:\x1b[0m", "\x1b[36mhint:\x1b[0m")],
)
def test_an_error_is_one_line_and_its_hint_another(color: bool, error: str, hint: str) -> None:
    screen = console(color=color)

    screen.error(ConfigError(f"x: {HOSTILE}\n", hint=HOSTILE))

    assert printed(screen.err) == f"{error} x: {HARMLESS}\n{hint} {HARMLESS}\n"


def test_progress_is_one_line_that_the_next_result_replaces() -> None:
    screen = console(0.0, 3.0)

    screen.progress("quick")
    screen.progress(f"{HOSTILE}\n{HOSTILE}")
    screen.result("done")

    assert printed(screen.err) == f"\r\x1b[K{HARMLESS} {HARMLESS}\r\x1b[K"
    assert printed(screen.out) == "done\n"
