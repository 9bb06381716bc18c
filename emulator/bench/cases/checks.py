"""The kinds of checks that a use case gives, and where each rule stands."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final


class Check(Enum):
    """What a case tries."""

    SUCCESS = "success"
    """The command is carried out and answered."""
    ROLE = "role"
    """It comes from a party whose role may not send it."""
    STRANGER = "stranger"
    """It comes from a party that the device does not know."""
    REPLAYED = "replayed"
    """It comes a second time, octet for octet."""
    EQUAL_COUNTER = "equal-counter"
    """Another command comes under the counter of the last."""
    LOWER_COUNTER = "lower-counter"
    """Another command comes under a counter below the last."""
    COUNTER_AFTER_POWER_LOSS = "counter-after-power-loss"
    """It comes a second time after the device was without power."""
    WRONG_SIGNATURE = "wrong-signature"
    """One bit of the signature is another."""
    WRONG_MAC = "wrong-mac"
    """One bit of the MAC is another."""
    WRONG_CERTIFICATE = "wrong-certificate"
    """It is protected with the keys of parties other than those it names."""
    WRONG_RECIPIENT = "wrong-recipient"
    """It is for another device."""
    FUTURE_DATED = "future-dated"
    """It waits for its date, is then carried out, and an alert tells so."""
    CANCELLED = "cancelled"
    """A second command takes back what waits."""
    PAST = "past"
    """Its date is over already."""
    ITEM_FAILS = "item-fails"
    """One of its items is made to fail."""
    TRUNCATED = "truncated"
    """Its last octet is missing."""
    OVER_LONG = "over-long"
    """Its payload has one octet too many."""
    IN_BLOCKS = "in-blocks"
    """It comes in blocks."""
    WHILE_ASLEEP = "while-asleep"
    """It and a second one come while the device sleeps; both are answered in their order."""
    ALERT = "alert"
    """It is carried out, and the alert that is due then comes."""
    SENSITIVE = "sensitive"
    """What is sensitive in the answer is encrypted."""
    ANSWER_PROTECTED = "answer-protected"
    """The answer is protected as its use case asks."""
    ANSWER_TIME = "answer-time"
    """The answer tells the device's time, and it is right."""
    IN_TIME = "in-time"
    """The answer does not take longer than it may."""
    AFTER_FAILED_ITEM = "after-failed-item"
    """Nothing after an item that fails is done, and the answer says so."""
    VALUE_TYPES = "value-types"
    """Values that are read have the types of their attributes."""
    SCALER = "scaler"
    """A register tells the scaler and the unit that it has."""
    READ_BACK = "read-back"
    """What one command writes, another reads."""
    VALUE_AFTER_POWER_LOSS = "value-after-power-loss"
    """What was written is there after the device was without power."""
    REFUSED_UNCOUNTED = "refused-uncounted"
    """A command that is refused uses up no counter."""
    OTHER_PARTY_COUNTER = "other-party-counter"
    """The counter of one party does not bind another."""
    RECOVERS = "recovers"
    """After octets that are no message the device goes on."""
    ON_DATE = "on-date"
    """What waits is carried out at its date, neither before nor long after."""
    DATED_ALERT = "dated-alert"
    """The alert of what waited names the command."""
    DATED_AFTER_POWER_LOSS = "dated-after-power-loss"
    """What waits still waits after the device was without power."""
    ALERT_ONCE = "alert-once"
    """One event leads to one alert."""
    ALERT_PROTECTED = "alert-protected"
    """An alert is protected as its use case asks."""
    ALERT_RECIPIENT = "alert-recipient"
    """An alert goes to the party that it is for."""
    ALERT_COUNTER = "alert-counter"
    """The device's own counter rises with every alert."""
    ALERT_COUNTER_AFTER_POWER_LOSS = "alert-counter-after-power-loss"
    """It goes on rising after the device was without power."""
    ALERT_TIME = "alert-time"
    """An alert tells when it was made."""
    CLOCK_AFTER_A_DAY = "clock-after-a-day"
    """A day later the device still knows the time."""
    CLOCK_IN_WINDOW = "clock-in-window"
    """The device takes the hub's time that lies in the window, and trusts it."""
    CLOCK_OUTSIDE_WINDOW = "clock-outside-window"
    """It does not trust its time when the hub's lies outside the window."""
    FOREIGN_CERTIFICATE = "foreign-certificate"
    """A certificate that does not lead to the root in its cell gets into no cell."""
    CERTIFICATES_AFTER_POWER_LOSS = "certificates-after-power-loss"
    """Certificates that were replaced stay so when the device was without power."""
    OTHER_IMAGE = "other-image"
    """Firmware is activated only under its own hash."""
    LOG_AFTER_POWER_LOSS = "log-after-power-loss"
    """The device log outlives a loss of power."""
    JOINS = "joins"
    """The device gets the network key under the key of its install code."""
    AGREES_KEY = "agrees-key"
    """It agrees a link key with the hub under its own certificate."""
    COMES_BACK = "comes-back"
    """It is on the network again after it was without power."""
    FRAME_COUNTER = "frame-counter"
    """Its frame counter goes on rising after it was without power."""
    OUTLIVES_HUB = "outlives-hub"
    """It is on the network again after the hub was without power."""
    KEEPS_ALIVE = "keeps-alive"
    """It asks the trust centre from time to time whether it is there."""
    SLEEPS = "sleeps"
    """A device on battery does not keep its radio busy."""
    FETCHES = "fetches"
    """A device on battery fetches its messages every half hour."""
    FETCHES_ALL = "fetches-all"
    """It fetches every message that waits when it is awake."""
    MIRROR_FRESH = "mirror-fresh"
    """A gas meter reports to its mirror every half hour."""


