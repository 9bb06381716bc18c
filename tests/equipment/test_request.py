"""What a maker of devices is given says nothing of remote parties unless told."""

from dataclasses import FrozenInstanceError

import pytest

from emulator.equipment.request import RemoteParties
from emulator.gbcs.protection.key_store import KeyStore
from emulator.gbcs_device.settings import RemotePartySettings


def test_remote_parties_are_the_first_of_each_role_unless_named() -> None:
    known = RemoteParties(keys=KeyStore(()))

    assert known.parties == {}
    assert known.settings == RemotePartySettings()


def test_devices_do_not_share_whom_they_know() -> None:
    one, other = RemoteParties(keys=KeyStore(())), RemoteParties(keys=KeyStore(()))

    assert one.parties is not other.parties


def test_what_was_given_does_not_change() -> None:
    known = RemoteParties(keys=KeyStore(()))

    with pytest.raises(FrozenInstanceError):
        known.parties = {}  # type: ignore[misc]  # the very thing that must not work
