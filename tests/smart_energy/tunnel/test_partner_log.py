from emulator.kernel.units import START
from emulator.smart_energy.tunnel.partner_log import PartnerLog
from emulator.smart_energy.tunnel.primitives import LogPartner, UnlogPartner
from emulator.testing.stack.tunnel_bench import DEVICE, STRANGER


def test_partner_listens_or_sleeps_as_it_was_logged() -> None:
    log = PartnerLog()
    log.handle(LogPartner(DEVICE), START)
    log.handle(LogPartner(STRANGER, sleepy=True), START)

    assert (log.listens(DEVICE), log.sleeps(DEVICE)) == (True, False)
    assert (log.listens(STRANGER), log.sleeps(STRANGER)) == (False, True)


def test_partner_that_was_removed_is_neither() -> None:
    log = PartnerLog()
    log.handle(LogPartner(DEVICE), START)

    log.handle(UnlogPartner(DEVICE), START)
    log.handle(UnlogPartner(DEVICE), START)

    assert (log.listens(DEVICE), log.sleeps(DEVICE)) == (False, False)
    assert log.wake(START) == ()


def test_partners_survive_a_power_cycle() -> None:
    log, later = PartnerLog(), PartnerLog()
    log.handle(LogPartner(DEVICE), START)
    log.handle(LogPartner(STRANGER, sleepy=True), START)

    later.restore(log.snapshot())

    assert later.listens(DEVICE)
    assert later.sleeps(STRANGER)
