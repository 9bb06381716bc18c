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
    }
)
"""Checks in which a command is carried out; all others hold whatever a device can do."""
