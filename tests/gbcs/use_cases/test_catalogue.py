import json
from collections import Counter

import pytest

from emulator.gbcs.envelope import Message
from emulator.gbcs.payload import payload_kind
from emulator.gbcs.use_cases.catalogue import (
    also_known,
    known_use_case,
    named_use_cases,
    use_case,
    use_cases,
)
from emulator.gbcs.use_cases.record import Access, Category, Evidence, UseCase
from emulator.kernel.errors import UsageError
from emulator.testing.judges.judges import require
from emulator.testing.judges.reference_data import reference_messages, shared_folder


def test_all_240_message_codes_are_there_and_marked_as_what_they_are() -> None:
    evidence = Counter(each.evidence for each in use_cases())

    assert evidence == {Evidence.ANNEX: 177, Evidence.MESSAGES: 60, Evidence.NAME: 3}
    assert sum(each.sensitive for each in use_cases()) == 24


def test_a_use_case_is_found_by_its_code() -> None:
    found = use_case(0x0027)

    assert str(found) == "ECS17b Read ESME Energy Registers (Import Energy)"
    assert (found.services, found.category) == (("4.1.1",), Category.SME_C_NC)
    assert (found.sensitive, found.access) == (True, Access.READ)
    assert found.cosem[0].path == "get_protected_attributes"


def test_a_code_that_is_not_known_is_refused() -> None:
    assert known_use_case(0x0FFF) is None
    with pytest.raises(UsageError, match="0FFF is not known"):
        use_case(0x0FFF)


def test_one_number_may_have_several_codes() -> None:
    assert len(named_use_cases("CS02b")) == 10


def test_the_newer_of_two_use_cases_is_named() -> None:
    assert use_case(0x0004).superseded_by == 0x010F


def test_the_rows_are_those_of_the_annex() -> None:
    facts = shared_folder() / "data" / "gbcs_annex.json"
    require("gbcs_annex.json", facts.is_file(), "set HANLAB_SHARED to the shared data")
    annex = json.loads(facts.read_text())

    for name, entry in annex.items():
        ours = use_case(int(entry["code"], 16))
        cosem = [row for table in entry.get("dlms", []) for row in table["rows"]]
        zcl = [row for table in entry.get("zcl", []) for row in table["rows"]]
        assert (ours.name, len(ours.cosem), len(ours.zcl)) == (name, len(cosem), len(zcl))


def test_every_reference_message_has_a_use_case_with_its_kind_of_payload() -> None:
    for reference in reference_messages():
        message = Message.decode(reference.octets)
        found = use_case(message.other_information.message_code)

        kinds = found.payloads[message.cra.name.lower()]
        assert payload_kind(message.payload).value in kinds, reference.name


def test_own_use_cases_hold_only_while_inside() -> None:
    own = UseCase(
        code=0x0019, name=None, title="Ours", category=Category.ZSE, evidence=Evidence.NAME
    )

    with also_known((own,)):
        inside = use_case(0x0019)

    assert inside == own
    assert use_case(0x0019) != own
