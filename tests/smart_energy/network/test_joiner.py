"""The joiner: its whole table, what it asks for in each state, and what it keeps."""

import json
from typing import Any, TypeVar

import pytest

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant
from emulator.smart_energy.facts import JoinState, NetworkKeyReceived
from emulator.smart_energy.network.joiner import JOINED, State
from emulator.smart_energy.network.membership import Membership
from emulator.smart_energy.primitives import (
    Commissioned,
    StartKeepAlive,
    StartKeyEstablishment,
    StopKeepAlive,
)
from emulator.smart_energy.settings import JoinerSettings
from emulator.testing.stack.joiner_bench import (
    CHANNELS,
    EVENTS,
    HUB,
    LINK_KEY,
    NETWORK_KEY,
    PAN,
    PATHS,
    TIME,
    JoinerBench,
    joiner_in,
    network_key,
)
from emulator.zigbee.addresses import COORDINATOR, NO_EUI64
from emulator.zigbee.aps.primitives import ApsmeSetLinkKeyRequest, ApsmeSetTrustCentreRequest
from emulator.zigbee.mac.primitives import CapabilityInformation
from emulator.zigbee.nwk.primitives import (
    JoinMethod,
    NlmeJoinRequest,
    NlmeLeaveRequest,
    NlmeNetworkDiscoveryRequest,
    NlmePollControl,
    NlmeResetRequest,
    NlmeSetKeyRequest,
    NlmeStartRouterRequest,
    NlmeSwitchKeyRequest,
)
from emulator.zigbee.zdo.primitives import ZdoAnnounceRequest

Effect = TypeVar("Effect")

JOINING = ("start", "a network heard", "joined")


def next_states(state: State) -> dict[str, State]:
    """What each event leads to; an event that is not named changes nothing."""
    usual = {"user leaves": State.IDLE, "start": State.SCANNING}
    return usual | TABLE[state]


OUTSIDE: dict[str, State] = {}
MEMBER = {"start": State.REJOINING, "told to leave": State.IDLE}
ON_THE_NETWORK = MEMBER | {
    "told to rejoin": State.REJOINING,
    "parent lost": State.REJOINING,
    "trust centre lost": State.REJOINING,
}
TABLE: dict[State, dict[str, State]] = {
    State.IDLE: OUTSIDE,
    State.SCANNING: {"a network heard": State.ASSOCIATING, "nothing heard": State.WAITING},
    State.WAITING: {TIME: State.SCANNING},
    State.ASSOCIATING: {"joined": State.AWAITING_KEY, "not joined": State.ASSOCIATING},
    State.AWAITING_KEY: {
        "network key": State.SETTLING,
        "told to leave": State.ASSOCIATING,
        "told to rejoin": State.ASSOCIATING,
        TIME: State.ASSOCIATING,
    },
    State.SETTLING: ON_THE_NETWORK | {TIME: State.ESTABLISHING},
    State.ESTABLISHING: ON_THE_NETWORK
    | {
        "key agreed": State.OPERATING,
        "key refused": State.PAUSING,
        "unknown issuer": State.WAITING,
    },
    State.PAUSING: ON_THE_NETWORK | {TIME: State.ESTABLISHING},
    State.OPERATING: ON_THE_NETWORK,
    State.REJOINING: MEMBER | {"joined": State.OPERATING, "not joined": State.REJOINING},
    State.REJOIN_WAITING: MEMBER | {TIME: State.REJOINING},
}


def updates_key(state: State, event: str) -> bool:
    """Whether an event is about the network key of a device that is on the network."""
    return state in JOINED and event in ("network key", "switch key")


def of(kind: type[Effect], effects: list[Any]) -> list[Effect]:
    return [effect for effect in effects if isinstance(effect, kind)]


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("event", EVENTS)
def test_event_leads_where_the_table_says_or_changes_nothing(state: State, event: str) -> None:
    bench = joiner_in(state)
    before = bench.joiner.deadline

    effects = bench.tell(event)

    expected = next_states(state).get(event)
    assert bench.joiner.state is (expected or state)
    assert bool(effects) is (expected is not None or updates_key(state, event))
    if expected is None:
        assert bench.joiner.deadline == before


@pytest.mark.parametrize("state", list(State))
def test_state_that_can_last_too_long_has_a_deadline(state: State) -> None:
    bench = joiner_in(state)

    assert (bench.joiner.deadline is not None) is (TIME in TABLE[state])
    if TIME in TABLE[state]:
        bench.tell(TIME)
        assert bench.joiner.state is TABLE[state][TIME]


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("event", EVENTS)
def test_every_change_of_state_is_told(state: State, event: str) -> None:
    bench = joiner_in(state)

    effects = bench.tell(event)

    told = [fact.state for fact in of(JoinState, effects)]
    moved = effects and not updates_key(state, event)
    assert told[-1:] == ([bench.joiner.state.name] if moved else [])


