"""Logs that remote parties read of a meter that measures."""

import pytest

from emulator.cosem.server.made_values import parts_of
from emulator.cosem.server.members import MeterVariant
from emulator.dlms.access import AccessResult
from emulator.metering.quantities import Channel
from tests.gbcs_device.cosem.living_meter import (
    BEGIN,
    LivingMeter,
    RefusedError,
    integers,
    numbers,
    seconds,
)

HALF_HOUR = 1_800


def test_profile_data_log_gives_the_half_hours_that_are_asked_for() -> None:
    # GBCS ECS22b, SMETS2 5.7.5.27; both bounds are included, as in the reference messages
    living = LivingMeter()
    living.take(1_000)
    living.wait(days=2)
    living.take(3_000)
    living.wait(days=2)

    log = living.sealed("0-0:43.2.7.255", 7, "0-0:99.1.0.255", (1, 2))

    assert numbers(log) == [
        [seconds(BEGIN) + 86_400 + place * HALF_HOUR, 500] for place in range(49)
    ]


def test_twin_element_meter_logs_both_elements() -> None:
    # GBCS ECS22b, secondaryValue; SMETS2 5.13.2.7
    living = LivingMeter(MeterVariant.TWIN_ELEMENT)
    living.take(1_000)
    living.take(2_000, Channel.SECONDARY_IMPORT)
    living.wait(days=1)

    log = living.sealed("0-0:43.2.7.255", 7, "0-0:99.1.0.255", (0, 0))

    assert numbers(log)[-1] == [seconds(BEGIN) + 86_400, 500, 1_000]


def test_profile_data_log_keeps_thirteen_months() -> None:
    # use-case annex of GBCS, ECS22b: logEntries[1..19056]
    living = LivingMeter()
    living.wait(days=400)

    kept = [
        len(parts_of(living.sealed("0-0:43.2.7.255", 7, "0-0:99.1.0.255", days)))
        for days in ((1, 3), (3, 4), (399, 400))
    ]

    assert 19_056 == 397 * 48
    assert kept == [0, 48, 49]


def test_more_than_a_message_can_hold_is_refused() -> None:
    living = LivingMeter()
    living.wait(days=365)

    with pytest.raises(RefusedError) as refused:
        living.sealed("0-0:43.2.7.255", 7, "0-0:99.1.0.255", (0, 365))

    assert refused.value.results == [AccessResult.OTHER_REASON]


@pytest.mark.parametrize(
    ("name", "channels", "expected"),
    [
        ("0-0:99.1.1.255", (Channel.ACTIVE_EXPORT, Channel.REACTIVE_EXPORT), [500, 1_000]),
        ("0-0:99.1.2.255", (Channel.REACTIVE_IMPORT,), [500]),
    ],
)
def test_exported_and_reactive_energy_is_logged(
    name: str, channels: tuple[Channel, ...], expected: list[int]
) -> None:
    # GBCS ECS22a, ECS22c
    living = LivingMeter()
    for place, channel in enumerate(channels, 1):
        living.take(place * 1_000, channel)
    living.wait(hours=1)

    assert numbers(living.read(7, name))[-1] == [seconds(BEGIN) + 3_600, *expected]


def test_daily_read_log_keeps_the_registers_of_31_midnights() -> None:
    # GBCS ECS21a, SMETS2 5.7.5.13
    living = LivingMeter()
    living.take(1_000)
    living.wait(days=40)

    log = parts_of(living.sealed("0-0:43.2.5.255", 7, "0-0:98.1.9.255", (0, 0)))

    first, last = integers(log[0]), integers(log[-1])
    assert len(log) == 31
    assert first[:2] == [seconds(BEGIN) + 10 * 86_400, 10 * 24_000]
    assert last[:2] == [seconds(BEGIN) + 40 * 86_400, 40 * 24_000]
    assert integers(parts_of(log[-1])[2])[0] == 40 * 24_000


def test_daily_consumption_log_has_a_day_an_entry() -> None:
    # GBCS ECS66, SMETS2 5.7.5.14
    living = LivingMeter()
    living.take(1_000)
    living.wait(days=3)

    log = living.sealed("0-0:43.2.4.255", 7, "0-0:99.1.3.255", (1, 2))

    assert numbers(log) == [[seconds(BEGIN) + day * 86_400, 24_000] for day in (1, 2)]


def test_logs_survive_a_loss_of_power() -> None:
    living = LivingMeter()
    living.take(1_000)
    living.wait(days=3)

    again = living.restarted()

    for name in ("0-0:99.1.0.255", "0-0:98.1.9.255"):
        assert again.read(7, name) == living.read(7, name)
