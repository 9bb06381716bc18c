"""What a device takes over from an answer, answer by answer."""

from typing import Any

import pytest

from emulator.gbcs.asn1.codes import (
    ActivateFirmwareResponseCode,
    DeviceTimeStatus,
    DeviceType,
    JoinMethodAndRole,
    JoinResponseCode,
    KeyUsage,
    ReadLogResponseCode,
    ReadVersionResponseCode,
    StatusCode,
    UnjoinResponseCode,
    UpdateCertificateResponseCode,
)
from emulator.gbcs.asn1.credentials import (
    AuthorisingControl,
    IssueCredentialsCommand,
    IssueCredentialsResponse,
    ProvideCertificateCommand,
    ProvideCertificateResponse,
    ProvideCredentialsCommand,
    ProvideCredentialsResponse,
    RemotePartyDetails,
    ReplacementOutcome,
    TrustAnchorReplacement,
    UpdateCertificateCommand,
    UpdateCertificateResponse,
    UpdateCredentialsCommand,
    UpdateCredentialsOutcome,
    UpdateCredentialsResponse,
)
from emulator.gbcs.asn1.device_logs import (
    DeviceLogEntry,
    JoinDeviceCommand,
    JoinDeviceResponse,
    ReadDeviceLogCommand,
    ReadDeviceLogResponse,
    RestoreDeviceLogCommand,
    RestoreDeviceLogResponse,
    RestoreOutcome,
    UnjoinDeviceCommand,
    UnjoinDeviceResponse,
)
from emulator.gbcs.asn1.firmware import (
    ActivateFirmwareCommand,
    ActivateFirmwareResponse,
    ActivationOutcome,
    ReadFirmwareVersionCommand,
    ReadFirmwareVersionResponse,
)
from emulator.gbcs.asn1.gas_clock import SetTimeCommand, SetTimeResponse
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.envelope import Cra
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.payload import PayloadKind
from emulator.gbcs.pki import make_pki
from emulator.gbcs.protection.certificates import Certificate
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.remote_party_role import RemotePartyRole as Role
from emulator.gbcs_device.asn1.credentials_updates import MODES
from emulator.gbcs_device.asn1.executor import Asn1Executor
from emulator.gbcs_device.asn1.handling import Belongings
from emulator.gbcs_device.asn1.seeding import seed_belongings
from emulator.gbcs_device.device_kind import DeviceKind, cell
from emulator.gbcs_device.settings import RemotePartySettings
from emulator.gbcs_device.trust_anchors import TrustAnchors
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.remote_party_bench import (
    DEVICE,
    GAINING_SUPPLIER,
    NOON,
    RemotePartyBench,
    bench_pki,
)

BROKER = Role.ACCESS_CONTROL_BROKER
OTHER = bytes.fromhex("0102030405060708")
ENTITY = Eui64(int.from_bytes(OTHER, "big"))
HASH = bytes(range(32))
VERSION = bytes.fromhex("0123ABCE")


def belongings_of(bench: RemotePartyBench) -> Belongings:
    machine = bench.machine
    return Belongings(
        identity=machine.identity,
        firmware=machine.firmware,
        clock=machine.clock,
        settings=RemotePartySettings(),
    )


def seeded(bench: RemotePartyBench, code: int, asked: Any, told: Any) -> Any:
    """The answer of a device that was told an answer, to the command of that answer."""
    kind = bench.machine.identity.kind
    by_broker = {DeviceKind.PPMID, DeviceKind.HCALCS}
    sender = BROKER if kind in by_broker or code == 0x0008 else Role.SUPPLIER
    command = bench.command(code, asked, sender, counter=5)
    if code == 0x0008:
        command = bench.protection.protect(command, signed=False, maced=True)
    response = Asn1Payload(code, Cra.RESPONSE, told)
    seed_belongings(belongings_of(bench), bench.keys, command, response)
    return bench.answer(command)


def der(party: Eui64, use: KeyUse) -> bytes:
    found = bench_pki().keys.find(party, use)
    assert found is not None
    assert found.certificate is not None
    return found.certificate.der


