"""Settings of a Smart Energy device that no device could have."""

import pytest

from emulator.kernel.errors import UsageError
from emulator.kernel.units import Duration, hours
from emulator.smart_energy.settings import (
    ClockSettings,
    DisplaySettings,
    ElectricityMeterSettings,
    GasMeterSettings,
    KeepAliveSettings,
    KeyEstablishmentSettings,
    LoadControllerSettings,
    LoadControlSettings,
    PartnerLinkSettings,
    TrustCentreSettings,
)


@pytest.mark.parametrize("seconds", [-1, 255])
def test_joining_is_not_open_for_ever_nor_for_less_than_no_time(seconds: int) -> None:
    with pytest.raises(UsageError, match=f"permit_join is {seconds}: expected 0 to 254"):
        TrustCentreSettings(permit_join=seconds)


@pytest.mark.parametrize("seconds", [0, 254])
def test_the_shortest_and_the_longest_time_are_taken(seconds: int) -> None:
    assert TrustCentreSettings(permit_join=seconds).permit_join == seconds


def test_a_pause_must_lie_between_two_openings() -> None:
    with pytest.raises(UsageError, match="permit_join_repeat is 0 us: expected more than no time"):
        TrustCentreSettings(permit_join_repeat=Duration(0))


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        (KeyEstablishmentSettings, "ephemeral_generate_time", -1),
        (KeyEstablishmentSettings, "confirm_generate_time", 256),
        (KeepAliveSettings, "base", 0),
        (KeepAliveSettings, "base", 256),
        (KeepAliveSettings, "jitter", 0x10000),
        (PartnerLinkSettings, "tries", 0),
        (ElectricityMeterSettings, "drift", 10**20),
        (GasMeterSettings, "drift", -(10**20)),
        (LoadControllerSettings, "drift", 10**9),
    ],
)
def test_what_nothing_can_say_or_be_is_refused_by_its_name(
    kind: type, name: str, value: int
) -> None:
    with pytest.raises(UsageError, match=f"{name} is {value}: expected"):
        kind(**{name: value})


@pytest.mark.parametrize(
    ("kind", "room", "name"),
    [
        (DisplaySettings, "display", "every"),
        (ClockSettings, "clock", "every"),
        (ClockSettings, "clock", "retry"),
        (LoadControlSettings, "load_control", "retry"),
        (LoadControlSettings, "load_control", "resend"),
        (LoadControlSettings, "load_control", "renew"),
    ],
)
def test_what_is_done_again_and_again_has_a_pause(kind: type, room: str, name: str) -> None:
    with pytest.raises(UsageError, match=f"{room}.{name} is 0 us: expected more than no time"):
        kind(**{name: Duration(0)})


def test_a_clock_is_not_compared_sooner_than_at_once() -> None:
    with pytest.raises(UsageError, match=r"spread is .*: expected less than clock\.every, 1 h"):
        ClockSettings(every=hours(1), spread=hours(1))
