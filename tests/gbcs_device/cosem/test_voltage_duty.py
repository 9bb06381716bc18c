"""Voltage that a meter averages, logs and watches (GBCS ECS23, ECS29)."""

from emulator.cosem.server.made_values import parts_of
from emulator.cosem.server.members import MeterVariant
from emulator.dlms.access import AccessResult
from emulator.dlms.data import BitString, Data
from emulator.dlms.data_types import DataType
from emulator.kernel.units import Instant
from emulator.testing.scenes.cosem_scene import attribute
from tests.gbcs_device.cosem.living_meter import BEGIN, LivingMeter, integers, seconds

SECOND = 1_000_000


def watching() -> LivingMeter:
    """Averages of 30 s over 264 V and under 200 V, extremes of 287 V and 180 V lasting 30 s."""
    living = LivingMeter()
    assert set(living.reference("ECS29a_6.5_SUCCESS")) == {AccessResult.SUCCESS}
    every = Data(DataType.BIT_STRING, BitString(256, bytes([255] * 32)))
    living.executor.store.hold(attribute(1, "0-33:97.98.15.255", 2), every)
    living.look()
    return living


def test_averages_are_logged_and_counted() -> None:
    living = watching()
    living.meter.observe(0, 270_000, Instant(0))
    living.wait(hours=60 / 3_600)

    log = parts_of(living.read(7, "1-0:32.24.0.255"))

    assert [integers(each) for each in log] == [
        [seconds(BEGIN) + 30, 270],
        [seconds(BEGIN) + 60, 270],
    ]
    assert living.read(3, "1-0:32.36.0.4").value == 2
    assert living.read(3, "1-0:32.32.0.4").value == 0


def test_crossings_are_told_to_the_network_operator() -> None:
    # GBCS 16.2: 8024 swell, 8020 extreme, 8002 average, and their ends 808D, 8085, 8091
    living = watching()
    living.meter.observe(0, 290_000, Instant(0))
    living.wait(hours=30 / 3_600)
    assert sorted(living.alerts()) == [0x8002, 0x8020, 0x8024]

    living.meter.observe(0, 230_000, Instant(living.at))
    living.wait(hours=60 / 3_600)

    assert sorted(living.alerts()) == [0x8085, 0x808D, 0x8091]


def test_constant_voltage_wakes_nobody() -> None:
    living = watching()
    living.wait(hours=60 / 3_600)
    living.look()

    assert living.meter.deadline(Instant(living.at)) is None


def test_counters_are_reset() -> None:
    # GBCS ECS29e: with counter reset
    living = watching()
    living.meter.voltage.phases[0].over = 7
    living.meter.voltage.phases[0].under = 7

    living.reference("ECS29a_6.5_SUCCESS")

    assert living.read(3, "1-0:32.36.0.4").value == 0
    assert living.read(3, "1-0:32.32.0.4").value == 0


def test_phases_have_codes_of_their_own() -> None:
    living = LivingMeter(MeterVariant.POLYPHASE)
    assert set(living.reference("ECS29b_6.5_SUCCESS")) == {AccessResult.SUCCESS}
    living.look()
    living.meter.observe(2, 100_000, Instant(0))
    living.wait(hours=30 / 3_600)
    living.look()

    # 100 V is extreme for every phase, and between the averages that are set for phase 3
    assert sorted({each.code for each in living.meter.events} & {0x802B, 0x8009, 0x802F}) == [
        0x802B,
        0x802F,
    ]


def test_averages_survive_a_loss_of_power() -> None:
    living = watching()
    living.wait(hours=60 / 3_600)

    again = living.restarted()

    assert again.read(7, "1-0:32.24.0.255") == living.read(7, "1-0:32.24.0.255")
