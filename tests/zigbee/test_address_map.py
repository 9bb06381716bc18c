import json

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from emulator.kernel.identity import Eui64
from emulator.zigbee.address_map import AddressMap
from emulator.zigbee.addresses import NwkAddress

eui64s = st.integers(1, 4).map(Eui64)
addresses = st.integers(0, 4).map(NwkAddress)


def test_new_owner_of_an_address_makes_the_former_unknown() -> None:
    known = AddressMap()
    known.learn(Eui64(1), NwkAddress(5))

    known.learn(Eui64(2), NwkAddress(5))

    assert known.eui64_of(NwkAddress(5)) == 2
    assert known.address_of(Eui64(1)) is None


class MapAgainstPairs(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.known = AddressMap()
        self.pairs: set[tuple[Eui64, NwkAddress]] = set()

    @rule(eui64=eui64s, address=addresses)
    def learn(self, eui64: Eui64, address: NwkAddress) -> None:
        self.known.learn(eui64, address)
        self.pairs = {each for each in self.pairs if each[0] != eui64 and each[1] != address}
        self.pairs.add((eui64, address))

    @rule(eui64=eui64s)
    def forget(self, eui64: Eui64) -> None:
        self.known.forget(eui64)
        self.pairs = {each for each in self.pairs if each[0] != eui64}

    @rule()
    def restart(self) -> None:
        kept = json.loads(json.dumps(self.known.snapshot()))
        self.known = AddressMap()
        self.known.restore(kept)

    @rule()
    def clear(self) -> None:
        self.known.clear()
        self.pairs = set()

    @invariant()
    def looks_up_the_same_both_ways(self) -> None:
        for number in range(1, 5):
            eui64 = Eui64(number)
            expected = next((each[1] for each in self.pairs if each[0] == eui64), None)
            assert self.known.address_of(eui64) == expected
        for number in range(5):
            address = NwkAddress(number)
            owner = next((each[0] for each in self.pairs if each[1] == address), None)
            assert self.known.eui64_of(address) == owner


MapAgainstPairs.TestCase.settings = settings(max_examples=40, stateful_step_count=30)
TestMap = MapAgainstPairs.TestCase
