from emulator.crypto.zigbee_keys import (
    DEFAULT_TRUST_CENTRE_LINK_KEY,
    key_load_key,
    key_transport_key,
    verify_key_hash,
)


def test_default_key_is_the_well_known_one() -> None:
    expected = "5A6967426565416C6C69616E63653039"

    assert bytes.fromhex(expected) == DEFAULT_TRUST_CENTRE_LINK_KEY


def test_keys_of_the_default_link_key_are_the_known_ones() -> None:
    link_key = bytes.fromhex("5A6967426565416C6C69616E63653039")

    assert key_transport_key(link_key).hex() == "4bab0f173e1434a2d572e1c1ef478782"
    assert key_load_key(link_key).hex() == "c5a47035c332ccbf251571d8baded188"
    assert verify_key_hash(link_key).hex() == "1ab128df1639a1246aaba72a6a559124"
