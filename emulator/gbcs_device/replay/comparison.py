"""How an answer compares with the reference one, octet by octet."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Final

from emulator.gbcs.envelope import SIGNATURE_LENGTH, Message
from emulator.gbcs.other_information import OtherInformation

_SIGNATURE: Final = bytes(SIGNATURE_LENGTH)


class Match(StrEnum):
    """How an answer compares."""

    IDENTICAL = "identical"
    IDENTICAL_BUT_SIGNATURE = "identical_but_signature"
    """Both are signed, and but for the 64 octets of the signature they are the same."""
    DIFFERENT = "different"


def compared(got: Message, expected: Message) -> Match:
    """How an answer compares with the reference one."""
    if got.encode() == expected.encode():
        return Match.IDENTICAL
    if got.signature and expected.signature and _unsigned(got) == _unsigned(expected):
        return Match.IDENTICAL_BUT_SIGNATURE
    return Match.DIFFERENT


def _plain(value: object) -> object:
    return value.encode() if isinstance(value, OtherInformation) else value


def _unsigned(message: Message) -> bytes:
    return replace(message, signature=_SIGNATURE).encode()


_FIELDS: Final[Mapping[str, str]] = {
    "counter": "counter",
    "originator": "originator",
    "recipient": "recipient",
    "date_time": "date-time",
    "other_information": "other information",
    "payload": "payload",
    "mac": "MAC",
    "signature": "signature",
}


def difference(got: Message, expected: Message) -> str:
    """The first field in which an answer differs from the reference one."""
    for field, words in _FIELDS.items():
        mine, theirs = (_plain(getattr(each, field)) for each in (got, expected))
        if mine == theirs:
            continue
        if not (isinstance(mine, bytes) and isinstance(theirs, bytes)):
            return f"{words}: {mine}, expected {theirs}"
        pairs = enumerate(zip(mine, theirs, strict=False))
        at = next((index for index, (a, b) in pairs if a != b), min(len(mine), len(theirs)))
        return (
            f"{words}: octet {at} of {len(theirs)}: {mine[at : at + 8].hex().upper() or 'the end'},"
            f" expected {theirs[at : at + 8].hex().upper() or 'the end'}"
        )
    return "nothing"
