"""Parameters of the commands that send messages, and of the callbacks about them (UG100)."""

from typing import Annotated

from emulator.wire.codecs import I8, U8, U16, Eui64Field, Prefixed
from emulator.wire.struct import Struct


class ApsFrame(Struct):
    """EmberApsFrame (EZSP 13)."""

    profile: U16
    cluster: U16
    source_endpoint: U8
    destination_endpoint: U8
    options: U16
    group: U16
    sequence: U8


class SendUnicast(Struct):
    """`sendUnicast` (EZSP 13)."""

    kind: U8
    destination: U16
    aps: ApsFrame
    tag: U8
    message: Annotated[bytes, Prefixed(1)]


class SendBroadcast(Struct):
    """`sendBroadcast` (EZSP 13)."""

    destination: U16
    aps: ApsFrame
    radius: U8
    tag: U8
    message: Annotated[bytes, Prefixed(1)]


class SendMulticast(Struct):
    """`sendMulticast` (EZSP 13)."""

    aps: ApsFrame
    hops: U8
    nonmember_radius: U8
    tag: U8
    message: Annotated[bytes, Prefixed(1)]


class SendReply(Struct):
    """`sendReply`: the acknowledgement of a fragment, with what it carries (EZSP 13)."""

    sender: U16
    aps: ApsFrame
    message: Annotated[bytes, Prefixed(1)]


class SendAnswer(Struct):
    """Answer to the commands that send: status and APS counter (EZSP 13)."""

    status: U8
    sequence: U8


class MessageSent(Struct):
    """`messageSentHandler` (EZSP 13)."""

    kind: U8
    destination: U16
    aps: ApsFrame
    tag: U8
    status: U8
    message: Annotated[bytes, Prefixed(1)]


class IncomingMessage(Struct):
    """`incomingMessageHandler` (EZSP 13)."""

    kind: U8
    aps: ApsFrame
    lqi: U8
    rssi: I8
    sender: U16
    binding: U8
    address: U8
    message: Annotated[bytes, Prefixed(1)]


class RemoveDevice(Struct):
    """`removeDevice` (EZSP 13)."""

    parent: U16
    parent_eui64: Eui64Field
    target: Eui64Field