JOIN = JoinDeviceCommand(JoinMethodAndRole.METHOD_B, OTHER, DeviceType.GPF)
IMAGE_COMMAND = ActivateFirmwareCommand(HASH, 5)
WINDOW = SetTimeCommand("20260228000000Z", "20260301000000Z")


@pytest.mark.parametrize(
    ("kind", "code", "asked", "told"),
    [
        (DeviceKind.GSME, 0x000E, JOIN, JoinDeviceResponse(JoinResponseCode.SUCCESS)),
        (
            DeviceKind.GSME,
            0x000E,
            JOIN,
            JoinDeviceResponse(JoinResponseCode.INCOMPATIBLE_WITH_EXISTING_ENTRY),
        ),
        (
            DeviceKind.GSME,
            0x0010,
            UnjoinDeviceCommand(OTHER),
            UnjoinDeviceResponse(UnjoinResponseCode.SUCCESS),
        ),
        (
            DeviceKind.GSME,
            0x000F,
            UnjoinDeviceCommand(OTHER),
            UnjoinDeviceResponse(UnjoinResponseCode.SUCCESS),
        ),
        (
            DeviceKind.GSME,
            0x0010,
            UnjoinDeviceCommand(OTHER),
            UnjoinDeviceResponse(UnjoinResponseCode.NOT_IN_DEVICE_LOG),
        ),
        (
            DeviceKind.GSME,
            0x0013,
            ReadDeviceLogCommand(),
            ReadDeviceLogResponse(
                ReadLogResponseCode.SUCCESS, (DeviceLogEntry(OTHER, DeviceType.PPMID),)
            ),
        ),
        (
            DeviceKind.ESME,
            0x0012,
            IMAGE_COMMAND,
            ActivateFirmwareResponse(
                ActivationOutcome(ActivateFirmwareResponseCode.SUCCESS, VERSION)
            ),
        ),
        (
            DeviceKind.ESME,
            0x0012,
            IMAGE_COMMAND,
            ActivateFirmwareResponse(
                ActivationOutcome(ActivateFirmwareResponseCode.NO_IMAGE_HELD, VERSION)
            ),
        ),
        (
            DeviceKind.PPMID,
            0x0129,
            ReadFirmwareVersionCommand(),
            ReadFirmwareVersionResponse(VERSION, ReadVersionResponseCode.SUCCESS),
        ),
        (
            DeviceKind.GSME,
            0x007F,
            WINDOW,
            SetTimeResponse("20260228120000Z", DeviceTimeStatus.RELIABLE),
        ),
        (
            DeviceKind.GSME,
            0x007F,
            WINDOW,
            SetTimeResponse(f"{NOON:%Y%m%d%H%M%S}Z", DeviceTimeStatus.UNRELIABLE),
        ),
        (
            DeviceKind.GSME,
            0x0008,
            ProvideCredentialsCommand(cell(BROKER, KeyUsage.KEY_AGREEMENT), (Role.SUPPLIER,)),
            ProvideCredentialsResponse(
                (RemotePartyDetails(Role.SUPPLIER, StatusCode.TRUST_ANCHOR_NOT_FOUND),)
            ),
        ),
    ],
)
def test_a_device_that_was_told_an_answer_gives_it(
    kind: DeviceKind, code: int, asked: Any, told: Any
) -> None:
    assert seeded(RemotePartyBench(kind), code, asked, told) == told


def test_a_told_counter_is_held() -> None:
    bench = RemotePartyBench()
    asked = ProvideCredentialsCommand(
        cell(BROKER, KeyUsage.KEY_AGREEMENT), (Role.NETWORK_OPERATOR,)
    )
    details = RemotePartyDetails(Role.NETWORK_OPERATOR, StatusCode.SUCCESS, 77)

    found = seeded(bench, 0x0008, asked, ProvideCredentialsResponse((details,)))

    assert found.details[0].current_sequence_number == 77


def test_a_told_request_is_given_for_a_new_key() -> None:
    bench = RemotePartyBench()
    request = RemotePartyBench().machine.identity.own.issue(KeyUse.KEY_AGREEMENT)
    told = IssueCredentialsResponse(request)

    found = seeded(bench, 0x000A, IssueCredentialsCommand(KeyUsage.KEY_AGREEMENT), told)

    assert found == told


