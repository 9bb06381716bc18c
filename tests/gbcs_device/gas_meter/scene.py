"""A gas meter at work, spoken to with commands, while gas flows and time passes."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.gbz_component import GbzComponent
from emulator.gbcs_device.execution import Executed
from emulator.gbcs_device.gas_meter.keypad import Keypad
from emulator.gbcs_device.gas_meter.settings import GasMeterSettings
from emulator.gbcs_device.gas_meter.working_meter import WorkingGasMeter
from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.gbcs_device.gbz.state.as_shipped import GSME
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.gbcs_device.primitives import AlertRequest
from emulator.kernel.units import START as START_OF_TIME
from emulator.kernel.units import Calendar, Instant
from emulator.metering.drifting_clock import DriftingClock
from emulator.metering.meter import Meter
from emulator.metering.quantities import Channel
from emulator.metering.step_function import StepFunction
from emulator.testing.scenes.gbz_scene import attribute, command, component, filled
from emulator.wire.struct import Struct
from emulator.zcl.foundation.general_commands import DefaultResponse
from emulator.zcl.payloads.device_management import EventList, SetEventConfiguration
from emulator.zcl.payloads.metering import ChangeSupply
from emulator.zcl.payloads.prepayment import (
    ChangePaymentMode,
    ConsumerTopUp,
    ConsumerTopUpResponse,
    CreditAdjustment,
    EmergencyCreditSetup,
)
from emulator.zcl.payloads.price import (
    PublishBlockThresholds,
    PublishCalorificValue,
    PublishConversionFactor,
    PublishPriceMatrix,
    PublishTariffInformation,
)

START = datetime(2026, 1, 5, tzinfo=UTC)
"""A Monday."""
PREPAID = 0x0897
"""Prepayment mode in which no debt is suspended (RTDS 4.5.0, GCS03)."""
CREDIT_MODE = 0x0C94
POUND = 100_000
METERING, PREPAYMENT, PRICE = 0x0702, 0x0705, 0x0700
CODES = [b"73950067887105178605"]
TWELVE_POUNDS_FIFTY = 1_250_000


def answered(executed: Executed) -> tuple[GbzComponent, ...]:
    """The components of an answer."""
    assert isinstance(executed.response, GbzPayload)
    return executed.response.components


@dataclass
class GasMeter:
    """A meter, and what it told so far."""

    now: Instant = START_OF_TIME
    told: list[int] = field(default_factory=list)
    settings: GasMeterSettings = field(default_factory=GasMeterSettings)

    def __post_init__(self) -> None:
        self.meter = Meter(DriftingClock(Calendar(START)), (Channel.GAS,))
        store = MeterStore(GSME)
        self.work = WorkingGasMeter(self.meter, store, lambda: self.now, self.settings)
        self.executor = GbzExecutor(store, mechanism=self.work)
        self.keypad = Keypad(self.executor, self.work)

    @property
    def moment(self) -> datetime:
        return START + timedelta(microseconds=self.now)

    def send(self, cluster: int, *requests: Struct) -> list[int]:
        """Statuses of Default Responses, and -1 for each other answer."""
        asked = [component(cluster, each, place) for place, each in enumerate(requests)]
        executed = self.executor.execute(command(asked, moment=self.moment))
        self.hear(executed.effects)
        return [
            int(DefaultResponse.decode(each.payload).status) if each.header.command == 0x0B else -1
            for each in answered(executed)
        ]

    def hear(self, effects: object) -> None:
        assert isinstance(effects, tuple)
        self.told += [each.code for each in effects if isinstance(each, AlertRequest)]

    def live(self, length: int) -> None:
        """Let time pass, and look when the meter has something to tell, as its machine does."""
        end = Instant(self.now + length)
        while (due := self.work.next_event()) is not None and due <= end:
            self.now = due
            self.hear(self.executor.settle())
        self.now = end
        self.hear(self.executor.settle())

    def burn(self, litres_an_hour: int) -> None:
        demand = StepFunction([(self.now, litres_an_hour * 1_000)])
        self.meter.load(Channel.GAS, demand, self.now)

    def read(self, cluster: int, identifier: int) -> int:
        value = attribute(self.executor, cluster, identifier)
        assert isinstance(value, int)
        return value

    @property
    def balance(self) -> int:
        return self.read(PREPAYMENT, 0x0001)

    @property
    def supply(self) -> int:
        return self.read(METERING, 0x0014)

    def tell_all(self, *events: int) -> None:
        """Have the meter tell remote parties of these events (GCS20)."""
        payload = EventList(event_ids=events).encode()
        self.send(
            0x0708,
            filled(
                SetEventConfiguration,
                event_configuration=0x0B,
                configuration_control=0,
                event_configuration_payload=payload,
            ),
        )

    def whole_kilowatt_hours(self) -> None:
        """A factor of 1 and 36 MJ: a cubic metre is ten kilowatt hours."""
        self.send(
            PRICE,
            filled(
                PublishConversionFactor,
                conversion_factor=100_000,
                conversion_factor_trailing_digit=0x50,
            ),
            filled(
                PublishCalorificValue,
                calorific_value=360,
                calorific_value_unit=1,
                calorific_value_trailing_digit=0x10,
            ),
        )

    def flat_price(self, price: int, standing: int = 0) -> None:
        self.blocks((), (price,), standing)

    def blocks(
        self, thresholds: tuple[int, ...], prices: tuple[int, ...], standing: int = 0
    ) -> list[int]:
        """A tariff by block; thresholds in watt hours, prices in millipence a kilowatt hour."""
        matrix = b"".join(
            bytes((place,)) + price.to_bytes(4, "little") for place, price in enumerate(prices)
        )
        head = bytes(16) + bytes((0, 1))
        told = filled(
            PublishTariffInformation,
            number_of_block_thresholds_in_use=len(thresholds),
            currency=826,
            price_trailing_digit=0x50,
            standing_charge=standing,
            block_threshold_multiplier=1,
            block_threshold_divisor=1000,
        )
        group = bytes((len(thresholds),)) + b"".join(
            each.to_bytes(6, "little") for each in thresholds
        )
        statuses = self.send(PRICE, told)
        if thresholds:
            octets = head + b"\x01" + group
            statuses += self.send(PRICE, PublishBlockThresholds.decode(octets))
        return statuses + self.send(PRICE, PublishPriceMatrix.decode(head + b"\x00" + matrix))

    def prepay(self, cut_off: int = 0, mode: int = PREPAID) -> None:
        self.send(
            PREPAYMENT,
            filled(
                ChangePaymentMode,
                proposed_payment_control_configuration=mode,
                cut_off_value=cut_off,
            ),
        )

    def adjust(self, value: int, kind: int = 0) -> list[int]:
        return self.send(
            PREPAYMENT,
            filled(CreditAdjustment, credit_adjustment_type=kind, credit_adjustment_value=value),
        )

    def emergency(self, limit: int, threshold: int) -> None:
        self.send(
            PREPAYMENT,
            filled(
                EmergencyCreditSetup,
                emergency_credit_limit=limit,
                emergency_credit_threshold=threshold,
            ),
        )

    def top_up(self, code: bytes = CODES[0], device: int = 0) -> ConsumerTopUpResponse:
        request = ConsumerTopUp(originating_device=device, top_up_code=code)
        asked = command([component(PREPAYMENT, request)], moment=self.moment)
        executed = self.executor.execute(asked)
        self.hear(executed.effects)
        (answer,) = answered(executed)
        return ConsumerTopUpResponse.decode(answer.payload)

    def change_supply(self, proposed: int) -> list[int]:
        return self.send(METERING, filled(ChangeSupply, proposed_supply_status=proposed))


def prepaid_meter(balance: int = 10 * POUND, price: int = 3_600) -> GasMeter:
    """A meter in prepayment mode, whose kilowatt hour costs 3.6 p unless said otherwise."""
    meter = GasMeter()
    meter.whole_kilowatt_hours()
    meter.flat_price(price)
    meter.adjust(balance)
    meter.prepay()
    return meter
