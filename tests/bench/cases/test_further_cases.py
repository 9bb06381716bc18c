"""More cases of records: answers, counters, dates, what is written."""

from dataclasses import replace

from emulator.bench.campaigns.campaign import known_cases
from emulator.bench.cases.cases import cases_of
from emulator.bench.cases.checks import Check
from emulator.bench.cases.further_cases import further_cases, second_sender
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.testing.scenes.bench_scene import case_named


def checks(kind: DeviceKind, code: int) -> set[Check]:
    made = further_cases(cases_of(kind))
    return {each.check for each in made if each.use_case.code == code}


def test_a_sensitive_read_of_registers_has_cases_of_its_answer_only() -> None:
    assert checks(DeviceKind.ESME, 0x0027) == {
        Check.ANSWER_PROTECTED,
        Check.SENSITIVE,
        Check.ANSWER_TIME,
    }


def test_a_command_that_can_wait_has_cases_of_its_date_and_its_counter() -> None:
    found = checks(DeviceKind.ESME, 0x001A)

    assert found >= {Check.ON_DATE, Check.DATED_ALERT, Check.DATED_AFTER_POWER_LOSS}
    assert found >= {Check.REFUSED_UNCOUNTED, Check.ANSWER_TIME}
    assert Check.SENSITIVE not in found


def test_what_can_be_read_again_is_read_again() -> None:
    assert checks(DeviceKind.ESME, 0x0046) >= {Check.READ_BACK, Check.VALUE_AFTER_POWER_LOSS}
    assert Check.READ_BACK not in checks(DeviceKind.ESME, 0x001A)


def test_a_command_with_several_items_has_one_whose_first_fails() -> None:
    case = known_cases(DeviceKind.ESME)["ESME/0045/ECS29a/after-failed-item/0"]

    assert case.expected.item == 0


def test_the_second_sender_can_protect_the_command_too() -> None:
    joins, unjoins = case_named("ESME/000E/CS03B/success"), case_named("ESME/000F/CS04AC/success")

    assert second_sender(joins) is RemotePartyRole.ACCESS_CONTROL_BROKER
    assert second_sender(unjoins) is None


def test_of_several_others_the_first_that_has_a_key_to_protect_the_command_sends_it() -> None:
    signed = case_named("ESME/0008/CS02a/success")
    maced = replace(signed, use_case=replace(signed.use_case, protection={"command": ("MAC",)}))

    assert second_sender(signed) is RemotePartyRole.RECOVERY
    assert second_sender(maced) is RemotePartyRole.NETWORK_OPERATOR


def test_the_counter_of_another_party_is_tried_where_there_is_one_and_counters_count() -> None:
    guarded, alone, plain = (checks(DeviceKind.ESME, code) for code in (0x000E, 0x000F, 0x0028))

    assert Check.OTHER_PARTY_COUNTER in guarded
    assert Check.REFUSED_UNCOUNTED in alone
    assert not (alone | plain) & {Check.OTHER_PARTY_COUNTER}


def test_two_items_are_enough_for_one_that_fails_before_another() -> None:
    two, one = (checks(DeviceKind.GSME, code) for code in (0x007C, 0x0071))

    assert Check.AFTER_FAILED_ITEM in two
    assert Check.AFTER_FAILED_ITEM not in one
