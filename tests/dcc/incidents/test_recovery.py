from collections.abc import Iterator
from datetime import timedelta

import pytest

from emulator.dcc.incidents.facts import InstallCodeAsked, InstallCodeOverdue
from emulator.dcc.incidents.primitives import AnswerInstallCode, AskForInstallCode
from emulator.dcc.incidents.records import Regime
from emulator.dcc.incidents.recovery import InstallCodeRecovery, Surroundings
from emulator.dcc.inventory.device_kinds import DeviceKind
from emulator.dcc.inventory.inventory import Inventory
from emulator.dcc.registration import Fuel, Registration, Responsibility
from emulator.kernel.node import Node
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.trace import Trace
from emulator.kernel.units import Calendar, Instant, hours
from emulator.testing.scenes.incident_scene import CALENDAR, CODE, HELPDESK
from emulator.testing.scenes.inventory_scene import ESME, GAINER, INSTALLER, START, told

MPAN = "2000000000006"
ASK = AskForInstallCode(GAINER, ESME, MPAN)
FIFTH_DAY = Instant(hours(8 * 24 - 9))
"""From Monday at nine to the end of the fifth working day after."""


@pytest.fixture
def surroundings() -> Iterator[Surroundings]:
    registration = Registration()
    registration.add(MPAN, Fuel.ELECTRICITY)
    for number, party in enumerate((INSTALLER, GAINER)):
        since = START - timedelta(days=60 - 30 * number)
        registration.register(MPAN, Responsibility.IMPORT_SUPPLIER, party, since)
    with Inventory.open() as inventory:
        inventory.pre_notify([told(DeviceKind.ESME)], START)
        inventory.keep_install_code(ESME, CODE)
        yield Surroundings(
            inventory=inventory,
            registration=registration,
            helpdesk=HELPDESK,
            working_days=CALENDAR,
            calendar=Calendar(START),
        )


@pytest.mark.parametrize("regime", [Regime.EMAIL, Regime.SSI])
def test_a_run_wakes_the_machine_when_the_five_days_are_over(
    regime: Regime, surroundings: Surroundings
) -> None:
    scheduler, trace = Scheduler(), Trace()
    machine = InstallCodeRecovery(regime, surroundings)
    node = Node("helpdesk", [machine], scheduler, trace)

    node.post(ASK)
    scheduler.run(FIFTH_DAY)

    asked, overdue, *_ = trace.records
    assert isinstance(asked.fact, InstallCodeAsked)
    assert isinstance(overdue.fact, InstallCodeOverdue)
    assert overdue.at == FIFTH_DAY


@pytest.mark.parametrize("regime", [Regime.EMAIL, Regime.SSI])
def test_an_answer_in_time_leaves_nothing_to_wait_for(
    regime: Regime, surroundings: Surroundings
) -> None:
    machine = InstallCodeRecovery(regime, surroundings)
    machine.handle(ASK, Instant(0))

    machine.handle(AnswerInstallCode(1, INSTALLER, ESME, CODE), Instant(hours(1)))

    assert machine.deadline is None
    assert machine.code(GAINER, ESME) == CODE
    assert len(machine.ledger) == 2


def test_a_held_code_needs_no_waiting_and_no_mail(surroundings: Surroundings) -> None:
    machine = InstallCodeRecovery(Regime.SMI, surroundings)

    machine.handle(ASK, Instant(0))

    assert machine.deadline is None
    assert machine.wake(Instant(1)) == ()
    assert machine.code(GAINER, ESME) == CODE
    assert len(machine.ledger) == 0
