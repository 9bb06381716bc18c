"""By which case each defect is caught, and which clause that case names."""

from dataclasses import dataclass
from importlib.metadata import entry_points
from types import MappingProxyType
from typing import Final

from emulator.bench.running.arrival import trial
from emulator.bench.running.benched_home import Reach
from emulator.bench.running.judgement import Judged
from emulator.testing.scenes.bench_scene import case_named, on_test


@dataclass(frozen=True, slots=True)
class Caught:
    """How a defect is caught.

    Args:
        case: its name.
        field: the beginning of what differs.
        clause: the beginning of the clause.
        reach: over the network, or at the application.
    """

    case: str
    field: str
    clause: str
    reach: Reach = Reach.DEVICE

    def on(self, defect: str = "") -> Judged:
        """What comes of the case on a device with this defect; on a good one without."""
        case = case_named(self.case)
        return trial(on_test(case.kind, reach=self.reach, defect=defect), case)


_READ, _SET, _GAS = "ESME/0027/ECS17b", "ESME/001A/ECS02", "GSME/0074/GCS13a"
_FIRST, _GAS_FIRST = "ESME/0013/CS07", "GSME/0013/CS07"
_WRITE = "ESME/0046/ECS30"
_HAN: Final = Reach.HAN

CAUGHT: Final = MappingProxyType(
    {
        "mac-unchecked": Caught(f"{_READ}/wrong-mac", "response", "GBCS 6.2.4, MAC"),
        "signature-unchecked": Caught(
            f"{_SET}/wrong-signature", "response", "GBCS 6.2.4, signature"
        ),
        "certificate-unchecked": Caught(
            f"{_SET}/wrong-certificate", "response", "GBCS 6.2.4, certificates"
        ),
        "recipient-unchecked": Caught(
            f"{_READ}/wrong-recipient", "response", "GBCS 6.2.4, recipient"
        ),
        "authority-unchecked": Caught(
            f"{_SET}/role/NETWORK_OPERATOR", "response", "GBCS 6.2.4, authority"
        ),
        "stranger-unchecked": Caught(f"{_SET}/stranger", "response", "GBCS 6.2.4, known party"),
        "format-unchecked": Caught(f"{_READ}/over-long", "response", "GBCS 7.2, format"),
        "trust-anchor-unchecked": Caught(
            "ESME/0102/CS02b/foreign-certificate", "replacement 0", "GBCS 13.3, certification path"
        ),
        "image-hash-unchecked": Caught(
            "ESME/0012/CS06/other-image", "response code", "GBCS 11.2, hash of an image"
        ),
        "garbage-hangs": Caught(f"{_FIRST}/recovers", "response", "GBCS 6.2.4, goes on"),
        "counter-unchecked": Caught(f"{_SET}/replayed", "response", "GBCS 4.3.1, replay"),
        "equal-counter-accepted": Caught(
            f"{_SET}/equal-counter", "response", "GBCS 4.3.1, equal counter"
        ),
        "lower-counter-accepted": Caught(
            f"{_SET}/lower-counter", "response", "GBCS 4.3.1, lower counter"
        ),
        "refused-counts": Caught(f"{_SET}/refused-uncounted", "response", "GBCS 4.3.1, refused"),
        "one-counter-for-all": Caught(
            "ESME/000E/CS03B/other-party-counter", "response", "GBCS 4.3.1, a counter for each role"
        ),
        "counter-lost": Caught(
            f"{_SET}/counter-after-power-loss", "response", "GBCS 4.3.1, counters outlive power"
        ),
        "alert-counter-lost": Caught(
            f"{_FIRST}/alert-counter-after-power-loss", "counter", "GBCS 4.3.1, own counter"
        ),
        "writes-nothing": Caught(f"{_WRITE}/read-back", "value", "GBCS use-case annex, objects"),
        "values-lost": Caught(
            f"{_WRITE}/value-after-power-loss", "value", "SMETS2 5.4, stored data"
        ),
        "certificates-lost": Caught(
            "ESME/0102/CS02b/certificates-after-power-loss", "response", "GBCS 13.3, certificates"
        ),
        "log-lost": Caught(
            "ESME/000E/CS03B/log-after-power-loss", "log", "GBCS 13.7, device log outlives power"
        ),
        "dates-lost": Caught(
            f"{_SET}/dated-after-power-loss", "alert", "GBCS 9.2.2, dates outlive power"
        ),
        "never-answers": Caught(f"{_READ}/success", "response", "GBCS 7.2;"),
        "answer-slow": Caught(f"{_FIRST}/in-time", "time", "SEC H13.1, target response time"),
        "answer-twice": Caught(f"{_READ}/success", "response", "GBCS 7.2;"),
        "answer-cut": Caught(f"{_READ}/success", "message", "GBCS 7.2;"),
        "answer-too-long": Caught(f"{_READ}/success", "", "GBCS 7.2;"),
        "answer-mac-wrong": Caught(
            f"{_READ}/answer-protected", "protection", "GBCS 6.2, protection of answers"
        ),
        "answer-signature-wrong": Caught(
            f"{_SET}/answer-protected", "protection", "GBCS 6.2, protection of answers"
        ),
        "answer-counter-wrong": Caught(f"{_READ}/success", "counter", "GBCS 7.2;"),
        "answer-code-wrong": Caught(f"{_READ}/success", "message code", "GBCS 7.2;"),
        "answer-names-another": Caught(f"{_READ}/success", "", "GBCS 7.2;"),
        "answer-to-another": Caught(f"{_READ}/success", "recipient", "GBCS 7.2;"),
        "answer-undated": Caught(f"{_READ}/answer-time", "date-time", "GBCS 7.2.6, date-time"),
        "answer-in-local-time": Caught(
            f"{_READ}/answer-time", "date-time", "GBCS 7.2.6, date-time"
        ),
        "sensitive-in-clear": Caught(f"{_READ}/sensitive", "payload", "GBCS 8.4, sensitive data"),
        "results-reversed": Caught(f"{_SET}/item-fails/0", "item 0", "GBCS 7.2, result of each"),
        "goes-on-after-error": Caught(
            "ESME/0045/ECS29a/after-failed-item/0", "item 1", "GBCS 7.2, items after one that fails"
        ),
        "stops-after-error": Caught(
            "ESME/0045/ECS29a/after-failed-item/0", "items", "GBCS 7.2, items after one that fails"
        ),
        "fault-code-wrong": Caught(f"{_SET}/item-fails/0", "item 0", "GBCS 7.2, result of each"),
        "value-missing": Caught(
            "ESME/0042/ECS27/value-types", "item 0", "GBCS use-case annex, types"
        ),
        "gbz-length-off": Caught(f"{_GAS}/success", "Message.payload", "GBCS 7.2;"),
        "blocks-refused": Caught(f"{_READ}/in-blocks", "response", "GBCS 7.2.11"),
        "alerts-missing": Caught(f"{_FIRST}/alert-once", "alert", "GBCS 16.2, one alert"),
        "alert-twice": Caught(f"{_FIRST}/alert-once", "alert", "GBCS 16.2, one alert"),
        "alert-signature-wrong": Caught(
            f"{_FIRST}/alert-protected", "protection", "GBCS 6.2, protection of alerts"
        ),
        "alert-unsigned": Caught(
            f"{_FIRST}/alert-protected", "protection", "GBCS 6.2, protection of alerts"
        ),
        "alert-to-another": Caught(
            f"{_FIRST}/alert-recipient", "recipient", "GBCS 16.2, recipient"
        ),
        "alert-counter-repeats": Caught(
            f"{_FIRST}/alert-counter", "counter", "GBCS 4.3.1, own counter"
        ),
        "alert-in-local-time": Caught(f"{_FIRST}/alert-time", "time", "GBCS 16.2, time of alerts"),
        "dated-alerts-missing": Caught(f"{_SET}/future-dated", "alert", "GBCS 9.2.2, future dated"),
        "dated-alert-code-wrong": Caught(
            f"{_SET}/future-dated", "alert", "GBCS 9.2.2, future dated"
        ),
        "dated-alert-names-another": Caught(
            f"{_SET}/dated-alert", "counter", "GBCS 16.2, which command waited"
        ),
        "date-early": Caught(f"{_SET}/on-date", "time", "GBCS 9.2.2, at the date"),
        "date-late": Caught(f"{_SET}/on-date", "time", "GBCS 9.2.2, at the date"),
        "cancellation-ignored": Caught(f"{_SET}/cancelled", "alert", "GBCS 9.2.2, cancellation"),
        "clock-drifts": Caught(f"{_FIRST}/clock-after-a-day", "time", "GBCS 9.1, drift"),
        "clock-always-reliable": Caught(
            "ESME/0062/ECS70/clock-outside-window", "status", "GBCS 9.1.3, hub time outside"
        ),
        "clock-never-reliable": Caught(
            "ESME/0062/ECS70/clock-in-window", "status", "GBCS 9.1.3, hub time in"
        ),
        "scaler-wrong": Caught("ESME/0026/ECS17a/scaler", "item", "GBCS use-case annex, scaler"),
        "unit-wrong": Caught("ESME/0026/ECS17a/scaler", "item", "GBCS use-case annex, scaler"),
        "value-type-wrong": Caught(
            "ESME/0026/ECS17a/value-types", "item", "GBCS use-case annex, t"
        ),
        "wrong-object": Caught(
            "ESME/0045/ECS29a/read-back", "value", "GBCS use-case annex, objects"
        ),
        "text-cut": Caught("ESME/004C/ECS39a/read-back", "value", "GBCS use-case annex, objects"),
        "leaves-on-power-loss": Caught(
            f"{_FIRST}/comes-back", "network", "ZSE 1.4 5.5.5, rejoin after a loss of power", _HAN
        ),
        "gives-up-network": Caught(
            f"{_GAS_FIRST}/outlives-hub", "network", "ZSE 1.4 5.5.5, rejoin after a loss of", _HAN
        ),
        "frame-counter-lost": Caught(
            f"{_FIRST}/frame-counter", "frame counter", "R22 4.3.1.2, outgoing frame counter", _HAN
        ),
        "never-sleeps": Caught(f"{_GAS_FIRST}/sleeps", "polls", "ZSE 1.4 5.3, sleepy", _HAN),
        "wakes-seldom": Caught(f"{_GAS_FIRST}/fetches", "time", "GBCS 10.2.2, messages", _HAN),
        "fetches-one": Caught(
            f"{_GAS_FIRST}/fetches-all", "messages", "GBCS 10.2.2.2, messages until", _HAN
        ),
        "keep-alive-missing": Caught(
            f"{_FIRST}/keeps-alive", "keep-alive", "ZSE 1.4 5.4, keep-alive", _HAN
        ),
        "mirror-stale": Caught(f"{_GAS_FIRST}/mirror-fresh", "mirror", "GBCS 10.4.2, mirror", _HAN),
        "install-code-misread": Caught(f"{_FIRST}/joins", "join", "ZSE 1.4 5.4, join with", _HAN),
        "key-pair-wrong": Caught(f"{_FIRST}/agrees-key", "link key", "ZSE 1.4 Annex C", _HAN),
    }
)
"""By the name of the defect."""


def defects_in(theme: str) -> list[str]:
    """The names of the defects in one file."""
    points = entry_points(group="hanlab.defects")
    return sorted({each.name for each in points if each.module == f"devices.faulty.{theme}"})
