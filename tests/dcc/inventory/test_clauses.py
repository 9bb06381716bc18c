"""A random walk of requests and responses beside a model written from SEC App. AC 4.9 to 4.15.

The model knows which devices are commissioned, suspended or decommissioned, and nothing else of the
inventory's table. Whatever other change there is, it only asks that nobody gets commissioned by it.
"""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from emulator.dcc.inventory.device_kinds import DeviceKind
from emulator.dcc.inventory.evidence import Evidence, UserRequest
from emulator.dcc.inventory.inventory import Inventory
from emulator.dcc.inventory.records import HistoryEntry, InventoryRefusal, Move, StatusChange
from emulator.dcc.inventory.statuses import SmiStatus
from emulator.dcc.inventory.triggers import Trigger
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.inventory_scene import (
    CHF,
    ESME,
    GPF,
    GSME,
    HOME,
    IHD,
    INSTALLER,
    PPMID,
    START,
    connect_hub,
    on_site,
    over_wan,
    set_clock_response,
    told,
)

KIND_OF = {device: kind for kind, device in HOME.items()}
DEVICES = st.sampled_from(sorted(HOME.values()))
MOSTLY_METERS = st.sampled_from([ESME, GSME] * 3 + [GPF, CHF, PPMID, IHD])
BARRED = {SmiStatus.COMMISSIONED, SmiStatus.DECOMMISSIONED, SmiStatus.SUSPENDED}
"""4.12 (b)."""
METERS = {DeviceKind.ESME, DeviceKind.GSME}
LOGS_OF_4_9 = {DeviceKind.ESME, DeviceKind.SAPC, DeviceKind.GPF}
TYPE_1 = {DeviceKind.PPMID, DeviceKind.HCALCS}
TYPE_2 = {DeviceKind.IHD, DeviceKind.CAD}
OTHER_TRIGGERS = sorted(
    set(Trigger)
    - {
        Trigger.PRE_NOTIFIED,
        Trigger.COMMISSION_DEVICE,
        Trigger.JOIN_SERVICE,
        Trigger.WAN_CONTACT,
        Trigger.MODEL_RESTORED,
    },
    key=lambda trigger: trigger.name,
)
SILENT_ON = {DeviceKind.SAPC}
"""4.11 speaks of smart meters; what commissions a standalone controller it does not say."""


