"""The radio of a co-processor without a network, given to its host."""

from emulator.kernel.identity import Eui64
from emulator.radio.port import Channel, RadioConfig, RadioConfigure, RadioTransmit
from hardware.ezsp.formats import Captured, Level, MfgPower, Octet, Octets
from hardware.ezsp.identifiers import Command, EmberStatus
from tests.hardware.virtual.ezsp_bench import NOTHING, EzspBench

FRAME = bytes.fromhex("0308ffffffff07")


def somebody(bench: EzspBench, channel: int) -> None:
    """A radio that says FRAME on a channel."""
    radio = bench.radio("somebody")
    radio.connect(lambda _event: None)
    radio.command(
        RadioConfigure(RadioConfig(Channel(0, channel), 0xFFFF, 0xFFFF, Eui64(7), receiver_on=True))
    )
    radio.command(RadioTransmit(1, FRAME))


def test_frames_of_the_channel_come_to_the_host() -> None:
    bench = EzspBench().reset()
    bench.status(Command.MFGLIB_START, Octet(1))
    bench.status(Command.MFGLIB_SET_CHANNEL, Octet(20))

    somebody(bench, 20)
    bench.run(0.1)

    (told,) = bench.told(Command.MFGLIB_RX_HANDLER, Captured)
    assert (told.frame[:-2], told.rssi) == (FRAME, -60)
    assert bench.status(Command.MFGLIB_GET_CHANNEL) == 20


def test_frames_of_other_channels_do_not() -> None:
    bench = EzspBench().reset()
    bench.status(Command.MFGLIB_START, Octet(1))
    bench.status(Command.MFGLIB_SET_CHANNEL, Octet(21))

    somebody(bench, 20)
    bench.run(0.1)

    assert bench.told(Command.MFGLIB_RX_HANDLER, Captured) == []


def test_it_sends_what_the_host_gives_it() -> None:
    bench = EzspBench().reset()
    heard: list[object] = []
    radio = bench.radio("somebody")
    radio.connect(heard.append)
    radio.command(
        RadioConfigure(
            RadioConfig(
                Channel(0, 11), 0xFFFF, 0xFFFF, Eui64(7), receiver_on=True, promiscuous=True
            )
        )
    )

    bench.status(Command.MFGLIB_START, Octet(0))
    bench.status(Command.MFGLIB_SEND_PACKET, Octets(FRAME + b"\0\0"))
    bench.run(0.1)

    assert [getattr(each, "psdu", None) for each in heard] == [FRAME]


def test_power_is_kept_for_the_host() -> None:
    bench = EzspBench().reset()
    bench.status(Command.MFGLIB_SET_POWER, MfgPower(0, 5))

    assert bench.ask(Command.MFGLIB_GET_POWER, NOTHING, Level).dbm == 5


def test_a_network_and_a_capture_exclude_each_other() -> None:
    bench = EzspBench().form()

    assert bench.status(Command.MFGLIB_START, Octet(1)) == EmberStatus.INVALID_CALL
    assert bench.status(Command.MFGLIB_END) == EmberStatus.INVALID_CALL
    assert bench.status(Command.MFGLIB_SET_CHANNEL, Octet(20)) == EmberStatus.BAD_ARGUMENT
    assert bench.status(Command.MFGLIB_SEND_PACKET, Octets(FRAME)) == EmberStatus.BAD_ARGUMENT


def test_after_a_capture_a_network_is_formed() -> None:
    bench = EzspBench().reset()
    bench.status(Command.MFGLIB_START, Octet(1))
    assert bench.status(Command.MFGLIB_END) == 0

    bench.form()

    assert bench.status(Command.NETWORK_STATE) == 2
