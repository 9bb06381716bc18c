"""What a gas meter writes down by itself: daily reads and network data (SMETS2 4.6.5.7, 4.6.5.14).

Profile data is counted by the meter itself, and shown as a log of samples when somebody asks.
"""

from collections.abc import Callable
from typing import Final

from emulator.gbcs_device.gbz.own_snapshots import take_prepay_snapshot, take_snapshot
from emulator.gbcs_device.gbz.state.moments import LATEST
from emulator.gbcs_device.gbz.state.samples import DAILY, SampleId
from emulator.gbcs_device.gbz.state.snapshots import SnapshotCause
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.metering.channel_meter import ChannelMeter
from emulator.metering.quantities import COUNT, DAY, HALF_HOUR, whole_counts
from emulator.zcl.payloads.metering import GetSampledDataResponse

SECOND: Final = 1_000_000
_DELIVERED: Final = 0
"""Sample type: consumption delivered (RTDS 4.5.0, GCS17)."""


class DailyReads:
    """Writes the registers down at every midnight UTC; a follower of the meter, behind its account.

    Args:
        store: gives the state that is written to.
        show: writes the registers into it as they are.
        prepaid: whether balances are written down too.
        own: now, own time.
    """

    def __init__(
        self,
        store: Callable[[], MeterStore],
        show: Callable[[], None],
        prepaid: Callable[[], bool],
        own: int,
    ) -> None:
        self._store = store
        self._show = show
        self._prepaid = prepaid
        self._day = own // DAY

    def next_change(self, own: int) -> int:
        """Own time of the next midnight."""
        return (own // DAY + 1) * DAY

    def passed(self, amount: int, start: int, end: int) -> None:  # noqa: ARG002 - the one shape
        """Write down what is due: once for midnights that the clock jumped over, none again."""
        if end // DAY <= self._day:
            return
        self._day = end // DAY
        self._show()
        moment = min(end // DAY * DAY // SECOND, LATEST)
        take_snapshot(self._store(), SnapshotCause.GENERAL, moment)
        if self._prepaid():
            take_prepay_snapshot(self._store(), SnapshotCause.GENERAL, moment)


class NetworkData:
    """Samples what flows for a network operator, once it was begun (GCS31); a follower.

    Args:
        store: gives the state that has the log.
    """

    def __init__(self, store: Callable[[], MeterStore]) -> None:
        self._store = store
        self.flowed = 0
        """Since the last sample, rate times microseconds."""

    def next_change(self, own: int) -> int:
        """Own time of the next sample; of nothing where no log was begun."""
        series = self._running()
        if series is None:
            return own + DAY
        begin = series.sample_start_time * SECOND
        return begin if own < begin else max(own + 1, _due(series) * SECOND)

    def passed(self, amount: int, start: int, end: int) -> None:
        """Take what passed, and the sample that is due."""
        series = self._running()
        if series is None or start < series.sample_start_time * SECOND:
            self.flowed = 0
            return
        self.flowed += amount
        if end >= _due(series) * SECOND:
            counts = whole_counts(self.flowed)
            self._store().samples.add(SampleId.NETWORK_DATA, counts)
            self.flowed -= counts * COUNT

    def _running(self) -> GetSampledDataResponse | None:
        store = self._store()
        series = store.samples.series.get(SampleId.NETWORK_DATA)
        if series is None or not 0 < series.sample_request_interval < DAILY:
            return None
        full = series.number_of_samples >= store.settings.samples[SampleId.NETWORK_DATA]
        return None if full else series


def _due(series: GetSampledDataResponse) -> int:
    ended = series.number_of_samples + 1
    return series.sample_start_time + ended * series.sample_request_interval


def show_profile(store: MeterStore, meter: ChannelMeter) -> None:
    """Show the half hours that a meter wrote down as the log of profile data (GCS17).

    Nothing changes where it shows them already.
    """
    interval, log = HALF_HOUR // SECOND, meter.profile
    shown = store.samples.series.get(SampleId.PROFILE_DATA)
    known = 0
    if shown is not None:
        known = shown.sample_start_time // interval + shown.number_of_samples
    if known == log.ended:
        return
    entries = list(log.entries())
    store.samples.series[SampleId.PROFILE_DATA] = GetSampledDataResponse(
        sample_id=SampleId.PROFILE_DATA,
        sample_start_time=entries[0].interval * interval,
        sample_type=_DELIVERED,
        sample_request_interval=interval,
        number_of_samples=len(entries),
        samples=tuple(each.counts for each in entries),
    )
