"""The laboratory: one air, one clock, and the home that a scenario is about.

A scenario takes the home of its shipment (`lab.home()`), does things in named steps, and waits for
what must follow. Everything that reaches a file is in the trace, the capture and the steps.
"""

from collections.abc import Sequence
from dataclasses import fields, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from emulator.crypto.cbke import Suite
from emulator.crypto.install_code import InstallCode
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Streams
from emulator.kernel.trace import Record, Trace
from emulator.kernel.units import format_duration, parse_duration, seconds
from emulator.lab.chart_recorder import ChartRecorder
from emulator.lab.device_factory import GB_SUITES, DeviceFactory, Difference
from emulator.lab.home import Home, names_for
from emulator.lab.home_radios import BandCaptures, HomeRadios
from emulator.lab.laboratory import LabOptions, ProgressListener
from emulator.lab.last_moment import calendar_after, keep_moment
from emulator.lab.message_recorder import MessageRecorder
from emulator.lab.radios.lines import LineHost
from emulator.lab.radios.outside import Outside, by_device
from emulator.lab.radios.real_radios import RealRadios
from emulator.lab.remote_settings import remote_rooms
from emulator.lab.result import ChartRow, DeviceRow, LinkKeyState, Picture, Step, StepMessage
from emulator.lab.shipment import Shipment, ShipmentDevice
from emulator.lab.site_air import SiteAir
from emulator.lab.state_files import save_state
from emulator.lab.step_builder import StepBuilder
from emulator.radio.bands import Band
from emulator.radio.key_file import key_file
from emulator.radio.links import AdjustableLinks
from emulator.smart_energy.device import SmartEnergyDevice, Surroundings
from emulator.smart_energy.facts import InterviewEnded, JoinState, KeyEstablished
from emulator.smart_energy.stack_settings import StackSettings, rooms
from emulator.zigbee.aps.primitives import ApsmeSetLinkKeyRequest, KeyOrigin
from emulator.zigbee.nwk.primitives import NlmeSetKeyRequest

if TYPE_CHECKING:
    from emulator.equipment.request import RemoteParties
    from emulator.lab.remote_side import RemoteSide

_KEY_STATES: Final = {
    None: LinkKeyState.NONE,
    KeyOrigin.PRECONFIGURED: LinkKeyState.PRECONFIGURED,
    KeyOrigin.CBKE: LinkKeyState.CBKE,
    KeyOrigin.HASHED: LinkKeyState.PRECONFIGURED,
    KeyOrigin.APPLICATION: LinkKeyState.NONE,
    KeyOrigin.HISTORIC: LinkKeyState.NONE,
}


