import pytest

from digestgen.net.retry import backoff, retry_after, try_again

NOW = 1_700_000_000.0  # Tue, 14 Nov 2023 22:13:20 GMT
A_YEAR = 365 * 24 * 3600.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        ("120", 120.0),
        ("9" * 400, A_YEAR),
        ("Tue, 14 Nov 2023 22:14:20 GMT", 60.0),
        ("Tuesday, 14-Nov-23 22:14:20 GMT", 60.0),
        ("Tue Nov 14 22:14:20 2023", 60.0),
        ("Tue, 14 Nov 2023 23:14:20 +0100", 60.0),
        ("Tue, 14 Nov 2023 22:00:00 GMT", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", A_YEAR),
        ("Fri, 31 Dec 99999999999999999999 23:59:59 GMT", 0.0),
        ("", 0.0),
        ("-5", 0.0),
        ("²", 0.0),
        ("soon", 0.0),
    ],
)
def test_a_retry_after_header_is_read_in_all_its_forms(value: str, seconds: float) -> None:
    assert retry_after(value, NOW) == seconds


def test_pauses_grow_to_a_bound_and_jitter_spreads_them_from_zero() -> None:
    assert [backoff(tries, 1.0) for tries in range(1, 7)] == [2.0, 4.0, 8.0, 16.0, 30.0, 30.0]
    assert [backoff(tries, 0.0) for tries in range(1, 7)] == [0.0] * 6


def test_a_hint_never_says_zero_minutes() -> None:
    assert try_again(1.0) == "try again in 1 min"
