"""What a network co-processor is, found out before a run."""

import pytest

from emulator.kernel.errors import EnvironmentFault
from emulator.lab.radios.probing import probe, probed_kinds
from hardware.ezsp.ash import DataFrame, ResetAck, ash_octets
from hardware.ezsp.asking import report
from hardware.ezsp.frames import ask_version
from tests.hardware.spinel.far_end import FarEnd, ServedRcp

RESET = bytes.fromhex("1ac038bc7e")
BEGAN = ash_octets(ResetAck(0x0B))


def test_virtual_co_processor_tells_firmware_version_board_and_key_table() -> None:
    with ServedRcp(kind="ezsp") as port:
        told = probe(port)

    assert (told.kind, told.protocol) == ("ezsp", "EZSP 13")
    assert told.firmware == "hanlab virtual EZSP, EmberZNet 7.4.0.0"
    assert len(told.eui64) == 16
    assert "keep link keys of 12 devices" in told.abilities
    assert "key establishment inside (CBKE library)" in told.abilities
    assert told.use == f"hanlab radio commission zigpy:{port}"


def test_both_kinds_are_tried_the_quiet_one_first() -> None:
    assert list(probed_kinds(None)) == ["spinel", "ezsp"]


def test_silence_is_no_report() -> None:
    with FarEnd({}) as line:
        assert report("port", line, limit=0.05) is None


def test_firmware_without_ezsp_above_ash_is_told() -> None:
    with FarEnd({RESET: BEGAN}) as line, pytest.raises(EnvironmentFault, match="ASH without EZSP"):
        report("port", line, limit=0.05)


def test_firmware_of_before_the_header_is_told() -> None:
    old = ash_octets(DataFrame(0, 1, bytes((0, 0x80, 0, 7, 2, 0x10, 0x67))))
    question = ash_octets(DataFrame(0, 0, ask_version(0, 13)))
    answers = {RESET: BEGAN, question: old}
    with FarEnd(answers) as line, pytest.raises(EnvironmentFault, match="EZSP 7, expected 8"):
        report("port", line, limit=0.2)
