"""The two kinds of node in a Smart Energy network: the hub that forms it, and who joins it."""

from collections.abc import Mapping, Sequence

from emulator.kernel.identity import Eui64
from emulator.kernel.machine import Machine
from emulator.radio.bands import Band
from emulator.radio.port import Channel
from emulator.smart_energy.device import Applications, Boot, KnownKey, Persistent
from emulator.smart_energy.home.home_display import HomeDisplay
from emulator.smart_energy.home.interviewer import Interviewer
from emulator.smart_energy.home.partner_reader import PartnerReader
from emulator.smart_energy.home.partner_visits import PartnerVisits
from emulator.smart_energy.home.told_at_home import told_at_home
from emulator.smart_energy.keys.key_establishment import KeyEstablishmentInitiator
from emulator.smart_energy.keys.key_responder import KeyEstablishmentResponder
from emulator.smart_energy.keys.network_key import NetworkKey
from emulator.smart_energy.keys.network_key_update import NetworkKeyUpdate
from emulator.smart_energy.keys.partner_keys import PartnerKeys
from emulator.smart_energy.keys.partner_links import PartnerLinks
from emulator.smart_energy.load_control.load_control import joiner_loads
from emulator.smart_energy.messaging import hub_messages, joiner_messages
from emulator.smart_energy.network.failure_report import FailureReport
from emulator.smart_energy.network.frequency_agility import FrequencyAgility
from emulator.smart_energy.network.joiner import JOINED, Joiner
from emulator.smart_energy.network.keep_alive import KeepAliveClient
from emulator.smart_energy.network.membership import JoinerProfile
from emulator.smart_energy.network.network_former import NetworkFormer
from emulator.smart_energy.network.sub_ghz_client import SubGhzClient
from emulator.smart_energy.network.sub_ghz_server import SubGhzServer
from emulator.smart_energy.network.trust_centre import TrustCentre
from emulator.smart_energy.primitives import StartJoining
from emulator.smart_energy.settings import JoinerSettings
from emulator.smart_energy.stack import UNHEARD, Stack
from emulator.smart_energy.stack_settings import StackSettings
from emulator.smart_energy.upgrades import hub_upgrades, joiner_upgrades
from emulator.zigbee.addresses import COORDINATOR, NO_EUI64, NwkAddress
from emulator.zigbee.aps.primitives import ApsmeSetLinkKeyRequest, KeyOrigin
from emulator.zigbee.nwk.primitives import DeviceType, NlmeResetRequest


