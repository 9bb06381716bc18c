"""Published templates changed anywhere, brought to the services: each is answered."""

from dataclasses import replace

import pytest
from lxml import etree

from emulator.dcc.service_request import Endpoint
from emulator.kernel.streams import Stream, Streams
from emulator.lab.serving.front import Front, Reply
from emulator.lab.serving.loop_line import LoopLine
from emulator.testing.scenes.dcc_scene import DccScene
from emulator.testing.scenes.duis_scene import desk, duis_folder
from tests.lab.serving.served import scene

WORDS = (
    b"",
    b"<",
    b">",
    b"&",
    b"\x00",
    b"-1",
    b"99999999999999999999",
    b"1",
    b"true",
    b"2026-01-05T00:00:00Z",
    b"9999-99-99",
    b"\xc3\xa9",
    b"<sr:DeviceID/>",
    b"<!DOCTYPE a>",
    b"5.1",
)
SUPPLIER = b"90-B3-D5-1F-30-01-00-00"


def changed(octets: bytes, stream: Stream) -> bytes:
    """A document with one to three places changed, or one value replaced by another."""
    for _ in range(stream.integer(1, 3)):
        place = stream.integer(0, len(octets))
        word = WORDS[stream.integer(0, len(WORDS) - 1)]
        if stream.integer(0, 2):
            start = octets.find(b">", place) + 1
            end = octets.find(b"<", start)
            octets = octets[:start] + word + octets[end:] if end > start else octets
        else:
            octets = octets[:place] + word + octets[place + stream.integer(0, 12) :]
    return octets


def brought(made: DccScene, count: int) -> dict[str, int]:
    """Bring so many documents, and count the answers by their code or status."""
    stream = Streams(1).stream("hostile", "documents")
    line = LoopLine()
    front = Front(made.dcc, made.scheduler, replace(desk(made.keys), require_signature=False), line)
    ours = "-".join(f"{each:02X}" for each in made.dcc.user("supplier").eui64.to_bytes(8, "big"))
    folder = duis_folder() / "templates"
    templates = [
        path.read_bytes().replace(SUPPLIER, ours.encode()) for path in sorted(folder.glob("*.XML"))
    ]
    found: dict[str, int] = {}
    for number in range(count):
        octets = templates[number % len(templates)].replace(b":1000<", b":%d<" % (5000 + number))
        endpoint = tuple(Endpoint)[stream.integer(0, 2)]
        taken = front.take(changed(octets, stream), endpoint)
        if not isinstance(taken, Reply):
            line.receive(line.read())
            taken = taken.result(0)
        code = str(taken.status)
        if taken.document:
            code = str(etree.fromstring(taken.document).findtext(".//{*}ResponseCode"))
        found[code] = found.get(code, 0) + 1
    line.close()
    return found


def test_every_changed_template_is_answered() -> None:
    found = brought(scene(), 600)

    assert sum(found.values()) == 600
    assert found.keys() <= {"400", "413"} | {code for code in found if code[0] in "EIW"}
    assert found["400"]
    assert len(found) > 4


@pytest.mark.slow
def test_a_hundred_thousand_changed_templates_are_answered() -> None:
    found = brought(scene(), 100_000)

    assert sum(found.values()) == 100_000
    assert found.keys() <= {"400", "413"} | {code for code in found if code[0] in "EIW"}