# Joining


def test_scan_is_on_the_channels_of_the_profile() -> None:
    (request,) = of(NlmeNetworkDiscoveryRequest, JoinerBench().tell("start"))

    assert request == NlmeNetworkDiscoveryRequest(CHANNELS, 3)


def test_join_is_by_association_with_our_capability() -> None:
    bench = JoinerBench(sleepy=True)

    (request,) = of(NlmeJoinRequest, bench.follow("start", "a network heard"))

    assert request == NlmeJoinRequest(
        PAN, JoinMethod.ASSOCIATION, CapabilityInformation(rx_on_when_idle=False)
    )


def test_network_key_is_installed_then_announced() -> None:
    effects = joiner_in(State.AWAITING_KEY).tell("network key")

    assert effects == [
        NetworkKeyReceived(HUB, 0),
        NlmeSetKeyRequest(NETWORK_KEY, 0),
        ApsmeSetTrustCentreRequest(HUB),
        ZdoAnnounceRequest(),
        JoinState("SETTLING", ""),
    ]


def test_router_begins_to_route_before_it_announces_itself() -> None:
    effects = joiner_in(State.AWAITING_KEY, router=True).tell("network key")

    kinds = [type(effect) for effect in effects]
    assert kinds.index(NlmeStartRouterRequest) < kinds.index(ZdoAnnounceRequest)


def test_key_establishment_is_with_the_trust_centre() -> None:
    effects = joiner_in(State.SETTLING).tell(TIME)

    assert of(StartKeyEstablishment, effects) == [StartKeyEstablishment(HUB, COORDINATOR)]


def test_agreed_key_commissions_the_device_and_starts_keep_alive() -> None:
    effects = joiner_in(State.ESTABLISHING).tell("key agreed")

    assert of(Commissioned, effects) == [Commissioned(HUB)]
    assert of(StartKeepAlive, effects) == [StartKeepAlive()]


def test_join_without_a_key_starts_over_on_the_same_network() -> None:
    bench = joiner_in(State.AWAITING_KEY)

    effects = bench.tell(TIME)

    assert bench.now == Instant(10_000_000)
    assert effects[0] == NlmeResetRequest()
    assert of(NlmeJoinRequest, effects)[0].extended_pan_id == PAN


@pytest.mark.parametrize("event", ["told to leave", "told to rejoin"])
def test_unsecured_leave_before_the_key_is_only_a_join_that_failed(event: str) -> None:
    bench = joiner_in(State.AWAITING_KEY)

    effects = bench.tell(event)

    assert bench.joiner.state is State.ASSOCIATING
    assert effects[0] == NlmeResetRequest()


def test_same_network_is_tried_three_times_then_the_device_waits() -> None:
    bench = JoinerBench()

    bench.follow(*JOINING, TIME, "joined", TIME, "joined", TIME)

    assert len(of(NlmeJoinRequest, bench.effects)) == 3
    assert bench.joiner.state is State.WAITING


# A device that sleeps


@pytest.mark.parametrize(
    ("path", "state"),
    [
        (JOINING, State.AWAITING_KEY),
        (PATHS[State.ESTABLISHING], State.ESTABLISHING),
        (PATHS[State.OPERATING], State.OPERATING),
    ],
)
def test_sleeper_polls_quickly_while_something_is_to_come(
    path: tuple[str, ...], state: State
) -> None:
    bench = JoinerBench(sleepy=True)

    effects = bench.follow(*path)

    assert bench.joiner.state is state
    assert of(NlmePollControl, effects) == [NlmePollControl(250_000)]


def test_sleeper_polls_rarely_once_it_has_been_awake_for_a_while() -> None:
    bench = joiner_in(State.OPERATING, sleepy=True)

    assert bench.tell(TIME) == [NlmePollControl(60_000_000)]

    assert bench.now == Instant(20_500_000)
    assert bench.joiner.deadline is None


def test_device_that_always_listens_never_polls() -> None:
    bench = JoinerBench()

    bench.follow(*PATHS[State.REJOINING], "joined")

    assert of(NlmePollControl, bench.effects) == []


# Leaving


@pytest.mark.parametrize("state", [each for each in State if each in JOINED])
def test_device_that_is_told_to_leave_stops_and_is_new_again(state: State) -> None:
    bench = joiner_in(state)

    effects = bench.tell("told to leave")

    assert bench.joiner.membership == Membership()
    assert bench.joiner.deadline is None
    assert of(StopKeepAlive, effects) == [StopKeepAlive()]


