"""The key establishment of the co-processor agrees with ours, in both suites."""

import pytest

from emulator.crypto.cbke import Identity, Suite, agree, ephemeral
from emulator.crypto.certificate_authority import CertificateAuthority
from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from hardware.ezsp.formats import Eui, Octet, OctetAndOctets, Octets
from hardware.ezsp.identifiers import Command, EmberStatus, MfgToken, ValueId
from hardware.ezsp.key_formats import (
    CalculateSmacs,
    CalculateSmacs283k1,
    Certificate,
    Certificate283k1,
    LinkKeyByEui,
    PreinstalledData,
    PublicKey,
    PublicKey283k1,
    Smacs,
)
from tests.hardware.virtual.ezsp_bench import NOTHING, EzspBench

METER = Eui64(0x00DB1234567890A0)
STREAM = Stream("key establishment by EZSP")


def identity(suite: Suite, eui64: Eui64) -> Identity:
    return CertificateAuthority.test(suite).issue(eui64, STREAM)


def equipped(suite: Suite) -> tuple[EzspBench, Identity]:
    bench = EzspBench().form()
    hub = identity(suite, bench.ask(Command.GET_EUI64, NOTHING, Eui).eui64)
    private_key = hub.private_key.to_bytes(suite.secret_length, "big")
    if suite is Suite.SECT163K1:
        data = PreinstalledData(hub.ca_public_key, hub.certificate, private_key)
        assert bench.status(Command.SET_PREINSTALLED_CBKE_DATA, data) == 0
        return bench, hub
    parts = {
        ValueId.CERTIFICATE_283K1: hub.certificate,
        ValueId.PUBLIC_KEY_283K1: hub.ca_public_key,
        ValueId.PRIVATE_KEY_283K1: private_key,
    }
    for value, octets in parts.items():
        assert bench.status(Command.SET_VALUE, OctetAndOctets(value, octets)) == 0
    assert bench.status(Command.SAVE_PREINSTALLED_CBKE_DATA_283K1) == 0
    return bench, hub


def test_suite_1_ends_with_the_same_key_and_it_is_stored() -> None:
    bench, hub = equipped(Suite.SECT163K1)
    meter = identity(Suite.SECT163K1, METER)
    own = ephemeral(Suite.SECT163K1, STREAM)

    begun = bench.status(Command.GENERATE_CBKE_KEYS)
    (public,) = bench.told(Command.GENERATE_CBKE_KEYS_HANDLER, PublicKey)
    bench.status(Command.CALCULATE_SMACS, CalculateSmacs(0, meter.certificate, own.public))
    (smacs,) = bench.told(Command.CALCULATE_SMACS_HANDLER, Smacs)
    stored = bench.status(Command.CLEAR_TEMPORARY_DATA, Octet(1))

    agreed = agree(meter, own, hub.certificate, public.key, initiator=True)
    key = bench.ask(Command.EXPORT_LINK_KEY_BY_EUI, Eui(METER), LinkKeyByEui)
    assert (begun, stored) == (EmberStatus.OPERATION_IN_PROGRESS, 0)
    assert (smacs.initiator, smacs.responder) == (agreed.mac_u, agreed.mac_v)
    assert key.key == agreed.link_key


def test_suite_2_ends_with_the_same_key_and_it_is_stored() -> None:
    bench, hub = equipped(Suite.SECT283K1)
    meter = identity(Suite.SECT283K1, METER)
    own = ephemeral(Suite.SECT283K1, STREAM)

    bench.status(Command.GENERATE_CBKE_KEYS_283K1)
    (public,) = bench.told(Command.GENERATE_CBKE_KEYS_HANDLER_283K1, PublicKey283k1)
    request = CalculateSmacs283k1(1, meter.certificate, own.public)
    bench.status(Command.CALCULATE_SMACS_283K1, request)
    (smacs,) = bench.told(Command.CALCULATE_SMACS_HANDLER_283K1, Smacs)
    bench.status(Command.CLEAR_TEMPORARY_DATA_283K1, Octet(1))

    agreed = agree(meter, own, hub.certificate, public.key, initiator=False)
    key = bench.ask(Command.EXPORT_LINK_KEY_BY_EUI, Eui(METER), LinkKeyByEui)
    assert (smacs.initiator, smacs.responder) == (agreed.mac_u, agreed.mac_v)
    assert key.key == agreed.link_key


def test_without_certificates_there_is_no_library() -> None:
    bench = EzspBench().form()

    one = bench.ask(Command.GET_CERTIFICATE, NOTHING, Certificate)
    two = bench.ask(Command.GET_CERTIFICATE_283K1, NOTHING, Certificate283k1)

    assert bench.status(Command.GENERATE_CBKE_KEYS) == EmberStatus.LIBRARY_NOT_PRESENT
    assert one.status == two.status == EmberStatus.ERR_FATAL
    unfinished = bench.status(Command.SAVE_PREINSTALLED_CBKE_DATA_283K1)
    assert unfinished == EmberStatus.BAD_ARGUMENT


def test_certificates_survive_a_reset() -> None:
    bench, hub = equipped(Suite.SECT163K1)

    bench.reset()

    certificate = bench.ask(Command.GET_CERTIFICATE, NOTHING, Certificate).certificate
    token = bench.ask(Command.GET_MFG_TOKEN, Octet(MfgToken.CBKE_DATA), Octets).data
    assert certificate == hub.certificate
    assert token.startswith(hub.certificate)


@pytest.mark.parametrize("octets", [bytes(22), b"\x02" + b"\xff" * 21])
def test_an_ephemeral_key_that_is_none_is_told(octets: bytes) -> None:
    bench, _ = equipped(Suite.SECT163K1)
    meter = identity(Suite.SECT163K1, METER)
    bench.status(Command.GENERATE_CBKE_KEYS)

    bench.status(Command.CALCULATE_SMACS, CalculateSmacs(0, meter.certificate, octets))

    (smacs,) = bench.told(Command.CALCULATE_SMACS_HANDLER, Smacs)
    assert smacs.status == EmberStatus.SECURITY_DATA_INVALID
    assert bench.status(Command.CLEAR_TEMPORARY_DATA, Octet(1)) == EmberStatus.INVALID_CALL


def test_nothing_is_calculated_or_stored_out_of_turn() -> None:
    bench, _ = equipped(Suite.SECT163K1)
    request = CalculateSmacs(0, bytes(48), bytes(22))

    assert bench.status(Command.CALCULATE_SMACS, request) == EmberStatus.INVALID_CALL
    assert bench.status(Command.CLEAR_TEMPORARY_DATA, Octet(0)) == 0
    assert bench.status(Command.CLEAR_TEMPORARY_DATA, Octet(1)) == EmberStatus.INVALID_CALL
