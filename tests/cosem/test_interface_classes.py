from emulator.cosem.interface_classes import INTERFACE_CLASSES
from emulator.cosem.layouts import Part


def test_attributes_follow_the_logical_name_and_methods_start_at_one() -> None:
    clock = INTERFACE_CLASSES[8]

    assert (clock.attributes[1], clock.attributes[2]) == ("logical_name", "time")
    assert clock.methods[5] == "preset_adjusting_time"


def test_every_layout_belongs_to_a_member_of_its_class() -> None:
    strange = [
        (each.id, name)
        for each in INTERFACE_CLASSES.values()
        for name in each.layouts
        if name.removesuffix(":result") not in {*each.attributes.values(), *each.methods.values()}
    ]

    assert strange == []


def test_logs_are_selected_by_range_or_by_entry() -> None:
    selections = INTERFACE_CLASSES[7].selections

    assert selections[1][1] == Part("from_value")
    assert selections[2][0] == Part("from_entry")
