"""Who meets whom."""

from collections import Counter
from pathlib import Path

from emulator.bench.interoperability.device_sets import device_set
from emulator.bench.interoperability.event import Activity, DeviceSet, Event
from emulator.bench.interoperability.hub_variants import every_variant


def event(*activities: Activity) -> Event:
    sets = tuple(
        DeviceSet(name, device_set("dual-fuel", Path("none"), number))
        for number, name in enumerate(("red", "blue"))
    )
    variants = tuple(every_variant())
    return Event(name="e", source="e.toml", sets=sets, activities=activities, variants=variants)


def test_every_meeting_has_a_name_of_its_own() -> None:
    names = Counter(each.name for each in event(*Activity).meetings())

    assert max(names.values()) == 1
    assert "connectivity: CHF of red with ESME of blue" in names
    assert "functionality: GPF of blue" in names
    assert "hub-variants: red with Dual Band / Central" in names


def test_devices_of_one_kind_are_exchanged_between_sets_only() -> None:
    found = list(event(Activity.INTERCHANGEABILITY).meetings())

    assert len(found) == 12
    assert all(each.first.name != each.second.name for each in found)


def test_only_the_activities_asked_for_are_held() -> None:
    found = {each.activity for each in event(Activity.INTEROPERABILITY).meetings()}

    assert found == {Activity.INTEROPERABILITY}