class HubAssembly:
    """Coordinator and trust centre."""

    def __init__(self, boot: Boot, settings: StackSettings) -> None:
        about = boot.description
        self._eui64 = about.eui64
        self.stack = Stack.build(boot, settings)
        messages = hub_messages(boot, settings, self.stack)
        parts = messages.beside(hub_upgrades(boot)).beside(told_at_home(boot, settings.event_log))
        self._added = parts.beside(about.applications(boot))
        self.network_key = NetworkKey()
        self.former = NetworkFormer(
            about.eui64,
            settings.formation,
            self.network_key,
            boot.stream("network key"),
            about.bands,
        )
        self.trust_centre = TrustCentre(settings.trust_centre, self.network_key, boot.handles)
        self.key_update = NetworkKeyUpdate(
            settings=settings.trust_centre,
            key=self.network_key,
            members=self.trust_centre.present,
            addresses=self.stack.addresses,
            stream=boot.stream("network key update"),
            delivery=settings.nwk.broadcast_delivery_time,
        )
        self.partner_keys = PartnerKeys(boot.stream("partner keys"), self.stack.addresses)
        responder = KeyEstablishmentResponder(
            about.credentials,
            settings.key_establishment,
            boot.stream("key establishment"),
            boot.handles,
        )
        endpoint = about.asking_endpoint
        self._applications: tuple[Machine, ...] = (
            self.former,
            self.trust_centre,
            self.key_update,
            responder,
            Interviewer(endpoint, settings.interview, boot.handles),
            PartnerReader(about.readings, settings.interview.pause, self.stack.addresses),
            self.partner_keys,
            *_network_care(boot, settings, self.stack),
        )

    @property
    def machines(self) -> Sequence[Machine]:
        """The stack, then the applications."""
        return (*self.stack.machines, *self._applications, *self._added.machines)

    @property
    def unheard(self) -> Sequence[type]:
        """What is told whether or not anybody listens."""
        return (*UNHEARD, *self._added.unheard)

    @property
    def persistent(self) -> Mapping[str, Persistent]:
        """Network, keys, counters and registered devices."""
        return {
            "nwk": self.stack.nwk,
            "aps": self.stack.aps,
            "zdo": self.stack.zdo,
            "network_key": self.network_key,
            "former": self.former,
            "trust_centre": self.trust_centre,
            "key_update": self.key_update,
            "partner_keys": self.partner_keys,
            **self._added.persistent,
        }

    @property
    def member(self) -> bool:
        """Whether it formed a network."""
        return self.former.formed

    @property
    def joined(self) -> bool:
        """Whether its network runs."""
        return self.former.formed

    @property
    def nwk_address(self) -> NwkAddress | None:
        """The coordinator's, once its network runs."""
        return COORDINATOR if self.joined else None

    @property
    def parent(self) -> Eui64 | None:
        """A coordinator has none."""
        return None

    @property
    def link_key_origin(self) -> KeyOrigin | None:
        """A hub shares no link key with itself."""
        return None

    @property
    def suite(self) -> int | None:
        """Nor did it agree one."""
        return None

    @property
    def hub(self) -> Eui64 | None:
        """Itself."""
        return self._eui64

    @property
    def keys(self) -> Sequence[KnownKey]:
        """Every key it holds."""
        return self.stack.keys

    def first_events(self, *, restored: bool) -> Sequence[object]:
        """A hub that had a network starts it again; a new one waits to be told."""
        return (NlmeResetRequest(warm=True),) if restored and self.former.formed else ()


