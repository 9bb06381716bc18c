from typing import Any

import pytest

from emulator.gbcs.asn1.codes import CellUsage, DeviceType, KeyUsage
from emulator.gbcs.asn1.credentials import TrustAnchorCell
from emulator.gbcs.asn1.device_logs import JoinDeviceCommand
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.commands.asn1_fields import asn1_payload, read_asn1
from emulator.gbcs.commands.build import command_payload, values_of
from emulator.gbcs.commands.heading import CommandHeading
from emulator.gbcs.commands.template import Constant, Fields, Hole, Reference
from emulator.gbcs.commands.values import FoundValues, GivenValues
from emulator.gbcs.payload import Payload
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64

HEADING = CommandHeading(originator=Eui64(1), recipient=Eui64(2), counter=1300)
CERTIFICATE = bytes.fromhex("30 03 020101")
JOIN = {"device": "00-DB-12-34-56-78-90-9A", "device_type": "PPMID"}


def _asn1(payload: Payload) -> Asn1Payload:
    assert isinstance(payload, Asn1Payload)
    return payload


def _value(payload: Payload) -> Any:
    return _asn1(payload).value


def test_numbers_get_the_names_that_asn1_gives_them() -> None:
    made = command_payload(use_case(0x000D), JOIN, HEADING)

    assert _value(made) == JoinDeviceCommand(0, bytes.fromhex("00DB12345678909A"), DeviceType.PPMID)
    assert made.encode().hex() == "3010" + "020100" + "040800db12345678909a" + "020105"


def test_a_certificate_is_there_only_where_it_is_given() -> None:
    without = command_payload(use_case(0x00AF), JOIN, HEADING)
    with_one = command_payload(use_case(0x00AF), JOIN | {"certificate": CERTIFICATE}, HEADING)

    assert "certificate" not in values_of(use_case(0x00AF), without).values
    assert values_of(use_case(0x00AF), with_one).values["certificate"] == CERTIFICATE


def test_credentials_go_to_the_cells_of_the_party_that_is_replaced() -> None:
    values = {
        "digital_signing_certificate": CERTIFICATE,
        "key_agreement_certificate": CERTIFICATE,
        "path_certificates": [CERTIFICATE],
        "floor": 0,
    }

    made = command_payload(use_case(0x0107), values, HEADING)

    control, replacements = _value(made).control, _value(made).replacements
    supplier = RemotePartyRole.SUPPLIER
    assert control.sequence_number == 1300
    assert control.cell.remote_party_role == RemotePartyRole.TRANSITIONAL_CHANGE_OF_SUPPLIER
    assert [each.cell for each in replacements] == [
        TrustAnchorCell(supplier, KeyUsage.DIGITAL_SIGNATURE),
        TrustAnchorCell(supplier, KeyUsage.KEY_AGREEMENT),
    ]
    assert control.other_changes[0].role == supplier
    assert values_of(use_case(0x0107), made).values == values | {"cpv_checks": "APPLY"}


def test_any_credentials_can_be_replaced_in_recovery() -> None:
    replacement = {
        "certificate": CERTIFICATE,
        "role": "SUPPLIER",
        "key_usage": "KEY_AGREEMENT",
        "cell_usage": "PREPAYMENT_TOP_UP",
    }
    values = {
        "replacements": [replacement],
        "path_certificates": [],
        "other_changes": [{"role": "SUPPLIER", "floor": 5, "top_up_floor": 6}],
    }

    made = command_payload(use_case(0x0108), values, HEADING)

    assert _value(made).replacements[0].cell.cell_usage == CellUsage.PREPAYMENT_TOP_UP
    assert values_of(use_case(0x0108), made).values == values | {"cpv_checks": "APPLY"}


@pytest.mark.parametrize(
    "certificate", [CERTIFICATE + b"\x00", CERTIFICATE[:-1]], ids=["longer", "shorter"]
)
def test_what_is_no_certificate_is_refused(certificate: bytes) -> None:
    with pytest.raises(UsageError, match="00AF CS03C"):
        command_payload(use_case(0x00AF), JOIN | {"certificate": certificate}, HEADING)


def test_a_value_that_the_template_does_not_make_is_refused() -> None:
    responder = command_payload(use_case(0x00AB), {"device": JOIN["device"]}, HEADING)
    found = FoundValues({})
    node = Fields({"join_method_and_role": Constant("number", 0)})

    with pytest.raises(UsageError, match="instead of 0"):
        read_asn1(node, _asn1(responder), found)


def test_a_template_that_asn1_does_not_know_is_refused() -> None:
    hole = Hole("roles", "list", of=(Hole("", "number"),))
    given = GivenValues({"roles": hole}, {"roles": [1]}, HEADING, "0008")

    with pytest.raises(UsageError, match="no SEQUENCE"):
        asn1_payload(0x0008, Fields({"roles": Fields({})}), given)
    with pytest.raises(UsageError, match="no heading"):
        asn1_payload(0x0013, Fields({"request": Reference("value", "@weather")}), given)