class Lab:
    """The emulated laboratory of one run.

    Args:
        shipment: the devices there are, and what the trust centre is told of them.
        options: seed, overrides, state folder.
    """

    def __init__(self, shipment: Shipment, options: LabOptions) -> None:
        self.shipment = shipment
        self.options = options
        self._outside = Outside(options.speed, options.replay)
        self.scheduler = Scheduler(self._outside.pace)
        self.streams = Streams(options.seed)
        self.trace = Trace()
        self.calendar = calendar_after(options.state)
        self.settings = self._settings()
        self.site = SiteAir(self.settings, self.scheduler, self.streams)
        self.air, self.inputs = self.site.air, self.site.inputs
        self.notes: list[str] = []
        self.steps: list[Step] = []
        self.pictures: list[Picture] = []
        self.progress: ProgressListener | None = None
        self._names = names_for(shipment.devices)
        self._hub_name = self._names[shipment.hub.eui64]
        self._recorder = ChartRecorder(self._names)
        self._messages = MessageRecorder(self._names, shipment.install_codes)
        self.radios = HomeRadios(self.air, self.scheduler, self.streams, self.settings)
        self._captures = BandCaptures(self.air, self.calendar, self._hub_name, self.settings)
        self.air.listen(self._recorder.observe)
        self._home: Home | None = None
        self._remote: RemoteSide | None = None
        self._dongles = self._real_radios()
        self._captures.heard_outside = lambda: self._dongles.rss
        for pair in combinations(self._dongles.real, 2):
            self.links.set_rss(*pair, None)  # they hear each other on the real air
        self._factory = DeviceFactory(self._names, options, self.settings, self._surroundings())
        self.interviews: set[tuple[str, int]] = set()
        self.trace.listen(self._note_interview)

    # What a scenario uses

    @property
    def links(self) -> AdjustableLinks:
        """Who hears whom: as the air has it, and what a scenario says of single pairs."""
        return self.site.links

    def kinds(self) -> tuple[str, ...]:
        """The name of every device, the hub's first."""
        return tuple(
            self._names[line.eui64] for line in (self.shipment.hub, *self.shipment.joining)
        )

    def needs_joiners(self, count: int) -> None:
        """Refuse a shipment with fewer joining devices than the scenario is about.

        Raises:
            UsageError: when there are fewer.
        """
        there = len(self.shipment.joining)
        if there < count:
            what = "a joining device" if count == 1 else f"{count} joining devices or more"
            raise UsageError(f"this scenario needs {what}; the shipment has {there}")

    def home_needs(self, *kinds: str) -> None:
        """Refuse a shipment without the devices that the scenario is about.

        Raises:
            UsageError: when one is missing.
        """
        there = {line.type for line in self.shipment.devices}
        missing = [kind for kind in kinds if kind not in there]
        if missing:
            wanted = " and ".join(missing)
            raise UsageError(f"this scenario needs {wanted}; the shipment has none")

    def first_joiner(self) -> str:
        """The name of the first device that joins."""
        return self.kinds()[1]

    def last_joiner(self) -> str:
        """The name of the last device that joins."""
        return self.kinds()[-1]

    def agreed_suites(self) -> set[int]:
        """The suites under which link keys were agreed so far."""
        return {fact.suite for _, fact in self.trace.of(KeyEstablished)}

    def differ(
        self,
        name: str,
        *,
        install_code: InstallCode | None = None,
        foreign_certificate: bool = False,
        suites: Sequence[Suite] = GB_SUITES,
        bands: Sequence[Band] = (),
    ) -> None:
        """Let the device of that name, or all of that type, really be other than its papers say.

        What `--set` says of a device weighs more. Called before `home`.
        """
        difference = Difference(install_code, foreign_certificate, tuple(suites), tuple(bands))
        self._factory.differ(name, difference)

    def home(self) -> Home:
        """The home of the shipment, every device without power; always the same one."""
        if self._home is None:
            self._home = self._build()
        return self._home

    def remote_side(self) -> "RemoteSide":
        """The DCC, its users and the SM WAN; asked for before the home, whose devices know them.

        Raises:
            UsageError: when the home is there already.
        """
        if self._remote is None:
            from emulator.lab.remote_side import open_remote_side  # noqa: PLC0415 - only who asks pays

            if self._home is not None:
                raise UsageError("ask for the remote side before the home")
            self._remote = open_remote_side(
                self.shipment,
                self._surroundings(),
                self._messages,
                self._names,
                self.options,
            )
            self._factory.remote = self._remote.remote_parties
        return self._remote

    def know(self, remote_parties: "RemoteParties") -> None:
        """Let devices know these remote parties, where no DCC is played; before the home.

        Raises:
            UsageError: when the home is there already.
        """
        if self._home is not None:
            raise UsageError("tell of remote parties before the home")
        self._factory.remote = remote_parties

    def another(self, line: ShipmentDevice, gas_proxy: Eui64 | None = None) -> SmartEnergyDevice:
        """A device that is not in the shipment, as a hub that is to replace another."""
        alike = [name for name in self._names.values() if name.split()[0] == line.type]
        self._names[line.eui64] = f"{line.type} {len(alike) + 1}" if alike else line.type
        return self._device(line, gas_proxy)

    def step(self, name: str, clause: str = "") -> StepBuilder:
        """A step of the scenario, beginning now."""
        return StepBuilder(self, name, clause, self.scheduler.now)

    def picture(self, title: str, svg: str, caption: str = "") -> None:
        """Put a picture into the report, after those put there before.

        Args:
            title: what it shows, in a few words.
            svg: the SVG document, complete in itself: nothing in it is fetched or run.
            caption: how to read it.
        """
        self.pictures.append(Picture(title, svg, caption))

    def run(self, for_: str) -> None:
        """Let time pass, written like "2 h"."""
        self.scheduler.run(self.scheduler.after(parse_duration(for_), _nothing).when)

    def where(self, device: SmartEnergyDevice) -> str:
        """How far a device has come, in words."""
        for record, fact in reversed(list(self.trace.of(JoinState, device.name))):
            since = format_duration(self.scheduler.now - record.at)
            reason = f" ({fact.reason})" if fact.reason else ""
            return f"{fact.state.lower().replace('_', ' ')}{reason} for {since}"
        return "not started" if device.powered else "without power"

    def address_of(self, device: SmartEnergyDevice) -> str:
        """Where a device is on the network, in words."""
        if device.nwk_address is None:
            return ""
        return f"0x{device.nwk_address:04X}, parent {self._parent(device) or 'unknown'}"

    def suite_of(self, device: SmartEnergyDevice) -> str:
        """The suite of a device's last key establishment, in words."""
        return "" if device.suite is None else f"suite {device.suite}"

    def has_real_radio(self, device: SmartEnergyDevice) -> bool:
        """Whether a device stands on the real air, where devices may be that are not emulated."""
        return device.name in self._dongles.real

    def out_of_reach(self, one: SmartEnergyDevice, other: SmartEnergyDevice) -> None:
        """From now on these two do not hear each other."""
        self.links.set_rss(one.name, other.name, None)

    def in_reach(self, one: SmartEnergyDevice, other: SmartEnergyDevice) -> None:
        """From now on these two hear each other as neighbours in one home do."""
        self.links.forget_rss(one.name, other.name)

    def report_progress(self, doing: str) -> None:
        """Tell whoever watches what is going on."""
        if self.progress is not None:
            self.progress(doing, self.scheduler.now)

    def take_messages(self) -> tuple[StepMessage, ...]:
        """What crossed the wide area network since this was last asked."""
        return self._messages.take()

    # What a run asks for

    def device_rows(self) -> tuple[DeviceRow, ...]:
        """Every device as it is now; CHF and GPF are the hub."""
        if self._home is None:
            return ()
        home = self._home
        joiners = (self._row(device) for device in home.joiners)
        hub = self._row(home.hub)
        proxy = self.shipment.gas_proxy.eui64
        status = self._smi_status(proxy)
        gpf = replace(hub, eui64=proxy, name="GPF", type="GPF", smi_status=status)
        return (hub, gpf, *joiners)

    def chart(self) -> tuple[ChartRow, ...]:
        """Every transmission, dissected."""
        return self._recorder.rows()

    def keep_only(self, last: int) -> None:
        """Keep of the air no more than the last transmissions: for homes that run for days.

        The capture ends here; so does the trace, whose facts are told to listeners only.
        """
        self._recorder.keep_only(last)
        self.air.stop_listening(self._captures.observe)
        self.trace.stop_keeping()

    def capture(self) -> bytes:
        """Every transmission at 2.4 GHz as pcapng, with the keys that open it."""
        return self._captures.document(Band.GHZ_2_4, self._recorder.keys.capture_keys())

    def second_capture(self) -> bytes:
        """Every transmission below 1 GHz as pcapng; empty where no radio is there."""
        if not (self._captures.frames(Band.SUB_GHZ) or self._below_1_ghz()):
            return b""
        return self._captures.document(Band.SUB_GHZ, self._recorder.keys.capture_keys())

    def key_file(self) -> str:
        """The keys as Wireshark's `zigbee_pc_keys`."""
        return key_file(self._recorder.keys.capture_keys())

    def frames(self) -> int:
        """How many frames were transmitted."""
        return self.air.frames + self._dongles.frames

    def radio_seconds(self) -> float:
        """How long some transmitter was on."""
        return self.air.radio_time / seconds(1)

    def unverified(self) -> tuple[str, ...]:
        """The settings this run relied on that no source proves."""
        beyond = () if self._remote is None else self._remote.unverified
        return (*self.settings.unverified(), *beyond)

    def recording(self) -> str:
        """What came in from outside, as a file to replay; empty when nothing could."""
        return self._outside.recording()

    @property
    def lines(self) -> LineHost:
        """Where lines of this run are opened."""
        return self._outside.lines

    def release(self) -> None:
        """Let go of real radios; how far time fell behind becomes a note."""
        self._outside.release(self.notes.append)

    def save_state(self) -> None:
        """Keep what the devices keep, where the run was given a folder for it."""
        if self.options.state is None or self._home is None:
            return
        for device in self._home:
            save_state(self.options.state, device.description.eui64, device.snapshot())
        if self._remote is not None:
            self._remote.save(self.options.state)
        keep_moment(self.options.state, self.calendar.moment(self.scheduler.now))

    # How it is made

    def _settings(self) -> StackSettings:
        usual = StackSettings()
        overrides = self.options.overrides
        changed: dict[str, Any] = {
            room.name: overrides.applied(room.name, getattr(usual, room.name))
            for room in fields(usual)
        }
        return StackSettings(**changed)

    def _surroundings(self) -> Surroundings:
        return replace(self._inside(), radio=self._dongles.radio)

    def _inside(self) -> Surroundings:
        """Where devices are whose radios are all simulated."""
        return Surroundings(
            self.scheduler,
            self.streams,
            self.trace,
            self.calendar,
            self.radios.make,
            self.radios.make_second,
        )

    def _real_radios(self) -> RealRadios:
        urls = by_device(self.options.radios, self._names, self.shipment.hub.eui64)
        radios = RealRadios(urls, self._inside(), self._outside, self.notes.append)
        return radios.open(self.radios.settings, (self._captures.observe, self._recorder.observe))

    def _build(self) -> Home:
        self.site.check(self.kinds())
        hub = self._device(self.shipment.hub, self.shipment.gas_proxy.eui64)
        joiners = tuple(self._device(line) for line in self.shipment.joining)
        return Home(hub, joiners, self.shipment)

    def _device(self, line: ShipmentDevice, gas_proxy: Eui64 | None = None) -> SmartEnergyDevice:
        device = self._factory.build(line, gas_proxy)
        self._watch_keys(device)
        if gas_proxy is not None and self._remote is not None:
            self._remote.attach(device)
        return device

    def _watch_keys(self, device: SmartEnergyDevice) -> None:
        keys = self._recorder.keys
        own = device.description.eui64

        def link_key(request: ApsmeSetLinkKeyRequest) -> None:
            joiner = request.eui64 if request.eui64 in self._names else own
            joiner = own if joiner == self.shipment.hub.eui64 else joiner
            if request.key is not None:
                label = f"{self._names[joiner]} {request.origin.value} link key"
                keys.add_link_key(request.key, joiner, label, request.origin)

        def network_key(request: NlmeSetKeyRequest) -> None:
            keys.add_network_key(request.key, request.sequence)

        device.observe((ApsmeSetLinkKeyRequest,), link_key)
        device.observe((NlmeSetKeyRequest,), network_key)

    def _note_interview(self, record: Record) -> None:
        if isinstance(record.fact, InterviewEnded) and record.fact.complete:
            self.interviews.add((record.node, record.fact.partner))

    def _below_1_ghz(self) -> bool:
        return self._home is not None and any(
            Band.SUB_GHZ in device.description.bands for device in self._home
        )

    def _row(self, device: SmartEnergyDevice) -> DeviceRow:
        about = device.description
        state = _KEY_STATES[device.link_key_origin] if device.joined else LinkKeyState.NONE
        return DeviceRow(
            eui64=about.eui64,
            name=device.name,
            type=about.kind,
            nwk=device.nwk_address if device.joined else None,
            joined=device.joined,
            link_key=state,
            suite=device.suite if state is LinkKeyState.CBKE else None,
            smi_status=self._smi_status(about.eui64),
            parent=self._parent(device),
            sleepy=about.sleepy,
        )

    def _smi_status(self, eui64: Eui64) -> str | None:
        return None if self._remote is None else self._remote.status(eui64)

    def _parent(self, device: SmartEnergyDevice) -> str | None:
        parent = device.parent if device.joined else None
        return None if parent is None else self._names.get(parent)


ROOMS: Final = {**rooms(), **remote_rooms()}
"""The settings dataclass of each room that a run can change."""


def _nothing() -> None:
    """What happens at the end of a time that only passes."""
