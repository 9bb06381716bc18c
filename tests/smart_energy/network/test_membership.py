"""What a joiner is and what it is a member of."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.identity import Eui64
from emulator.radio.port import Channel
from emulator.smart_energy.network.membership import JoinerProfile, Membership
from emulator.zigbee.addresses import ExtendedPanId
from emulator.zigbee.mac.primitives import CapabilityInformation

KEY = bytes(range(16))


@pytest.mark.parametrize("listens", [True, False])
def test_joiner_that_does_not_always_listen_is_sleepy(listens: bool) -> None:
    capability = CapabilityInformation(rx_on_when_idle=listens)

    assert JoinerProfile(capability, (), False, KEY).sleepy is not listens


@given(
    st.none() | st.integers(0, 2**64 - 1),
    st.none() | st.tuples(st.integers(0, 31), st.integers(0, 26)),
    st.none() | st.integers(0, 2**64 - 1),
    st.sampled_from([None, 1, 2]),
)
def test_membership_comes_back_from_what_json_knows_of_it(
    pan: int | None, channel: tuple[int, int] | None, hub: int | None, suite: int | None
) -> None:
    before = Membership(
        None if pan is None else ExtendedPanId(pan),
        None if channel is None else Channel(*channel),
        None if hub is None else Eui64(hub),
        suite,
    )
    after = Membership()

    after.restore(json.loads(json.dumps(before.snapshot())))

    assert after == before
