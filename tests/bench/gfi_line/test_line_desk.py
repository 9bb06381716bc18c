"""Which line is told what, without a socket."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from emulator.bench.gfi_line.line_desk import LineDesk, Odd, ToHome, ToLine
from emulator.bench.gfi_line.settings import GfiLineSettings
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.gfi import GfiFrame, encode_gfi
from emulator.testing.scenes.gfi_scene import METER, command
from emulator.testing.strategies.strategies import any_octets

COMMAND = command(7)


def line_of(message: Message) -> bytes:
    return encode_gfi(GfiFrame(message.encode()))


def answer(to: Message, cra: Cra = Cra.RESPONSE) -> bytes:
    """What a device could send: only the heading is looked at."""

    turned = replace(to, originator=to.recipient, recipient=to.originator, cra=cra)
    return turned.encode()


def desk(*lines: int) -> LineDesk:
    made = LineDesk()
    for line in lines:
        made.opened(line)
    return made


def test_a_command_goes_to_the_home_however_it_is_cut() -> None:
    made = desk(1)

    found = [effect for octet in line_of(COMMAND) for effect in made.received(1, bytes((octet,)))]

    assert found == [ToHome(COMMAND.encode(), METER)]


def test_a_response_goes_to_the_line_of_its_command_alone() -> None:
    made = desk(1, 2)
    made.received(2, line_of(COMMAND))

    (told,) = made.came_up(answer(COMMAND))

    assert isinstance(told, ToLine)
    assert told.line == 2
    assert told.octets.startswith(b"GBCS:DATA#0:")
    assert told.octets.endswith(b"\r\n")


def test_an_alert_and_a_strange_response_go_to_every_line() -> None:
    made = desk(1, 2)

    alert = made.came_up(answer(COMMAND, Cra.ALERT))
    response = made.came_up(answer(COMMAND))

    assert [each.line for each in (*alert, *response) if isinstance(each, ToLine)] == [1, 2, 1, 2]


def test_a_line_that_is_gone_is_told_nothing_and_leaves_half_a_line() -> None:
    made = desk(1, 2)
    made.received(1, line_of(COMMAND) + b"GBCS:DA")

    (left,) = made.closed(1)

    assert left == Odd(1, "it ended within a line, after 7 octets of it")
    assert [each.line for each in made.came_up(answer(COMMAND)) if isinstance(each, ToLine)] == [2]
    assert made.received(1, b"more") == ()
    assert made.closed(1) == ()


def test_what_is_no_message_goes_to_nobody_in_particular() -> None:
    assert desk(1).received(1, encode_gfi(GfiFrame(b"hello"))) == (ToHome(b"hello", None),)


def test_what_no_line_holds_is_told() -> None:
    (told,) = desk(1).came_up(bytes(1201))

    assert isinstance(told, Odd)


def test_only_so_many_commands_are_kept_in_mind() -> None:
    made = LineDesk(GfiLineSettings(commands=2))
    made.opened(1)
    made.opened(2)
    for counter in (1, 2, 3):
        made.received(1, line_of(command(counter)))

    assert len(made.came_up(answer(command(1)))) == 2
    assert len(made.came_up(answer(command(3)))) == 1


@given(st.lists(any_octets(), max_size=8))
def test_garbage_never_stops_a_line(pieces: list[bytes]) -> None:
    made = desk(1)
    for piece in pieces:
        for effect in made.received(1, piece):
            assert isinstance(effect, ToHome | Odd)
    made.received(1, b"\r\n")

    assert made.received(1, line_of(COMMAND)) == (ToHome(COMMAND.encode(), METER),)
    assert made.lines == (1,)
