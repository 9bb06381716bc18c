import pytest

from emulator.cosem.server.members import MeterVariant
from emulator.gbcs.gbz import gbz_payload
from emulator.gbcs.payload import Payload, PayloadKind
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.key_store import KeyStore
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.primitives import MessageIndication, MessageRequest
from emulator.gbcs_device.replay.reference_devices import KINDS, meter_variant, played_device
from emulator.kernel.identity import Eui64
from emulator.kernel.units import START
from emulator.testing.scenes.cosem_scene import Item, attribute, command, get
from emulator.testing.scenes.gbcs_scene import gbcs_scene
from emulator.testing.scenes.reference_set import reference_command

NO_KEYS = KeyStore(())
LIMIT = get(attribute(1, "0-0:94.44.0.1", 2))
SECOND_PHASE = get(attribute(3, "1-0:52.32.0.4", 2))
SECOND_ELEMENT = get(attribute(113, "0-0:19.20.5.255", 5))


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        (DeviceKind.ESME, {PayloadKind.DLMS}),
        (DeviceKind.CHF, {PayloadKind.DLMS}),
        (DeviceKind.SAPC, {PayloadKind.DLMS}),
        (DeviceKind.GSME, {PayloadKind.GBZ}),
        (DeviceKind.GPF, {PayloadKind.GBZ}),
        (DeviceKind.PPMID, set()),
        (DeviceKind.HCALCS, set()),
    ],
)
def test_device_has_the_objects_of_its_kind(kind: DeviceKind, written: set[PayloadKind]) -> None:
    (eui64,) = (name for name, each in KINDS.items() if each is kind)

    device = played_device(eui64, MeterVariant.SINGLE_ELEMENT, NO_KEYS)

    assert device is not None
    assert (device.kind, set(device.executors)) == (kind, written)


def test_set_has_no_other_device() -> None:
    assert played_device(Eui64(1), MeterVariant.SINGLE_ELEMENT, NO_KEYS) is None


def test_played_device_answers_the_parties_of_a_command() -> None:
    keys = gbcs_scene().pki.keys
    asked = reference_command()
    device = played_device(asked.recipient, MeterVariant.SINGLE_ELEMENT, NO_KEYS)
    assert device is not None
    machine = device.machine(keys, StoredKeyAgreement(keys), asked)

    effects = machine.handle(MessageIndication(asked.encode()), START)

    assert [each.recipient for each in effects if isinstance(each, MessageRequest)] == [
        asked.originator
    ]


@pytest.mark.parametrize(
    ("name", "items", "variant"),
    [
        ("ECS38_SUCCESS", (LIMIT,), MeterVariant.SINGLE_ELEMENT),
        ("ECS17b_TWIN_SUCCESS", (LIMIT,), MeterVariant.TWIN_ELEMENT),
        ("ECS24b_SUCCESS", (LIMIT, SECOND_ELEMENT), MeterVariant.TWIN_ELEMENT),
        ("ECS23b_SUCCESS", (LIMIT, SECOND_PHASE), MeterVariant.POLYPHASE),
    ],
)
def test_name_or_objects_tell_the_variant(
    name: str, items: tuple[Item, ...], variant: MeterVariant
) -> None:
    assert meter_variant(name, command(*items).payload) is variant


@pytest.mark.parametrize("payload", [gbz_payload(())])
def test_other_payloads_are_for_no_variant(payload: Payload) -> None:
    assert meter_variant("GCS13a_SUCCESS", payload) is MeterVariant.SINGLE_ELEMENT
