from io import StringIO

from rich.console import Console

from emulator.gbcs.message_check import CheckedMessage, Finding
from emulator.gbcs.protection.message_protection import Check, Verification
from emulator.lab.messages.message_report import CheckReport


def report() -> CheckReport:
    """A message without a payload, one that is right, and a file that holds none."""
    made = CheckReport()
    finding = Finding("Message.mac", 42, "MAC: [is not] that of the parties")
    made.add(
        "a.hex",
        CheckedMessage(
            verification=Verification(Check.VALID, Check.INVALID), findings=(finding,), decrypted=2
        ),
    )
    made.add(
        "b.hex",
        CheckedMessage(
            identical=True, verification=Verification(Check.ABSENT, Check.UNCHECKED), undecrypted=1
        ),
    )
    made.refuse("c.hex", "no hexadecimal")
    return made


def test_document_counts_and_lists_what_is_wrong() -> None:
    assert report().document() == {
        "messages": 3,
        "decoded": 0,
        "identical": 1,
        "signatures": {"valid": 1, "invalid": 0, "unchecked": 0},
        "macs": {"valid": 0, "invalid": 1, "unchecked": 1},
        "decrypted": {"ok": 2, "failed": 1},
        "failures": [
            {
                "file": "a.hex",
                "field": "Message.mac",
                "offset": 42,
                "reason": "MAC: [is not] that of the parties",
            },
            {"file": "c.hex", "field": "file", "offset": 0, "reason": "no hexadecimal"},
        ],
    }


def test_report_passes_when_nothing_is_wrong() -> None:
    assert CheckReport().passed
    assert not report().passed


def test_person_reads_the_counts_and_a_line_for_each_failure() -> None:
    screen = StringIO()

    report().print(Console(file=screen, width=100))

    assert "3 messages" in screen.getvalue()
    assert screen.getvalue().splitlines()[-2:] == [
        "failed a.hex: Message.mac at byte 42: MAC: [is not] that of the parties",
        "failed c.hex: file at byte 0: no hexadecimal",
    ]
