"""Which link keys data may come under (ZSE 1.4 5.4.6)."""

import pytest

from emulator.zigbee.aps.primitives import KeyOrigin

PROTECTS = {
    KeyOrigin.PRECONFIGURED: False,
    KeyOrigin.HASHED: False,
    KeyOrigin.HISTORIC: False,
    KeyOrigin.CBKE: True,
    KeyOrigin.APPLICATION: True,
}


@pytest.mark.parametrize("origin", KeyOrigin)
def test_only_keys_that_were_agreed_or_made_for_two_partners_protect_data(
    origin: KeyOrigin,
) -> None:
    assert origin.protects_data is PROTECTS[origin]
