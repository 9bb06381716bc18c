import pytest

from emulator.gbcs.commands.services import service_use_case, service_use_cases, use_cases_for
from emulator.kernel.errors import UsageError


def test_a_service_becomes_another_use_case_on_another_device() -> None:
    assert use_cases_for("8.1.1", "ESME") == (0x0062,)
    assert use_cases_for("8.1.1", "GSME") == (0x007F,)
    assert use_cases_for("8.1.1", "CHF") == ()


def test_parameters_choose_where_several_use_cases_fit() -> None:
    assert use_cases_for("8.11", "CHF") == (0x0001, 0x0002)
    assert use_cases_for("8.11", "CHF", {"RequestType": "Remove"}) == (0x0002,)


def test_what_the_dcc_knows_of_devices_chooses_too() -> None:
    join = service_use_case("8.7.2", "PPMID", {"OtherDeviceType": "GSME"})

    assert (join.name, join.code) == ("CS03CNonCritical", 0x00AF)


def test_the_newer_use_case_comes_first() -> None:
    assert use_cases_for("8.9", "CHF", {})[0] == 0x010F
    assert use_cases_for("6.8", "ESME") == (0x00D7, 0x0046)


def test_a_service_that_fits_no_use_case_of_the_device_is_refused() -> None:
    with pytest.raises(UsageError, match=r"8\.1\.1 .* not for a PPMID"):
        service_use_case("8.1.1", "PPMID", {})


def test_the_dcc_answers_some_services_itself() -> None:
    assert service_use_cases("8.2", "ESME") == ()
