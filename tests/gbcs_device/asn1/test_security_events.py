"""What commands in ASN.1 leave in the security log (GBCS 16.2)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from emulator.cosem.server.made_values import number_of, parts_of
from emulator.gbcs.asn1.codes import DeviceType, JoinMethodAndRole, KeyUsage
from emulator.gbcs.asn1.credentials import (
    AuthorisingControl,
    IssueCredentialsCommand,
    TrustAnchorReplacement,
    UpdateCertificateCommand,
    UpdateCredentialsCommand,
)
from emulator.gbcs.asn1.device_logs import JoinDeviceCommand, UnjoinDeviceCommand
from emulator.gbcs.payload import PayloadKind
from emulator.gbcs.pki import make_pki
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.remote_party_role import RemotePartyRole as Role
from emulator.gbcs_device.asn1.credentials_updates import MODES
from emulator.gbcs_device.cosem.device_objects import electricity_meter
from emulator.gbcs_device.cosem.event_logs import SECURITY_LOG
from emulator.gbcs_device.device_clock import generalized_time
from emulator.gbcs_device.device_kind import ROOT_CELL, DeviceKind, cell
from emulator.gbcs_device.own_keys import PreparedKey
from emulator.kernel.units import START, hours, later
from emulator.testing.scenes.remote_party_bench import (
    DEVICE,
    GAINING_SUPPLIER,
    NOON,
    RemotePartyBench,
    alerts,
    bench_pki,
    bench_setup,
)

JOIN, UNJOIN, ISSUE, UPDATE, BY_TRANSCOS = 0x000E, 0x0010, 0x000A, 0x000B, 0x0107
PARTNER = bytes(7) + b"\x09"
USES = {
    KeyUse.DIGITAL_SIGNATURE: KeyUsage.DIGITAL_SIGNATURE,
    KeyUse.KEY_AGREEMENT: KeyUsage.KEY_AGREEMENT,
}


class Meter:
    """An electricity meter and what stands in its security log."""

    def __init__(self) -> None:
        setup = bench_setup(DeviceKind.ESME)
        self.objects = electricity_meter(DEVICE, setup.clock)
        self.bench = RemotePartyBench(DeviceKind.ESME, setup, self.objects)
        self.bench.machine.fit(PayloadKind.GBZ, self.bench.recorder)

    @property
    def codes(self) -> list[int]:
        entries = parts_of(self.objects.look(SECURITY_LOG, NOON))
        return [number_of(parts_of(each)[1]) for each in entries]

    def told(self, code: int, value: Any, sender: Role = Role.SUPPLIER) -> list[object]:
        """The alerts that a command leads to."""
        return list(alerts(self.bench.send(self.bench.command(code, value, sender))))


def new_supplier(when: str | None = None) -> UpdateCredentialsCommand:
    where = cell(Role.SUPPLIER, KeyUsage.DIGITAL_SIGNATURE)
    found = bench_pki().keys.find(GAINING_SUPPLIER, KeyUse.DIGITAL_SIGNATURE)
    assert found is not None
    assert found.certificate is not None
    mode = MODES[BY_TRANSCOS]
    control = AuthorisingControl(
        mode=mode.number,
        cell=cell(mode.authorised_by, KeyUsage.DIGITAL_SIGNATURE),
        sequence_number=1,
    )
    replaced = TrustAnchorReplacement(found.certificate.der, where)
    path = (bench_pki().authorities[1].certificate.der,)
    return UpdateCredentialsCommand(control, (replaced,), path, when)


def test_replaced_credentials_are_logged_and_told_to_nobody() -> None:
    meter = Meter()

    assert not meter.told(BY_TRANSCOS, new_supplier(), MODES[BY_TRANSCOS].authorised_by)
    assert meter.codes == [0x8F70]


def test_credentials_that_wait_are_logged_when_they_are_replaced() -> None:
    meter = Meter()
    asked = new_supplier(generalized_time(NOON + timedelta(hours=1)))

    meter.told(BY_TRANSCOS, asked, MODES[BY_TRANSCOS].authorised_by)
    before = meter.codes
    meter.bench.machine.wake(later(START, hours(1)))

    assert (before, meter.codes) == ([], [0x8F70])


def test_credentials_that_stay_as_they_are_are_not_logged() -> None:
    meter = Meter()
    asked = new_supplier()
    kept = replace(asked.replacements[0], cell=ROOT_CELL)

    meter.told(BY_TRANSCOS, replace(asked, replacements=(kept,)), MODES[BY_TRANSCOS].authorised_by)

    assert 0x8F70 not in meter.codes


def test_joins_and_partings_are_logged_with_how_they_went() -> None:
    meter = Meter()
    join = JoinDeviceCommand(JoinMethodAndRole.METHOD_B, PARTNER, DeviceType.TYPE_2)

    meter.told(JOIN, replace(join, device_type=DeviceType.GSME))
    meter.told(JOIN, join)
    meter.told(UNJOIN, UnjoinDeviceCommand(PARTNER))
    meter.told(UNJOIN, UnjoinDeviceCommand(PARTNER))

    assert meter.codes == [0x8F48, 0x8F49, 0x8F4B, 0x8F4A]


@pytest.mark.parametrize(
    ("use", "failed", "replaced"),
    [(KeyUse.DIGITAL_SIGNATURE, 0x8F4C, 0x8F4D), (KeyUse.KEY_AGREEMENT, 0x8F4E, 0x8F4F)],
)
def test_certificates_of_the_meters_own_are_logged_by_their_use(
    use: KeyUse, failed: int, replaced: int
) -> None:
    meter = Meter()
    new = make_pki(2, (DEVICE,), ()).keys.find(DEVICE, use)
    assert new is not None
    assert new.certificate is not None
    brought = UpdateCertificateCommand(new.certificate.der)

    meter.told(UPDATE, brought)
    request = meter.bench.answer(
        meter.bench.command(ISSUE, IssueCredentialsCommand(USES[use]))
    ).result
    prepared = PreparedKey(request, new.public_key, new.private_key)
    meter.bench.machine.identity.own.wait_for(use, prepared)
    meter.told(UPDATE, brought)

    assert meter.codes == [failed, replaced]


def test_what_is_no_certificate_is_not_logged() -> None:
    meter = Meter()

    meter.told(UPDATE, UpdateCertificateCommand(bytes.fromhex("3000")))

    assert meter.codes == []
