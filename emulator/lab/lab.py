"""The laboratory: one air, one clock, and the home that a scenario is about.

A scenario takes the home of its shipment (`lab.home()`), does things in named steps, and waits for
what must follow. Everything that reaches a file is in the trace, the capture and the steps.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Final

from emulator.alt_han.bridge.settings import bridge_rooms
from emulator.crypto.cbke import Suite
from emulator.crypto.install_code import InstallCode
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64, format_eui64
from emulator.kernel.units import parse_duration, seconds
from emulator.lab.home.device_factory import GB_SUITES, DeviceFactory, Difference
from emulator.lab.home.device_state import parent_of, progress_of, row_of
from emulator.lab.home.home import Home
from emulator.lab.home.key_watch import watch_keys
from emulator.lab.inputs.remote_settings import remote_rooms
from emulator.lab.kept.last_moment import keep_moment
from emulator.lab.kept.result import ChartRow, DeviceRow, Picture, StepMessage
from emulator.lab.kept.state_files import save_state
from emulator.lab.laboratory import LabOptions, ProgressListener
from emulator.lab.radios.outside import by_device
from emulator.lab.radios.real_radios import RealRadios
from emulator.lab.shipments.device_names import names_for, next_name
from emulator.lab.shipments.shipment import Shipment, ShipmentDevice
from emulator.lab.steps.step_builder import StepBuilder
from emulator.lab.world.world import World
from emulator.radio.bands import Band
from emulator.radio.key_file import key_file
from emulator.radio.links import AdjustableLinks
from emulator.smart_energy.device import SmartEnergyDevice, Surroundings
from emulator.smart_energy.facts import KeyEstablished
from emulator.smart_energy.stack_settings import rooms

if TYPE_CHECKING:
    from emulator.equipment.request import RemoteParties
    from emulator.lab.world.remote_side import RemoteSide


class Lab:
    """The emulated laboratory of one home.

    Args:
        shipment: the devices there are, and what the trust centre is told of them.
        options: seed, overrides, state folder.
        world: where it stands; None for one of its own.
        dwelling: whose home it is, where several stand in one world; names begin with it.
    """

    def __init__(
        self,
        shipment: Shipment,
        options: LabOptions,
        world: World | None = None,
        dwelling: str = "",
    ) -> None:
        self.shipment = shipment
        self.options = options
        self.world = world = World(options) if world is None else world
        self.scheduler, self.streams, self.trace = world.scheduler, world.streams, world.trace
        self.calendar, self.settings, self.radios = world.calendar, world.settings, world.radios
        self.site, self.air, self.inputs = world.site, world.site.air, world.site.inputs
        self.notes, self.steps, self.pictures = world.notes, world.steps, world.pictures
        self.interviews = world.interviews
        self.progress: ProgressListener | None = None
        self.draw_home: Callable[[Lab], None] | None = None
        """Puts what is to be seen of the home in the end among the pictures."""
        self._dwelling = dwelling
        self._beside: list[Lab] = []
        self._names = world.names
        self._names.update(names_for(shipment.devices, dwelling))
        self._hub_name = self._names[shipment.hub.eui64]
        self._messages = world.messages
        self._messages.conceal(shipment.install_codes)
        self._captures = world.captures(self._hub_name)
        self._home: Home | None = None
        self._remote: RemoteSide | None = None
        self._dongles = self._real_radios()
        if self._dongles.hub is not None:
            self.shipment = shipment.with_hub(self._dongles.hub.identity)
            self._names[self.shipment.hub.eui64] = self._hub_name
        if self._dongles.real:
            self._captures.heard_outside = lambda: self._dongles.rss
        for pair in combinations(self._dongles.real, 2):
            self.links.set_rss(*pair, None)  # they hear each other on the real air
        self._factory = DeviceFactory(self._names, options, self.settings, self._surroundings())

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

    def differ(  # noqa: PLR0913 - each way to differ by its name
        self,
        name: str,
        *,
        install_code: InstallCode | None = None,
        foreign_certificate: bool = False,
        expired_certificate: bool = False,
        suites: Sequence[Suite] = GB_SUITES,
        bands: Sequence[Band] = (),
    ) -> None:
        """Let the device of that name, or all of that type, really be other than its papers say.

        What `--set` says of a device weighs more. Called before `home`.
        """
        difference = Difference(
            install_code, foreign_certificate, expired_certificate, tuple(suites), tuple(bands)
        )
        self._factory.differ(name, difference)

    def home(self) -> Home:
        """The home of the shipment, every device without power; always the same one."""
        if self._home is None:
            self._home = self._build()
        return self._home

    def remote_side(self, *others: Shipment) -> "RemoteSide":
        """The DCC, its users and the SM WAN; asked for before the home, whose devices know them.

        Args:
            others: shipments of homes beside this one that it serves as well.

        Raises:
            UsageError: when the home is there already.
        """
        if self._remote is None:
            from emulator.lab.world.remote_side import open_remote_side  # noqa: PLC0415 - only who asks pays

            if self._home is not None:
                raise UsageError("ask for the remote side before the home")
            lines = [line for each in (self.shipment, *others) for line in each.devices]
            around, told = self._surroundings(), self._messages
            self._remote = open_remote_side(lines, around, told, self._names, self.options)
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

    def beside(
        self,
        shipment: Shipment,
        dwelling: str,
        served_by: "RemoteSide | None" = None,
        *,
        far_away: bool = False,
    ) -> "Lab":
        """The laboratory of another home in the same world: its time, its air, its report.

        Args:
            shipment: of that home, with EUI-64s that no other home has.
            dwelling: whose home it is; names begin with it.
            served_by: the remote side that knows its devices; None for none, or one of its own.
            far_away: whether it has an air of its own.

        Raises:
            UsageError: when a device is in another home already.
        """
        taken = [format_eui64(each.eui64) for each in shipment.devices if each.eui64 in self._names]
        if taken:
            raise UsageError(*(f"{dwelling}: {each} is in another home" for each in taken))
        options = replace(self.options, radios={}, state=None)
        other = Lab(shipment, options, self.world.far_away() if far_away else self.world, dwelling)
        other.progress = self.progress
        if served_by is not None:
            other._remote = served_by
            other.know(served_by.remote_parties)
        self._beside.append(other)
        return other

    def another(self, line: ShipmentDevice, gas_proxy: Eui64 | None = None) -> SmartEnergyDevice:
        """A device that is not in the shipment, as a hub that is to replace another."""
        self._names[line.eui64] = next_name(self._names.values(), line.type, self._dwelling)
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
        self.scheduler.run(self.scheduler.after(parse_duration(for_), lambda: None).when)

    def where(self, device: SmartEnergyDevice) -> str:
        """How far a device has come, in words."""
        return progress_of(device, self.trace, self.scheduler.now)

    def address_of(self, device: SmartEnergyDevice) -> str:
        """Where a device is on the network, in words."""
        if device.nwk_address is None:
            return ""
        return f"0x{device.nwk_address:04X}, parent {parent_of(device, self._names) or 'unknown'}"

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

    def take_messages(self, most: int | None = None) -> tuple[StepMessage, ...]:
        """What crossed the wide area network since this was last asked; no more than so many."""
        return self._messages.take(most)

    # What a run asks for

    def device_rows(self) -> tuple[DeviceRow, ...]:
        """Every device of every home as it is now; CHF and GPF are the hub."""
        beside = tuple(row for other in self._beside for row in other.device_rows())
        if self._home is None:
            return beside
        rows = ((each, self._smi_status(each.description.eui64)) for each in self._home)
        hub, *joiners = (row_of(each, self._names, status) for each, status in rows)
        proxy = self.shipment.gas_proxy.eui64
        status = self._smi_status(proxy)
        gpf = replace(hub, eui64=proxy, name=self._names[proxy], type="GPF", smi_status=status)
        return (hub, gpf, *joiners, *beside)

    def chart(self) -> tuple[ChartRow, ...]:
        """Every transmission, dissected."""
        return self.world.recorder.rows()

    def keep_only(self, last: int) -> None:
        """Keep of the air no more than the last transmissions: for homes that run for days.

        The capture ends here; so does the trace, whose facts are told to listeners only.
        """
        self.world.keep_only(last)
        if self._remote is not None:
            self._remote.dcc.mailbox.keep_only(last)

    def capture(self) -> bytes:
        """Every transmission at 2.4 GHz as pcapng, with the keys that open it."""
        return self._captures.document(Band.GHZ_2_4, self.world.recorder.keys.capture_keys())

    def second_capture(self) -> bytes:
        """Every transmission below 1 GHz as pcapng; empty where no radio is there."""
        if not (self._captures.frames(Band.SUB_GHZ) or self._below_1_ghz()):
            return b""
        return self._captures.document(Band.SUB_GHZ, self.world.recorder.keys.capture_keys())

    def key_file(self) -> str:
        """The keys as Wireshark's `zigbee_pc_keys`."""
        return key_file(self.world.recorder.keys.capture_keys())

    def frames(self) -> int:
        """How many frames were transmitted."""
        return self.air.frames + self._dongles.frames

    def radio_seconds(self) -> float:
        """How long some transmitter was on."""
        return self.air.radio_time / seconds(1)

    def unverified(self) -> tuple[str, ...]:
        """The settings this run relied on that no source proves."""
        beyond = () if self._remote is None else self._remote.unverified
        beside = (name for other in self._beside for name in other.unverified())
        return tuple(dict.fromkeys((*self.settings.unverified(), *beyond, *beside)))

    def recording(self) -> str:
        """What came in from outside, as a file to replay; empty when nothing could."""
        return self.world.outside.recording()

    def picture_home(self) -> None:
        """Put what meters measured and displays show among the pictures, where there is any."""
        if self._home is not None and self.draw_home is not None:
            self.draw_home(self)

    def release(self) -> None:
        """Let go of real radios; how far time fell behind becomes a note."""
        self.world.outside.release(self.notes.append)

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

    def _surroundings(self) -> Surroundings:
        return replace(self.world.surroundings(), radio=self._dongles.radio)

    def _real_radios(self) -> RealRadios:
        urls = by_device(self.options.radios, self._names, self.shipment.hub.eui64)
        world = self.world
        radios = RealRadios(urls, world.surroundings(), world.outside, self.notes.append)
        return radios.open(self.radios.settings, (self._captures.observe, world.recorder.observe))

    def _build(self) -> Home:
        self.site.check(self.kinds())
        hub = self._device(self.shipment.hub, self.shipment.gas_proxy.eui64)
        if self._dongles.hub is not None:
            self._dongles.hub.take_over(hub)
        joiners = tuple(self._device(line) for line in self.shipment.joining)
        return Home(hub, joiners, self.shipment)

    def _device(self, line: ShipmentDevice, gas_proxy: Eui64 | None = None) -> SmartEnergyDevice:
        device = self._factory.build(line, gas_proxy)
        watch_keys(device, self.world.recorder.keys, self._names, self.shipment.hub.eui64)
        if gas_proxy is not None and self._remote is not None:
            self._remote.attach(device)
        return device

    def _below_1_ghz(self) -> bool:
        return self._home is not None and any(
            Band.SUB_GHZ in device.description.bands for device in self._home
        )

    def _smi_status(self, eui64: Eui64) -> str | None:
        return None if self._remote is None else self._remote.status(eui64)


ROOMS: Final = {**rooms(), **remote_rooms(), **bridge_rooms()}
"""The settings dataclass of each room that a run can change."""