def test_a_told_certificate_is_held() -> None:
    bench = RemotePartyBench()
    other = make_pki(2, (DEVICE,), ()).keys.find(DEVICE, KeyUse.KEY_AGREEMENT)
    assert other is not None
    assert other.certificate is not None
    asked = ProvideCertificateCommand(KeyUsage.KEY_AGREEMENT)
    told = ProvideCertificateResponse(other.certificate.der)

    assert seeded(bench, 0x000C, asked, told) == told


def test_a_certificate_that_was_taken_was_waited_for() -> None:
    bench = RemotePartyBench()
    other = make_pki(2, (DEVICE,), ()).keys.find(DEVICE, KeyUse.KEY_AGREEMENT)
    assert other is not None
    assert other.certificate is not None
    told = UpdateCertificateResponse(UpdateCertificateResponseCode.SUCCESS)

    assert seeded(bench, 0x000B, UpdateCertificateCommand(other.certificate.der), told) == told


def test_told_anchors_were_in_their_cells_and_their_authority_trusted() -> None:
    bench = RemotePartyBench(DeviceKind.ESME)
    where = cell(Role.SUPPLIER, KeyUsage.DIGITAL_SIGNATURE)
    issuing = bench_pki().authorities[1].certificate.der
    losing = Certificate.decode(der(bench.party(Role.SUPPLIER), KeyUse.DIGITAL_SIGNATURE))
    gaining = Certificate.decode(der(GAINING_SUPPLIER, KeyUse.DIGITAL_SIGNATURE))
    control = AuthorisingControl(mode=MODES[0x0102].number, sequence_number=5)
    asked = UpdateCredentialsCommand(
        control, (TrustAnchorReplacement(losing.der, where),), (issuing,)
    )
    names = (gaining, losing)
    flat = (part for each in names for part in (_name(each), each.subject_key))
    outcome = ReplacementOutcome(where, StatusCode.SUCCESS, *flat)
    told = UpdateCredentialsResponse(
        None, UpdateCredentialsOutcome(5, control.mode, (), (outcome,))
    )
    bare = TrustAnchors({where: losing})
    belongings = belongings_of(bench)
    belongings.identity.anchors = bare

    command = bench.command(0x0102, asked, counter=5)
    payload = Asn1Payload(0x0102, Cra.RESPONSE, told)
    seed_belongings(belongings, bench.keys, command, payload)

    assert bare.certificate(where) == gaining
    assert [each.der for each in bare.authorities] == [issuing]


def _name(certificate: Certificate) -> bytes:
    return (certificate.eui64 or 0).to_bytes(8, "big")


def test_an_answer_of_another_kind_or_code_is_ignored() -> None:
    bench = RemotePartyBench()
    before = bench.machine.snapshot()
    command = bench.command(0x000E, JOIN, counter=5)
    executor = bench.machine.executors[PayloadKind.ASN1]
    assert isinstance(executor, Asn1Executor)

    executor.seed(command, GbzPayload())
    executor.seed(
        command,
        Asn1Payload(0x0013, Cra.RESPONSE, ReadDeviceLogResponse(ReadLogResponseCode.SUCCESS, ())),
    )
    executor.seed(bench.bare(0x000E, b"\x30"), Asn1Payload(0x000E, Cra.RESPONSE, None))

    assert bench.machine.snapshot() == before


def test_restored_logs_need_no_seed() -> None:
    bench = RemotePartyBench(DeviceKind.GPF)
    before = bench.machine.identity.snapshot()
    asked = RestoreDeviceLogCommand((DeviceLogEntry(OTHER, DeviceType.PPMID),))
    command = bench.command(0x008C, asked, BROKER)
    entry = RestoreOutcome(DeviceLogEntry(OTHER, DeviceType.PPMID), JoinResponseCode.SUCCESS)

    told = Asn1Payload(0x008C, Cra.RESPONSE, RestoreDeviceLogResponse((entry,)))
    seed_belongings(belongings_of(bench), bench.keys, command, told)

    assert bench.machine.identity.snapshot() == before
    assert bench.machine.identity.log.find(ENTITY) is None
