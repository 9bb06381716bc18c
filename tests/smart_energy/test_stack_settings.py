"""The rooms of settings of a node."""

from dataclasses import fields

from emulator.smart_energy.settings import JoinerSettings
from emulator.smart_energy.stack_settings import StackSettings, rooms


def test_room_is_found_by_the_name_of_its_field() -> None:
    found = rooms()

    assert found["joiner"] is JoinerSettings
    assert list(found) == [each.name for each in fields(StackSettings)]


def test_every_setting_names_its_source() -> None:
    silent = [
        f"{room}.{each.name}"
        for room, kind in rooms().items()
        for each in fields(kind)
        if not each.metadata.get("source")
    ]

    assert silent == []


def test_unverified_settings_are_told_with_their_room() -> None:
    told = list(StackSettings().unverified())

    assert "interview.pause" in told
    assert "keep_alive.failures" not in told
    assert len(told) == len(set(told))
