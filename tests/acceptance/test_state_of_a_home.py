"""What a commissioned home knows outlives a loss of power, and the end of a run."""

from pathlib import Path

import pytest

from emulator.dcc.facts import CommandSent
from emulator.dlms.access import AccessResponse
from emulator.equipment.primitives import FromWan
from emulator.gbcs.envelope import Message
from emulator.gbcs.payload import decode_payload
from emulator.gbcs.protection.refusal import Rule
from emulator.gbcs_device.facts import CommandRefused
from emulator.lab.home.home import has_agreed_key
from emulator.lab.installing.installation import Ask, Installation
from emulator.lab.laboratory import LabOptions
from emulator.testing.scenes.installed_homes import installed_home

SHIPMENT = Path(__file__).parents[1] / "data/shipments/dual-fuel.csv"
ASKED = {
    "6.2.7": {},
    "8.9": {},
    "6.24.1": {"RemotePartyRole": "Supplier"},
}
"""What tells the supply point, the device log and the credentials of a meter, by its request."""


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the home of this module keeps what it knows."""
    return tmp_path_factory.mktemp("state")


@pytest.fixture(scope="module")
def work(state: Path) -> Installation:
    """A hub, an electricity meter and its display."""
    return installed_home(SHIPMENT, "ESME", "PPMID", options=LabOptions(state=state))


def test_a_meter_knows_after_a_loss_of_power_what_it_knew(work: Installation) -> None:
    before = told(work)

    cycle_power(work)

    assert told(work) == before


def test_a_command_from_before_a_loss_of_power_is_not_taken_again(work: Installation) -> None:
    meter = work.home.device("ESME")
    sent = [fact for _, fact in work.lab.trace.of(CommandSent)]
    (old,) = (fact for fact in sent if fact.srv == "6.20.1")

    cycle_power(work)
    work.home.hub.post(FromWan(old.octets))
    work.lab.run("1 min")

    *_, (_, refused) = work.lab.trace.of(CommandRefused, meter.name)
    assert refused.rule == Rule.COUNTER.value
    assert refused.counter == Message.decode(old.octets).counter


def test_a_later_run_goes_on_with_the_home_of_an_earlier_one(
    work: Installation, state: Path
) -> None:
    before = told(work)
    work.lab.save_state()

    later = installed_home(SHIPMENT, "ESME", "PPMID", options=LabOptions(state=state, seed=2))

    assert told(later) == before
    assert later.side.status(later.home.device("ESME").description.eui64) == "Commissioned"


def cycle_power(work: Installation) -> None:
    """The meter is without power for a minute, and comes back."""
    meter = work.home.device("ESME")
    meter.power_off()
    work.lab.run("1 min")
    meter.power_on()
    step = work.lab.step("the meter is back", "")
    step.until(lambda: has_agreed_key(meter), within="5 min")
    work.lab.run("1 min")


def told(work: Installation) -> list[object]:
    """What the meter says of itself."""
    meter = work.home.device("ESME").description.eui64
    return [
        said(work, Ask(srv=srv, clause="", target=meter, parameters=parameters))
        for srv, parameters in ASKED.items()
    ]


def said(work: Installation, asked: Ask) -> object:
    response = work.ask(f"request {asked.srv}", asked)
    assert response is not None
    assert response.message is not None
    payload = decode_payload(Message.decode(response.message))
    return payload.data if isinstance(payload, AccessResponse) else payload
