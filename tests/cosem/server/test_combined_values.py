from emulator.cosem.names import cosem_name
from emulator.cosem.server.combined_values import COMBINED_VALUES
from emulator.cosem.server.members import Attribute, members_of
from emulator.cosem.server.object_store import ObjectStore


def test_every_part_is_an_attribute_of_a_meter() -> None:
    store = ObjectStore(members_of("ESME"))

    for shown, parts in COMBINED_VALUES.items():
        assert store.has_attribute(shown)
        assert all(store.has_attribute(part) for part in parts)


def test_parts_are_as_many_as_the_value_has_names() -> None:
    for shown, parts in COMBINED_VALUES.items():
        assert len(cosem_name(*shown).layout) == len(parts)


def test_a_device_without_the_object_does_not_have_the_attribute() -> None:
    store = ObjectStore(members_of("CHF"))

    assert not any(store.has_attribute(Attribute(*shown)) for shown in COMBINED_VALUES)
