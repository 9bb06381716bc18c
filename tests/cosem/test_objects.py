import json

from emulator.cosem.interface_classes import INTERFACE_CLASSES
from emulator.cosem.logical_names import parse_obis
from emulator.cosem.objects import cosem_objects
from emulator.testing.judges.judges import require
from emulator.testing.judges.reference_data import shared_folder


def test_every_object_is_of_a_known_class() -> None:
    assert {each.class_id for each in cosem_objects().values()} == INTERFACE_CLASSES.keys()


def test_an_object_knows_its_name_scaler_and_unit() -> None:
    known = cosem_objects()[3, parse_obis("1-0:2.8.0.255")]

    assert (known.name, known.scaler, known.unit) == ("Active Export Register", 0, 30)
    assert known.logical_name == "1-0:2.8.0.255"


def test_every_object_of_the_reference_messages_is_there() -> None:
    facts = shared_folder() / "data" / "gbcs_objects.json"
    require("gbcs_objects.json", facts.is_file(), "set HANLAB_SHARED to the shared data")

    listed = json.loads(facts.read_text())
    rows = listed["cosem"] + listed["cosem_protected_targets"]

    missing = {(row["class_id"], row["obis"]) for row in rows} - {
        (each.class_id, each.logical_name) for each in cosem_objects().values()
    }
    assert missing == set()
