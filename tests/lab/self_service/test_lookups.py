import pytest

from emulator.kernel.errors import UsageError
from emulator.lab.self_service.lookups import Lookup, found_devices, lookup_of
from tests.lab.self_service.stranded import meter_id, stranded_home, supply_point


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({}, 3),
        ({"mpxn": supply_point()}, 1),
        ({"mpxn": "1"}, 0),
        ({"eui64": meter_id()}, 1),
        ({"eui64": "00-00-00-00-00-00-00-01"}, 0),
        ({"uprn": "1"}, 0),
        ({"postcode": "AB1 2CD"}, 0),
    ],
    ids=str,
)
def test_devices_are_found_by_one_thing(fields: dict[str, str], count: int) -> None:
    assert len(found_devices(stranded_home().side.inventory, lookup_of(fields))) == count


@pytest.mark.parametrize(
    "fields",
    [{"mpxn": "1", "uprn": "2"}, {"eui64": "x"}, {"uprn": "9" * 41}, {"postcode": "a\x00"}],
    ids=str,
)
def test_what_cannot_be_looked_for_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        lookup_of(fields)


def test_what_is_no_way_to_find_is_left_aside() -> None:
    assert lookup_of({"": "x", "colour": "red", "mpxn": " "}) == Lookup()
