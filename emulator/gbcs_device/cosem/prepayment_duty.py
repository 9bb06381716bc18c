"""Payment mode, balance, credit and debts of a meter that measures (GBCS ECS02 to ECS09, ECS19).

SMETS2 5.7.4.10 to 5.7.4.31, 5.7.4.45, 5.7.5.15, 5.7.5.22. Amounts are in thousandths of a penny,
but for the cap on debt recovery, which is in whole units of the currency (annex, ECS08a).
Unverified: that a limit of zero is none; which entries of the charge configuration suspend the
collection of debts; that emergency credit can be asked for in credit mode, to no effect.
"""

from collections.abc import Mapping
from typing import Final

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.server.activation import activate
from emulator.cosem.server.combined_values import PREPAYMENT_BALANCES
from emulator.cosem.server.made_values import fitted, number_of, octets_of, parts_of
from emulator.cosem.server.members import Attribute
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.access import AccessResult
from emulator.dlms.data import BitString, Data, structure
from emulator.dlms.data_types import DataType
from emulator.gbcs_device.cosem.duty import Called, Check, Duty, ItemOutcome, Method, Read
from emulator.gbcs_device.cosem.meter_view import MeterView
from emulator.gbcs_device.cosem.schedule_values import schedule_entries, scheduled_days
from emulator.gbcs_device.cosem.tariff_duty import single_charge
from emulator.gbcs_device.cosem.unexecutable import executable, number, refused
from emulator.gbcs_device.execution import Command
from emulator.gbcs_device.primitives import MeterSet
from emulator.metering.prepayment.debts import RECOVERY_PERIODS, TimeDebt
from emulator.metering.prepayment.money import BASIS_POINTS, POUND
from emulator.metering.prepayment.non_disablement import PROTECTED, NonDisablementCalendar
from emulator.metering.prepayment.terms import PaymentMode, PrepaymentTerms
from emulator.metering.quantities import DAY
from emulator.metering.schedule import Schedule, ScheduleEntry

_ACCOUNT: Final = parse_obis("0-0:19.0.0.255")
_PASSIVE_ACCOUNT: Final = parse_obis("0-1:19.0.0.255")
_BALANCE: Final = parse_obis("0-0:19.10.0.255")
_EMERGENCY: Final = parse_obis("0-0:19.10.1.255")
_ACCUMULATED: Final = parse_obis("0-0:19.10.2.255")
_TIME_DEBTS: Final = (parse_obis("0-0:19.20.1.255"), parse_obis("0-0:19.20.2.255"))
_PAYMENT_DEBT: Final = parse_obis("0-0:19.20.3.255")
_PROPORTION: Final = Attribute(113, _PAYMENT_DEBT, 13)
_CALENDAR: Final = Attribute(10, parse_obis("0-0:12.0.1.255"), 2)
_PASSIVE_CALENDAR: Final = Attribute(10, parse_obis("0-1:12.0.1.255"), 2)
_SPECIAL_DAYS: Final = Attribute(11, parse_obis("0-0:11.0.2.255"), 2)
_PASSIVE_SPECIAL_DAYS: Final = Attribute(11, parse_obis("0-1:11.0.2.255"), 2)
_DISABLEMENT: Final = Attribute(21, parse_obis("0-0:16.0.1.255"), 2)
_MAXIMUM_CREDIT: Final = Attribute(9000, parse_obis("0-0:94.44.2.10"), 2)
_MAXIMUM_BALANCE: Final = Attribute(9000, parse_obis("0-0:94.44.2.20"), 2)
_MODE_TIME: Final = Attribute(111, _PASSIVE_ACCOUNT, 13)
_TIMES: Final = (
    *(
        Attribute(9000, parse_obis(f"0-0:94.44.{name}"), 6)
        for name in ("2.10", "2.20", *(f"128.{each}" for each in (2, 3, 9, 12, 13, 22, 28, 31)))
    ),
)
_MODES: Final = {1: PaymentMode.CREDIT, 2: PaymentMode.PREPAYMENT}
"""As accounts number them (ECS02, ECS03)."""
_PROTECTING: Final = 32
"""Script with which a time of non-disablement begins; 33 ends it (ECS08a reference messages).

No source says that a meter refuses others, so they end it, too.
"""
_NO_LIMIT: Final = 2**31 - 1
_SECOND: Final = 1_000_000
_WHEN_DISCONNECTED: Final = 0
"""The bit of a collection that says whether it goes on without supply (IEC 62056-6-2 4.6.2)."""


