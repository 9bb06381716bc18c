"""The duplicate table against a list of everything that was ever heard."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from emulator.kernel.units import Duration, Instant
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.aps.duplicate_table import DuplicateTable

TIMEOUT = Duration(100)


class Duplicates(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.table = DuplicateTable(TIMEOUT)
        self.heard: list[tuple[int, int, int]] = []
        self.now = 0

    @rule(source=st.integers(0, 2), counter=st.integers(0, 3), pause=st.integers(0, 60))
    def hear(self, source: int, counter: int, pause: int) -> None:
        self.now += pause
        known = any(
            row[:2] == (source, counter) and self.now - row[2] < TIMEOUT for row in self.heard
        )

        seen = self.table.seen(NwkAddress(source), counter, Instant(self.now))

        self.heard.append((source, counter, self.now))
        assert seen == known

    @rule()
    def forget(self) -> None:
        self.table.clear()
        self.heard.clear()


TestDuplicates = Duplicates.TestCase
TestDuplicates.settings = settings(max_examples=40, stateful_step_count=30)
