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


def test_initialisation_vector_is_the_originator_and_a_counter_of_zero() -> None:
    assert initialisation_vector(DEVICE).hex() == "00db1234567890a0" + "00000000"
