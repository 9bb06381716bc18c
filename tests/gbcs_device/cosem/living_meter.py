"""A meter that measures behind its objects, commanded as remote parties do, in virtual time."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.moments import date_time_octets, seconds_of
from emulator.cosem.server.made_values import number_of, parts_of
from emulator.cosem.server.members import Attribute, MeterVariant
from emulator.dlms.access import AccessResponse
from emulator.dlms.data import Data, array, enumerated, octet_string, structure
from emulator.dlms.data_coding import take_data
from emulator.dlms.data_types import DataType
from emulator.gbcs.envelope import Message
from emulator.gbcs.payload import decode_payload
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.gbcs_device.cosem.device_objects import MEASURED, MeterMake, electricity_meter
from emulator.gbcs_device.cosem.event_logs import EventLogs
from emulator.gbcs_device.cosem.meter_view import MeterView
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.execution import Executed
from emulator.kernel.streams import Streams
from emulator.kernel.units import Calendar, Instant
from emulator.metering.drifting_clock import DriftingClock
from emulator.metering.electricity_meter import ElectricityMeter
from emulator.metering.quantities import DAY, HOUR, Channel
from emulator.metering.randomised_offset import RandomisedOffset
from emulator.metering.register_reads import RegisterRead
from emulator.metering.step_function import StepFunction
from emulator.testing.judges.reference_data import reference_messages
from emulator.testing.scenes.cosem_scene import METER, Item, act, command, get, method

BEGIN = datetime(2026, 1, 5, tzinfo=UTC)
"""A Monday."""
KILOWATT = 1_000_000
"""Milliwatts."""


class RefusedError(Exception):
    """An item of a command was refused."""

    def __init__(self, results: list[int]) -> None:
        super().__init__(results)
        self.results = results


@dataclass
class LivingMeter:
    """One meter and its objects."""

    variant: MeterVariant = MeterVariant.SINGLE_ELEMENT
    begin: datetime = BEGIN
    at: int = 0
    meter: ElectricityMeter = field(init=False)

    def __post_init__(self) -> None:
        calendar = Calendar(self.begin)
        self.meter = ElectricityMeter(DriftingClock(calendar), MEASURED[self.variant])
        view = MeterView(self.meter, lambda: Instant(self.at))
        offset = RandomisedOffset(Streams(1).stream("meter", "offset"))
        made = MeterMake(variant=self.variant, view=view, offset=offset)
        self.clock = DeviceClock(calendar)
        self.executor = electricity_meter(METER, self.clock, made)
        self.logs = EventLogs(self.executor.store)

    @property
    def moment(self) -> datetime:
        return self.clock.moment(Instant(self.at))

    def take(self, watts: int, channel: Channel = Channel.ACTIVE_IMPORT) -> None:
        """Let the home take so much from now on."""
        self.meter.load(channel, StepFunction([(self.at, 1_000 * watts)]), Instant(self.at))

    def wait(self, hours: float = 0, days: int = 0) -> None:
        """Let time pass; what waits for its date is carried out then."""
        end = self.at + int(hours * HOUR) + days * DAY
        while due := sorted(
            (each for each in self.executor.waiting() if self._instant(each.due) <= end),
            key=lambda each: each.due,
        ):
            self.at = max(self.at, self._instant(due[0].due))
            due[0].carry_out(self.moment)
        self.at = end

    def do(self, *items: Item) -> Executed:
        """Execute a command of these items."""
        return self.executor.execute(command(*items, moment=self.moment))

    def reference(self, name: str) -> list[int]:
        """Execute a command of the reference messages; the results of its items."""
        wanted = f"{name}_COMMAND_GBCS"
        found = next(each for each in reference_messages() if each.name.endswith(f"/{wanted}"))
        message = Message.decode(found.octets)
        code = message.other_information.message_code
        given = replace(
            command(moment=self.moment),
            message=message,
            payload=decode_payload(message),
            use_case=use_case(code),
        )
        return results_of(self.executor.execute(given))

    def read(self, class_id: int, name: str, member: int = 2) -> Data:
        """What a remote party reads."""
        response = self.do(get(Attribute(class_id, parse_obis(name), member))).response
        assert isinstance(response, AccessResponse)
        return response.data[0]

    def sealed(self, protection: str, class_id: int, name: str, days: tuple[int, int]) -> Data:
        """What a remote party reads of a protected log or collection, once it is decrypted.

        Args:
            protection: object that encrypts.
            days: from which to which, after the beginning; both 0 for all.
        """
        first, last = (date_time_octets(self.begin + timedelta(days=each)) for each in days)
        restricted = structure(enumerated(1), structure(octet_string(first), octet_string(last)))
        whole = structure(enumerated(0), Data(DataType.NULL_DATA))
        wanted = structure(
            Data(DataType.LONG_UNSIGNED, class_id),
            octet_string(parse_obis(name)),
            Data(DataType.INTEGER, 2),
            Data(DataType.LONG_UNSIGNED, 0),
            restricted if any(days) else whole,
        )
        options = structure(*(octet_string(b""),) * 5)
        parameters = structure(array(wanted), array(structure(enumerated(2), options)))
        executed = self.do(act(method(30, protection, 1), parameters))
        response = executed.response
        assert isinstance(response, AccessResponse)
        if any(results_of(executed)):
            raise RefusedError(results_of(executed))
        sealed = parts_of(response.data[0])[1].value
        assert isinstance(sealed, bytes)
        values, _ = take_data(sealed.removeprefix(b"sealed:"), 0)
        return parts_of(values)[0]

    def look(self) -> RegisterRead:
        """What the registers show."""
        self.meter.advance(Instant(self.at))
        return self.meter.look(self.meter.own(Instant(self.at)))

    def alerts(self) -> list[int]:
        """Codes of the alerts that are raised; what is kept in logs besides."""
        self.meter.advance(Instant(self.at))
        found: list[int] = []
        while self.meter.events:
            found += [each.code for each in self.logs.record(self.meter.events.popleft())]
        return found

    def restarted(self) -> "LivingMeter":
        """The same meter after a loss of power: new objects, with what was kept."""
        kept = self.executor.snapshot(), self.meter.snapshot(Instant(self.at))
        again = LivingMeter(self.variant, self.begin, self.at)
        again.executor.restore(kept[0])
        again.meter.restore(kept[1], Instant(self.at))
        return again

    def _instant(self, moment: datetime) -> int:
        return int(self.clock.instant(moment))


def results_of(executed: Executed) -> list[int]:
    response = executed.response
    assert isinstance(response, AccessResponse)
    return [each.result for each in response.outcomes]


def numbers(data: Data) -> list[object]:
    """Numbers of a value, nested as its parts are."""
    parts = parts_of(data)
    if not parts and not isinstance(data.value, tuple):
        return [data.value]
    return [numbers(each) if parts_of(each) else each.value for each in parts]


def integers(data: Data) -> list[int]:
    """The numbers of an array."""
    return [number_of(each) for each in parts_of(data)]


def seconds(moment: datetime) -> int:
    return seconds_of(moment)
