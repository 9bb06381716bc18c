import pytest

from emulator.dcc.code_tables import (
    dcc_alert_code,
    dcc_alert_codes,
    response_code,
    response_codes,
)
from emulator.dcc.inventory.statuses import Certainty
from emulator.dcc.settings import AssumedCodes
from emulator.kernel.errors import UsageError
from emulator.kernel.settings import unverified


def test_every_number_of_the_schema_is_there() -> None:
    assert len(response_codes()) == 194
    assert len(dcc_alert_codes()) == 66
    assert "N32" not in dcc_alert_codes()


@pytest.mark.parametrize("code", ["I0", "I99", "E1", "E5", "E11", "E19", "E20", "E21", "E120201"])
def test_codes_that_sources_explain_have_a_meaning(code: str) -> None:
    known = response_code(code)

    assert known.meaning
    assert known.certainty is Certainty.SOURCED


def test_code_that_no_source_explains_has_no_meaning() -> None:
    assert (response_code("E45").meaning, response_code("E45").certainty) == ("", None)


def test_every_assumed_code_is_one_of_duis_and_marked_unverified() -> None:
    codes = AssumedCodes()
    names = set(unverified(codes))

    assert names == set(codes.__slots__)
    for name in names:
        assert response_code(getattr(codes, name)).certainty is not Certainty.SOURCED


def test_family_of_a_dcc_alert() -> None:
    assert dcc_alert_code("N24").family == "UpdateHANDeviceLogResult"
    assert dcc_alert_code("N24").certainty is Certainty.SOURCED
    assert dcc_alert_code("N42").family == "SecurityCredentialsUpdated"


def test_codes_that_are_none_are_refused_by_name() -> None:
    with pytest.raises(UsageError, match="E6"):
        response_code("E6")
    with pytest.raises(UsageError, match="N32"):
        dcc_alert_code("N32")
