"""How an answer is framed: ZCL header, extended header, encryption (GBCS 7.2.10)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from emulator.gbcs.gbz_component import AdditionalHeader, GbzComponent
from emulator.zcl.foundation.general_commands import DefaultResponse, GeneralCommand
from emulator.zcl.foundation.header import FrameType, header
from emulator.zcl.primitives import Side, ZclStatus

_METERING: Final = 0x0702
_PREPAYMENT: Final = 0x0705
_SENSITIVE_CLUSTERS: Final = frozenset({_METERING, _PREPAYMENT})
"""In a use case with sensitive data, what these answer is encrypted (RTDS 4.5.0)."""
_NO_DEFAULT_RESPONSE_TO_READ: Final = frozenset({0x0074, 0x00B6, 0x00B8, 0x009F})
"""Use cases whose Read Attributes Response disables the default response: GCS13a, GCS13c, GCS13b,
GCS21f (RTDS 4.5.0)."""
_DEFAULT_RESPONSE: Final = frozenset(
    {(0x0700, 0x09), (0x0702, 0x0C), (0x0702, 0x0D), (0x0705, 0x03), (0x0708, 0x04), (0x0709, 0x02)}
)
"""Cluster commands in answer that do not disable the default response (RTDS 4.5.0)."""
_NETWORK_DATA: Final = 0x0079
"""GCS18, whose sampled data alone does not disable the default response (RTDS 4.5.0)."""
_SAMPLED_DATA: Final = (0x0702, 0x07)
_ANSWERED_TO_CLIENT: Final = frozenset({(0x0708, 0x05)})
"""Commands from the server that are refused as if the client had sent them (RTDS 4.5.0, GCS20r)."""


@dataclass(slots=True)
class AnswerFrames:
    """Frames the answers to one message.

    Args:
        message_code: of the message.
        sensitive: whether its use case has sensitive data.
        encrypt: gives the encrypted block for a payload.
        encrypted: how many components were encrypted so far.
    """

    message_code: int
    sensitive: bool
    encrypt: Callable[[bytes], bytes]
    encrypted: int = 0

    def status(self, asked: GbzComponent, command: int, status: ZclStatus) -> GbzComponent:
        """A Default Response.

        Args:
            asked: what it answers.
            command: which command it names.
            status: what became of it.
        """
        return GbzComponent(
            asked.cluster,
            header(
                FrameType.GENERAL,
                _other_side(asked),
                asked.header.sequence,
                GeneralCommand.DEFAULT_RESPONSE,
            ),
            DefaultResponse(command=command, status=status).encode(),
        )

    def attributes(self, asked: GbzComponent, payload: bytes) -> GbzComponent:
        """A Read Attributes Response."""
        framed = header(
            FrameType.GENERAL,
            _answering_side(asked),
            asked.header.sequence,
            GeneralCommand.READ_ATTRIBUTES_RESPONSE,
            disable_default_response=self.message_code in _NO_DEFAULT_RESPONSE_TO_READ,
        )
        return self._protected(GbzComponent(asked.cluster, framed, payload))

    def command(self, asked: GbzComponent, command: int, payload: bytes) -> GbzComponent:
        """A command of the cluster in answer."""
        framed = header(
            FrameType.CLUSTER,
            _answering_side(asked),
            asked.header.sequence,
            command,
            disable_default_response=self._disables(asked.cluster, command),
        )
        return self._protected(GbzComponent(asked.cluster, framed, payload))

    def _disables(self, cluster: int, command: int) -> bool:
        if (cluster, command) == _SAMPLED_DATA:
            return self.message_code != _NETWORK_DATA
        return (cluster, command) not in _DEFAULT_RESPONSE

    def _protected(self, plain: GbzComponent) -> GbzComponent:
        if not self.sensitive or plain.cluster not in _SENSITIVE_CLUSTERS:
            return plain
        additional = AdditionalHeader(0, self.encrypted & 0xFF)
        self.encrypted += 1
        return GbzComponent(
            plain.cluster,
            plain.header,
            self.encrypt(plain.payload),
            additional_header=additional,
        )


def _answering_side(asked: GbzComponent) -> Side:
    return Side.SERVER if asked.header.to_client else Side.CLIENT


def _other_side(asked: GbzComponent) -> Side:
    if (asked.cluster, asked.header.command) in _ANSWERED_TO_CLIENT:
        return Side.CLIENT
    return _answering_side(asked)
