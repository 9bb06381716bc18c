"""A display below 1 GHz talks too much: the hub suspends it, then everybody, then falls silent."""

from emulator.kernel.trace import Record
from emulator.kernel.units import Instant, parse_duration, seconds
from emulator.lab.installing.commissioning import commission, read_again
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.lab.report.duty_picture import Sample, duty_picture
from emulator.radio.bands import BOTH_BANDS, Band
from emulator.radio.port import DutyMode
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.smart_energy.facts import ClientSuspended, DutyCycleAction, MessagesSuspended
from emulator.smart_energy.primitives import StartInterview
from emulator.zcl.facts import MessageWithheld
from emulator.zigbee.addresses import COORDINATOR
from emulator.zigbee.mac.facts import DutyCycleMode

SOURCES = (Source("R22", "Annex D"), Source("ZSE 1.4", "Annex D, 0x070B"))
TAGS = ("radio", "dual-band", "duty-cycle")
SHIPMENT = "dual-fuel.csv"
BELOW = ("GSME", "IHD", "CAD")
"""The devices that are below 1 GHz."""


class Watch:
    """Samples the hub's air time, and lets a device talk without a pause."""

    def __init__(self, lab: Lab, hub: SmartEnergyDevice) -> None:
        self.samples: list[Sample] = []
        self._lab = lab
        self._hub = hub
        self._radio = lab.radios.of(hub.name)[1]
        self.mode = DutyMode.NORMAL
        self.suspended: set[int] = set()
        lab.trace.listen(self._note)

    def sample(self) -> None:
        """Take note of the air time now."""
        now: Instant = self._lab.scheduler.now
        self.samples.append((now, self._radio.air_time))

    def spend(self, length: str) -> None:
        """Let air time have been used, as by messages of the last minutes."""
        self.sample()
        self._radio.spend(parse_duration(length))
        self.sample()

    def talk(self, talker: SmartEnergyDevice) -> None:
        """Have a device read the hub."""
        partner = self._hub.description.eui64
        self._lab.interviews.discard((talker.name, partner))
        talker.post(StartInterview(partner, COORDINATOR, talker.description.readings))
        self.sample()

    def _note(self, record: Record) -> None:
        """The mode the hub is in, and whom it suspended so far."""
        if record.node != self._hub.name:
            return
        if isinstance(record.fact, DutyCycleMode):
            self.mode = DutyMode[record.fact.mode]
        elif isinstance(record.fact, ClientSuspended):
            self.suspended.add(record.fact.nwk_address)


def run(lab: Lab) -> None:
    """54 s limit the hub, 75 s are critical, and an hour later all is well again."""
    lab.home_needs(*BELOW)
    lab.differ("CHF", bands=BOTH_BANDS)
    for kind in BELOW:
        lab.differ(kind, bands=(Band.SUB_GHZ,))
    home = lab.home()
    hub, ihd = home.hub, home.device("IHD")
    commission(lab, home)
    watch = Watch(lab, hub)
    limits = lab.settings.duty_cycle
    reach(lab, watch, ihd, DutyMode.LIMITED, limits.limited / seconds(1))
    lab.step("the most talkative device is suspended", "ZSE 1.4 Annex D").until(
        lambda: watch.suspended == {ihd.nwk_address}, within="10 s"
    )
    lab.step("it holds back what it would send", "ZSE 1.4 Annex D").do(
        lambda: watch.talk(ihd)
    ).until(
        lambda: (
            any(lab.trace.of(MessagesSuspended, ihd.name))
            and any(lab.trace.of(MessageWithheld, ihd.name))
        ),
        within="30 s",
    )
    read_again(lab, home, home.device("CAD"))
    reach(lab, watch, home.device("CAD"), DutyMode.CRITICAL, limits.critical / seconds(1))
    lab.step("every device below 1 GHz is suspended", "ZSE 1.4 Annex D").until(
        lambda: watch.suspended == {home.device(kind).nwk_address for kind in BELOW},
        within="10 s",
    )
    read_again(lab, home, home.device("ESME"))
    for _ in range(14):
        lab.step("five minutes pass", "R22 Annex D").do(watch.sample).run("5 min")
    watch.sample()
    lab.step("the hour is over: the hub may send again", "R22 Annex D").expect(
        lambda: watch.mode is DutyMode.NORMAL
    )
    codes = [f"{fact.alert_code:04X}" for _, fact in lab.trace.of(DutyCycleAction, hub.name)]
    lab.step("the hub told of every change", "RTDS 4.5 alert codes").expect(
        lambda: codes == ["8F20", "8F22", "8F23", "8F21"], ", ".join(codes)
    )
    for kind in ("IHD", "CAD"):
        read_again(lab, home, home.device(kind), within="20 min")
    title = "Air time of the hub below 1 GHz"
    caption = "Earlier air time is counted at once; five minutes of it are forgotten at a time."
    lab.picture(title, duty_picture(watch.samples, limits, 28), caption)


def reach(lab: Lab, watch: Watch, talker: SmartEnergyDevice, mode: DutyMode, limit: float) -> None:
    """The hub has used nearly all of a limit, and a device talks until it is over it."""
    used = watch.samples[-1][1] / seconds(1) if watch.samples else 0.0
    watch.spend(f"{limit - used - 3:.3f} s")
    step = lab.step(f"{talker.name} talks until the hub is {mode.name.lower()}", "R22 Annex D")

    def talked() -> bool:
        if watch.mode is not mode and _idle(lab, talker):
            watch.talk(talker)
        return watch.mode is mode

    step.until(talked, within="30 min", detail=lambda: f"{watch.samples[-1][1] / seconds(1):.1f} s")


def _idle(lab: Lab, talker: SmartEnergyDevice) -> bool:
    """Whether a device has read all that it was to read."""
    return any(name == talker.name for name, _ in lab.interviews)
