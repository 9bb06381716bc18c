import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import Duration, Instant, milliseconds, seconds
from emulator.radio.port import (
    Channel,
    RadioConfigure,
    RadioTransmit,
    RadioTransmitted,
    TransmitOutcome,
)
from emulator.testing.stack.mac_bench import BEACON_PAYLOAD, CHANNEL, PAN, MacBench
from emulator.zigbee.addresses import BROADCAST_ALL, COORDINATOR, NwkAddress
from emulator.zigbee.mac.machine import MAX_MSDU, MacMachine
from emulator.zigbee.mac.primitives import (
    AssociationStatus,
    CapabilityInformation,
    MacStatus,
    McpsDataConfirm,
    McpsDataIndication,
    McpsDataRequest,
    McpsPurgeRequest,
    MlmeAssociateConfirm,
    MlmeAssociateIndication,
    MlmeAssociateRequest,
    MlmeBeaconNotifyIndication,
    MlmeCommStatusIndication,
    MlmePollConfirm,
    MlmePollIndication,
    MlmePollRequest,
    MlmeResetRequest,
    MlmeScanConfirm,
    MlmeScanRequest,
    MlmeSetRequest,
    ScanKind,
)
from emulator.zigbee.mac.settings import MacSettings

ESME = NwkAddress(0x1234)
SLEEPY = CapabilityInformation(rx_on_when_idle=False)


@pytest.fixture
def home() -> MacBench:
    """A hub that admits an ESME."""
    bench = MacBench("hub", "esme")
    bench.form("hub")
    bench.admit("hub", {"esme": ESME})
    return bench


@pytest.fixture
def member(home: MacBench) -> MacBench:
    """A hub with an ESME that has joined."""
    home.associate("esme")
    return home


@pytest.fixture
def sleeper(home: MacBench) -> MacBench:
    """A hub with a device that has joined and sleeps."""
    home.ask("esme", MlmeSetRequest(rx_on_when_idle=False))
    home.associate("esme", SLEEPY)
    return home


def data(handle: int, destination: NwkAddress, **how: bool) -> McpsDataRequest:
    return McpsDataRequest(handle, destination, bytes((0x48, handle)), **how)


def msdus(bench: MacBench, name: str) -> list[bytes]:
    return [each.msdu for each in bench.of(name, McpsDataIndication)]


def test_active_scan_finds_the_hub_on_its_channel(home: MacBench) -> None:
    channels = (Channel(0, 15), CHANNEL)
    home.ask("esme", MlmeScanRequest(ScanKind.ACTIVE, channels, 3))
    home.run(milliseconds(400))

    (beacon,) = home.of("esme", MlmeBeaconNotifyIndication)
    assert beacon.channel == CHANNEL
    assert beacon.pan_id == PAN
    assert beacon.payload == BEACON_PAYLOAD
    assert home.of("esme", MlmeScanConfirm) == [MlmeScanConfirm(ScanKind.ACTIVE, MacStatus.SUCCESS)]


def test_energy_scan_tells_a_level_for_each_channel(home: MacBench) -> None:
    home.bench.jam()
    channels = (CHANNEL, Channel(0, 15))
    home.ask("esme", MlmeScanRequest(ScanKind.ENERGY, channels, 3))
    home.run(milliseconds(400))

    (confirm,) = home.of("esme", MlmeScanConfirm)
    assert confirm.energies == ((CHANNEL, 191), (Channel(0, 15), 0))


def test_join_ends_with_the_address_the_hub_gave(home: MacBench) -> None:
    home.associate("esme")

    assert home.of("esme", MlmeAssociateConfirm) == [
        MlmeAssociateConfirm(MacStatus.SUCCESS, AssociationStatus.SUCCESS, ESME, home.eui64s["hub"])
    ]
    assert home.of("hub", MlmeCommStatusIndication) == [
        MlmeCommStatusIndication(home.eui64s["esme"], MacStatus.SUCCESS)
    ]
    assert home.macs["esme"].pib.short_address == ESME


