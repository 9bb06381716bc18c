"""Drives a coordinator dongle with zigpy and bellows; lines of JSON in and out.

A program of its own, because zigpy is GPL: only this process imports it. Usage:
python -m hardware.zigpy_bridge.host_process PORT ENDPOINT. Every line in is `{"do": ...}`, every
line out `{"event": ...}`; octets are hexadecimal, EUI-64s 16 digits, most significant first.
"""

import asyncio
import json
import sys
from collections.abc import Mapping
from typing import Any, Final

import bellows.types
import bellows.zigbee.application
import zigpy.exceptions
import zigpy.types
import zigpy.zdo.types

SMART_ENERGY: Final = 0x0109
ENERGY_SERVICE_INTERFACE: Final = 0x0500
SERVED: Final = [0x0000, 0x000A, 0x0800]
USED: Final = [0x0702, 0x0800]
"""Clusters of the hub's endpoint: Basic, Time, Key Establishment; Metering, Key Establishment."""
OWN: Final = 0x0000
LONGEST_FRAME: Final = 82
LINK_KEY_OVERHEAD: Final = 17
BLOCK_OVERHEAD: Final = 2
"""Octets that fit one frame under the network key, and what a link key and a block's head take."""
ACKNOWLEDGED_WITHIN: Final = 30
"""Seconds; a sleeping device fetches each block when it polls."""
_NWK: Any = zigpy.types.NWK
_Base: Any = bellows.zigbee.application.ControllerApplication


def say(event: str, **fields: Any) -> None:
    """One line out."""
    print(json.dumps({"event": event, **fields}), flush=True)  # noqa: T201 - the protocol


def number(eui64: Any) -> str:
    """An EUI-64 of zigpy's as 16 digits."""
    return str(eui64).replace(":", "")


def eui(digits: str) -> Any:
    """An EUI-64 as zigpy has it."""
    return zigpy.types.EUI64.convert(":".join(digits[at : at + 2] for at in range(0, 16, 2)))


class HubApplication(_Base):  # type: ignore[misc]  # what zigpy offers is without types
    """Tells of every message and every joiner, and interviews nobody: that is the hub's."""

    running = False

    def packet_received(self, packet: Any) -> None:
        """A message came."""
        if not self.running or packet.src.address == OWN:
            super().packet_received(packet)
            return
        encrypted = zigpy.types.TransmitOptions.APS_Encryption in packet.tx_options
        say(
            "message",
            source=int(packet.src.address),
            broadcast=packet.dst.addr_mode != zigpy.types.AddrMode.NWK,
            profile=int(packet.profile_id),
            cluster=int(packet.cluster_id),
            source_endpoint=int(packet.src_ep),
            endpoint=int(packet.dst_ep),
            asdu=packet.data.serialize().hex(),
            link_key=encrypted,
            counter=int(packet.tsn),
            lqi=int(packet.lqi or 0),
            rssi=int(packet.rssi or 0),
        )

    def connection_lost(self, exc: Exception | None) -> None:
        """The dongle is gone, or does nothing any more; what it was told before is told no more."""
        if self.running:
            self.running = False
            say("lost", reason="" if exc is None else f"{type(exc).__name__}: {exc}")
        super().connection_lost(exc)

    def handle_join(self, nwk: Any, ieee: Any, *_arguments: Any, **_named: Any) -> None:
        """A device joined."""
        say("joined", eui64=number(ieee), address=int(nwk))

    def handle_leave(self, _nwk: Any, ieee: Any) -> None:
        """A device left."""
        say("left", eui64=number(ieee))


