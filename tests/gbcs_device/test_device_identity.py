"""Who a device is, and the secrets it shares."""

import json
from dataclasses import replace

import pytest

from emulator.gbcs.pki import make_pki
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.key_store import KeyStore, KeyUse
from emulator.gbcs.protection.refusal import MissingKeyError
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.device_identity import OwnKeyAgreement
from emulator.testing.scenes.remote_party_bench import DEVICE, PARTNER, RemotePartyBench, bench_pki


def test_own_agreement_gives_what_the_remote_party_gets() -> None:
    keys = bench_pki().keys
    supplier = min(keys.with_role(RemotePartyRole.SUPPLIER))
    public = KeyStore(replace(each, private_key=None) for each in keys)
    agreement = OwnKeyAgreement(keys.find(DEVICE, KeyUse.KEY_AGREEMENT), public, {})

    secret = agreement.shared_secret(supplier, DEVICE)

    assert secret == StoredKeyAgreement(keys).shared_secret(supplier, DEVICE)
    assert secret == agreement.shared_secret(DEVICE, supplier)


def test_agreement_of_others_is_not_known() -> None:
    keys = bench_pki().keys
    supplier = min(keys.with_role(RemotePartyRole.SUPPLIER))
    agreement = OwnKeyAgreement(keys.find(DEVICE, KeyUse.KEY_AGREEMENT), keys, {})

    with pytest.raises(MissingKeyError, match="of its own"):
        agreement.shared_secret(supplier, PARTNER)


def test_agreement_with_an_unknown_party_is_not_known() -> None:
    keys = bench_pki().keys
    agreement = OwnKeyAgreement(keys.find(DEVICE, KeyUse.KEY_AGREEMENT), KeyStore(()), {})

    with pytest.raises(MissingKeyError, match="no key to agree with"):
        agreement.shared_secret(DEVICE, PARTNER)


def test_a_new_key_of_a_partner_gives_another_secret() -> None:
    keys = bench_pki().keys
    own = keys.find(DEVICE, KeyUse.KEY_AGREEMENT)
    partner, other = (
        keys.find(PARTNER, use) for use in (KeyUse.KEY_AGREEMENT, KeyUse.DIGITAL_SIGNATURE)
    )
    assert partner is not None
    assert other is not None
    renewed = replace(other, use=KeyUse.KEY_AGREEMENT)
    secrets: dict[tuple[bytes, bytes], bytes] = {}

    found = {
        OwnKeyAgreement(own, KeyStore((each,)), secrets).shared_secret(DEVICE, PARTNER)
        for each in (partner, renewed, replace(partner, certificate=None))
    }

    assert len(found) == 2
    assert len(secrets) == 3


def test_a_new_key_of_the_device_gives_another_secret() -> None:
    keys = bench_pki().keys
    own = keys.find(DEVICE, KeyUse.KEY_AGREEMENT)
    renewed = make_pki(2, (DEVICE,), ()).keys.find(DEVICE, KeyUse.KEY_AGREEMENT)
    secrets: dict[tuple[bytes, bytes], bytes] = {}

    found = {
        OwnKeyAgreement(each, keys, secrets).shared_secret(DEVICE, PARTNER)
        for each in (own, renewed)
    }

    assert len(found) == 2


def test_an_identity_survives_a_loss_of_power() -> None:
    identity = RemotePartyBench().machine.identity
    identity.anchors.record_counter(RemotePartyRole.SUPPLIER, 12)
    other = RemotePartyBench().machine.identity

    other.restore(json.loads(json.dumps(identity.snapshot())))

    assert other.snapshot() == identity.snapshot()
