"""Devices that are broken on purpose: the case that names the right clause fails."""

import pytest

from emulator.bench.campaigns.campaign import known_cases
from emulator.kernel.extensions import names
from emulator.lab.result import Verdict
from emulator.testing.bench_scene import bench, case_named, tried

ESME_READ, ESME_SET, GSME_READ = "ESME/0027/ECS17b", "ESME/001A/ECS02", "GSME/0074/GCS13a"
CAUGHT = {
    "alerts-missing": (f"{ESME_READ}/role/RECOVERY", "alert", "GBCS 6.2.4, authority"),
    "answer-counter-wrong": (f"{ESME_READ}/success", "counter", "GBCS 7.2;"),
    "answer-mac-wrong": (f"{ESME_READ}/success", "Message.mac", "GBCS 7.2;"),
    "authority-unchecked": (
        f"{ESME_SET}/role/NETWORK_OPERATOR",
        "response",
        "GBCS 6.2.4, authority",
    ),
    "counter-lost": (f"{ESME_SET}/counter-after-power-loss", "response", "GBCS 4.3.1, counters"),
    "counter-unchecked": (f"{ESME_SET}/replayed", "response", "GBCS 4.3.1, replay"),
    "dated-alerts-missing": (f"{ESME_SET}/future-dated", "alert", "GBCS 9.2.2, future dated"),
    "format-unchecked": (f"{ESME_READ}/over-long", "response", "GBCS 7.2, format of the payload"),
    "gbz-length-off": (f"{GSME_READ}/success", "Message.payload", "GBCS 7.2;"),
    "mac-unchecked": (f"{ESME_READ}/wrong-mac", "response", "GBCS 6.2.4, MAC"),
    "never-answers": (f"{ESME_READ}/success", "response", "GBCS 7.2;"),
    "recipient-unchecked": (f"{ESME_READ}/wrong-recipient", "response", "GBCS 6.2.4, recipient"),
    "results-reversed": (f"{ESME_SET}/item-fails/0", "item 0", "GBCS 7.2, result of each item"),
    "signature-unchecked": (f"{ESME_SET}/wrong-signature", "response", "GBCS 6.2.4, signature"),
}
"""By defect: the case that catches it, the field that differs, and the clause it names."""


def test_every_defect_that_is_declared_has_a_case_that_catches_it() -> None:
    assert set(CAUGHT) == set(names("hanlab.defects"))


@pytest.mark.parametrize("defect", CAUGHT)
def test_a_defect_is_caught_by_a_case_that_names_the_right_clause(defect: str) -> None:
    name, field, clause = CAUGHT[defect]

    judged = tried(name, defect=defect)

    assert judged.verdict is Verdict.FAIL
    assert judged.field.startswith(field)
    assert case_named(name).clause.startswith(clause)


@pytest.mark.parametrize("defect", CAUGHT)
def test_the_same_case_passes_on_a_good_device(defect: str) -> None:
    assert tried(CAUGHT[defect][0]).verdict is Verdict.PASS


@pytest.mark.parametrize("defect", ["mac-unchecked", "signature-unchecked", "authority-unchecked"])
def test_a_defect_spoils_nothing_else(defect: str) -> None:
    device = bench(case_named(f"{ESME_SET}/success").kind, defect=defect)
    own = CAUGHT[defect][0].split("/")[3]
    others = [
        each
        for each in known_cases(case_named(f"{ESME_SET}/success").kind).values()
        if each.use_case.code == 0x001A and each.check.value not in (own, "wrong-certificate")
    ]

    failed = [each.name for each in others if device.run(each).verdict is not Verdict.PASS]

    assert failed == []
