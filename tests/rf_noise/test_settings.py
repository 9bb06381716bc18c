import pytest

from emulator.kernel.errors import UsageError
from emulator.rf_noise.settings import (
    HubSettings,
    LinkSettings,
    PopulationSettings,
    RfNoiseSettings,
    rooms,
)


def test_what_no_source_proves_is_named_with_its_room() -> None:
    names = set(RfNoiseSettings().unverified())

    assert {"hub.sensitivity_868", "link.lost", "population.north"} <= names
    assert "hub.sensitivity_2400" not in names


def test_rooms_are_those_of_the_settings() -> None:
    assert rooms() == {
        "hub": HubSettings,
        "link": LinkSettings,
        "population": PopulationSettings,
    }


def test_values_that_make_no_sense_are_refused() -> None:
    with pytest.raises(UsageError, match=r"population\.north is 2"):
        PopulationSettings(north=2)
    with pytest.raises(UsageError, match=r"link\.octets is 500"):
        LinkSettings(octets=500)
    with pytest.raises(UsageError, match=r"hub\.wan_423_bandwidth"):
        HubSettings(wan_423_bandwidth=0)
