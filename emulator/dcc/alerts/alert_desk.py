"""Alerts of devices: read, kept as backups, and passed on to the users they are for (GBCS 16.2)."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, ClassVar

from emulator.dcc.alert_reading import (
    DATED_CODES,
    GPF_BACKUP,
    HUB_BACKUP,
    alert_code,
    dated_command,
    gpf_backup,
    hub_backup,
)
from emulator.dcc.alerts.announcements import outcome
from emulator.dcc.alerts.broker_alerts import broker_alert
from emulator.dcc.alerts.credentials_effects import UPDATE_ALERTS, alerted
from emulator.dcc.alerts.power_outages import power_outage
from emulator.dcc.alerts.throttling import Throttle
from emulator.dcc.facts import AlertHeldBack, DeviceAlertReceived, MessageRefused
from emulator.dcc.firmware_versions import ACTIVATION_ALERT, told_version
from emulator.dcc.inventory import evidence
from emulator.dcc.inventory.inventory import Details
from emulator.dcc.inventory.records import Move
from emulator.dcc.inventory.triggers import Trigger
from emulator.dcc.primitives import AlertArrived, PowerLost
from emulator.dcc.service_request import DeviceAlert, RequestId
from emulator.dcc.used_counters import UsedCounters
from emulator.dcc.world import DccWorld
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.envelope import Message
from emulator.gbcs.payload import Payload, decode_payload
from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant


class AlertDesk:
    """Takes alerts.

    Args:
        world: what the DCC knows.
    """

    accepts: ClassVar[tuple[type, ...]] = (AlertArrived, PowerLost)

    def __init__(self, world: DccWorld) -> None:
        self._world = world
        self._throttle = Throttle(world.settings.traffic)
        self._seen = UsedCounters[Eui64]()
        self._instructions: Counter[RequestId] = Counter()

    def handle(self, event: AlertArrived | PowerLost, now: Instant) -> Sequence[object]:
        """Effects of an alert, or of a hub that lost its power."""
        if isinstance(event, PowerLost):
            return power_outage(event, self._world)
        return self._arrived(event, now)

    def _arrived(self, event: AlertArrived, now: Instant) -> Sequence[object]:
        message = event.message
        if self._seen.used(message.originator, message.counter):
            return (MessageRefused(event.hub, "the alert came before", event.octets),)
        try:
            payload = decode_payload(message)
        except WireError as error:
            return (MessageRefused(event.hub, str(error), event.octets),)
        code = alert_code(payload)
        if code is None:
            return (MessageRefused(event.hub, "an alert without alert code", event.octets),)
        self._seen.add(message.originator, message.counter)
        fact = DeviceAlertReceived(
            message.originator,
            code,
            message.other_information.message_code,
            message.recipient,
            event.octets,
        )
        return (fact, *self._read(event, payload, now), *self._pass_on(event, payload, code, now))

    def wake(self, now: Instant) -> Sequence[object]:
        """Alerts that stand for a flood."""
        return self._throttle.consolidated(now)

    @property
    def deadline(self) -> Instant | None:
        """When a flood is summed up."""
        return self._throttle.deadline

    def _pass_on(
        self, event: AlertArrived, payload: Payload, code: int, now: Instant
    ) -> Sequence[object]:
        """To the user it is for; of some alerts for the broker users hear from the DCC."""
        message = event.message
        if self._world.users.find(message.recipient) is None:
            return broker_alert(message, code, self._world, now)
        request_id = self._dated_request(message, payload, code)
        alert = DeviceAlert(
            user=message.recipient,
            device=message.originator,
            code=code,
            message=event.octets,
            request_id=request_id,
            instruction=None if request_id is None else self._instructions[request_id],
        )
        if self._throttle.passes(alert, now):
            return (alert,)
        return (AlertHeldBack(message.originator, code),)

    def _dated_request(self, message: Message, payload: Payload, code: int) -> RequestId | None:
        """The request whose command waited on the device: its counter is that of the request."""
        counter = dated_command(payload) if code in DATED_CODES else None
        if counter is None:
            return None
        request_id = RequestId(message.recipient, message.originator, counter)
        self._instructions[request_id] += 1
        return request_id

    def _read(self, event: AlertArrived, payload: Payload, now: Instant) -> Sequence[object]:
        """What the DCC itself learns from it."""
        message = event.message
        code = message.other_information.message_code
        if code == ACTIVATION_ALERT:
            details = Details(firmware=told_version(message) or None)
            self._world.inventory.set_details(message.originator, details)
            return ()
        if code in UPDATE_ALERTS:
            value = payload.value if isinstance(payload, Asn1Payload) else None
            return alerted(message.originator, value, self._world, now)
        if code == GPF_BACKUP:
            backup = gpf_backup(payload)
            if backup is not None:
                self._world.backups.gpfs[message.originator] = backup
            return ()
        if code != HUB_BACKUP:
            return ()
        log = hub_backup(payload)
        if log is None:
            return ()
        self._world.backups.hubs[message.originator] = log
        effects: list[Any] = []
        for device in log.keyed:
            effects += self._keyed(device, event, now)
        return effects

    def _keyed(self, device: Eui64, event: AlertArrived, now: Instant) -> Sequence[object]:
        """The hub has a link key with a device: it has joined (GBCS CS14)."""
        if self._world.inventory.device(device) is None:
            return ()
        moment = self._world.moment(now)
        move = Move(
            device=device,
            trigger=Trigger.KEY_ESTABLISHED,
            moment=moment,
            evidence=evidence.DeviceAlert(event.hub, event.octets, moment),
        )
        return outcome(self._world.inventory.transition(move), self._world)
