from dataclasses import replace

import pytest

from emulator.dlms.access import AccessRequest, AccessResponse, Outcome
from emulator.dlms.data import NULL, Data, array, long_unsigned, octet_string, structure
from emulator.dlms.descriptors import AccessKind
from emulator.gbcs.asn1.codes import UnjoinResponseCode
from emulator.gbcs.asn1.device_logs import UnjoinDeviceResponse
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.envelope import Cra
from emulator.gbcs.gbz import gbz_payload
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.encryption import SensitiveData
from emulator.gbcs.protection.key_store import KeyStore
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.gbcs_device.execution import InjectedFault
from emulator.gbcs_device.replay.told_answers import injected_faults, plain_payload, reads_only
from emulator.testing.scenes.cosem_scene import Item, act, attribute, command, get, method, put
from emulator.testing.scenes.gbcs_scene import gbcs_scene
from emulator.testing.scenes.reference_set import reference_response

LIMIT = attribute(1, "0-0:94.44.0.1", 2)
GET, SET = get(LIMIT), put(LIMIT, long_unsigned(1))
PROTECTED = act(method(30, "0-0:43.2.1.255", 1))
RESET = act(method(3, "0-0:94.44.42.255", 1))
UNTOLD = use_case(0x0054)
"""ECS46c: the annex does not tell whether it reads."""


def answer(*results: int, data: Data = NULL) -> AccessResponse:
    outcomes = tuple(Outcome(AccessKind.GET, result) for result in results)
    return AccessResponse(0x20000001, (data,) * len(results), outcomes)


def request(*items: Item) -> AccessRequest:
    payload = command(*items).payload
    assert isinstance(payload, AccessRequest)
    return payload


def test_sensitive_data_is_decrypted_in_its_place() -> None:
    scene = gbcs_scene()
    agreement = scene.protection.agreement
    bare = reference_response()
    block = SensitiveData(bare, agreement).encrypt(b"plain")
    told = answer(0, data=structure(array(), octet_string(block)))

    plain = plain_payload(replace(bare, payload=told.encode()), agreement)

    assert plain == answer(0, data=structure(array(), octet_string(b"plain")))


def test_without_keys_the_answer_is_as_it_came() -> None:
    response = reference_response()

    plain = plain_payload(response, StoredKeyAgreement(KeyStore(())))

    assert plain.encode() == response.payload


@pytest.mark.parametrize(
    ("results", "faults"),
    [((0, 0), ()), ((0, 1, 250), (InjectedFault(1, 1),)), ((4,), (InjectedFault(0, 4),))],
)
def test_first_item_that_failed_is_the_fault(
    results: tuple[int, ...], faults: tuple[InjectedFault, ...]
) -> None:
    assert injected_faults(request(GET), answer(*results)) == faults


def test_each_way_of_writing_tells_its_faults() -> None:
    unjoined = UnjoinDeviceResponse(UnjoinResponseCode.NOT_IN_DEVICE_LOG)
    told = Asn1Payload(0x000F, Cra.RESPONSE, unjoined)

    assert injected_faults(request(GET), told) == (InjectedFault(0, 1),)
    assert injected_faults(gbz_payload(()), gbz_payload(())) == ()
    assert injected_faults(request(GET), gbz_payload(())) == ()


@pytest.mark.parametrize(
    ("items", "reads"),
    [((GET,), True), ((GET, PROTECTED), True), ((GET, SET), False), ((RESET,), False)],
    ids=["get", "protected", "set", "action"],
)
def test_items_tell_what_the_annex_does_not(items: tuple[Item, ...], reads: bool) -> None:
    assert reads_only(UNTOLD, request(*items)) is reads


@pytest.mark.parametrize(("code", "reads"), [(0x0027, True), (0x0019, False)])
def test_annex_tells_first(code: int, reads: bool) -> None:
    assert reads_only(use_case(code), request(SET)) is reads


@pytest.mark.parametrize(("code", "reads"), [(0x0008, True), (0x012A, True), (0x0102, False)])
def test_other_use_cases_are_listed(code: int, reads: bool) -> None:
    assert reads_only(use_case(code), gbz_payload(())) is reads
