"""What clients send, up to a size."""

from starlette.requests import ClientDisconnect, Request


async def body_of(request: Request, largest: int) -> bytes | None:
    """What a client sends; None as soon as it is more than is read, nothing when it vanished."""
    octets = bytearray()
    try:
        async for chunk in request.stream():
            octets += chunk
            if len(octets) > largest:
                return None
    except ClientDisconnect:
        return b""
    return bytes(octets)
