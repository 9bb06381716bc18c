"""All that a gas meter, or the gas proxy function, holds of what remote parties set and read."""

from collections.abc import Mapping
from typing import Final, Self

from emulator.gbcs_device.gbz.state.attributes import AttributeKey, AttributeTable
from emulator.gbcs_device.gbz.state.billing_calendar import BillingCalendar
from emulator.gbcs_device.gbz.state.calendars import CalendarTable
from emulator.gbcs_device.gbz.state.document import number, part
from emulator.gbcs_device.gbz.state.event_logs import EventConfigurations, EventLogs
from emulator.gbcs_device.gbz.state.payment_logs import RepaymentLog, TopUpLog
from emulator.gbcs_device.gbz.state.published import PublishedTable
from emulator.gbcs_device.gbz.state.samples import SampleLogs
from emulator.gbcs_device.gbz.state.settings import GbzSettings
from emulator.gbcs_device.gbz.state.snapshots import SnapshotLog
from emulator.gbcs_device.gbz.state.tokens import TakenTokens
from emulator.gbcs_device.gbz.state.waiting import WaitingCommands
from emulator.zcl.payloads.metering import PublishSnapshot
from emulator.zcl.payloads.prepayment import PublishPrepaySnapshot

DEFAULTS: Final = GbzSettings()


class MeterStore:
    """The state of one device, each thing in one place.

    Args:
        values: attributes as the device left its factory.
        settings: how much is kept.

    Raises:
        LocalError: when an attribute is not declared, or its value does not fit.
    """

    def __init__(
        self, values: Mapping[AttributeKey, object], settings: GbzSettings = DEFAULTS
    ) -> None:
        self.settings = settings
        self.attributes = AttributeTable(values)
        self.calendars = CalendarTable()
        self.published = PublishedTable()
        self.snapshots: SnapshotLog[PublishSnapshot] = SnapshotLog(
            settings.daily_reads, settings.billing_snapshots
        )
        self.prepay_snapshots: SnapshotLog[PublishPrepaySnapshot] = SnapshotLog(
            settings.daily_reads, settings.billing_snapshots
        )
        self.samples = SampleLogs(settings.samples)
        self.events = EventLogs(settings.events)
        self.event_configurations = EventConfigurations()
        self.top_ups = TopUpLog(settings.top_ups)
        self.repayments = RepaymentLog(settings.repayments)
        self.taken_tokens = TakenTokens(settings.remembered_tokens)
        self.waiting = WaitingCommands()
        self.billing = BillingCalendar()

    def snapshot(self) -> Mapping[str, object]:
        """All of it, as JSON could say it."""
        return {
            "attributes": self.attributes.snapshot(),
            "calendars": self.calendars.snapshot(),
            "published": self.published.snapshot(),
            "snapshots": self.snapshots.snapshot(),
            "prepay_snapshots": self.prepay_snapshots.snapshot(),
            "samples": self.samples.snapshot(),
            "events": self.events.snapshot(),
            "event_configurations": self.event_configurations.snapshot(),
            "top_ups": self.top_ups.snapshot(),
            "repayments": self.repayments.snapshot(),
            "taken_tokens": self.taken_tokens.snapshot(),
            "waiting": self.waiting.snapshot(),
            "next_billing": self.billing.due,
        }

    @classmethod
    def restored(cls, snapshot: Mapping[str, object], settings: GbzSettings = DEFAULTS) -> Self:
        """The state that a snapshot says.

        Raises:
            LocalError: when it is none.
        """
        store = cls({}, settings)
        store.attributes.restore(snapshot, "attributes")
        store.calendars.restore(snapshot, "calendars")
        store.published.restore(snapshot, "published")
        store.snapshots.restore(snapshot, "snapshots", PublishSnapshot)
        store.prepay_snapshots.restore(snapshot, "prepay_snapshots", PublishPrepaySnapshot)
        store.samples.restore(snapshot, "samples")
        store.events.restore(snapshot, "events")
        store.event_configurations.restore(snapshot, "event_configurations")
        store.top_ups.restore(snapshot, "top_ups")
        store.repayments.restore(snapshot, "repayments")
        store.taken_tokens.restore(snapshot, "taken_tokens")
        store.waiting.restore(snapshot, "waiting")
        known = part(snapshot, "next_billing") is not None
        store.billing.due = number(snapshot, "next_billing") if known else None
        return store