@pytest.mark.parametrize("state", [State.REJOINING, State.REJOIN_WAITING])
def test_device_that_is_told_to_leave_while_it_rejoins_stops_rejoining(state: State) -> None:
    bench = joiner_in(state)

    bench.tell("told to leave")
    bench.tell("joined")

    assert bench.joiner.state is State.IDLE
    assert bench.joiner.membership == Membership()


def test_user_who_asks_makes_it_leave_the_network_too() -> None:
    effects = joiner_in(State.OPERATING).tell("user leaves")

    assert effects[0] == NlmeLeaveRequest()


KEEPS = JoinerSettings(leave_forgets_link_key=False)
REVERTED = [
    ApsmeSetLinkKeyRequest(HUB, None),
    ApsmeSetLinkKeyRequest(NO_EUI64, LINK_KEY),
]


@pytest.mark.parametrize("event", ["told to leave", "user leaves"])
def test_device_that_left_joins_by_its_install_code_again(event: str) -> None:
    effects = joiner_in(State.OPERATING).tell(event)

    assert of(ApsmeSetLinkKeyRequest, effects) == REVERTED
    assert of(ApsmeSetTrustCentreRequest, effects) == [ApsmeSetTrustCentreRequest(NO_EUI64)]


def test_unknown_issuer_makes_it_leave_by_itself_and_bar_the_network() -> None:
    bench = joiner_in(State.ESTABLISHING)

    effects = bench.tell("unknown issuer")
    bench.follow(TIME, "a network heard")

    assert effects[0] == NlmeLeaveRequest()
    assert of(ApsmeSetLinkKeyRequest, effects) == REVERTED
    assert bench.joiner.state is State.WAITING


def test_user_who_starts_it_again_lifts_the_bar() -> None:
    bench = joiner_in(State.ESTABLISHING)
    bench.tell("unknown issuer")

    bench.follow("start", "a network heard")

    assert bench.joiner.state is State.ASSOCIATING


@pytest.mark.parametrize("keeps", [{"link_key": None}, {"settings": KEEPS}])
def test_device_can_keep_its_link_key_when_it_leaves(keeps: dict[str, Any]) -> None:
    effects = joiner_in(State.OPERATING, **keeps).tell("told to leave")

    assert of(ApsmeSetLinkKeyRequest, effects) == []


# What survives


@pytest.mark.parametrize("state", list(State))
def test_membership_comes_back_from_what_json_knows_of_it(state: State) -> None:
    before, after = joiner_in(state).joiner, JoinerBench().joiner

    after.restore(json.loads(json.dumps(before.snapshot())))

    assert after.membership == before.membership


def test_device_with_a_membership_comes_back_without_a_new_key_establishment() -> None:
    bench = JoinerBench(router=True)
    bench.joiner.restore(joiner_in(State.OPERATING).joiner.snapshot())

    effects = bench.follow("start", "joined")

    assert bench.joiner.state is State.OPERATING
    assert of(NlmeStartRouterRequest, effects) == [NlmeStartRouterRequest()]
    assert of(ZdoAnnounceRequest, effects) == [ZdoAnnounceRequest()]
    assert of(StartKeyEstablishment, bench.effects) == []


def test_device_that_never_agreed_a_key_agrees_one_when_it_is_back() -> None:
    bench = JoinerBench()
    bench.joiner.restore(joiner_in(State.ESTABLISHING).joiner.snapshot())

    effects = bench.follow("start", "joined", TIME)

    assert of(StartKeyEstablishment, effects) == [StartKeyEstablishment(HUB, COORDINATOR)]


def test_next_network_key_is_kept_until_the_trust_centre_says_to_use_it() -> None:
    bench = joiner_in(State.OPERATING)

    assert of(NlmeSetKeyRequest, bench.tell("network key")) == [
        NlmeSetKeyRequest(NETWORK_KEY, 0, activate=False)
    ]
    assert bench.tell("switch key") == [NlmeSwitchKeyRequest(0)]


def test_network_key_of_another_trust_centre_is_not_kept_for_later() -> None:
    bench = joiner_in(State.OPERATING)

    assert bench.tell(network_key(Eui64(0x00DB1234567890FF))) == []


def test_key_of_another_trust_centre_is_a_reason_to_agree_anew() -> None:
    bench = joiner_in(State.REJOINING)
    bench.follow(*["not joined"] * 4, "joined")

    bench.tell(network_key(Eui64(0x00DB1234567890FF)))

    assert bench.joiner.state is State.SETTLING
    assert bench.joiner.membership.suite is None


def test_device_of_a_host_without_smart_energy_operates_under_the_network_key() -> None:
    bench = joiner_in(State.AWAITING_KEY, settings=JoinerSettings(establishes_key=False))

    effects = bench.tell("network key")

    assert bench.joiner.state is State.OPERATING
    assert of(StartKeepAlive, effects) == []
