"""What a gas mirror shows the home after a change of tenancy (GBCS GCS09).

Only the gas proxy function is told of it, so the meter goes on reporting what passed in the whole
day, week and month. Where the change lies within, the proxy shows the half hours of its own log
instead that began since; the open one is added when it has ended.
"""

from datetime import datetime
from typing import Final

from emulator.gbcs_device.gbz.state.moments import seconds_since_2000
from emulator.gbcs_device.gbz.state.samples import SampleId
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.metering.consumption import Span, bounds
from emulator.zcl.clusters.device_management import DEVICE_MANAGEMENT

CHANGE_OF_TENANCY: Final = (DEVICE_MANAGEMENT.id, 0x0200)
"""Seconds since 2000 from which data is the tenant's."""


def tenants_consumption(store: MeterStore, span: Span, moment: datetime) -> int | None:
    """Counts that passed since the tenant came, in the day, week or month that is not over.

    Args:
        store: of the gas proxy function.
        span: over how long.
        moment: now, UTC.

    Returns:
        None where all that passed in it is the tenant's, so that the meter's report holds.
    """
    since = store.attributes.number(*CHANGE_OF_TENANCY)
    start, _ = bounds(moment, span, 0)
    if not seconds_since_2000(start) < since <= seconds_since_2000(moment):
        return None
    log = store.samples.series.get(SampleId.PROFILE_DATA)
    if log is None:
        return 0
    late = max(0, since - log.sample_start_time)
    return sum(log.samples[-(-late // log.sample_request_interval) :])
