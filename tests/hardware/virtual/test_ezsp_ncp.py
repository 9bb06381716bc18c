"""The co-processor as a whole: versions, refusals, resets, and whatever comes on the line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.kernel.streams import Stream
from hardware.ezsp.ash_link import RESET_POWER_ON, RESET_SOFTWARE
from hardware.ezsp.formats import Octet, Octets, TwoOctets, Word
from hardware.ezsp.frames import ExtendedHeader, LegacyHeader
from hardware.ezsp.identifiers import Command, EzspStatus
from tests.hardware.virtual.ezsp_bench import PAN, EzspBench


def test_the_version_is_13_in_both_headers() -> None:
    bench = EzspBench().reset()

    assert bench.raw(Command.VERSION, b"\x0d") == (Command.VERSION, bytes.fromhex("0d020074"))


def test_before_the_version_is_agreed_commands_are_refused() -> None:
    bench = EzspBench().reset()
    bench.ncp.reset()

    refused, why = bench.raw(Command.NETWORK_STATE)

    assert (refused, why[0]) == (Command.INVALID_COMMAND, EzspStatus.VERSION_NOT_SET)


def test_unknown_and_cut_commands_are_refused_by_name() -> None:
    bench = EzspBench().reset()

    unknown = bench.raw(0x0FFF)
    cut = bench.raw(Command.FORM_NETWORK, b"\x00")

    assert unknown == (Command.INVALID_COMMAND, bytes((EzspStatus.INVALID_FRAME_ID,)))
    assert cut == (Command.INVALID_COMMAND, bytes((EzspStatus.TRUNCATED,)))


def test_nop_and_echo_answer() -> None:
    bench = EzspBench().reset()

    assert bench.raw(Command.NOP) == (Command.NOP, b"")
    assert bench.ask(Command.ECHO, Octets(b"abc"), Octets).data == b"abc"


def test_a_reset_says_why_and_a_loss_of_power_too() -> None:
    bench = EzspBench().reset()

    bench.ncp.reset()

    assert bench.resets == [RESET_SOFTWARE, RESET_POWER_ON]


def test_a_network_survives_a_reset_and_starts_when_it_is_asked_to() -> None:
    bench = EzspBench().form().reset()

    before = bench.status(Command.NETWORK_STATE)
    started = bench.status(Command.NETWORK_INIT, Word(0))

    assert (before, started, bench.status(Command.NETWORK_STATE)) == (0, 0, 2)
    assert [each.value for each in bench.told(Command.STACK_STATUS_HANDLER, Octet)] == [0x90]


def test_policies_do_not_survive_it() -> None:
    bench = EzspBench().reset()
    bench.status(Command.SET_POLICY, TwoOctets(5, 0x51))

    bench.reset()

    assert bench.ask(Command.GET_POLICY, Octet(5), TwoOctets).second == 0


def test_a_frame_of_the_old_header_is_no_command_later() -> None:
    bench = EzspBench().reset()

    bench.send(LegacyHeader(99, 0, 0x18, b"").encode())

    assert bench.raw(Command.NOP) == (Command.NOP, b"")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list(Command)), st.binary(max_size=60)), max_size=25))
def test_commands_with_any_parameters_are_answered(
    commands: list[tuple[Command, bytes]],
) -> None:
    bench = EzspBench().form()

    for command, parameters in commands:
        answered, _ = bench.raw(command, parameters)
        assert answered in (command, Command.INVALID_COMMAND)
    bench.run(1)


def _noise(count: int, key: str) -> None:
    """Octets of every kind, and among them resets, so that the line is a connection at times."""
    stream, bench = Stream(key), EzspBench().form()
    left = count
    while left > 0:
        size = min(left, stream.integer(1, 400))
        octets = stream.octets(size)
        bench.ncp.receive(octets)
        left -= size
        if stream.chance(0.05):
            bench.reset()
        if stream.chance(0.2):
            parameters = stream.octets(stream.integer(0, 60))
            header = ExtendedHeader(0, 0, 1, stream.integer(0, 0x120), parameters)
            bench.send(header.encode())
        bench.run(0.02)


def test_ten_thousand_octets_of_noise_raise_nothing() -> None:
    _noise(10_000, "noise")


@pytest.mark.slow
def test_a_million_octets_of_noise_raise_nothing() -> None:
    _noise(1_000_000, "much noise")


def test_it_works_on_after_noise() -> None:
    bench = EzspBench().form()

    bench.ncp.receive(bytes(range(256)) * 20 + b"\x7e")

    bench.reset()
    bench.status(Command.NETWORK_INIT, Word(0))
    parameters = bench.raw(Command.GET_NETWORK_PARAMETERS)[1]
    assert int.from_bytes(parameters[10:12], "little") == PAN
