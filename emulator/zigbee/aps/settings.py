"""Every timer, count and policy of the APS layer, with its source."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from emulator.kernel.settings import setting, within
from emulator.kernel.units import Duration, milliseconds, seconds
from emulator.zigbee.addresses import ClusterId, ProfileId
from emulator.zigbee.aps.primitives import KeyOrigin

LinkKeyPolicy = Callable[[KeyOrigin, ProfileId, ClusterId], bool]
"""Whether data under a link key of that origin is accepted for that profile and cluster."""


def smart_energy_accepts(origin: KeyOrigin, _profile: ProfileId, _cluster: ClusterId) -> bool:
    """Data under a key that was not agreed is dropped without acknowledgement (ZSE 1.4 5.4.6)."""
    return origin.protects_data


@dataclass(frozen=True, slots=True)
class ApsSettings:
    """What a run may change in the APS layer."""

    ack_wait: Duration = setting(
        seconds(1.6), source="R22 Table 2-23 apscAckWaitDuration: 0.05 * 2 * nwkcMaxDepth + 0.1 s"
    )
    sleepy_ack_wait: Duration = setting(
        seconds(10),
        source="ziggurat waits 10 s for a sleepy child: 7.68 s indirect, and the way back",
        verified=False,
    )
    """How long the acknowledgement of a device that sleeps is waited for."""
    max_frame_retries: int = setting(3, source="R22 Table 2-23 apscMaxFrameRetries")
    interframe_delay: Duration = setting(milliseconds(50), source="ZSE 1.4 5.3 apsInterframeDelay")
    """The least time between two blocks of one fragmented transmission."""
    block_size: int = setting(
        61, source="Silicon Labs HAN sample host: 61 octets of data in an APS block", verified=False
    )
    """Octets of a block, where the frame has room for that many."""
    reassembly_timeout: Duration = setting(
        seconds(6.4),
        source="R22 2.2.8.4.5.4: apscAckWaitDuration * (1 + apscMaxFrameRetries)",
    )
    """How long a fragmented reception waits for its next block."""
    max_reassemblies: int = setting(8, source="no document sets a number", verified=False)
    """Fragmented receptions at a time; a further one is refused."""
    duplicate_timeout: Duration = setting(
        seconds(12),
        source="R22 2.2.8.4.2 asks for timing without a value; ziggurat takes 9 s",
        verified=False,
    )
    """How long (source, APS counter) is remembered after it was last heard.

    Longer than `sleepy_ack_wait`, which parts the retries to a device that sleeps, and so short
    that the 256 counters of a busy peer do not come round within it.
    """
    nwk_header_extension: Literal[0, 8, 16] = setting(
        0, source="R22 3.3.1: 0, 8 or 16 octets of EUI-64"
    )
    """Octets that NWK headers carry beyond the shortest one; frames leave room for them."""
    extended_nonce: bool = setting(
        default=True, source="panweave and recorded networks send it in every APS frame"
    )
    """Whether our EUI-64 travels in the auxiliary header of data and acknowledgements."""
    plain_update_device: bool = setting(
        default=False, source="R22 4.4.1.3: encrypted where a trust centre link key is shared"
    )
    """Whether the trust centre believes an Update-Device that no link key protects."""
    accepts: LinkKeyPolicy = setting(smart_energy_accepts, source="ZSE 1.4 5.4.6")
    """Asked before data under a link key is acknowledged or delivered."""

    def __post_init__(self) -> None:
        """Refuse blocks without an octet, or of more than an octet can count."""
        within("aps.block_size", self.block_size, 1, 0xFF)
