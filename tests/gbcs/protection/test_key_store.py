import pytest

from emulator.gbcs.pki import make_pki
from emulator.gbcs.protection.certificates import CertificateUsage
from emulator.gbcs.protection.key_store import KeyStore, KeyUse
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.gbcs_vectors import DEVICE, vector_keys

METER = Eui64(0x00DB1234567890A0)
KEYS = make_pki(1, (METER,)).keys
BROKER = KEYS.with_role(RemotePartyRole.ACCESS_CONTROL_BROKER)[0]


def test_credential_is_found_by_owner_and_use() -> None:
    found = KEYS.find(METER, KeyUse.KEY_AGREEMENT)

    assert found is not None
    assert (found.eui64, found.use) == (METER, KeyUse.KEY_AGREEMENT)
    assert KEYS.find(METER, KeyUse.PREPAYMENT_KEY_AGREEMENT) is None


def test_parties_are_known_by_role_and_devices_have_none() -> None:
    assert KEYS.role(BROKER) is RemotePartyRole.ACCESS_CONTROL_BROKER
    assert KEYS.role(METER) is None
    assert (KEYS.is_device(METER), KEYS.is_device(BROKER)) == (True, False)
    assert (KEYS.knows(METER), KEYS.knows(Eui64(5))) == (True, False)


def test_bare_key_makes_nobody_a_device() -> None:
    keys = vector_keys()

    assert keys.knows(DEVICE)
    assert not keys.is_device(DEVICE)
    assert keys.with_role(RemotePartyRole.SUPPLIER) == ()


def test_two_credentials_for_one_use_are_refused() -> None:
    with pytest.raises(UsageError, match="two keys for"):
        KeyStore([*KEYS, next(iter(KEYS))])


@pytest.mark.parametrize(
    ("use", "usage"),
    [
        (KeyUse.DIGITAL_SIGNATURE, CertificateUsage.DIGITAL_SIGNATURE),
        (KeyUse.KEY_AGREEMENT, CertificateUsage.KEY_AGREEMENT),
        (KeyUse.PREPAYMENT_KEY_AGREEMENT, CertificateUsage.KEY_AGREEMENT),
    ],
)
def test_each_use_calls_for_a_usage(use: KeyUse, usage: CertificateUsage) -> None:
    assert use.usage is usage


def test_store_counts_its_credentials() -> None:
    assert len(KEYS) == len(list(KEYS)) == 15