class JoiningAssembly:
    """Router or end device that joins with its install code."""

    def __init__(self, boot: Boot, settings: StackSettings) -> None:
        about = boot.description
        self._about = about
        self.stack = Stack.build(boot, settings)
        messages = joiner_messages(boot, settings, self.stack)
        upgrades = joiner_upgrades(boot, settings)
        parts = messages.beside(upgrades).beside(told_at_home(boot, settings.event_log))
        parts = parts.beside(_display(boot, settings, self.stack))
        parts = parts.beside(joiner_loads(boot, settings, self.stack))
        self._added = parts.beside(about.applications(boot))
        profile = JoinerProfile(
            about.capability, _channels(boot, settings.joiner), _routes(boot), about.link_key
        )
        self.joiner = Joiner(
            profile,
            settings.joiner,
            settings.poll,
            settings.key_establishment,
            boot.stream("joiner"),
        )
        self.partner_links = PartnerLinks(settings.partner_link, open_to_all=about.open_to_partners)
        endpoint, handles = about.asking_endpoint, boot.handles
        keys = (about.credentials, settings.key_establishment, boot.stream("key establishment"))
        self._applications: tuple[Machine, ...] = (
            self.joiner,
            KeyEstablishmentInitiator(endpoint, *keys, handles),
            KeyEstablishmentResponder(*keys, handles),
            KeepAliveClient(endpoint, settings.keep_alive, boot.stream("keep-alive"), handles),
            Interviewer(endpoint, settings.interview, handles),
            PartnerReader(about.readings, settings.interview.pause, self.stack.addresses),
            self.partner_links,
            PartnerVisits(
                about.partner_readings, settings.interview, self.stack.addresses, handles
            ),
            *_member_care(boot, settings, self.stack),
        )

    @property
    def machines(self) -> Sequence[Machine]:
        """The stack, then the applications."""
        return (*self.stack.machines, *self._applications, *self._added.machines)

    @property
    def unheard(self) -> Sequence[type]:
        """What is told whether or not anybody listens."""
        return (*UNHEARD, *self._added.unheard)

    @property
    def persistent(self) -> Mapping[str, Persistent]:
        """Network, keys, counters and membership."""
        return {
            "nwk": self.stack.nwk,
            "aps": self.stack.aps,
            "zdo": self.stack.zdo,
            "joiner": self.joiner,
            "partner_links": self.partner_links,
            **self._added.persistent,
        }

    @property
    def member(self) -> bool:
        """Whether it was once given the key of a network, and has not left it."""
        return self.joiner.membership.extended_pan_id is not None

    @property
    def joined(self) -> bool:
        """Whether it is on the network, with the network key."""
        return self.joiner.state in JOINED

    @property
    def nwk_address(self) -> NwkAddress | None:
        """Its short address while it is on the network."""
        return self.stack.nwk_address if self.joined else None

    @property
    def parent(self) -> Eui64 | None:
        """The device through which it is on the network."""
        return self.stack.parent if self.joined else None

    @property
    def link_key_origin(self) -> KeyOrigin | None:
        """Where the link key shared with the trust centre comes from."""
        return self.stack.link_key_origin(self.joiner.membership.trust_centre)

    @property
    def suite(self) -> int | None:
        """The suite under which that key was agreed."""
        return self.joiner.membership.suite

    @property
    def hub(self) -> Eui64 | None:
        """The hub that gave it the network key."""
        return self.joiner.membership.trust_centre

    @property
    def keys(self) -> Sequence[KnownKey]:
        """Every key it holds."""
        return self.stack.keys

    def first_events(self, *, restored: bool) -> Sequence[object]:
        """A new device learns its preconfigured key; any looks for its network."""
        key = self._about.link_key
        if restored or key is None:
            return (StartJoining(),)
        return (ApsmeSetLinkKeyRequest(NO_EUI64, key), StartJoining())


def _network_care(boot: Boot, settings: StackSettings, stack: Stack) -> tuple[Machine, ...]:
    """What a hub does for its channels, and below 1 GHz for its duty cycle."""
    state, handles = stack.nwk.state, boot.handles
    formation = settings.formation
    channels = {Band.GHZ_2_4: formation.channels, Band.SUB_GHZ: formation.sub_ghz_channels}
    agility = FrequencyAgility(settings.agility, channels, state.nib, handles)
    if Band.SUB_GHZ not in boot.description.bands:
        return (agility,)
    endpoint = boot.description.asking_endpoint
    return (agility, SubGhzServer(endpoint, settings.sub_ghz, state.neighbours, handles))


def _member_care(boot: Boot, settings: StackSettings, stack: Stack) -> tuple[Machine, ...]:
    """What a device does for the network: report failures, or stop when it is told to."""
    if Band.SUB_GHZ in boot.description.bands:
        endpoint = boot.description.asking_endpoint
        return (SubGhzClient(endpoint, settings.sub_ghz.server_endpoint, boot.handles),)
    if not _routes(boot):
        return ()
    joiner, nib = settings.joiner, stack.nwk.state.nib
    return (FailureReport(joiner.channels, settings.agility, nib, boot.handles),)


def _display(boot: Boot, settings: StackSettings, stack: Stack) -> Applications:
    """What reads the supplies of the home, in a display."""
    about = boot.description
    if not about.shows_home:
        return Applications()
    endpoint = about.endpoints[0].endpoint
    display = HomeDisplay(endpoint, settings.display, stack.addresses, boot.handles)
    return Applications((display,), {"display": display})


def _channels(boot: Boot, settings: JoinerSettings) -> tuple[Channel, ...]:
    below = Band.SUB_GHZ in boot.description.bands
    return settings.sub_ghz_channels if below else settings.channels


def _routes(boot: Boot) -> bool:
    return boot.description.device_type is DeviceType.ROUTER