def test_sleepy_device_joins_with_its_receiver_off(home: MacBench) -> None:
    home.ask("esme", MlmeSetRequest(rx_on_when_idle=False))
    home.associate("esme", SLEEPY)

    (indication,) = home.of("hub", MlmeAssociateIndication)
    assert not indication.capability.rx_on_when_idle
    assert home.macs["esme"].pib.short_address == ESME


def test_unwanted_device_is_refused(home: MacBench) -> None:
    home.admit("hub", {})
    home.associate("esme")

    (confirm,) = home.of("esme", MlmeAssociateConfirm)
    assert confirm.association is AssociationStatus.PAN_ACCESS_DENIED


def test_join_fails_where_nobody_answers() -> None:
    alone = MacBench("esme")
    alone.associate("esme")

    assert alone.of("esme", MlmeAssociateConfirm) == [MlmeAssociateConfirm(MacStatus.NO_ACK)]


def test_data_goes_both_ways(member: MacBench) -> None:
    member.ask("hub", data(1, ESME))
    member.ask("esme", data(2, COORDINATOR))
    member.run(milliseconds(50))

    assert member.of("hub", McpsDataConfirm) == [McpsDataConfirm(1, MacStatus.SUCCESS)]
    assert msdus(member, "esme") == [b"\x48\x01"]
    assert msdus(member, "hub") == [b"\x48\x02"]


def test_broadcast_reaches_everybody(member: MacBench) -> None:
    member.ask("hub", data(1, BROADCAST_ALL))
    member.run(milliseconds(50))

    (indication,) = member.of("esme", McpsDataIndication)
    assert indication.destination == BROADCAST_ALL


def test_data_nobody_acknowledges_is_confirmed_so(member: MacBench) -> None:
    member.ask("hub", data(1, NwkAddress(0x9999)))
    member.run(milliseconds(200))

    assert member.of("hub", McpsDataConfirm) == [McpsDataConfirm(1, MacStatus.NO_ACK)]


def test_data_that_fits_no_frame_is_refused(member: MacBench) -> None:
    member.ask("hub", McpsDataRequest(1, ESME, bytes(MAX_MSDU)))
    member.ask("hub", McpsDataRequest(2, ESME, bytes(MAX_MSDU + 1)))
    member.run(milliseconds(50))

    assert member.of("hub", McpsDataConfirm) == [
        McpsDataConfirm(2, MacStatus.FRAME_TOO_LONG),
        McpsDataConfirm(1, MacStatus.SUCCESS),
    ]
    assert max(len(each.psdu_with_fcs) for each in member.bench.transmissions) == 127


def test_sleeper_gets_what_is_kept_when_it_polls(sleeper: MacBench) -> None:
    sleeper.ask("hub", data(1, ESME, indirect=True), data(2, ESME, indirect=True))
    sleeper.run(seconds(1))
    assert msdus(sleeper, "esme") == []

    sleeper.ask("esme", MlmePollRequest(COORDINATOR))
    sleeper.run(seconds(1))

    assert msdus(sleeper, "esme") == [b"\x48\x01", b"\x48\x02"]
    assert sleeper.of("esme", MlmePollConfirm) == [MlmePollConfirm(MacStatus.SUCCESS)]
    assert MlmePollIndication(ESME) in sleeper.of("hub", MlmePollIndication)
    assert [each.status for each in sleeper.of("hub", McpsDataConfirm)] == [
        MacStatus.SUCCESS,
        MacStatus.SUCCESS,
    ]


def test_broadcast_of_the_parent_does_not_end_the_poll(sleeper: MacBench) -> None:
    sleeper.ask("hub", data(1, BROADCAST_ALL), data(2, ESME, indirect=True))
    sleeper.ask("esme", MlmePollRequest(COORDINATOR))
    sleeper.run(milliseconds(2))
    sleeper.ask("hub", data(3, BROADCAST_ALL))
    sleeper.run(seconds(1))

    assert b"\x48\x02" in msdus(sleeper, "esme")
    assert sleeper.of("esme", MlmePollConfirm) == [MlmePollConfirm(MacStatus.SUCCESS)]


