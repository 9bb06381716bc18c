"""Logs of samples: profile data, daily consumption, network data (ZSE 1.4 D.3)."""

from dataclasses import replace
from enum import IntEnum
from typing import Final

from emulator.gbcs_device.gbz.state.document import structs, written
from emulator.zcl.payloads.metering import GetSampledData, GetSampledDataResponse

DAILY: Final = 0xFFFF
"""Interval of the daily consumption log, as RTDS 4.5.0 writes it (GCS61)."""
_SECONDS_OF_A_DAY: Final = 86_400


class SampleId(IntEnum):
    """The logs by sample identifier (RTDS 4.5.0, GCS17, GCS61, GCS18)."""

    PROFILE_DATA = 0
    DAILY_CONSUMPTION = 1
    NETWORK_DATA = 2


class SampleLogs:
    """One series of samples for each identifier, as a device publishes it.

    Args:
        most: how many samples each log keeps, by its identifier.
    """

    def __init__(self, most: tuple[int, ...]) -> None:
        self._most = most
        self.series: dict[int, GetSampledDataResponse] = {}

    def start(self, identifier: int, at: int, sample_type: int, interval: int) -> None:
        """Begin a series anew.

        Args:
            identifier: which.
            at: moment of its first sample.
            sample_type: what is sampled.
            interval: seconds between two samples, or `DAILY`.
        """
        self.series[identifier] = GetSampledDataResponse(
            sample_id=identifier,
            sample_start_time=at,
            sample_type=sample_type,
            sample_request_interval=interval,
            number_of_samples=0,
            samples=(),
        )

    def add(self, identifier: int, sample: int) -> None:
        """Add a sample to a series that was begun; the oldest makes room for it."""
        series = self.series.get(identifier)
        if series is None:
            return
        samples = (*series.samples, sample)
        surplus = max(0, len(samples) - self._limit(identifier))
        self.series[identifier] = replace(
            series,
            sample_start_time=series.sample_start_time + surplus * _step(series),
            number_of_samples=len(samples) - surplus,
            samples=samples[surplus:],
        )

    def find(self, request: GetSampledData) -> GetSampledDataResponse | None:
        """The samples from a moment on, at most as many as asked for; None where there is none."""
        series = self.series.get(request.sample_id)
        if series is None or series.sample_type != request.sample_type:
            return None
        late = max(0, request.earliest_sample_time - series.sample_start_time)
        skipped = -(-late // _step(series))
        samples = series.samples[skipped : skipped + request.number_of_samples]
        if not samples:
            return None
        return replace(
            series,
            sample_start_time=series.sample_start_time + skipped * _step(series),
            number_of_samples=len(samples),
            samples=samples,
        )

    def snapshot(self) -> list[str]:
        """All series as octets."""
        return written(tuple(self.series.values()))

    def restore(self, document: object, name: str) -> None:
        """Hold what a saved log says, and nothing else.

        Raises:
            LocalError: when it is none.
        """
        saved = structs(document, name, GetSampledDataResponse)
        self.series = {each.sample_id: each for each in saved}

    def _limit(self, identifier: int) -> int:
        return self._most[identifier] if identifier < len(self._most) else 0xFFFF


def _step(series: GetSampledDataResponse) -> int:
    if series.sample_request_interval == DAILY:
        return _SECONDS_OF_A_DAY
    return max(1, series.sample_request_interval)
