import pytest

from emulator.lab.workbench.sessions import COOKIE, Session, Sessions, session_name


def test_a_session_is_found_by_its_name_and_forgotten_when_it_ends() -> None:
    sessions = Sessions()
    session = sessions.begin()

    assert sessions.find(session.name) is session
    sessions.end(session)
    assert sessions.find(session.name) is None


def test_no_two_sessions_share_name_or_token() -> None:
    made = [Session() for _ in range(100)]

    assert len({each.name for each in made} | {each.token for each in made}) == 200


def test_the_one_not_seen_for_longest_is_forgotten_first() -> None:
    sessions = Sessions(kept=2)
    old, seen = sessions.begin(), sessions.begin()
    sessions.find(old.name)
    sessions.begin()

    assert sessions.find(old.name) is old
    assert sessions.find(seen.name) is None


@pytest.mark.parametrize("token", ["", "x", "\udcff", "ä"])
def test_a_token_that_was_not_given_is_not_held(token: str) -> None:
    session = Session()

    assert session.holds(session.token)
    assert not session.holds(token)


@pytest.mark.parametrize(
    ("cookie", "name"),
    [(f"a=b; {COOKIE}=abc", "abc"), ("", ""), ("a=b", ""), ("\x00;=;[", ""), (f"{COOKIE}", "")],
)
def test_the_name_is_read_out_of_any_cookie(cookie: str, name: str) -> None:
    assert session_name({"cookie": cookie}) == name
