"""Our scapy layers of GBCS messages, held against our own codec and the reference messages."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.gbz import PROFILE, GbzPayload
from emulator.kernel.errors import WireError
from emulator.testing.judges.judges import require
from emulator.testing.judges.reference_data import reference_messages
from emulator.testing.scenes.gbcs_vectors import RESET_METER_BALANCE

PROGRAM = Path(__file__).with_name("scapy_gbcs.py")
ROOT = Path(__file__).parents[3]


def answers(lines: list[str]) -> list[dict[str, Any]]:
    """What the program says to each line."""
    require("scapy", find_spec("scapy") is not None, "pip install hanlab[scapy]")
    done = subprocess.run(
        [sys.executable, str(PROGRAM)],
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def as_ours(octets: bytes) -> dict[str, Any]:
    """The same by our own codec."""
    message = Message.decode(octets)
    clusters: list[int] = []
    if message.payload.startswith(PROFILE) and message.cra is not Cra.ALERT:
        payload = GbzPayload.decode(message.payload, message.cra)
        clusters = [each.cluster for each in payload.components]
    return {
        "cra": message.cra,
        "counter": message.counter,
        "originator": message.originator,
        "recipient": message.recipient,
        "information": message.other_information.encode().hex(),
        "signature": (message.signature or b"").hex(),
        "mac": None if message.mac is None else message.mac.hex(),
        "clusters": clusters,
        "same": True,
        "counted": True,
    }


def test_layers_find_what_our_codec_finds_in_every_reference_message() -> None:
    messages = [each.octets for each in reference_messages()]

    found = answers([f"read {octets.hex()}" for octets in messages])

    assert found == [as_ours(octets) for octets in messages]


def test_layers_read_a_signed_command() -> None:
    [found] = answers([f"read {RESET_METER_BALANCE.hex()}"])

    assert found == as_ours(RESET_METER_BALANCE)


@pytest.fixture(scope="module")
def mutations() -> dict[str, bytes]:
    [found] = answers([f"mutate {RESET_METER_BALANCE.hex()}"])
    return {name: bytes.fromhex(octets) for name, octets in found.items()}


def test_changed_field_is_the_only_change(mutations: dict[str, bytes]) -> None:
    assert Message.decode(mutations["counter"]).counter == 7
    assert len(mutations["counter"]) == len(RESET_METER_BALANCE)


def test_given_length_is_written_even_where_it_is_wrong(mutations: dict[str, bytes]) -> None:
    with pytest.raises(WireError):
        Message.decode(mutations["length"])


def test_pre_command_is_put_together_by_hand(mutations: dict[str, bytes]) -> None:
    message = Message.decode(mutations["made"])

    [component] = GbzPayload.decode(message.payload, message.cra).components
    assert (message.signature, message.counter) == (None, 9)
    assert (component.cluster, component.header.command, component.last) == (0x0705, 5, True)
    assert component.payload == b"\xaa"
