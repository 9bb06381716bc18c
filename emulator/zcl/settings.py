"""What a run may decide about the cluster library, each with its source."""

from dataclasses import dataclass

from emulator.kernel.settings import setting
from emulator.kernel.units import Duration, seconds


@dataclass(frozen=True, slots=True)
class ZclSettings:
    """Time limits, sizes and policies of one node's cluster library."""

    answer_timeout: Duration = setting(
        seconds(10),
        source="no clause: how long an answer is waited for once delivered",
        verified=False,
    )
    delivery_timeout: Duration = setting(
        seconds(60), source="no clause: longest that APS may take to confirm", verified=False
    )
    acknowledge_answers: bool = setting(
        True, source="no clause: whether answers ask for an APS acknowledgement", verified=False
    )
    answer_limit: int = setting(
        128, source="ZSE 1.4 5.3: maximum incoming transfer size of 128 octets"
    )
    report_limit: int = setting(
        64, source="no clause: configurations held; more get INSUFFICIENT_SPACE", verified=False
    )
    access_rule: bool = setting(
        True, source="ZSE 1.4 5.4.6; off for host stacks that know no Smart Energy"
    )
    """Whether clusters ask for the link key that Smart Energy wants for them."""
    any_profile: bool = setting(
        default=False, source="R22 2.2.4.1.2: the profile must match; on for hosts that send 0x0104"
    )
    """Whether endpoints take commands of any profile, and answer under it."""
    power_configuration_needs_link_key: bool = setting(
        True, source="ZSE 1.4 5.4.6: row not established for 0x0001", verified=False
    )
    keep_alive_needs_link_key: bool = setting(
        True,
        source="ZSE 1.4 5.4.6: row not established for 0x0025; zigpy 2.4 wants the answer so",
        verified=False,
    )
