"""Reference alerts in the form of the catalogue, held against its schema."""

import pytest
from lxml import etree

from emulator.duis.mmc.alert import alert_document
from emulator.duis.mmc.record import alert_records
from emulator.kernel.errors import UsageError
from tests.duis.mmc.reference_answers import Said, alerts, catalogue_schema, responses
from tests.duis.mmc.test_document import text


def document(name: str, *, opened: bool = True) -> etree._Element:
    said = next(each for each in alerts() if name in each.name)
    return alert_document(said.octets, said.opened if opened else {})


@pytest.mark.parametrize("opened", [True, False])
def test_every_reference_alert_is_as_the_schema_says(opened: bool) -> None:
    for said in alerts():
        root = alert_document(said.octets, said.opened if opened else {})
        catalogue_schema().assertValid(etree.fromstring(etree.tostring(root)))

    assert len(alerts()) > 90


def test_every_alert_that_has_a_place_says_more_than_that_it_is() -> None:
    def says_nothing(said: Said) -> bool:
        return not text(alert_document(said.octets, said.opened), "//ra:Payload/*/*")

    empty = [each.name for each in alerts() if each.code in alert_records() and says_nothing(each)]

    assert not empty


def test_an_alert_has_code_description_and_time() -> None:
    root = document("GCA-DLMS_NA_8F30")

    assert text(root, "//ra:GBCSHexAlertCode") == "8F30"
    assert text(root, "//ra:AlertDescription")
    assert text(root, "//ra:Timestamp") == "2015-01-01T00:00:00Z"
    assert not text(root, "//ra:ServiceReference")


def test_the_outcome_of_a_dated_command_names_it_and_its_item() -> None:
    root = document("ECS01a_1.1.1_8F66_FUTURE_DATED_TOU_BLOCK_SUCCESS_ALERT_CURRENCY_UNIT")

    assert text(root, "//ra:FutureDatedCommandMessageCode") == "0019"
    assert text(root, "//ra:FutureDatedCommandOriginatorCounter") == "1008"
    assert text(root, "//ra:InstanceId") == "00005E2C0200"


def test_a_billing_log_is_told_to_who_has_the_key() -> None:
    closed, opened = document("GCS53", opened=False), document("GCS53")

    assert text(closed, "//ra:GBCSData/@format") == "encrypted"
    assert text(opened, "//ra:ActiveImportRegisterValueConsumption") == "0.015"


def test_a_response_is_no_alert() -> None:
    with pytest.raises(UsageError, match="a response, expected an alert"):
        alert_document(responses()[0].octets)
