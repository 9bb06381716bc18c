"""What objects and attributes are called."""

import pytest

from emulator.bench.report.place_names import is_zcl, place_name, place_order


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("0x0702/attribute 0x0000", "Metering: CurrentSummationDelivered"),
        ("0x0705/command 0x07", "Prepayment: GetPrepaySnapshot"),
        ("0x0702/attribute 0xEEEE", "Metering"),
        ("0x0702/command 0xEE", "Metering"),
        ("0xFEED/attribute 0x0000", ""),
        ("112/0-0:19.10.0.255/attribute 2", "MeterBalance"),
        ("1/9-9:9.9.9.9/attribute 2", ""),
    ],
)
def test_a_place_has_the_name_of_the_specification(place: str, name: str) -> None:
    assert place_name(place) == name


def test_places_of_zcl_are_told_from_objects() -> None:
    assert is_zcl("0x0702/attribute 0x0000")
    assert not is_zcl("3/1-0:1.8.0.255/attribute 2")


def test_places_stand_by_number_of_class_or_cluster() -> None:
    places = ["21/0-0:16.0.1.255/attribute 2", "3/1-0:1.8.0.255/attribute 2"]

    assert sorted(places, key=place_order) == places[::-1]
