"""A random walk of everybody over a few incidents, beside a model of MP121's own sentences."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from emulator.dcc.incidents.notifications import Occasion
from emulator.dcc.incidents.records import Incident, Outcome
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.incident_scene import CALENDAR, CODE, HELPDESK, MONDAY, THIRD, Scene
from emulator.testing.scenes.inventory_scene import GAINER, INSTALLER

USERS = st.sampled_from([GAINER, INSTALLER, THIRD, HELPDESK])


@dataclass
class Expected:
    """What the sentences say of one incident."""

    creator: Eui64
    assignee: Eui64
    due: datetime
    in_time: bool = False
    notes: int = 0
    closed: bool = False
    reported: bool = False
    codes: list[bytes] = field(default_factory=list)


class Walk(RuleBasedStateMachine):
    """The desk and what is expected of it."""

    numbers = Bundle("numbers")

    def __init__(self) -> None:
        super().__init__()
        self.scene = Scene()
        self.now = MONDAY
        self.model: dict[int, Expected] = {}
        self.assigned = 0
        self.told = dict.fromkeys([GAINER, INSTALLER, THIRD, HELPDESK], 0)

    @rule(target=numbers, creator=USERS)
    def raise_incident(self, creator: Eui64) -> int:
        incident = self.scene.raised(creator, self.now)

        due = CALENDAR.deadline(self.now, 5)
        self.model[incident.number] = Expected(creator, INSTALLER, due)
        self.assigned += 1
        return incident.number

    @rule(number=numbers, author=USERS, with_code=st.booleans())
    def add_note(self, number: int, author: Eui64, with_code: bool) -> None:
        expected = self.model[number]
        code = CODE if with_code else None

        answer = self.scene.note(number, author, self.now, code)

        concerned = author in {expected.creator, expected.assignee, HELPDESK}
        assert isinstance(answer, Incident) == (concerned and not expected.closed)
        if isinstance(answer, Incident):
            expected.notes += 1
            self._noted(expected, author, with_code=with_code)

    def _noted(self, expected: Expected, author: Eui64, *, with_code: bool) -> None:
        if author != expected.creator:
            self.told[expected.creator] += 1
            expected.codes += [CODE] * with_code
        if author == expected.assignee and with_code and self.now < expected.due:
            expected.in_time = True

    @rule(number=numbers, actor=USERS, to=USERS)
    def reallocate(self, number: int, actor: Eui64, to: Eui64) -> None:
        expected = self.model[number]

        answer = self.scene.desk.reallocate(number, actor, to, self.now)

        helpdesk = actor == HELPDESK and HELPDESK not in {expected.creator, expected.assignee}
        assert isinstance(answer, Incident) == (helpdesk and not expected.closed)
        if isinstance(answer, Incident):
            expected.assignee = to
            expected.due = CALENDAR.deadline(self.now, 5)
            expected.in_time = expected.reported = False
            self.assigned += 1

    @rule(number=numbers, actor=USERS)
    def close(self, number: int, actor: Eui64) -> None:
        expected = self.model[number]

        answer = self.scene.desk.close(number, actor, Outcome.WITHDRAWN, self.now)

        allowed = actor == expected.creator and not expected.closed
        assert isinstance(answer, Incident) == allowed
        expected.closed = expected.closed or allowed

    @rule(hours=st.integers(1, 100))
    def let_time_pass(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

        reported = {each.number for each in self.scene.desk.expire(self.now)}

        assert reported == {
            number
            for number, each in self.model.items()
            if each.due <= self.now and not (each.in_time or each.closed or each.reported)
        }
        for number in reported:
            self.model[number].reported = True

    @invariant()
    def incidents_agree(self) -> None:
        for each in self.scene.desk.incidents():
            expected = self.model[each.number]
            assert (each.assignee, each.due, len(each.notes), each.outcome is not None) == (
                expected.assignee,
                expected.due,
                expected.notes,
                expected.closed,
            )
            assert self.scene.desk.codes(each.number, each.creator) == tuple(expected.codes)

    @invariant()
    def everybody_was_told(self) -> None:
        sent = self.scene.ledger.sent
        assert sum(each.occasion is Occasion.ASSIGNED for each in sent) == self.assigned
        for user, count in self.told.items():
            noted = [each for each in sent if each.recipient == user]
            assert sum(each.occasion is Occasion.NOTE_ADDED for each in noted) == count


TestWalk = Walk.TestCase
TestWalk.settings = settings(max_examples=40, stateful_step_count=25)
