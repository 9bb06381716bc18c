"""How much meters keep."""

from dataclasses import dataclass

from emulator.kernel.settings import setting


@dataclass(frozen=True, slots=True, kw_only=True)
class MeteringSettings:
    """How many entries the logs of a meter have."""

    profile_intervals: int = setting(
        19056, source="use-case annex of GBCS, GCS17: half hours of 13 months"
    )
    export_intervals: int = setting(
        92 * 48, source="SMETS2 5.7.5.31: half hours of 3 months", verified=False
    )
    daily_intervals: int = setting(731, source="use-case annex of GBCS, GCS61: days of two years")
    billing_entries: int = setting(12, source="use-case annex of GBCS, GCS15c")