class PrepaymentDuty:
    """The account of one meter as its objects show and change it.

    Args:
        store: the objects.
        view: of the meter.
    """

    def __init__(self, store: ObjectStore, view: MeterView) -> None:
        self._store = store
        self._view = view
        view.set_up_by("payment", self._set_up)

    def duty(self) -> Duty:
        """What these objects do."""
        rates = {
            Method(113, debt, 2): self._new_rate(Attribute(113, debt, 7)) for debt in _TIME_DEBTS
        }
        debts = {Method(113, debt, 4): self._debt(place) for place, debt in enumerate(_TIME_DEBTS)}
        written = (_PROPORTION, *(Attribute(113, debt, 8) for debt in _TIME_DEBTS))
        return Duty(
            name="prepayment",
            reads=self._reads(),
            checks=self._checks(),
            writes={each: self._view.rewriting("payment") for each in written},
            activated={
                **dict.fromkeys(_TIMES, self._view.outdating("payment")),
                _MODE_TIME: self._mode_changed,
            },
            methods={
                Method(112, _BALANCE, 1): self._adjust_balance,
                Method(112, _BALANCE, 2): self._set_balance,
                Method(112, _EMERGENCY, 2): self._reset_emergency,
                Method(112, _EMERGENCY, 3): self._activate_emergency,
                Method(112, _ACCUMULATED, 2): self._set_accumulated,
                Method(113, _PAYMENT_DEBT, 4): self._payment_debt,
                **rates,
                **debts,
            },
        )

    def _reads(self) -> Mapping[Attribute, Read]:
        def balances(_: Command) -> Data:
            account = self._view.measured().account
            first, second = account.time_debts
            amounts = (
                account.balance,
                account.emergency_left,
                account.accumulated_debt,
                first.remaining,
                second.remaining,
                account.payment_debt.remaining,
            )
            return structure(*(_amount(each) for each in amounts))

        def held(place: int) -> Read:
            """One of them; those that remote parties cannot read so are shown to the home."""
            return lambda command: parts_of(balances(command))[place]

        shown = (*(Attribute(112, each, 2) for each in (_BALANCE, _EMERGENCY, _ACCUMULATED)),)
        owed = (*(Attribute(113, each, 12) for each in (*_TIME_DEBTS, _PAYMENT_DEBT)),)
        return {
            PREPAYMENT_BALANCES: balances,
            **{each: held(place) for place, each in enumerate((*shown, *owed))},
        }

    def _checks(self) -> Mapping[Attribute, Check]:
        rates = {Attribute(113, debt, 6): executable(single_charge) for debt in _TIME_DEBTS}
        periods = {Attribute(113, debt, 8): executable(_period) for debt in _TIME_DEBTS}
        return {
            _PASSIVE_CALENDAR: executable(protected_times),
            _PASSIVE_SPECIAL_DAYS: executable(scheduled_days),
            Attribute(111, _PASSIVE_ACCOUNT, 2): executable(_mode),
            _PROPORTION: executable(_proportion),
            **rates,
            **periods,
        }

    def _set_up(self) -> None:
        """Let the account follow what the objects say."""
        meter, own, held = self._view.meter, self._view.own(), self._store.value
        account = meter.account
        account.terms = self._terms()
        meter.credit.low_credit = number_of(held(Attribute(111, _ACCOUNT, 16)))
        first, second = (
            TimeDebt(debt.remaining, *self._rate(obis))
            for debt, obis in zip(account.time_debts, _TIME_DEBTS, strict=True)
        )
        account.time_debts = (first, second)
        cap = number_of(held(Attribute(111, _ACCOUNT, 18)))
        account.payment_debt.basis_points = number_of(held(_PROPORTION))
        account.payment_debt.cap = cap * POUND or None
        mode = _MODES.get(_part(held(Attribute(111, _ACCOUNT, 2)), 0), PaymentMode.CREDIT)
        if mode is not account.mode:
            account.set_mode(mode, own)
        account.judge(own)

    def _terms(self) -> PrepaymentTerms:
        held = self._store.value
        disablement = parts_of(held(_DISABLEMENT))
        collections = _collections(held(Attribute(111, _ACCOUNT, 11)))
        entries = protected_times(held(_CALENDAR))
        calendar = Schedule(entries, scheduled_days(held(_SPECIAL_DAYS))) if entries else None
        debt = _TIME_DEBTS[0]
        while_disabled = collections.get((_BALANCE, debt), True)
        return PrepaymentTerms(
            emergency_limit=number_of(held(Attribute(112, _EMERGENCY, 9))),
            emergency_threshold=number_of(held(Attribute(112, _EMERGENCY, 10))),
            disablement_threshold=number_of(disablement[0]) if disablement else 0,
            maximum_credit=number_of(held(_MAXIMUM_CREDIT)) or _NO_LIMIT,
            maximum_balance=number_of(held(_MAXIMUM_BALANCE)) or _NO_LIMIT,
            suspend_debt_in_emergency=bool(collections) and (_EMERGENCY, debt) not in collections,
            suspend_debt_when_disabled=not while_disabled,
            non_disablement=NonDisablementCalendar(calendar),
        )

    def _rate(self, obis: bytes) -> tuple[int, int]:
        """Millipence a period, and the period in microseconds."""
        rate = single_charge(self._store.value(Attribute(113, obis, 5)))
        return rate, _period(self._store.value(Attribute(113, obis, 8)))

    def _mode_changed(self, _: Command | None) -> tuple[object, ...]:
        self._view.measured().note_change(self._view.now())
        return self._view.outdate("payment")

    def _new_rate(self, time: Attribute) -> Called:
        def activated(_: Data, __: Command) -> ItemOutcome:
            activate(self._store, time)
            return ItemOutcome(effects=self._view.outdate("payment"))

        return activated

    def _debt(self, place: int) -> Called:
        def adjust(by: Data, _: Command) -> ItemOutcome:
            debt = self._view.measured().account.time_debts[place]
            remaining = debt.remaining + number_of(by)
            if by.type is not DataType.DOUBLE_LONG or remaining < 0:
                return _refusal(by)
            debt.remaining = remaining
            return self._judged()

        return adjust

    def _payment_debt(self, by: Data, _: Command) -> ItemOutcome:
        debt = self._view.measured().account.payment_debt
        remaining = debt.remaining + number_of(by)
        if by.type is not DataType.DOUBLE_LONG or remaining < 0:
            return _refusal(by)
        debt.remaining = remaining
        return self._judged()

    def _adjust_balance(self, by: Data, _: Command) -> ItemOutcome:
        account = self._view.measured().account
        balance = account.balance + number_of(by)
        if by.type is not DataType.DOUBLE_LONG or balance != fitted(by.type, balance):
            return _refusal(by)
        account.balance = balance
        return self._judged()

    def _set_balance(self, to: Data, _: Command) -> ItemOutcome:
        if to.type is not DataType.DOUBLE_LONG:
            return _refusal(to)
        self._view.measured().account.balance = number_of(to)
        return self._judged()

    def _set_accumulated(self, to: Data, _: Command) -> ItemOutcome:
        if to.type is not DataType.DOUBLE_LONG or number_of(to) < 0:
            return _refusal(to)
        self._view.measured().account.accumulated_debt = number_of(to)
        return self._judged()

    def _reset_emergency(self, to: Data, _: Command) -> ItemOutcome:
        """Give emergency credit back; what was used of it is not owed any more (ECS04b)."""
        if to.type is not DataType.DOUBLE_LONG or number_of(to):
            return _refusal(to)
        account = self._view.measured().account
        account.emergency_active, account.emergency_left, account.emergency_used = False, 0, 0
        return self._judged()

    def _activate_emergency(self, _: Data, __: Command) -> ItemOutcome:
        account = self._view.measured().account
        given = account.activate_emergency_credit(self._view.own())
        outcome = self._judged()
        if given or account.mode is PaymentMode.CREDIT:
            return outcome
        return ItemOutcome(AccessResult.OTHER_REASON, effects=outcome.effects)

    def _judged(self) -> ItemOutcome:
        """What follows from an account that was changed."""
        meter, own = self._view.meter, self._view.own()
        meter.account.judge(own)
        meter.credit.look(own)
        return ItemOutcome(effects=(MeterSet(),))


