import json

import pytest

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.names import cosem_name
from emulator.cosem.server.members import MeterVariant, ObjectMembers, members_of, object_members
from emulator.dlms.data_coding import encode_data
from emulator.gbcs.use_cases.catalogue import use_cases
from emulator.testing.judges.judges import require
from emulator.testing.judges.reference_data import SHARED_VARIABLE, shared_folder

BY_OBJECT = {(each.class_id, each.obis): each for each in object_members()}
SECOND_PHASE = (3, parse_obis("1-0:52.32.0.4"))
SECOND_ELEMENT = (113, parse_obis("0-0:19.20.5.255"))
IMPORT_REGISTERS = (1, parse_obis("0-0:94.44.34.10"))


def keys(*each: ObjectMembers) -> set[tuple[int, bytes]]:
    return {(one.class_id, one.obis) for one in each}


def test_every_member_that_the_annex_names_is_there() -> None:
    rows = (row for use_case in use_cases() for row in use_case.cosem)
    named = [row for row in rows if row.class_id is not None and row.obis and row.member]

    missing = [
        row.name
        for row in named
        if row.member
        not in _members(BY_OBJECT[row.class_id or 0, parse_obis(row.obis)], method=row.method)
    ]

    assert len(named) > 900
    assert missing == []


def _members(each: ObjectMembers, *, method: bool) -> frozenset[int]:
    return each.methods if method else each.readable | each.writable.keys()


def test_every_member_that_reference_messages_touch_is_there_with_its_access() -> None:
    path = shared_folder() / "data" / "gbcs_objects.json"
    require("data tables", path.is_file(), f"{SHARED_VARIABLE} names a folder with data/")
    table = json.loads(path.read_text("utf-8"))

    missing = []
    for row in (*table["cosem"], *table["cosem_protected_targets"]):
        each = BY_OBJECT[row["class_id"], parse_obis(row["obis"])]
        allowed = {"action": each.methods, "set": each.writable.keys()}
        access = row.get("access", "get")
        number = row["method"] if access == "action" else row["attribute"]
        if number not in allowed.get(access, each.readable):
            missing.append((row["obis"], access, number))

    assert missing == []


def test_each_attribute_and_method_has_a_name() -> None:
    names = [
        cosem_name(each.class_id, each.obis, number, method=method).member
        for each in object_members()
        for method, numbers in ((False, each.readable), (True, each.methods))
        for number in numbers
    ]

    assert not [name for name in names if name.startswith(("attribute", "method"))]


def test_values_as_shipped_can_be_sent() -> None:
    for each in object_members():
        for variant in MeterVariant:
            for value in each.shipped(variant).values():
                assert encode_data(value)


def test_what_is_written_has_a_type_that_it_may_have() -> None:
    for each in object_members():
        for number, types in each.writable.items():
            assert each.initial[number].type in types


@pytest.mark.parametrize(
    ("variant", "second_phase", "second_element"),
    [
        (MeterVariant.SINGLE_ELEMENT, False, False),
        (MeterVariant.TWIN_ELEMENT, False, True),
        (MeterVariant.POLYPHASE, True, False),
    ],
)
def test_variants_of_a_meter_differ_in_their_objects(
    variant: MeterVariant, second_phase: bool, second_element: bool
) -> None:
    found = keys(*members_of("ESME", variant))

    assert (SECOND_PHASE in found) is second_phase
    assert (SECOND_ELEMENT in found) is second_element


def test_twin_element_meter_has_another_register_in_its_collection() -> None:
    each = BY_OBJECT[IMPORT_REGISTERS]

    lengths = {
        variant: len(tuple(each.shipped(variant)[2].value or ()))  # type: ignore[arg-type] # the value is a structure
        for variant in MeterVariant
    }

    assert lengths == {
        MeterVariant.SINGLE_ELEMENT: 4,
        MeterVariant.TWIN_ELEMENT: 5,
        MeterVariant.POLYPHASE: 4,
    }


@pytest.mark.parametrize(("device", "count"), [("CHF", 12), ("GSME", 0), ("PPMID", 0)])
def test_other_devices_have_their_own_objects_or_none(device: str, count: int) -> None:
    assert len(members_of(device)) == count


def test_a_standalone_load_controller_has_what_sources_show_and_what_is_assumed() -> None:
    found = members_of("SAPC")

    assert len([each for each in found if "SAPC" in each.devices]) == 4
    assert all("SAPC" in each.assumed for each in found if "SAPC" not in each.devices)