class Clauses(RuleBasedStateMachine):
    """The inventory and what the clauses say of it."""

    def __init__(self) -> None:
        super().__init__()
        self.inventory = Inventory.open()
        self.model: dict[Eui64, SmiStatus | None] = {}
        self.resumes: dict[Eui64, SmiStatus | None] = {}
        self.read: dict[Eui64, tuple[HistoryEntry, ...]] = {}

    def teardown(self) -> None:
        self.inventory.close()

    @initialize(missing=st.sets(DEVICES, max_size=3), connected=st.booleans())
    def list_most(self, missing: set[Eui64], connected: bool) -> None:
        for device in sorted(set(KIND_OF) - missing):
            self.pre_notify(device)
        if connected:
            self.hear_the_hub()

    @rule(device=DEVICES)
    def pre_notify(self, device: Eui64) -> None:
        kind = KIND_OF[device]

        answer = self.inventory.pre_notify([told(kind)], START)

        assert isinstance(answer, InventoryRefusal) == (device in self.model)
        self.model.setdefault(device, None if kind in TYPE_2 else SmiStatus.PENDING)

    @rule()
    def hear_the_hub(self) -> None:
        connect_hub(self.inventory)
        if self.model.get(CHF) in {SmiStatus.PENDING, SmiStatus.INSTALLED_NOT_COMMISSIONED}:
            self.model[CHF] = SmiStatus.COMMISSIONED
        self._copy_what_clauses_leave_open()

    @rule(device=MOSTLY_METERS)
    def ask_to_commission(self, device: Eui64) -> None:
        move = Move(device=device, trigger=Trigger.COMMISSION_DEVICE, moment=START)

        answer = self.inventory.objection(move)

        if KIND_OF[device] not in SILENT_ON:
            assert (answer is None) == self._command_may_go(device)
            self._check_clause(device, answer)

    @rule(
        device=MOSTLY_METERS,
        evidence=st.sampled_from(["wan", "failure", "site", "other hub", "other device", "user"]),
    )
    def answer_a_commissioning(self, device: Eui64, evidence: str) -> None:
        move = Move(
            device=device,
            trigger=Trigger.COMMISSION_DEVICE,
            moment=START,
            evidence=_evidence(evidence, device),
        )

        verdict = self.inventory.transition(move)

        if KIND_OF[device] in SILENT_ON:
            self._copy_what_clauses_leave_open(also=device)
            return
        expected = self._command_may_go(device) and evidence == "wan"
        assert isinstance(verdict, StatusChange) == expected
        if expected:
            self.model[device] = SmiStatus.COMMISSIONED

    @rule(into=DEVICES, other=DEVICES, successful=st.booleans())
    def join(self, into: Eui64, other: Eui64, successful: bool) -> None:
        verdict = self.inventory.join(into, other, over_wan(successful=successful), START)

        commissions = successful and self._join_commissions(into, other)
        if isinstance(verdict, StatusChange):
            assert commissions
            assert verdict.after is SmiStatus.COMMISSIONED
            self.model[other] = SmiStatus.COMMISSIONED
        elif commissions:
            assert self.model[other] in {*BARRED, SmiStatus.WITHDRAWN}

    @rule(
        device=DEVICES,
        trigger=st.sampled_from(OTHER_TRIGGERS),
        to=st.none() | st.sampled_from(SmiStatus),
    )
    def ask_for_something_else(self, device: Eui64, trigger: Trigger, to: SmiStatus | None) -> None:
        before = self.model.get(device)

        verdict = self.inventory.transition(
            Move(device=device, trigger=trigger, moment=START, to=to, evidence=over_wan())
        )

        if isinstance(verdict, StatusChange):
            if KIND_OF[device] is not DeviceKind.CHF:
                assert verdict.after is not SmiStatus.COMMISSIONED
            if verdict.after is SmiStatus.SUSPENDED:
                self.resumes[device] = before
            self.model[device] = verdict.after
            self._copy_what_clauses_leave_open()

    @rule(device=MOSTLY_METERS)
    def suspend(self, device: Eui64) -> None:
        self.ask_for_something_else(device, Trigger.MODEL_SUSPENDED, None)

    @rule(device=MOSTLY_METERS)
    def restore(self, device: Eui64) -> None:
        verdict = self.inventory.transition(
            Move(device=device, trigger=Trigger.MODEL_RESTORED, moment=START)
        )

        suspended = self.model.get(device) is SmiStatus.SUSPENDED
        assert isinstance(verdict, StatusChange) == suspended
        if suspended:
            self.model[device] = self.resumes[device]
        self._copy_what_clauses_leave_open()

    @invariant()
    def statuses_agree(self) -> None:
        assert {each.device: each.status for each in self.inventory.snapshot()} == self.model

    @invariant()
    def type_2_has_no_status(self) -> None:
        assert not any(status for device, status in self.model.items() if KIND_OF[device] in TYPE_2)

    @rule(device=DEVICES)
    def read_the_history(self, device: Eui64) -> None:
        history = self.inventory.history(device)

        assert bool(history) == (device in self.model)
        assert [line.after for line in history[:-1]] == [line.before for line in history[1:]]
        assert not history or history[-1].after is self.model[device]
        assert history[: len(self.read.get(device, ()))] == self.read.get(device, ())
        self.read[device] = history

    def _command_may_go(self, device: Eui64) -> bool:
        """4.11, 4.12 (a), (b) and (c)."""
        return (
            KIND_OF[device] in METERS
            and device in self.model
            and self.model[device] not in BARRED
            and self.model.get(CHF) is SmiStatus.COMMISSIONED
        )

    def _check_clause(self, device: Eui64, answer: InventoryRefusal | None) -> None:
        if answer is None or KIND_OF[device] not in METERS:
            return
        if device not in self.model:
            assert answer.clause.endswith("4.12(a)")
        elif self.model[device] in BARRED:
            assert answer.clause.endswith("4.12(b)")
        else:
            assert answer.clause.endswith("4.12(c)")

    def _join_commissions(self, into: Eui64, other: Eui64) -> bool:
        """4.9 and 4.10, "as applicable": no pair joins an HCALCS to a gas proxy function."""
        if other not in self.model or self.model.get(into) is not SmiStatus.COMMISSIONED:
            return False
        log, kind = KIND_OF[into], KIND_OF[other]
        if kind is DeviceKind.GPF:
            return log is DeviceKind.GSME
        not_applicable = kind is DeviceKind.HCALCS and log is DeviceKind.GPF
        return kind in TYPE_1 and log in LOGS_OF_4_9 and not not_applicable

    def _copy_what_clauses_leave_open(self, also: Eui64 | None = None) -> None:
        """The GPF goes along with its hub; a standalone controller as the table has it."""
        for device in (HOME[DeviceKind.GPF], also):
            known = None if device is None else self.inventory.device(device)
            if known is None:
                continue
            if known.status is not self.model[known.device] and known.device != also:
                assert known.status is SmiStatus.INSTALLED_NOT_COMMISSIONED
            self.model[known.device] = known.status


def _evidence(what: str, device: Eui64) -> Evidence:
    kind = KIND_OF[device]
    response = set_clock_response(kind)
    stranger = set_clock_response(kind, Eui64(0x1234))
    choices: dict[str, Evidence] = {
        "wan": over_wan(response),
        "failure": over_wan(response, successful=False),
        "site": on_site(response),
        "other hub": over_wan(response, hub=Eui64(0x1234)),
        "other device": over_wan(stranger),
        "user": UserRequest("8.4", INSTALLER, START),
    }
    return choices[what]


TestClauses = Clauses.TestCase
TestClauses.settings = settings(max_examples=40, stateful_step_count=30)
