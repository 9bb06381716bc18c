import pytest

from emulator.gbcs.use_cases.catalogue import use_case
from emulator.kernel.errors import UsageError
from emulator.lab.interactive.use_case_choice import called, chosen_use_case


@pytest.mark.parametrize("text", ["ECS17b", "ecs17B", "0027", "0x0027"])
def test_use_case_is_chosen_by_number_or_message_code(text: str) -> None:
    assert chosen_use_case(text).code == 0x0027


def test_device_chooses_among_the_codes_of_a_number() -> None:
    assert chosen_use_case("CS02g", "SAPC").code == 0x0125


def test_several_codes_that_fit_are_all_told() -> None:
    with pytest.raises(UsageError, match=r"several message codes.*0102 .*0103 "):
        chosen_use_case("CS02b", "ESME")


def test_use_case_for_other_devices_is_refused_with_those_it_is_for() -> None:
    with pytest.raises(UsageError, match="not for GSME: expected ESME"):
        chosen_use_case("ECS17b", "GSME")


def test_unknown_name_is_refused_with_those_that_come_near() -> None:
    with pytest.raises(UsageError, match="no use case is called 'ECS17x': expected one like ECS17"):
        chosen_use_case("ECS17x")


def test_name_that_is_like_no_other_leads_to_the_listing() -> None:
    with pytest.raises(UsageError, match="hanlab list usecases"):
        chosen_use_case("%%%%%%")


@pytest.mark.parametrize(("code", "name"), [(0x27, "ECS17b"), (0x0102, "0102")])
def test_use_case_is_called_by_its_number_where_that_is_enough(code: int, name: str) -> None:
    assert called(use_case(code)) == name