def protected_times(entries: Data) -> tuple[ScheduleEntry, ...]:
    """The switches of a non-disablement calendar.

    Raises:
        UnexecutableError: when it is none.
    """

    def protects(script: int) -> int:
        return PROTECTED if script == _PROTECTING else 0

    return tuple(schedule_entries(entries, protects))


def _collections(configuration: Data) -> Mapping[tuple[bytes, bytes], bool]:
    """Whether a charge is collected without supply, by credit and charge (GBCS 18.2.1)."""
    found = {}
    for each in parts_of(configuration):
        credit, charge, collected = parts_of(each)
        bits = collected.value.bits if isinstance(collected.value, BitString) else ""
        found[octets_of(credit), octets_of(charge)] = bits[_WHEN_DISCONNECTED:][:1] == "1"
    return found


def _mode(account: Data) -> PaymentMode:
    mode = _MODES.get(_part(account, 0))
    if mode is None:
        raise refused(f"payment mode {_part(account, 0)}: there is none")
    return mode


def _period(value: Data) -> int:
    """A recovery period in microseconds; a day where none was set."""
    period = number(value) * _SECOND or DAY
    if period not in RECOVERY_PERIODS:
        raise refused(f"recovery period {number(value)} s: expected an hour, a day or a week")
    return period


def _proportion(value: Data) -> int:
    if not 0 <= number(value) <= BASIS_POINTS:
        raise refused(f"share {number(value)}: expected 0 to {BASIS_POINTS}")
    return number(value)


def _part(data: Data, place: int) -> int:
    found = parts_of(data)
    return number_of(found[place]) if place < len(found) else 0


def _amount(millipence: int) -> Data:
    return Data(DataType.DOUBLE_LONG, fitted(DataType.DOUBLE_LONG, millipence))


def _refusal(given: Data) -> ItemOutcome:
    wrong = given.type is not DataType.DOUBLE_LONG
    return ItemOutcome(AccessResult.TYPE_UNMATCHED if wrong else AccessResult.OTHER_REASON)