def test_sleeper_that_polls_in_vain_is_told(sleeper: MacBench) -> None:
    sleeper.ask("esme", MlmePollRequest(COORDINATOR))
    sleeper.run(seconds(1))

    assert sleeper.of("esme", MlmePollConfirm) == [MlmePollConfirm(MacStatus.NO_DATA)]


def test_direct_data_does_not_reach_a_sleeper(sleeper: MacBench) -> None:
    sleeper.ask("hub", data(1, ESME))
    sleeper.run(seconds(1))

    assert sleeper.of("hub", McpsDataConfirm) == [McpsDataConfirm(1, MacStatus.NO_ACK)]


def test_kept_data_expires_after_the_persistence_time(sleeper: MacBench) -> None:
    sleeper.ask("hub", data(1, ESME, indirect=True))

    sleeper.run(Duration(7_679_999))
    assert sleeper.of("hub", McpsDataConfirm) == []
    sleeper.run(Duration(1))

    assert sleeper.of("hub", McpsDataConfirm) == [McpsDataConfirm(1, MacStatus.TRANSACTION_EXPIRED)]


def test_purged_data_is_never_sent(sleeper: MacBench) -> None:
    sleeper.ask("hub", data(1, ESME, indirect=True), McpsPurgeRequest(1))

    sleeper.ask("esme", MlmePollRequest(COORDINATOR))
    sleeper.run(seconds(10))

    assert msdus(sleeper, "esme") == []
    assert sleeper.of("hub", McpsDataConfirm) == []


def test_broadcast_cannot_be_kept(sleeper: MacBench) -> None:
    sleeper.ask("hub", data(1, BROADCAST_ALL, indirect=True))

    assert sleeper.of("hub", McpsDataConfirm) == [McpsDataConfirm(1, MacStatus.INVALID_PARAMETER)]


def test_requests_made_during_a_scan_wait_for_its_end(member: MacBench) -> None:
    scan = MlmeScanRequest(ScanKind.ACTIVE, (Channel(0, 20),), 3)
    member.ask("esme", scan, data(1, COORDINATOR), MlmePollRequest(COORDINATOR))
    member.run(seconds(1))

    kinds = [type(each) for each in member.heard["esme"]][-3:]
    assert kinds == [MlmeScanConfirm, McpsDataConfirm, MlmePollConfirm]
    assert msdus(member, "hub") == [b"\x48\x01"]


def test_scan_waits_for_what_is_on_its_way(member: MacBench) -> None:
    scan = MlmeScanRequest(ScanKind.ACTIVE, (Channel(0, 20),), 3)
    member.ask("esme", data(1, COORDINATOR), scan, data(2, COORDINATOR))
    member.run(seconds(1))

    kinds = [type(each) for each in member.heard["esme"]][-3:]
    assert kinds == [McpsDataConfirm, MlmeScanConfirm, McpsDataConfirm]
    assert msdus(member, "hub") == [b"\x48\x01", b"\x48\x02"]


def test_reset_forgets_what_is_in_flight_and_keeps_the_pib(member: MacBench) -> None:
    before = member.macs["hub"].pib.snapshot()
    member.ask("hub", data(1, ESME), data(2, ESME, indirect=True), MlmeResetRequest())
    member.run(seconds(10))

    assert member.of("hub", McpsDataConfirm) == []
    assert member.macs["hub"].pib.snapshot() == before
    assert member.macs["hub"].deadline is None


def test_radio_that_lost_its_power_is_configured_anew_after_a_reset(member: MacBench) -> None:
    radio = member.bench.radio("hub")
    radio.power(on=False)
    radio.power(on=True)

    member.ask("hub", MlmeResetRequest(), data(1, ESME))
    member.run(milliseconds(50))

    assert msdus(member, "esme") == [b"\x48\x01"]