CLAUSES: Final[Mapping[Check, str]] = MappingProxyType(
    {
        Check.SUCCESS: "GBCS 7.2",
        Check.ROLE: "GBCS 6.2.4, authority",
        Check.STRANGER: "GBCS 6.2.4, known party",
        Check.REPLAYED: "GBCS 4.3.1, replay",
        Check.EQUAL_COUNTER: "GBCS 4.3.1, equal counter",
        Check.LOWER_COUNTER: "GBCS 4.3.1, lower counter",
        Check.COUNTER_AFTER_POWER_LOSS: "GBCS 4.3.1, counters outlive power",
        Check.WRONG_SIGNATURE: "GBCS 6.2.4, signature",
        Check.WRONG_MAC: "GBCS 6.2.4, MAC",
        Check.WRONG_CERTIFICATE: "GBCS 6.2.4, certificates",
        Check.WRONG_RECIPIENT: "GBCS 6.2.4, recipient",
        Check.FUTURE_DATED: "GBCS 9.2.2, future dated",
        Check.CANCELLED: "GBCS 9.2.2, cancellation",
        Check.PAST: "GBCS 9.2.2, date in the past",
        Check.ITEM_FAILS: "GBCS 7.2, result of each item",
        Check.TRUNCATED: "GBCS 6.2.4, format of the message",
        Check.OVER_LONG: "GBCS 7.2, format of the payload",
        Check.IN_BLOCKS: "GBCS 7.2.11",
        Check.WHILE_ASLEEP: "GBCS 10.2.2, messages wait for who sleeps",
        Check.ALERT: "GBCS 16.2, alert that is due",
        Check.SENSITIVE: "GBCS 8.4, sensitive data",
        Check.ANSWER_PROTECTED: "GBCS 6.2, protection of answers",
        Check.ANSWER_TIME: "GBCS 7.2.6, date-time",
        Check.IN_TIME: "SEC H13.1, target response time",
        Check.AFTER_FAILED_ITEM: "GBCS 7.2, items after one that fails",
        Check.VALUE_TYPES: "GBCS use-case annex, types of attributes",
        Check.SCALER: "GBCS use-case annex, scaler and unit",
        Check.READ_BACK: "GBCS use-case annex, objects and attributes",
        Check.VALUE_AFTER_POWER_LOSS: "SMETS2 5.4, stored data outlives power",
        Check.REFUSED_UNCOUNTED: "GBCS 4.3.1, refused commands do not count",
        Check.OTHER_PARTY_COUNTER: "GBCS 4.3.1, a counter for each role",
        Check.RECOVERS: "GBCS 6.2.4, goes on after what it refuses",
        Check.ON_DATE: "GBCS 9.2.2, at the date",
        Check.DATED_ALERT: "GBCS 16.2, which command waited",
        Check.DATED_AFTER_POWER_LOSS: "GBCS 9.2.2, dates outlive power",
        Check.ALERT_ONCE: "GBCS 16.2, one alert for an event",
        Check.ALERT_PROTECTED: "GBCS 6.2, protection of alerts",
        Check.ALERT_RECIPIENT: "GBCS 16.2, recipient of alerts",
        Check.ALERT_COUNTER: "GBCS 4.3.1, own counter",
        Check.ALERT_COUNTER_AFTER_POWER_LOSS: "GBCS 4.3.1, own counter outlives power",
        Check.ALERT_TIME: "GBCS 16.2, time of alerts",
        Check.CLOCK_AFTER_A_DAY: "GBCS 9.1, drift of the clock",
        Check.CLOCK_IN_WINDOW: "GBCS 9.1.3, hub time in the window",
        Check.CLOCK_OUTSIDE_WINDOW: "GBCS 9.1.3, hub time outside the window",
        Check.FOREIGN_CERTIFICATE: "GBCS 13.3, certification path",
        Check.CERTIFICATES_AFTER_POWER_LOSS: "GBCS 13.3, certificates outlive power",
        Check.OTHER_IMAGE: "GBCS 11.2, hash of an image",
        Check.LOG_AFTER_POWER_LOSS: "GBCS 13.7, device log outlives power",
        Check.JOINS: "ZSE 1.4 5.4, join with the install code",
        Check.AGREES_KEY: "ZSE 1.4 Annex C, key establishment",
        Check.COMES_BACK: "ZSE 1.4 5.5.5, rejoin after a loss of power",
        Check.FRAME_COUNTER: "R22 4.3.1.2, outgoing frame counter",
        Check.OUTLIVES_HUB: "ZSE 1.4 5.5.5, rejoin after a loss of the trust centre",
        Check.KEEPS_ALIVE: "ZSE 1.4 5.4, keep-alive",
        Check.SLEEPS: "ZSE 1.4 5.3, sleepy end devices",
        Check.FETCHES: "GBCS 10.2.2, messages every half hour",
        Check.FETCHES_ALL: "GBCS 10.2.2.2, messages until none is left",
        Check.MIRROR_FRESH: "GBCS 10.4.2, mirror every half hour",
    }
)
"""What a device departs from when a case of this kind fails; the words after a comma are ours."""

