"""The bytes of the four commands, as Annex C.3.1.2 lays them out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.crypto.cbke import Suite
from emulator.kernel.errors import WireError
from emulator.smart_energy.keys.key_messages import (
    command,
    initiate,
    read_initiate,
    read_terminate,
    terminate,
)
from emulator.smart_energy.primitives import TerminateStatus
from emulator.smart_energy.settings import KeyEstablishmentSettings
from emulator.testing.stack.key_bench import AT_HUB, METER_ENDPOINT
from emulator.zcl.clusters.key_establishment import KeyCommand
from emulator.zcl.primitives import Side

AGED = KeyEstablishmentSettings(ephemeral_generate_time=0x0A, confirm_generate_time=0x14)


def test_initiate_is_suite_two_times_and_the_certificate() -> None:
    body = initiate(Suite.SECT283K1, AGED, b"\xc0\xde")

    # suite, little endian; ephemeral and confirm generate times in seconds; certificate
    assert body == bytes.fromhex("0200 0A 14 C0DE")


def test_initiate_is_read_as_it_was_written() -> None:
    read = read_initiate(bytes.fromhex("0100 03 06 AABB"))

    assert (read.suite, read.identity) == (1, b"\xaa\xbb")
    assert (read.ephemeral_data_generate_time, read.confirm_key_generate_time) == (3, 6)


@given(st.binary(max_size=3))
def test_initiate_that_is_cut_off_is_a_wire_error(payload: bytes) -> None:
    with pytest.raises(WireError):
        read_initiate(payload)


def test_terminate_is_status_wait_and_suites() -> None:
    # status NO_RESOURCES, wait 6 s, suites 1 and 2
    assert terminate(TerminateStatus.NO_RESOURCES, 6, 3) == bytes.fromhex("04 06 0300")


@pytest.mark.parametrize("status", list(TerminateStatus))
def test_terminate_is_read_as_it_was_written(status: TerminateStatus) -> None:
    assert read_terminate(terminate(status, 0, 2)) is status


@given(st.binary())
def test_any_terminate_has_some_status(payload: bytes) -> None:
    status = read_terminate(payload)

    whole = len(payload) == 4
    assert status == (payload[0] if whole else TerminateStatus.BAD_MESSAGE)


def test_command_goes_out_under_the_network_key_alone() -> None:
    request = command(5, AT_HUB, METER_ENDPOINT, KeyCommand.INITIATE, b"x", to_side=Side.SERVER)

    assert (request.handle, request.destination, request.cluster) == (5, AT_HUB, 0x0800)
    assert (request.link_key, request.ack, request.disable_default_response) == (False, True, True)
    assert request.sequence is None
