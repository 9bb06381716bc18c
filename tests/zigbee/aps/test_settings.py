from dataclasses import fields

import pytest

from emulator.kernel.errors import UsageError
from emulator.kernel.settings import unverified
from emulator.kernel.units import milliseconds, seconds
from emulator.zigbee.addresses import SMART_ENERGY_PROFILE, ClusterId
from emulator.zigbee.aps.primitives import KeyOrigin
from emulator.zigbee.aps.settings import ApsSettings, smart_energy_accepts

METERING = ClusterId(0x0702)
COUNTERS = 256


def test_acknowledgement_is_waited_for_as_long_as_table_2_23_says() -> None:
    max_depth = 15

    assert ApsSettings().ack_wait == 2 * max_depth * milliseconds(50) + milliseconds(100)


def test_reassembly_outlasts_every_retry_of_the_sender() -> None:
    usual = ApsSettings()

    assert usual.reassembly_timeout == usual.ack_wait * (1 + usual.max_frame_retries)


def test_duplicate_is_remembered_until_a_sleepers_retry_has_come() -> None:
    usual = ApsSettings()

    assert usual.duplicate_timeout > usual.sleepy_ack_wait
    assert usual.duplicate_timeout < COUNTERS * usual.interframe_delay


def test_sleeper_has_longer_than_its_parent_keeps_a_frame() -> None:
    assert ApsSettings().sleepy_ack_wait > seconds(7.68)


def test_data_under_an_agreed_key_is_accepted_and_under_an_install_code_not() -> None:
    accepts = ApsSettings().accepts

    assert accepts is smart_energy_accepts
    assert accepts(KeyOrigin.CBKE, SMART_ENERGY_PROFILE, METERING)
    assert not accepts(KeyOrigin.PRECONFIGURED, SMART_ENERGY_PROFILE, METERING)


def test_every_setting_has_a_source() -> None:
    assert all(each.metadata["source"] for each in fields(ApsSettings))


def test_what_no_source_proves_says_so() -> None:
    names = set(unverified(ApsSettings()))

    assert {"sleepy_ack_wait", "block_size", "max_reassemblies", "duplicate_timeout"} == names


@pytest.mark.parametrize("octets", [-1, 0, 256])
def test_a_block_has_some_octets(octets: int) -> None:
    with pytest.raises(UsageError, match=f"aps.block_size is {octets}: expected 1 to 255"):
        ApsSettings(block_size=octets)
