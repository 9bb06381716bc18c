"""Sizes and choices of gas meters and of the gas proxy function."""

from dataclasses import dataclass
from typing import Final

from emulator.kernel.settings import setting

_ANNEX: Final = "use-case annex of GBCS"


@dataclass(frozen=True, slots=True, kw_only=True)
class GbzSettings:
    """How much a device keeps, and what it answers where sources leave it open.

    Args:
        daily_reads: entries of a daily read log, which it says it holds whatever is asked for.
        billing_snapshots: entries of the billing data log for one kind of snapshot.
        top_ups: entries of the log of top-ups.
        repayments: entries of the log of payment-based debt repayments.
        remembered_tokens: top-up tokens whose counters are remembered.
        events: entries of an event log.
        samples: entries of a log of samples, by sample identifier.
        unconfigured_event: what is done about an event before anybody configured it.
        emergency_credit_selected: bit of the credit status that says so.
    """

    daily_reads: int = setting(31, source=f"{_ANNEX}, GCS16a; RTDS 4.5.0, GCS16a and GCS16b")
    billing_snapshots: int = setting(12, source=f"{_ANNEX}, GCS15c")
    top_ups: int = setting(5, source=f"{_ANNEX}, GCS15e")
    repayments: int = setting(10, source=f"{_ANNEX}, GCS15d")
    remembered_tokens: int = setting(
        100,
        source="GBCS 14, UTRN counter cache: that there is one; its size is background knowledge",
        verified=False,
    )
    events: int = setting(100, source=f"{_ANNEX}, CS10a")
    samples: tuple[int, int, int] = setting(
        (19056, 731, 41), source=f"{_ANNEX}, GCS17, GCS61, GCS18"
    )
    unconfigured_event: int = setting(
        0x03, source="RTDS 4.5.0, GCS20r: most events are written to the log", verified=False
    )
    emergency_credit_selected: int = setting(
        0x10, source="ZSE 1.4 D.7, credit status", verified=False
    )
