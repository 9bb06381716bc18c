"""What an event came to: one JSON document, one page, and a table for a terminal."""

from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any, Final

from emulator.bench.interoperability.event import NO_CERTIFICATION, Event, Met
from emulator.kernel.identity import format_eui64
from emulator.lab.kept.result import Verdict

SCHEMA_VERSION: Final = 1
_GRAVEST_FIRST: Final = (Verdict.ERROR, Verdict.FAIL, Verdict.INCONCLUSIVE, Verdict.PASS)


def overall(results: Sequence[Met]) -> Verdict:
    """The gravest verdict; inconclusive where nothing could be tried."""
    there = {each.verdict for each in results}
    return next((each for each in _GRAVEST_FIRST if each in there), Verdict.INCONCLUSIVE)


def counts(results: Sequence[Met]) -> Mapping[str, int]:
    """How often each verdict came."""
    return dict(Counter(each.verdict.value for each in results))


def event_document(event: Event, results: Sequence[Met]) -> dict[str, Any]:
    """The report as one JSON document."""
    return {
        "schema_version": SCHEMA_VERSION,
        "hanlab_version": version("hanlab"),
        "event": event.name,
        "certification": NO_CERTIFICATION,
        "source": event.source,
        "seed": event.seed,
        "sets": [
            {
                "name": each.name,
                "shipment": each.shipment.path,
                "devices": [
                    {
                        "type": device.type,
                        "eui64": format_eui64(device.eui64),
                        "manufacturer": device.manufacturer,
                        "model": device.model,
                        "firmware": device.firmware,
                    }
                    for device in each.shipment.devices
                ],
            }
            for each in event.sets
        ],
        "verdict": overall(results).value,
        "counts": counts(results),
        "meetings": [_row(each) for each in results],
    }


def event_page(event: Event, results: Sequence[Met]) -> str:
    """The report as one page of HTML, which needs nothing beside it."""
    from jinja2 import Environment, PackageLoader  # noqa: PLC0415 - only who writes a page pays

    pages = Environment(
        loader=PackageLoader("emulator.bench.interoperability", "templates"), autoescape=True
    )
    return pages.get_template("event.html.j2").render(
        event=event,
        statement=NO_CERTIFICATION,
        verdict=overall(results).value,
        counts=counts(results),
        rows=[_row(each) for each in results],
    )


def _row(met: Met) -> dict[str, Any]:
    meeting = met.meeting
    return {
        "name": meeting.name,
        "activity": meeting.activity.value,
        "roles": list(meeting.roles),
        "first": meeting.first.name,
        "second": meeting.second.name,
        "hub_variant": "" if meeting.variant is None else meeting.variant.name,
        "verdict": met.verdict.value,
        "steps": met.steps,
        "detail": met.detail,
    }
