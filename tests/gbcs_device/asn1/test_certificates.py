"""The device's own certificates, asked for, brought and told (CS02c, CS02d, CS02e)."""

import pytest

from emulator.gbcs.asn1.codes import (
    IssueCredentialsResponseCode,
    KeyUsage,
    ProvideCertificateResponseCode,
    UpdateCertificateResponseCode,
)
from emulator.gbcs.asn1.credentials import (
    IssueCredentialsCommand,
    ProvideCertificateCommand,
    UpdateCertificateCommand,
)
from emulator.gbcs.pki import make_pki
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs_device.execution import InjectedFault
from emulator.gbcs_device.own_keys import PreparedKey, prepared_from_request
from emulator.testing.scenes.remote_party_bench import DEVICE, RemotePartyBench, responses

ISSUE, UPDATE, PROVIDE = 0x000A, 0x000B, 0x000C
DS, KA = KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_AGREEMENT


@pytest.fixture
def bench() -> RemotePartyBench:
    return RemotePartyBench()


def test_a_key_is_asked_for_and_its_certificate_brought_and_told(bench: RemotePartyBench) -> None:
    new = make_pki(2, (DEVICE,), ()).keys.find(DEVICE, KeyUse.KEY_AGREEMENT)
    assert new is not None
    assert new.certificate is not None
    request = bench.answer(bench.command(ISSUE, IssueCredentialsCommand(KA))).result
    bench.machine.identity.own.wait_for(
        KeyUse.KEY_AGREEMENT, PreparedKey(request, new.public_key, new.private_key)
    )

    stored = bench.answer(bench.command(UPDATE, UpdateCertificateCommand(new.certificate.der)))

    assert prepared_from_request(request).request == request
    assert stored.response_code == UpdateCertificateResponseCode.SUCCESS
    assert bench.machine.identity.own.find(KeyUse.KEY_AGREEMENT) == new


def test_the_certificate_in_use_is_told(bench: RemotePartyBench) -> None:
    held = bench.machine.identity.own.find(KeyUse.DIGITAL_SIGNATURE)
    assert held is not None
    assert held.certificate is not None

    told = bench.answer(bench.command(PROVIDE, ProvideCertificateCommand(DS)))

    assert told.result == held.certificate.der


@pytest.mark.parametrize("usage", [KeyUsage.KEY_CERT_SIGN, DS | KA, KeyUsage(0)])
def test_a_device_has_keys_for_two_uses_only(bench: RemotePartyBench, usage: KeyUsage) -> None:
    issued = bench.answer(bench.command(ISSUE, IssueCredentialsCommand(usage)))
    told = bench.answer(bench.command(PROVIDE, ProvideCertificateCommand(usage)))

    assert issued.result == IssueCredentialsResponseCode.INVALID_KEY_USAGE
    assert told.result == ProvideCertificateResponseCode.INVALID_KEY_USAGE


def test_injected_faults_are_told(bench: RemotePartyBench) -> None:
    bench.machine.inject(InjectedFault(0, 3))
    issued = bench.answer(bench.command(ISSUE, IssueCredentialsCommand(DS)))
    bench.machine.inject(InjectedFault(0, 6))
    updated = bench.answer(bench.command(UPDATE, UpdateCertificateCommand(bytes.fromhex("3000"))))
    bench.machine.inject(InjectedFault(0, 3))
    told = bench.answer(bench.command(PROVIDE, ProvideCertificateCommand(DS)))

    assert issued.result == IssueCredentialsResponseCode.CR_PRODUCTION_FAILED
    assert updated.response_code == UpdateCertificateResponseCode.CERTIFICATE_STORAGE_FAILED
    assert told.result == ProvideCertificateResponseCode.CERTIFICATE_RETRIEVAL_FAILURE


def test_a_key_that_waits_signs_nothing_yet(bench: RemotePartyBench) -> None:
    (response,) = responses(bench.send(bench.command(ISSUE, IssueCredentialsCommand(DS))))

    assert bench.protection.verify(response).valid