WORK: Final = frozenset(
    {
        Check.SUCCESS,
        Check.IN_BLOCKS,
        Check.ITEM_FAILS,
        Check.FUTURE_DATED,
        Check.CANCELLED,
        Check.PAST,
        Check.WHILE_ASLEEP,
        Check.ALERT,
        Check.ANSWER_PROTECTED,
        Check.SENSITIVE,
        Check.ANSWER_TIME,
        Check.AFTER_FAILED_ITEM,
        Check.VALUE_TYPES,
        Check.SCALER,
        Check.READ_BACK,
        Check.VALUE_AFTER_POWER_LOSS,
        Check.REFUSED_UNCOUNTED,
        Check.OTHER_PARTY_COUNTER,
        Check.ON_DATE,
        Check.DATED_ALERT,
        Check.DATED_AFTER_POWER_LOSS,
    }
)
"""Checks in which a command is carried out; all others hold whatever a device can do."""

AT_ITS_OWN_PACE: Final = frozenset(
    {
        Check.WHILE_ASLEEP,
        Check.IN_TIME,
        Check.SLEEPS,
        Check.FETCHES,
        Check.FETCHES_ALL,
        Check.MIRROR_FRESH,
        Check.KEEPS_ALIVE,
        Check.FRAME_COUNTER,
        Check.COMES_BACK,
        Check.OUTLIVES_HUB,
        Check.CLOCK_AFTER_A_DAY,
    }
)
"""Checks of what a device does when nobody asks it to stay awake."""
