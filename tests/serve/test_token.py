"""The token, wrong ones, and the browsers that have shown it."""

import pytest

from tshoot.serve.attempts import MOST, WINDOW, Attempts
from tshoot.serve.problems import ServeError
from tshoot.serve.token import VARIABLE, given_token, new_token, readable_by_others, same
from tshoot.serve.visitors import KEPT, Visitors

TOKEN = "correct-horse-battery-staple-0123456789"


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def test_a_new_token_is_fit_to_be_one_and_never_the_same(tmp_path):
    path = tmp_path / "token"
    made = {new_token() for _ in range(50)}
    assert len(made) == 50
    for token in made:
        path.write_text(f"{token}\n")
        assert given_token(path, {}) == token


def test_the_environment_gives_the_token_away_once_and_a_file_goes_first(tmp_path):
    environment = {VARIABLE: TOKEN}
    assert given_token(None, environment) == TOKEN
    assert environment == {}
    assert given_token(None, environment) is None
    path = tmp_path / "token"
    path.write_text(TOKEN[::-1])
    environment = {VARIABLE: TOKEN}
    assert given_token(path, environment) == TOKEN[::-1]
    assert environment == {}


@pytest.mark.parametrize(
    ("token", "part"),
    [
        ("", "too short"),
        ("hunter2", "too short"),
        (TOKEN[:31], "too short"),
        ("abc" * 20, "easy to guess"),
        (TOKEN.replace("-", " "), "spaces"),
        (TOKEN + "é", "no link can carry"),
    ],
)
def test_a_weak_token_is_refused_without_repeating_it(token, part):
    with pytest.raises(ServeError, match=part) as refused:
        given_token(None, {VARIABLE: token})
    assert not token or token not in str(refused.value)


def test_a_file_that_can_not_be_read_is_named(tmp_path):
    with pytest.raises(ServeError, match="can't be read"):
        given_token(tmp_path / "none", {})
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe" * 40)
    with pytest.raises(ServeError, match="not a text file"):
        given_token(binary, {})


def test_a_file_others_can_read_is_noticed(tmp_path):
    path = tmp_path / "token"
    path.write_text(TOKEN)
    path.chmod(0o600)
    assert not readable_by_others(path)
    path.chmod(0o640)
    assert readable_by_others(path)


def test_tokens_are_compared_whole():
    assert same(TOKEN, TOKEN)
    for other in ("", TOKEN[:-1], TOKEN + "x", TOKEN.upper(), "\udcff"):
        assert not same(other, TOKEN)


def test_an_address_waits_after_a_few_wrong_tokens_and_others_do_not():
    clock = Clock()
    attempts = Attempts(clock)
    for second in range(MOST):
        assert attempts.wait("192.0.2.1") == 0
        clock.now = second
        attempts.wrong("192.0.2.1")
    assert attempts.wait("192.0.2.1") == WINDOW - clock.now
    assert attempts.wait("192.0.2.2") == 0
    clock.now = WINDOW
    assert attempts.wait("192.0.2.1") == 0
    attempts.wrong("192.0.2.1")
    assert attempts.wait("192.0.2.1") == 1


def test_one_household_counts_as_one_address():
    attempts = Attempts(Clock())
    for number in range(MOST):
        attempts.wrong(f"2001:db8:1:2::{number}")
        attempts.wrong(f"::ffff:192.0.2.{number}")
    assert attempts.wait("2001:db8:1:2:ffff::1") > 0
    assert attempts.wait("2001:db8:1:3::1") == 0
    assert attempts.wait("::ffff:192.0.2.1") == 0


def test_a_flood_of_addresses_takes_a_bounded_room():
    attempts = Attempts(Clock())
    for _ in range(MOST):
        attempts.wrong("192.0.2.1")
    for number in range(10_100):
        attempts.wrong(f"2001:db8:{number:x}::1")
    assert len(attempts._wrong) == 10_000


def test_a_browser_stays_known_while_it_is_seen():
    clock = Clock()
    visitors = Visitors(clock)
    cookie, other = visitors.admit(), visitors.admit()
    assert cookie != other
    for _ in range(5):
        clock.now += KEPT
        assert visitors.knows(cookie)
    assert not visitors.knows(other)
    assert not visitors.knows(None)
    assert not visitors.knows("")
    clock.now += KEPT + 1
    assert not visitors.knows(cookie)
    assert not visitors._seen


def test_visitors_take_a_bounded_room():
    visitors = Visitors(Clock())
    first = visitors.admit()
    for _ in range(10_000):
        visitors.admit()
    assert not visitors.knows(first)
    assert len(visitors._seen) == 10_000
