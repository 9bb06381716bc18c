from emulator.dcc.commands.outcome import successful
from emulator.duis.mmc.debug import debug_info
from tests.duis.mmc.reference_answers import responses


def test_each_item_of_an_answer_in_dlms_has_its_result_and_place() -> None:
    failed = next(
        each for each in responses() if each.code == 0x0019 and not successful(each.payload)
    )

    told = debug_info(failed.payload)
    assert told is not None
    items = told.parts[0].parts
    assert [dict(each.attributes)["Position"] for each in items[:2]] == ["1", "2"]
    assert len(items) == 21
    assert {each.parts[0].text for each in items} > {"success"}


def test_each_status_of_an_answer_in_zcl_has_its_command() -> None:
    failed = next(
        each for each in responses() if each.code == 0x006B and not successful(each.payload)
    )

    told = debug_info(failed.payload)
    assert told is not None
    assert told.parts[0].name == "ZIGBEEDebug"
    first = told.parts[0].parts[0]
    assert first.parts[0].text == "Calendar"
    assert first.parts[1].parts[0].name == "CommandID"


def test_an_answer_that_tells_it_itself_has_none() -> None:
    joined = next(each for each in responses() if each.code == 0x000D)

    assert debug_info(joined.payload) is None
