import json

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.names import cosem_name, selection_layout
from emulator.testing.judges.judges import require
from emulator.testing.judges.reference_data import shared_folder

STANDING_CHARGE = parse_obis("0-0:19.20.4.255")


def test_an_attribute_has_object_class_logical_name_and_member() -> None:
    assert (
        str(cosem_name(113, STANDING_CHARGE, 5))
        == "Standing Charge.unit_charge_active (Charge, 0-0:19.20.4.255)"
    )


def test_what_is_not_known_shows_its_numbers() -> None:
    nowhere = bytes(6)

    assert str(cosem_name(99, nowhere, 2)) == "class 99.attribute 2 (class 99, 0-0:0.0.0.0)"
    assert (
        str(cosem_name(3, nowhere, 9, method=True)) == "Register.method 9 (Register, 0-0:0.0.0.0)"
    )


def test_an_objects_own_layout_goes_before_that_of_its_class() -> None:
    collection = cosem_name(1, parse_obis("0-0:94.44.34.10"), 2)

    assert collection.layout[0].name == "active_import_value"
    assert collection.layout[-1].optional


def test_only_logs_have_selections() -> None:
    assert selection_layout(7, 1)
    assert selection_layout(1, 1) == selection_layout(99, 1) == ()


def test_members_are_called_as_the_annex_calls_them() -> None:
    facts = shared_folder() / "data" / "gbcs_annex.json"
    require("gbcs_annex.json", facts.is_file(), "set HANLAB_SHARED to the shared data")
    rows = [
        row
        for use_case in json.loads(facts.read_text()).values()
        for table in use_case.get("dlms", [])
        for row in table["rows"]
        if row[3].isdigit() and row[7] and not row[7].startswith(("see notes", "data"))
    ]

    different = {
        (row[3], row[5], row[6], row[7])
        for row in rows
        if cosem_name(int(row[3]), parse_obis(row[4]), int(row[6]), method=row[5] == "M").member
        != row[7].partition(":")[0].replace("_ ", "_")
    }
    assert (len(rows) > 800, different) == (True, set())
