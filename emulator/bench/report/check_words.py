"""What each check tries, in a sentence."""

from collections.abc import Mapping
from typing import Final

from emulator.bench.cases.checks import Check

_WORDS: Final[Mapping[Check, str]] = {
    Check.SUCCESS: "the command is sent as it should be",
    Check.ROLE: "it comes from a party whose role may not send it",
    Check.STRANGER: "it comes from a party that the device does not know",
    Check.REPLAYED: "it comes a second time, octet for octet",
    Check.EQUAL_COUNTER: "another command comes under the counter of the last",
    Check.LOWER_COUNTER: "another command comes under a counter below the last",
    Check.COUNTER_AFTER_POWER_LOSS: "it comes again after the device was without power",
    Check.WRONG_SIGNATURE: "one bit of the signature is another",
    Check.WRONG_MAC: "one bit of the MAC is another",
    Check.WRONG_CERTIFICATE: "it is protected with keys of parties other than those it names",
    Check.WRONG_RECIPIENT: "it is for another device",
    Check.FUTURE_DATED: "it waits for its date, is then carried out, and an alert tells so",
    Check.CANCELLED: "a second command takes back what waits",
    Check.PAST: "its date is over already",
    Check.ITEM_FAILS: "one of its items is made to fail",
    Check.TRUNCATED: "its last octet is missing",
    Check.OVER_LONG: "its payload has one octet too many",
    Check.IN_BLOCKS: "it comes in blocks",
    Check.WHILE_ASLEEP: "it and a second one come while the device sleeps",
    Check.ALERT: "it is carried out, and the alert that is due then comes",
}


def check_words(check: str) -> str:
    """What a check tries; the name itself of a check that is not the bench's own."""
    return {each.value: words for each, words in _WORDS.items()}.get(check, check)
