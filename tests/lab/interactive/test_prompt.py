from io import StringIO

import pytest

from emulator.lab.interactive.prompt import obey, talk
from emulator.lab.interactive.session import Session


class Keyboard(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_script_does_line_after_line_and_shows_them(session: Session, printed: StringIO) -> None:
    assert talk(session, StringIO("# nothing\n\nwait 1 s\ninventory\n")) == 0

    told = printed.getvalue()
    assert "hanlab> wait 1 s\n1 s passed" in told
    assert "Commissioned" in told


def test_what_is_not_carried_out_is_the_exit_status(session: Session) -> None:
    assert talk(session, StringIO("send ECS28b to ESME as other-user\nwait 1 s\n")) == 1


def test_wrong_line_ends_a_script(session: Session, printed: StringIO) -> None:
    assert talk(session, StringIO("wiat 1 s\ninventory\n")) == 2

    told = printed.getvalue()
    assert "did you mean wait?" in told
    assert "Commissioned" not in told


def test_quit_ends_a_script(session: Session, printed: StringIO) -> None:
    assert talk(session, StringIO("quit\ninventory\n")) == 0

    assert "Commissioned" not in printed.getvalue()


def test_person_who_mistypes_goes_on(
    session: Session, printed: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyboard = Keyboard("wiat 1 s\nwait 1 s\n")
    monkeypatch.setattr("sys.stdin", keyboard)

    assert talk(session, keyboard) == 0

    assert "1 s passed" in printed.getvalue()


def test_line_says_whether_it_was_right(session: Session) -> None:
    assert obey(session, "")
    assert obey(session, "wait 1 s")
    assert not obey(session, "wait 'for nothing")
