"""One frame of a capture, wherever it came from."""

from dataclasses import dataclass

from emulator.radio.port import Channel


@dataclass(frozen=True, slots=True)
class CapturedFrame:
    """What was heard.

    Args:
        number: from 1, as Wireshark counts.
        at: microseconds since 1970-01-01T00:00:00Z.
        psdu: octets without FCS.
        fcs: its two octets; empty where the capture has none.
        channel: where it was heard; None where the capture does not say.
        rss: dBm; None where it does not say.
    """

    number: int
    at: int
    psdu: bytes
    fcs: bytes = b""
    channel: Channel | None = None
    rss: float | None = None
