from datetime import UTC, datetime

from emulator.dcc.incidents.notifications import Ledger, Notification, Occasion
from emulator.kernel.identity import Eui64

MOMENT = datetime(2026, 1, 5, tzinfo=UTC)


def test_the_ledger_keeps_every_mail_in_order() -> None:
    ledger = Ledger()
    first = Notification(MOMENT, Eui64(1), Occasion.ASSIGNED, 1)
    second = Notification(MOMENT, Eui64(2), Occasion.NOTE_ADDED, 1)

    ledger.add(first)
    ledger.add(second)
    ledger.add(first)

    assert ledger.sent == (first, second, first)
    assert ledger.to(Eui64(1)) == (first, first)
    assert len(ledger) == 3
