"""Other Information of a grouping header: which message it is, and for whom (GBCS 7.2.7).

What follows the message code comes in this order and may end after each item: the supplementary
remote party, its counter, and then either a supplementary originator counter or the key agreement
certificate of a party the device does not know.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from emulator.kernel.errors import LocalError, WireError
from emulator.kernel.identity import Eui64

_CODE_END: Final = 2
_PARTY_END: Final = 10
_COUNTER_END: Final = 18
_ORIGINATOR_COUNTER_END: Final = 26
_SEQUENCE: Final = b"\x30"
"""First octet of every DER certificate."""


@dataclass(frozen=True, slots=True)
class OtherInformation:
    """Which message it is, and on whose behalf.

    Args:
        message_code: number of the use case (GBCS 15).
        supplementary_party: remote party for whom the originator speaks or who gets the data.
        supplementary_counter: that party's own counter.
        supplementary_originator_counter: counter that the response to that party is protected by.
        certificate: key agreement certificate of a party unknown to the device, DER.
    """

    message_code: int
    supplementary_party: Eui64 | None = None
    supplementary_counter: int | None = None
    supplementary_originator_counter: int | None = None
    certificate: bytes | None = None

    @staticmethod
    def decode(octets: bytes, offset: int = 0) -> "OtherInformation":
        """The other information in `octets`, which start `offset` octets into the message.

        Raises:
            WireError: when the octets end inside an item, or go on with something unknown.
        """
        size = len(octets)
        if size < _CODE_END:
            raise WireError("Message.other_information", offset, "shorter than a message code")
        code = int.from_bytes(octets[:_CODE_END], "big")
        if size == _CODE_END:
            return message_code_alone(code)
        if size not in (_PARTY_END, _COUNTER_END, _ORIGINATOR_COUNTER_END) and not (
            size > _ORIGINATOR_COUNTER_END and octets[_COUNTER_END:].startswith(_SEQUENCE)
        ):
            raise WireError(
                "Message.other_information",
                offset,
                f"{size} octets, expected 2, 10, 18, 26 or 18 and a certificate",
            )
        party = Eui64(int.from_bytes(octets[_CODE_END:_PARTY_END], "big"))
        if size == _PARTY_END:
            return OtherInformation(code, party)
        counter = int.from_bytes(octets[_PARTY_END:_COUNTER_END], "big")
        if size == _COUNTER_END:
            return OtherInformation(code, party, counter)
        rest = octets[_COUNTER_END:]
        if size == _ORIGINATOR_COUNTER_END:
            return OtherInformation(code, party, counter, int.from_bytes(rest, "big"))
        return OtherInformation(code, party, counter, None, rest)

    def encode(self) -> bytes:
        """The octets, without their length.

        Raises:
            LocalError: when an item is given without the one before it, or does not fit.
        """
        try:
            return self._encode()
        except OverflowError as fault:
            raise LocalError(f"other information: a number does not fit: {fault}") from fault

    def _encode(self) -> bytes:
        if (
            self.supplementary_party is None
            and self.supplementary_counter is None
            and self.supplementary_originator_counter is None
            and self.certificate is None
        ):
            return self.message_code.to_bytes(2, "big")
        last = (
            self.certificate
            if self.certificate is not None
            else _counter(self.supplementary_originator_counter)
        )
        if self.supplementary_originator_counter is not None and self.certificate is not None:
            raise LocalError("other information holds an originator counter or a certificate")
        if self.supplementary_party is None or (last and self.supplementary_counter is None):
            raise LocalError("other information needs every item before its last one")
        return b"".join(
            (
                self.message_code.to_bytes(2, "big"),
                self.supplementary_party.to_bytes(8, "big"),
                _counter(self.supplementary_counter),
                last,
            )
        )


@lru_cache(maxsize=1024)
def message_code_alone(code: int) -> OtherInformation:
    """A message code and nothing else; remembered, for nearly all messages are so."""
    return OtherInformation(code)


def _counter(value: int | None) -> bytes:
    return b"" if value is None else value.to_bytes(8, "big")
