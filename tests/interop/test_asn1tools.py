"""asn1tools reads and writes our ASN.1 payloads from a schema of its own (`gbcs.asn1`)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.gbcs.asn1.catalogue import ASN1_TYPES
from emulator.gbcs.asn1.codes import KeyUsage
from emulator.gbcs.asn1.payload import decode_asn1, encode_asn1
from emulator.gbcs.envelope import Cra, Message
from emulator.testing.judges.judges import require
from emulator.testing.judges.reference_data import reference_messages
from emulator.testing.strategies.asn1_values import asn1_values

SCHEMA = Path(__file__).with_name("gbcs.asn1")
_C, _R, _A = Cra.COMMAND, Cra.RESPONSE, Cra.ALERT
_UPDATES = (*range(0x0102, 0x010A), 0x0125, 0x0126)

NAMES: Final[dict[tuple[int, Cra], str]] = {
    **{(code, _C): "ProvideCredentialsCommand" for code in (0x08, 0x11B)},
    **{(code, _R): "ProvideCredentialsResponse" for code in (0x08, 0x11B)},
    **{(code, _C): "UpdateCredentialsCommand" for code in _UPDATES},
    **{(code, _R): "UpdateCredentialsResponse" for code in _UPDATES},
    **{(code, _A): "UpdateCredentialsAlert" for code in (0xCB, 0x124)},
    **{(code, _C): "KeyUsageCommand" for code in (0x0A, 0x0C)},
    **{(code, _R): "Anything" for code in (0x0A, 0x0C)},
    (0x0B, _C): "Anything",
    **{(code, _R): "Code" for code in (0x0B, 0x0D, 0x0E, 0xAB, 0xAF, 0x0F, 0x10)},
    **{(code, _C): "JoinCommand" for code in (0x0D, 0x0E, 0xAB, 0xAF)},
    **{(code, _C): "Entity" for code in (0x0F, 0x10)},
    **{(code, _C): "Nothing" for code in (0x13, 0x129)},
    (0x13, _R): "ReadLogResponse",
    (0x8C, _C): "RestoreCommand",
    (0x8C, _R): "RestoreResponse",
    (0xB2, _A): "BackupAlert",
    (0x12, _C): "ActivateCommand",
    (0x12, _R): "ActivateResponse",
    (0xCA, _A): "ActivateAlert",
    (0x128, _A): "TransferAlert",
    (0x129, _R): "ReadVersionResponse",
    (0x12B, _A): "ActivateImageAlert",
    (0x7F, _C): "SetTimeCommand",
    (0x7F, _R): "SetTimeResponse",
}


@pytest.fixture(scope="module")
def judge() -> Any:
    require("asn1tools", find_spec("asn1tools") is not None, "pip install asn1tools")
    return import_module("asn1tools").compile_files([str(SCHEMA)], "der")


def ours(value: object) -> Iterator[object]:
    """The plain values of a payload; what is absent is left out."""
    if is_dataclass(value):
        for each in fields(value):
            yield from ours(getattr(value, each.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from ours(part)
    elif isinstance(value, KeyUsage):
        yield f"bits {int(value):02x}"
    elif value is not None:
        yield value


def theirs(value: Any) -> Iterator[object]:
    """The same from what asn1tools finds, in whatever order it has the fields."""
    match value:
        case dict() | list():
            for part in value.values() if isinstance(value, dict) else value:
                yield from theirs(part)
        case (str(), part):  # the chosen one of a CHOICE
            yield from theirs(part)
        case None:
            return
        case _:
            yield _plain(value)


def _plain(value: Any) -> object:
    match value:
        case (bytes(octets), int(count)):
            return f"bits {octets[0]:02x}" if count else "bits 00"
        case datetime():
            return value.strftime("%Y%m%d%H%M%SZ")
        case str():
            return int(value.removeprefix("s"))
        case bytearray():
            return bytes(value)
        case _:
            return value


def test_every_kind_of_payload_is_in_the_judges_schema() -> None:
    assert set(NAMES) == set(ASN1_TYPES)


def test_judge_finds_the_same_values_in_every_reference_payload(judge: Any) -> None:
    seen = 0
    for each in reference_messages():
        message = Message.decode(each.octets)
        kind = (message.other_information.message_code, message.cra)
        if kind in NAMES:
            seen += 1
            value = decode_asn1(*kind, message.payload)
            found = judge.decode(NAMES[kind], message.payload)
            if NAMES[kind] != "Anything":
                assert Counter(ours(value)) == Counter(theirs(found)), each.name
            assert judge.encode(NAMES[kind], found) == encode_asn1(*kind, value), each.name
    assert seen == 178


KINDS = st.sampled_from(sorted(kind for kind, name in NAMES.items() if name != "Anything"))


@given(KINDS.flatmap(lambda kind: st.tuples(st.just(kind), asn1_values(ASN1_TYPES[kind]))))
@settings(max_examples=60)
def test_judge_finds_the_end_of_what_we_write(
    judge: Any, drawn: tuple[tuple[int, Cra], Any]
) -> None:
    kind, value = drawn

    octets = encode_asn1(*kind, value)

    assert judge.decode_length(octets) == len(octets)
