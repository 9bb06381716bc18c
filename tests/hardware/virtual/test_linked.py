"""Our driver on our virtual dongle keeps the contract of every radio."""

import pytest

from emulator.testing.stack.radio_contract import RADIO_CONTRACT, Rule
from tests.hardware.virtual.linked_bench import LinkedBench


@pytest.mark.parametrize("rule", RADIO_CONTRACT, ids=lambda rule: rule.__name__)
def test_driver_on_a_virtual_dongle_keeps_the_contract(rule: Rule) -> None:
    rule(LinkedBench())
