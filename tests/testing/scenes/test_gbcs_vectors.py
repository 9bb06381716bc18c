from emulator.gbcs.protection.key_store import KeyUse
from emulator.testing.scenes.gbcs_vectors import BROKER, DEVICE, SUPPLIER, vector_keys


def test_private_halves_are_those_the_clause_gives() -> None:
    keys = vector_keys()

    assert {(each.eui64, each.use, each.private_key is not None) for each in keys} == {
        (SUPPLIER, KeyUse.DIGITAL_SIGNATURE, True),
        (BROKER, KeyUse.KEY_AGREEMENT, True),
        (DEVICE, KeyUse.DIGITAL_SIGNATURE, False),
        (DEVICE, KeyUse.KEY_AGREEMENT, False),
    }
