"""The steps by which an installer and a supplier bring a home to the DCC (SEC App. AC 4, GBCS)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from emulator.dcc.dcc import RequestPlan
from emulator.dcc.service_request import Acknowledgement, ServiceResponse
from emulator.kernel.identity import Eui64
from emulator.lab.home.home import Home
from emulator.lab.installing.commissioning import finish_joining
from emulator.lab.lab import Lab
from emulator.lab.world.remote_side import RemoteSide
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.smart_energy.mirror.facts import MirrorReady
from emulator.smart_energy.primitives import FormNetwork

JOIN_TIME = 600
"""Seconds for which a hub is told to let a device join: an attended visit (one supplier's use)."""
COMMISSIONED = "Commissioned"
INSTALLED = "InstalledNotCommissioned"
NO_ANSWER = ("E20", "E21")
"""The device cannot be reached, or does not answer (DUIS response codes)."""
NEXT_WAKE = "75 min"
"""Until a gas meter, which wakes every half hour, has fetched a message and answered.

On a crowded air it may give up fetching once, and does it when it wakes again.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A service request of a scenario.

    Args:
        srv: service reference variant.
        clause: where the rule stands that it exercises.
        target: the device; None for requests that are for none.
        parameters: by the names of DUIS or of the command's values.
        user: by name; the supplier of the installation unless told.
        within: how long the device may take.
    """

    srv: str
    clause: str
    target: Eui64 | None = None
    parameters: Mapping[str, object] = field(default_factory=dict)
    user: str = ""
    within: str = "2 min"


@dataclass(frozen=True, slots=True)
class Installation:
    """What people do on the day of an installation, and afterwards.

    Args:
        lab: where the steps are told.
        side: the DCC.
        home: what is installed.
        supplier: the user who installs.
        join_time: seconds for which the hub is told to let a device join.
    """

    lab: Lab
    side: RemoteSide
    home: Home
    supplier: str = "supplier"
    join_time: int = JOIN_TIME

    @property
    def hub(self) -> Eui64:
        """The CHF."""
        return self.home.hub.description.eui64

    @property
    def gas_proxy(self) -> Eui64:
        """The GPF."""
        return self.home.shipment.gas_proxy.eui64

    # Requests

    def send(self, asked: Ask) -> Acknowledgement:
        """Send a request, outside any step; the DCC's answer at once."""
        plan = RequestPlan(asked.srv, asked.target, asked.parameters)
        return self.side.dcc.ask(asked.user or self.supplier, plan)

    def ask(self, name: str, asked: Ask) -> ServiceResponse | None:
        """A step in which a request is accepted and, where it is for a device, carried out."""
        step = self.lab.step(name, asked.clause)
        answer = self.send(asked)
        if not answer.accepted or asked.target is None:
            step.expect(lambda: answer.accepted, told(answer))
            return None

        def response() -> ServiceResponse | None:
            return self.side.dcc.mailbox.response(answer.request_id)

        def carried_out() -> bool:
            found = response()
            return found is not None and found.successful

        step.until(
            carried_out,
            within=asked.within,
            detail=lambda: said(response()),
            otherwise=lambda: said(response()),
        )
        return response()

    def refused(self, name: str, asked: Ask, code: str) -> None:
        """A step in which the DCC refuses a request with the code it must."""
        step = self.lab.step(name, asked.clause)
        answer = self.send(asked)
        step.expect(lambda: answer.code == code, told(answer))

    def unanswered(self, name: str, asked: Ask) -> None:
        """A step in which the DCC takes a request on, and gives up waiting for the device."""
        step = self.lab.step(name, asked.clause)
        answer = self.send(asked)

        def ended() -> bool:
            return self.side.dcc.mailbox.response(answer.request_id) is not None

        def failed() -> str:
            return said(self.side.dcc.mailbox.response(answer.request_id))

        if answer.accepted:
            step.until(ended, within="2 d", detail=failed, otherwise=failed)
            step = self.lab.step(f"{name}: nothing was carried out", asked.clause)
        response = self.side.dcc.mailbox.response(answer.request_id)
        gave_up = response is not None and response.code in NO_ANSWER
        step.expect(lambda: gave_up, told(answer) if response is None else said(response))

    # The day

    def pre_notify_hub(self) -> None:
        """The hub and its gas proxy function are listed before the hub is fitted (SRV 12.2)."""
        line = self.home.shipment.hub
        details = {
            "DeviceID": line.eui64,
            "DeviceType": "CHF",
            "AssociatedGPFDeviceID": self.gas_proxy,
            "DeviceManufacturer": line.manufacturer,
            "DeviceModel": line.model,
            "FirmwareVersion": line.firmware,
        }
        asked = Ask(srv="12.2", clause="DUIS 5.4 SRV 12.2", parameters=details)
        self.ask("the hub is pre-notified, with its gas proxy", asked)

    def pre_notify(self, *devices: SmartEnergyDevice) -> None:
        """The supplier tells the DCC of devices it is going to install (SRV 12.2)."""
        for device in devices:
            line = self.home.shipped(device)
            details = {
                "DeviceID": line.eui64,
                "DeviceType": line.type,
                "DeviceManufacturer": line.manufacturer,
                "DeviceModel": line.model,
                "FirmwareVersion": line.firmware,
            }
            asked = Ask(srv="12.2", clause="DUIS 5.4 SRV 12.2", parameters=details)
            self.ask(f"{device.name} is pre-notified", asked)

    def associate(self, meter: SmartEnergyDevice) -> None:
        """The inventory is told the supply point that a meter measures (SRV 8.4)."""
        line = self.home.shipped(meter)
        told_of = {"DeviceID": line.eui64, "UpdateMPxN": {"ImportMPxN": line.mpxn}}
        asked = Ask(srv="8.4", clause="DUIS 5.4 SRV 8.4", parameters=told_of)
        self.ask(f"the inventory is told the supply point of {meter.name}", asked)

    def fit_hub(self, *, covered: bool = True) -> None:
        """The hub is fitted: it has power, forms its network, and looks for the SM WAN."""
        hub = self.home.hub
        step = self.lab.step("the hub is fitted and forms its network", "R22 3.6.1.1")
        step.do(hub.power_on).do(lambda: hub.post(FormNetwork()))
        step.do(lambda: self.side.connect(hub, covered=covered))
        step.until(lambda: hub.joined, within="1 min")

    def report_hub(self) -> None:
        """The hub is on the SM WAN, and its installation reported (SRV 8.14.1)."""
        self.await_status(self.hub, COMMISSIONED, "the hub is heard on the SM WAN")
        details = {"DeviceID": self.hub, "CHFInstallType": "New"}
        asked = Ask(srv="8.14.1", clause="DUIS 5.4 SRV 8.14.1", parameters=details)
        self.ask("the hub's installation is reported", asked)

    def await_status(self, eui64: Eui64, status: str, name: str, clause: str = "SEC H") -> None:
        """A step that waits until the inventory gives a device a status."""

        def now() -> str:
            return f"SMI status {self.side.status(eui64)}"

        self.lab.step(name, clause).until(
            lambda: self.side.status(eui64) == status, within="2 min", detail=now, otherwise=now
        )

    def log(self, device: SmartEnergyDevice, code: bytes | None = None) -> None:
        """The supplier has a device added to the hub's device log (SRV 8.11, CCS01).

        Args:
            device: which.
            code: the install code that the supplier believes it has; None for the right one.
        """
        line = self.home.shipped(device)
        shipped = b"" if line.install_code is None else line.install_code.octets
        details: dict[str, object] = {
            "DeviceID": line.eui64,
            "InstallCode": shipped if code is None else code,
            "JoinTimePeriod": self.join_time,
            "RequestType": "Add",
        }
        if line.mpxn:
            details["ImportMPxN"] = line.mpxn
        asked = Ask(srv="8.11", clause="GBCS CCS01", target=self.hub, parameters=details)
        self.ask(f"{device.name} is added to the hub's device log", asked)

    def join_network(self, device: SmartEnergyDevice, within: str = "5 min") -> None:
        """A logged device gets power and joins; the hub's backup tells the DCC of its key."""
        eui64 = device.description.eui64
        device.power_on()
        finish_joining(self.lab, self.home, device, within)
        if sleeps(device):
            self.lab.step(f"{device.name} has its mirror at the hub", "GBCS 10.2.2").until(
                lambda: any(self.lab.trace.of(MirrorReady, device.name)), within="2 min"
            )
        if self.side.status(eui64) is not None:
            name = f"the DCC learns that {device.name} is installed"
            self.await_status(eui64, INSTALLED, name, "GBCS CS14")

    def install(self, device: SmartEnergyDevice, within: str = "5 min") -> None:
        """A device is added to the log and joins."""
        self.log(device)
        self.join_network(device, within)

    def commission(self, meter: SmartEnergyDevice, user: str = "") -> None:
        """The Responsible Supplier commissions a meter (SRV 8.1.1)."""
        self.ask(f"{meter.name} is commissioned", to_commission(meter, user))
        name = f"{meter.name} counts as commissioned"
        self.await_status(meter.description.eui64, COMMISSIONED, name, "SEC App. AC 4.13")

    def set_mpxn(self, meter: SmartEnergyDevice) -> None:
        """As soon as practicable the meter is told its MPAN or MPRN (SRV 6.20.1)."""
        asked = self.to_set_mpxn(meter)
        (name,) = asked.parameters
        self.ask(f"{meter.name} is told its {name[-4:]}", asked)

    def to_set_mpxn(self, meter: SmartEnergyDevice) -> Ask:
        """What tells a meter its MPAN or MPRN."""
        line = self.home.shipped(meter)
        name = "ImportMPAN" if line.type == "ESME" else "ImportMPRN"
        return Ask(
            srv="6.20.1",
            clause="SEC App. AC 4.14",
            target=line.eui64,
            parameters={name: line.mpxn},
            within=patience(meter),
        )

    def join(self, target: Eui64, other: Eui64, srv: str, clause: str) -> None:
        """A device takes another into its device log (SRV 8.7.1, 8.7.2)."""
        name = f"{self.name(target)} takes {self.name(other)} into its device log"
        self.ask(name, self.to_join(target, other, srv, clause))

    def to_join(self, target: Eui64, other: Eui64, srv: str, clause: str) -> Ask:
        """What lets a device take another into its device log."""
        asleep = target in {each.description.eui64 for each in self.home.joiners if sleeps(each)}
        return Ask(
            srv=srv,
            clause=clause,
            target=target,
            parameters={"OtherDeviceID": other},
            within=NEXT_WAKE if asleep else "2 min",
        )

    def unjoin(self, target: Eui64, other: Eui64, srv: str) -> None:
        """A device takes another out of its device log (SRV 8.8.1, 8.8.2)."""
        name = f"{self.name(target)} takes {self.name(other)} out of its device log"
        other_device = {"OtherDeviceID": other}
        asked = Ask(srv=srv, clause="GBCS CS04", target=target, parameters=other_device)
        self.ask(name, asked)

    def remove(self, device: SmartEnergyDevice) -> None:
        """The hub takes a device out of its device log (SRV 8.11, CCS02)."""
        told_of = {"DeviceID": device.description.eui64, "RequestType": "Remove"}
        asked = Ask(srv="8.11", clause="GBCS CCS02", target=self.hub, parameters=told_of)
        self.ask(f"{device.name} is removed from the hub's device log", asked)

    def decommission(self, device: SmartEnergyDevice) -> None:
        """The DCC is told that a device is in use no more (SRV 8.3)."""
        eui64 = device.description.eui64
        clause = "DUIS 5.4 SRV 8.3"
        asked = Ask(srv="8.3", clause=clause, parameters={"DeviceID": eui64})
        self.ask(f"{device.name} is decommissioned", asked)
        self.await_status(eui64, "Decommissioned", f"{device.name} counts as such", clause)

    def find(self, kind: str) -> Eui64 | None:
        """The first device of a type, None when the home has none."""
        found = (each.description for each in self.home.joiners)
        return next((each.eui64 for each in found if each.kind == kind), None)

    def name(self, eui64: Eui64) -> str:
        """What a device is called."""
        return self.side.names.get(eui64, "GPF")


def to_commission(meter: SmartEnergyDevice, user: str = "") -> Ask:
    """What commissions a meter (SRV 8.1.1)."""
    return Ask(
        srv="8.1.1",
        clause="SEC App. AC 4.11 to 4.13",
        target=meter.description.eui64,
        user=user,
        within=patience(meter),
    )


def patience(device: SmartEnergyDevice) -> str:
    """How long a device may take to answer."""
    return NEXT_WAKE if sleeps(device) else "2 min"


def sleeps(device: SmartEnergyDevice) -> bool:
    """Whether a device sleeps between polls."""
    return device.description.sleepy


def told(answer: Acknowledgement) -> str:
    """A DCC's answer in words."""
    reason = f": {answer.reason}" if answer.reason else ""
    clause = f" ({answer.clause})" if answer.clause else ""
    return f"{answer.code}{reason}{clause}"


def said(response: ServiceResponse | None) -> str:
    """A service response in words."""
    if response is None:
        return "no response"
    how = "carried out" if response.successful else "not carried out"
    return f"{response.code}, {how}" + (f": {response.reason}" if response.reason else "")