class Host:
    """Carries out what the lines say, one after the other; messages go out side by side."""

    def __init__(self, application: Any) -> None:
        self._application = application
        self._tasks: set[asyncio.Task[None]] = set()
        self._places: dict[str, int] = {}

    async def run(self) -> None:
        """Until the line ends, or says so."""
        reader = asyncio.StreamReader()
        loop = asyncio.get_running_loop()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        while line := await reader.readline():
            asked = json.loads(line)
            if asked["do"] == "stop":
                return
            await getattr(self, f"do_{asked['do']}")(asked)

    async def do_admit(self, asked: Mapping[str, Any]) -> None:
        """Let a device join under a key derived from its install code."""
        key = zigpy.types.KeyData(bytes.fromhex(asked["key"]))
        await self._application.permit_with_link_key(eui(asked["eui64"]), key, asked["seconds"])
        say("admitted", eui64=asked["eui64"])

    async def do_permit(self, asked: Mapping[str, Any]) -> None:
        """Open or close joining; whose key is known may join."""
        await self._application.permit_ncp(asked["seconds"])

    async def do_link_key(self, asked: Mapping[str, Any]) -> None:
        """Install a link key that the hub agreed."""
        place = self._places.setdefault(asked["eui64"], len(self._places))
        (status,) = await self._application._ezsp.importLinkKey(  # noqa: SLF001 - no public way
            index=place, address=eui(asked["eui64"]), key=bytes.fromhex(asked["key"])
        )
        taken = status == bellows.types.sl_Status.OK
        say("key", eui64=asked["eui64"], installed=taken, reason="" if taken else str(status))

    async def do_send(self, asked: Mapping[str, Any]) -> None:
        """Send a message; how it ended is told by its handle."""
        task = asyncio.create_task(self._send(asked))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send(self, asked: Mapping[str, Any]) -> None:
        options = zigpy.types.TransmitOptions.NONE
        if asked["ack"]:
            options |= zigpy.types.TransmitOptions.ACK
        if asked["link_key"]:
            options |= zigpy.types.TransmitOptions.APS_Encryption
        broadcast = asked["address"] >= 0xFFF8
        mode = zigpy.types.AddrMode.Broadcast if broadcast else zigpy.types.AddrMode.NWK
        kind: Any = zigpy.types.BroadcastAddress if broadcast else _NWK
        packet = zigpy.types.ZigbeePacket(
            src=zigpy.types.AddrModeAddress(zigpy.types.AddrMode.NWK, _NWK(OWN)),
            src_ep=asked["source_endpoint"],
            dst=zigpy.types.AddrModeAddress(mode, kind(asked["address"])),
            dst_ep=asked["endpoint"],
            tsn=asked["handle"] & 0xFF,
            profile_id=asked["profile"],
            cluster_id=asked["cluster"],
            data=zigpy.types.SerializableBytes(bytes.fromhex(asked["asdu"])),
            tx_options=options,
            extended_timeout=True,
        )
        reason = ""
        try:
            in_blocks = len(packet.data.serialize()) > self._longest(asked)
            if in_blocks and asked["ack"] and not broadcast:
                await self._send_blocks(asked)
            else:
                await self._application.send_packet(packet)
        except (zigpy.exceptions.DeliveryError, TimeoutError) as fault:
            reason = str(fault) or type(fault).__name__
        say("sent", handle=asked["handle"], reason=reason)

    @staticmethod
    def _longest(asked: Mapping[str, Any]) -> int:
        """Octets that fit one frame."""
        return LONGEST_FRAME - (LINK_KEY_OVERHEAD if asked["link_key"] else 0)

    async def _send_blocks(self, asked: Mapping[str, Any]) -> None:
        """Send a message in blocks: their number and count in the group, one APS counter for all.

        zigpy cuts no messages; EZSP leaves it to the host (UG100, `sendUnicast`).
        """
        options = bellows.types.EmberApsOption
        chosen = options.APS_OPTION_ENABLE_ROUTE_DISCOVERY | options.APS_OPTION_RETRY
        chosen |= options.APS_OPTION_FRAGMENT
        if asked["link_key"]:
            chosen |= options.APS_OPTION_ENCRYPTION
        data, size = bytes.fromhex(asked["asdu"]), self._longest(asked) - BLOCK_OVERHEAD
        pieces = [data[at : at + size] for at in range(0, len(data), size)]
        counter = 0
        for index, piece in enumerate(pieces):
            frame = bellows.types.EmberApsFrame(
                profileId=asked["profile"],
                clusterId=asked["cluster"],
                sourceEndpoint=asked["source_endpoint"],
                destinationEndpoint=asked["endpoint"],
                options=chosen,
                groupId=len(pieces) << 8 | index,
                sequence=counter,
            )
            counter = await self._send_block(asked["address"], frame, piece)

    async def _send_block(self, address: int, frame: Any, piece: bytes) -> int:
        """Send one block, wait until it was acknowledged, and give the APS counter."""
        application = self._application
        tag = application.get_sequence()
        sent = asyncio.get_running_loop().create_future()
        application._pending_requests[address, tag] = sent  # noqa: SLF001 - no public way
        try:
            status, counter = await application._ezsp.send_unicast(  # noqa: SLF001 - no public way
                nwk=_NWK(address), aps_frame=frame, message_tag=tag, data=piece
            )
            if status == bellows.types.sl_Status.OK:
                status, _ = await asyncio.wait_for(sent, ACKNOWLEDGED_WITHIN)
        finally:
            application._pending_requests.pop((address, tag), None)  # noqa: SLF001 - no public way
        if status != bellows.types.sl_Status.OK:
            raise zigpy.exceptions.DeliveryError(f"block {frame.groupId & 0xFF}: {status!r}")
        return int(counter)


async def main(port: str, endpoint: int) -> None:
    """Form a network, or go on with the one there is, and do what the lines say."""
    path = port.replace("tcp://", "socket://")
    application = await HubApplication.new(
        {"device": {"path": path, "baudrate": 115200}, "ota": {"enabled": False}}, auto_form=True
    )
    try:
        descriptor = zigpy.zdo.types.SimpleDescriptor(
            endpoint=endpoint,
            profile=SMART_ENERGY,
            device_type=ENERGY_SERVICE_INTERFACE,
            device_version=0,
            input_clusters=SERVED,
            output_clusters=USED,
        )
        await application.add_endpoint(descriptor)
        _, keys = await application._ezsp.getConfigurationValue(  # noqa: SLF001 - no public way
            configId=bellows.types.EzspConfigId.CONFIG_KEY_TABLE_SIZE
        )
        node, network = application.state.node_info, application.state.network_info
        application.running = True
        say(
            "ready",
            eui64=number(node.ieee),
            pan_id=int(network.pan_id),
            channel=int(network.channel),
            firmware=f"{node.manufacturer} {node.model} {node.version}",
            protocol=f"EZSP {application._ezsp.ezsp_version}",  # noqa: SLF001 - no public way
            keys=int(keys),
        )
        await Host(application).run()
    finally:
        await application.shutdown()


if __name__ == "__main__":
    try:
        asyncio.run(main(sys.argv[1], int(sys.argv[2])))
    except Exception as fault:  # noqa: BLE001 - whatever the libraries raise is told in one line
        say("failed", reason=f"{type(fault).__name__}: {fault}".rstrip(": "))
        sys.exit(1)