def test_lost_acknowledgements_make_no_duplicates() -> None:
    home = MacBench("hub", "esme", seed=3)
    home.form("hub")
    home.admit("hub", {"esme": ESME})
    home.associate("esme")
    home.bench.links.set_default_loss(0.3)

    for handle in range(40):
        home.ask("hub", data(handle, ESME))
        home.run(milliseconds(300))

    confirmed = [
        bytes((0x48, each.handle))
        for each in home.of("hub", McpsDataConfirm)
        if each.status is MacStatus.SUCCESS
    ]
    assert len(msdus(home, "esme")) == len(set(msdus(home, "esme")))
    assert set(confirmed) <= set(msdus(home, "esme"))
    assert len(confirmed) > 30


def test_same_seed_gives_the_same_air_and_another_seed_another() -> None:
    airs = []
    for seed in (5, 5, 6):
        home = MacBench("hub", "esme", seed=seed, loss=0.1)
        home.form("hub")
        home.admit("hub", {"esme": ESME})
        home.associate("esme")
        airs.append(home.bench.transmissions)

    assert airs[0] == airs[1] != airs[2]


def machine() -> MacMachine:
    mac = MacMachine(Eui64(0x00DB1234567890A0), MacSettings(), Stream("fuzz"))
    mac.handle(
        MlmeSetRequest(
            channel=CHANNEL,
            pan_id=PAN,
            short_address=COORDINATOR,
            coordinator=True,
            association_permit=True,
        ),
        Instant(0),
    )
    return mac


class PollingHome(RuleBasedStateMachine):
    """A hub and a sleeper on a lossy air: what is confirmed arrived, once, in order."""

    @initialize(loss=st.sampled_from((0.0, 0.1, 0.3)), seed=st.integers(0, 1_000))
    def form(self, loss: float, seed: int) -> None:
        self.home = MacBench("hub", "esme", seed=seed)
        self.home.form("hub")
        self.home.admit("hub", {"esme": ESME})
        self.home.ask("esme", MlmeSetRequest(rx_on_when_idle=False))
        self.home.associate("esme", SLEEPY)
        self.home.bench.links.set_default_loss(loss)
        self.handle = 0

    @rule()
    def keep(self) -> None:
        self.handle += 1
        self.home.ask("hub", data(self.handle, ESME, indirect=True))

    @rule()
    def poll(self) -> None:
        self.home.ask("esme", MlmePollRequest(COORDINATOR))

    @rule(handle=st.integers(1, 10))
    def purge(self, handle: int) -> None:
        self.home.ask("hub", McpsPurgeRequest(handle))

    @rule(duration=st.sampled_from((1, 500, 5_000, 200_000, 3_000_000)))
    def pass_time(self, duration: int) -> None:
        self.home.run(Duration(duration))

    @invariant()
    def confirmed_data_arrived_once_and_in_order(self) -> None:
        arrived = [msdu[1] for msdu in msdus(self.home, "esme")]
        confirms = self.home.of("hub", McpsDataConfirm)
        confirmed = [each.handle for each in confirms if each.status is MacStatus.SUCCESS]
        assert arrived == sorted(set(arrived))
        assert set(confirmed) <= set(arrived)
        assert len(confirms) == len({each.handle for each in confirms})


TestPollingHome = PollingHome.TestCase
TestPollingHome.settings = settings(max_examples=25, stateful_step_count=20)


def test_configuration_comes_before_what_needs_it() -> None:
    mac = MacMachine(Eui64(1), MacSettings(), Stream("mac"))
    request = MlmeAssociateRequest(Channel(0, 20), PAN, COORDINATOR, CapabilityInformation())

    effects = mac.handle(request, Instant(0))

    assert [type(each) for each in effects] == [RadioConfigure, RadioTransmit]


def test_transmission_nobody_remembers_concerns_nobody() -> None:
    mac = machine()

    assert mac.handle(RadioTransmitted(99, TransmitOutcome.ACKED), Instant(0)) == ()
