from dataclasses import replace
from datetime import UTC, datetime

import pytest

from emulator.cosem.date_times import NEVER, NOW
from emulator.gbcs.commands.context import asn1_context, dlms_context, execution_of, gbz_context
from emulator.gbcs.commands.heading import Activation, CommandHeading
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64

LATER = datetime(2030, 1, 15, 9, tzinfo=UTC)
HEADING = CommandHeading(originator=Eui64(1), recipient=Eui64(2), counter=3)


def test_now_never_and_later_are_written_in_each_way() -> None:
    never, later = (replace(HEADING, execution=each) for each in (Activation.NEVER, LATER))

    assert dlms_context("@execution", HEADING) == NOW
    assert dlms_context("@execution", never) == NEVER
    assert gbz_context("@execution", HEADING) == 0
    assert gbz_context("@execution", never) == 0xFFFFFFFF
    assert gbz_context("@execution-calendar", never) == 0xFFFFFFFE
    assert asn1_context("@execution", HEADING) is None
    assert asn1_context("@execution", never) == "99991231235959Z"
    assert asn1_context("@execution", later) == "20300115090000Z"


@pytest.mark.parametrize("execution", [*Activation, LATER])
def test_what_is_written_is_read_again(execution: Activation | datetime) -> None:
    heading = replace(HEADING, execution=execution)

    assert execution_of(dlms_context("@execution", heading)) == execution
    assert execution_of(gbz_context("@execution", heading)) == execution
    assert execution_of(gbz_context("@execution-calendar", heading)) == execution
    assert execution_of(asn1_context("@execution", heading)) == execution


def test_a_date_that_is_open_in_parts_is_none_to_wait_for() -> None:
    with pytest.raises(UsageError, match="no date on which"):
        execution_of(bytes.fromhex("FFFF0C19FF000000008000FF"))


def test_data_goes_to_the_party_for_whom_the_originator_speaks() -> None:
    for_other = replace(HEADING, supplementary_party=Eui64(9), supplementary_counter=7)

    assert dlms_context("@originator", HEADING) == bytes.fromhex("0000000000000001")
    assert dlms_context("@originator", for_other) == bytes.fromhex("0000000000000009")
    assert dlms_context("@transaction", for_other) == bytes.fromhex("04 0000000000000003")
    assert dlms_context("@recipient", for_other) == bytes.fromhex("0000000000000002")


def test_a_gas_command_needs_to_know_when_it_was_made() -> None:
    with pytest.raises(UsageError, match="when it was issued"):
        gbz_context("@issued", HEADING)
    assert gbz_context("@issued", replace(HEADING, issued=LATER)) == 948013200


def test_the_heading_says_nothing_else() -> None:
    for context in (dlms_context, gbz_context, asn1_context):
        with pytest.raises(UsageError, match="@weather"):
            context("@weather", HEADING)


def test_the_counter_of_a_message_counts_in_its_payload_too() -> None:
    assert asn1_context("@counter", HEADING) == 3
