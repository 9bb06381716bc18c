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
    Check.SENSITIVE: "what is sensitive in the answer is encrypted",
    Check.ANSWER_PROTECTED: "the answer is protected as its use case asks",
    Check.ANSWER_TIME: "the answer tells the device's time, and it is right",
    Check.IN_TIME: "the answer does not take longer than it may",
    Check.AFTER_FAILED_ITEM: "nothing after an item that fails is done, and the answer says so",
    Check.VALUE_TYPES: "values that are read have the types of their attributes",
    Check.SCALER: "a register tells the scaler and the unit that it has",
    Check.READ_BACK: "what one command writes, another reads",
    Check.VALUE_AFTER_POWER_LOSS: "what was written is there after the device was without power",
    Check.REFUSED_UNCOUNTED: "a command that is refused uses up no counter",
    Check.OTHER_PARTY_COUNTER: "the counter of one party does not bind another",
    Check.RECOVERS: "after octets that are no message the device goes on",
    Check.ON_DATE: "what waits is carried out at its date, neither before nor long after",
    Check.DATED_ALERT: "the alert of what waited names the command",
    Check.DATED_AFTER_POWER_LOSS: "what waits still waits after the device was without power",
    Check.ALERT_ONCE: "one event leads to one alert",
    Check.ALERT_PROTECTED: "an alert is protected as its use case asks",
    Check.ALERT_RECIPIENT: "an alert goes to the party that it is for",
    Check.ALERT_COUNTER: "the device's own counter rises with every alert",
    Check.ALERT_COUNTER_AFTER_POWER_LOSS: "it goes on rising after the device was without power",
    Check.ALERT_TIME: "an alert tells when it was made",
    Check.CLOCK_AFTER_A_DAY: "a day later the device still knows the time",
    Check.CLOCK_IN_WINDOW: "the device takes the hub's time that lies in the window, and trusts it",
    Check.CLOCK_OUTSIDE_WINDOW: "it does not trust its time when the hub's lies outside the window",
    Check.FOREIGN_CERTIFICATE: "a certificate that leads to another root gets into no cell",
    Check.CERTIFICATES_AFTER_POWER_LOSS: "replaced certificates stay replaced without power",
    Check.OTHER_IMAGE: "firmware is activated only under its own hash",
    Check.LOG_AFTER_POWER_LOSS: "the device log outlives a loss of power",
    Check.JOINS: "the device gets the network key under the key of its install code",
    Check.AGREES_KEY: "it agrees a link key with the hub under its own certificate",
    Check.COMES_BACK: "it is on the network again after it was without power",
    Check.FRAME_COUNTER: "its frame counter goes on rising after it was without power",
    Check.OUTLIVES_HUB: "it is on the network again after the hub was without power",
    Check.KEEPS_ALIVE: "it asks the trust centre from time to time whether it is there",
    Check.SLEEPS: "a device on battery does not keep its radio busy",
    Check.FETCHES: "a device on battery fetches its messages every half hour",
    Check.FETCHES_ALL: "it fetches every message that waits when it is awake",
    Check.MIRROR_FRESH: "a gas meter reports to its mirror every half hour",
}


def check_words(check: str) -> str:
    """What a check tries; the name itself of a check that is not the bench's own."""
    return {each.value: words for each, words in _WORDS.items()}.get(check, check)
