"""A gas meter gets its tariff; the proxy in the hub listens, and tells the same."""

from pathlib import Path

import pytest

from emulator.gbcs.envelope import Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.gbz_component import GbzComponent
from emulator.gbcs_device.gbz.proxy.tap_off import TappedOff
from emulator.kernel.identity import Eui64
from emulator.lab.installing.installation import NEXT_WAKE, Ask, Installation
from emulator.testing.judges.capture_judge import judge_capture
from emulator.testing.judges.judges import require
from emulator.testing.judges.reference_data import SHARED_VARIABLE, shared_folder
from emulator.testing.scenes.installed_homes import installed_home
from emulator.testing.served.duis_requests import request_templates

SHIPMENT = Path(__file__).parents[1] / "data/shipments/dual-fuel.csv"
TARIFF = "GCS01a_1.1.1_IMMEDIATE_TOU_SUCCESS_REQUEST_DUIS.XML"
GCS01A, GCS23 = 0x006B, 0x007C


@pytest.fixture(scope="module")
def work() -> Installation:
    """A hub and a gas meter."""
    return installed_home(SHIPMENT, "GSME")


def test_the_proxy_answers_with_the_tariff_that_the_meter_took(work: Installation) -> None:
    gsme = meter(work)
    before = told_tariff(work, work.gas_proxy)

    ask(work, "1.1.1", gsme, tariff())

    after = told_tariff(work, work.gas_proxy)
    assert after != before
    assert after == told_tariff(work, gsme)
    assert taken(work)[-1].message_code == GCS01A


def test_the_proxy_takes_the_calorific_value_over(work: Installation) -> None:
    ask(work, "6.6", meter(work), {"CalorificValue": "39.5", "ConversionFactor": "1.03"})

    assert (taken(work)[-1].message_code, taken(work)[-1].refused) == (GCS23, "")


def test_the_proxy_has_what_it_heard_after_a_power_cycle(work: Installation) -> None:
    gsme, hub = meter(work), work.home.hub
    ask(work, "1.1.1", gsme, tariff())
    before = told_tariff(work, work.gas_proxy)

    hub.power_off()
    work.lab.run("10 s")
    hub.power_on()
    work.lab.run("1 min")

    assert told_tariff(work, work.gas_proxy) == before
    heard = len(taken(work))
    ask(work, "6.6", gsme, {"CalorificValue": "40.0", "ConversionFactor": "1.02"})
    assert len(taken(work)) == heard + 1


def test_wireshark_reads_all_of_it(work: Installation, tmp_path: Path) -> None:
    judged = judge_capture(tmp_path, work.lab.capture(), work.lab.key_file())

    assert judged.ok, judged


def meter(work: Installation) -> Eui64:
    return work.home.device("GSME").description.eui64


def tariff() -> dict[str, object]:
    """The tariff of a published request."""
    folder = shared_folder() / "duis" / "templates"
    require("DUIS templates", folder.exists(), f"set {SHARED_VARIABLE}")
    (template,) = (each for each in request_templates(folder) if each.name == TARIFF)
    return dict(template.parameters)


def ask(work: Installation, srv: str, target: Eui64, parameters: dict[str, object]) -> Message:
    """The device's answer to a request that is carried out."""
    asked = Ask(srv=srv, clause="GBCS", target=target, parameters=parameters, within=NEXT_WAKE)
    response = work.ask(f"request {srv}", asked)
    assert response is not None
    assert response.message is not None
    return Message.decode(response.message)


def told_tariff(work: Installation, target: Eui64) -> tuple[GbzComponent, ...]:
    """What a device tells of its tariff, but for the last part, which tells when it was asked."""
    answer = ask(work, "4.11.1", target, {})
    return tuple(GbzPayload.decode(answer.payload, answer.cra).components[:-1])


def taken(work: Installation) -> list[TappedOff]:
    """What the proxy took over so far."""
    return [fact for _, fact in work.lab.trace.of(TappedOff)]
