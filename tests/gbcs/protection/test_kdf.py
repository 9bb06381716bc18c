import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.concatkdf import ConcatKDFHash

from emulator.gbcs.protection.kdf import ENCRYPTION_PURPOSE, derive_key, initialisation_vector
from emulator.kernel.identity import Eui64

DEVICE = Eui64(0x00DB1234567890A0)
PARTY = Eui64(0x90B3D51F30010000)


def test_key_depends_on_every_input() -> None:
    keys = {
        derive_key(bytes(32), DEVICE, 2, 1000, PARTY),
        derive_key(bytes(31) + b"\x01", DEVICE, 2, 1000, PARTY),
        derive_key(bytes(32), PARTY, 2, 1000, PARTY),
        derive_key(bytes(32), DEVICE, ENCRYPTION_PURPOSE, 1000, PARTY),
        derive_key(bytes(32), DEVICE, 2, 1001, PARTY),
        derive_key(bytes(32), DEVICE, 2, 1000, DEVICE),
    }

    assert len(keys) == 6
    assert {len(key) for key in keys} == {16}


@pytest.mark.parametrize(
    ("purpose", "transaction"),
    [(1, "09 01 00000000000003E8"), (ENCRYPTION_PURPOSE, "09 04 00000000000003E8")],
)
def test_key_is_that_of_the_concatenation_kdf(purpose: int, transaction: str) -> None:
    """GBCS 4.3.3.3: the algorithm, the originator, the transaction id and the recipient."""
    said = f"60857406080300 {DEVICE:016x} {transaction} {PARTY:016x}"
    kdf = ConcatKDFHash(SHA256(), 16, bytes.fromhex(said))

    assert derive_key(bytes(range(32)), DEVICE, purpose, 1000, PARTY) == kdf.derive(
        bytes(range(32))
    )


def test_initialisation_vector_is_the_originator_and_a_counter_of_zero() -> None:
    assert initialisation_vector(DEVICE).hex() == "00db1234567890a0" + "00000000"
