"""What an opened case needs."""

import base64
from dataclasses import replace

from emulator.bench.campaigns.results import CaseResult
from emulator.bench.report.case_chunks import CHUNK, case_chunks
from emulator.testing.scenes.bench_results import finished_campaign

BARE = CaseResult(device="m", case="ESME/0027/ECS17b/success", repeat=0, clause="", verdict="pass")


def failed() -> CaseResult:
    _, results = finished_campaign()
    return next(each for each in results if each.verdict == "fail")


def test_trees_keep_depth_and_what_differs() -> None:
    ((_, chunk),) = case_chunks([failed()])
    texts = chunk["texts"]

    told = [
        (depth, texts[label], texts[value], differs)
        for depth, label, value, differs in chunk["cases"][0]["expected"]
    ]

    assert told[:2] == [(0, "device", "", 0), (1, "responses", "0", 1)]


def test_messages_are_decoded_and_keep_their_octets() -> None:
    result = failed()
    ((_, chunk),) = case_chunks([result])
    chart = chunk["cases"][0]["chart"]

    assert chart["names"] == ["bench", "ESME"]
    assert (chart["source"], chart["destination"]) == ([0, 1], [1, 0])
    octets = b"".join(bytes.fromhex(each["octets"]) for each in result.messages)
    assert base64.b64decode(chart["psdu"]) == octets
    detail = [chunk["texts"][line] for line in chart["detail"][0]]
    assert detail[0].startswith("message: command of ECS17b")
    assert chunk["texts"][chart["secured"][0]] == "MAC"


def test_frames_stand_among_the_messages_in_order_of_time() -> None:
    result = failed()
    at = result.messages[0]["at"]
    frame = {
        "at": at + 1,
        "from": "hub",
        "to": "*",
        "label": "Beacon",
        "layer": "mac",
        "security": "",
        "psdu": "0080",
    }
    late = {**result.messages[1], "at": at + 2}
    moved = replace(result, frames=(frame,), messages=(result.messages[0], late))

    ((_, chunk),) = case_chunks([moved])

    chart = chunk["cases"][0]["chart"]
    assert chart["whole"] == [1, 0, 1]
    assert chart["destination"][1] == -1
    assert chart["names"] == ["bench", "CHF", "ESME", "hub"]


def test_acknowledgement_frames_have_a_layer_of_their_own() -> None:
    frame = {"at": 0, "from": "ESME", "to": "CHF", "label": "Ack", "layer": "mac", "security": ""}

    ((_, chunk),) = case_chunks([replace(BARE, frames=({**frame, "psdu": "02002f4d6c"},))])

    assert chunk["layers"][chunk["cases"][0]["chart"]["layer"][0]] == "ack"


def test_octets_that_are_no_message_have_no_lines() -> None:
    odd = {"at": 0, "to": "bench", "octets": "00ff", "says": "2 octets that are no message"}

    ((_, chunk),) = case_chunks([replace(BARE, messages=(odd,))])

    assert chunk["cases"][0]["chart"]["detail"] == [[]]


def test_a_piece_without_anything_to_open_is_left_out() -> None:
    results = [*[BARE] * CHUNK, replace(BARE, again="hanlab bench run")]

    ((place, chunk),) = case_chunks(results)

    assert place == 1
    assert list(chunk["cases"]) == [CHUNK]
    assert list(case_chunks([])) == []
