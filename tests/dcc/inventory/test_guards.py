import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.dcc.inventory.device_kinds import DeviceKind
from emulator.dcc.inventory.evidence import Evidence, UserRequest, WanContact
from emulator.dcc.inventory.guards import Situation, refusal
from emulator.dcc.inventory.records import DeviceRecord, Move
from emulator.dcc.inventory.statuses import SmiStatus
from emulator.dcc.inventory.transitions import Guard
from emulator.dcc.inventory.triggers import Trigger
from emulator.gbcs.envelope import Message
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.inventory_scene import (
    CHF,
    ESME,
    GSME,
    HOME,
    INSTALLER,
    START,
    device_record,
    on_site,
    over_wan,
    set_clock_response,
)


def situation(
    kind: DeviceKind = DeviceKind.ESME,
    evidence: Evidence | None = None,
    hub: DeviceRecord | None = None,
    partner: DeviceRecord | None = None,
) -> Situation:
    move = Move(
        device=HOME[kind], trigger=Trigger.COMMISSION_DEVICE, moment=START, evidence=evidence
    )
    return Situation(move, device_record(kind), hub, partner)


@pytest.mark.parametrize("status", [each for each in SmiStatus if each.name != "COMMISSIONED"])
def test_a_hub_of_any_other_status_holds_the_command_back(status: SmiStatus) -> None:
    """SEC App. AC 4.12 (c)."""
    refused = refusal(Guard.HUB_COMMISSIONED, situation(hub=device_record(DeviceKind.CHF, status)))

    assert refused is not None
    assert refused.clause == "SEC App. AC 4.12(c)"
    assert status.value in refused.reason


def test_a_commissioned_hub_lets_it_go() -> None:
    hub = device_record(DeviceKind.CHF, SmiStatus.COMMISSIONED)

    assert refusal(Guard.HUB_COMMISSIONED, situation(hub=hub)) is None
    assert refusal(Guard.HUB_COMMISSIONED, situation()) is not None


def test_the_response_of_the_meter_itself_is_proof() -> None:
    """SEC App. AC 4.13."""
    for kind in (DeviceKind.ESME, DeviceKind.GSME):
        good = over_wan(set_clock_response(kind))

        assert refusal(Guard.SUCCESS_OVER_WAN, situation(kind, good)) is None


def _changed(octets: bytes, **changes: object) -> bytes:
    message = Message.decode(octets)
    fields = {name: getattr(message, name) for name in message.__slots__ if name != "_wire"}
    return Message(**(fields | changes)).encode()


@pytest.mark.parametrize(
    ("evidence", "reason"),
    [
        (None, "no response"),
        (on_site(set_clock_response(DeviceKind.ESME)), "no response"),
        (WanContact(CHF, START), "no response"),
        (UserRequest("8.4", INSTALLER, START), "no response"),
        (over_wan(set_clock_response(DeviceKind.ESME), successful=False), "not say successful"),
        (over_wan(set_clock_response(DeviceKind.ESME), hub=Eui64(1)), "not its own CHF"),
        (over_wan(set_clock_response(DeviceKind.ESME), hub=Eui64(2**64 - 1)), "not its own CHF"),
        (over_wan(b"\x00"), "no GBCS message"),
        (over_wan(set_clock_response(DeviceKind.ESME, GSME)), "no response of this device"),
        (over_wan(set_clock_response(DeviceKind.ESME, Eui64(1))), "no response of this device"),
        (over_wan(set_clock_response(DeviceKind.GSME, ESME)), "message code 007F, expected 0062"),
    ],
)
def test_nothing_else_is(evidence: Evidence | None, reason: str) -> None:
    refused = refusal(Guard.SUCCESS_OVER_WAN, situation(evidence=evidence))

    assert refused is not None
    assert refused.clause == "SEC App. AC 4.13"
    assert reason in refused.reason


@given(octets=st.binary(max_size=120))
def test_no_octets_upset_the_proof(octets: bytes) -> None:
    refused = refusal(Guard.SUCCESS_OVER_WAN, situation(evidence=over_wan(octets)))

    assert refused is not None


@pytest.mark.parametrize("kind", [DeviceKind.ESME, DeviceKind.SAPC, DeviceKind.GPF])
def test_a_type_1_device_wants_a_commissioned_partner(kind: DeviceKind) -> None:
    """SEC App. AC 4.9."""
    guard = Guard.PARTNER_COMMISSIONED
    ready = device_record(kind, SmiStatus.COMMISSIONED)
    early = device_record(kind, SmiStatus.INSTALLED_NOT_COMMISSIONED)

    assert refusal(guard, situation(DeviceKind.PPMID, partner=ready)) is None
    refused = refusal(guard, situation(DeviceKind.PPMID, partner=early))
    assert refused is not None
    assert refused.clause == "SEC App. AC 4.9"


def test_the_gpf_wants_a_commissioned_gas_meter_and_no_other_partner() -> None:
    """SEC App. AC 4.10."""
    guard = Guard.PARTNER_COMMISSIONED
    gas = device_record(DeviceKind.GSME, SmiStatus.COMMISSIONED)
    electricity = device_record(DeviceKind.ESME, SmiStatus.COMMISSIONED)

    assert refusal(guard, situation(DeviceKind.GPF, partner=gas)) is None
    for partner in (electricity, device_record(DeviceKind.GSME), None):
        refused = refusal(guard, situation(DeviceKind.GPF, partner=partner))
        assert refused is not None
        assert refused.clause == "SEC App. AC 4.10"


def test_success_may_also_come_from_a_site() -> None:
    assert refusal(Guard.SUCCESS, situation(evidence=on_site())) is None
    assert refusal(Guard.SUCCESS, situation(evidence=over_wan())) is None
    assert refusal(Guard.SUCCESS, situation(evidence=over_wan(successful=False))) is not None
    assert refusal(Guard.SUCCESS, situation()) is not None


def test_a_hub_is_heard_itself_or_not_at_all() -> None:
    heard = situation(DeviceKind.CHF, WanContact(CHF, START))

    assert refusal(Guard.HEARD_ON_WAN, heard) is None
    for other in (Eui64(1), ESME, Eui64(2**64 - 1)):
        another = situation(DeviceKind.CHF, WanContact(other, START))
        assert refusal(Guard.HEARD_ON_WAN, another) is not None


def test_a_gas_meter_does_not_prove_itself_by_the_code_of_an_electricity_meter() -> None:
    """GBCS ECS70 is 0062, below the 007F of GCS28."""
    wrong = over_wan(set_clock_response(DeviceKind.ESME, GSME))

    refused = refusal(Guard.SUCCESS_OVER_WAN, situation(DeviceKind.GSME, wrong))

    assert refused is not None
    assert "message code 0062, expected 007F" in refused.reason


@pytest.mark.parametrize(
    ("status", "told"),
    [(None, "is no status"), (SmiStatus.PENDING, f"is {SmiStatus.PENDING.value}")],
)
def test_a_partner_that_is_not_ready_is_told_with_its_status(
    status: SmiStatus | None, told: str
) -> None:
    partner = device_record(DeviceKind.ESME, status)

    refused = refusal(Guard.PARTNER_COMMISSIONED, situation(DeviceKind.PPMID, partner=partner))

    assert refused is not None
    assert refused.reason.endswith(told)
