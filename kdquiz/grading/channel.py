"""JSON messages over a socket: app <-> judge as a stream with lengths, zygote <-> its partners as packets with
descriptors. Imports the standard library alone.

On a stream a message is `length u32, little-endian | JSON object in UTF-8`, at most MAX_MESSAGE bytes. Both ends are
ours; the bound is there so that a fault of ours ends in a sentence and not in a machine without memory.
"""

import json
import os
import socket
import struct
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

MAX_MESSAGE = 16 << 20
LENGTH = struct.Struct("<I")
MAX_PACKET = 64 << 10


class ChannelError(Exception):
    """A message is too long, or what arrived is not a message."""


def pack(message: Mapping[str, Any]) -> bytes:
    """The message with its length before it. Raises ChannelError where it is too long."""
    body = json.dumps(message).encode()
    if len(body) > MAX_MESSAGE:
        raise ChannelError(f"a message of {len(body)} bytes is longer than {MAX_MESSAGE}")
    return LENGTH.pack(len(body)) + body


def body_length(head: bytes) -> int:
    """How many bytes follow these `LENGTH.size` ones. Raises ChannelError where they are fewer, or announce more than
    MAX_MESSAGE."""
    if len(head) < LENGTH.size:
        raise ChannelError("the stream ends in the middle of a message")
    length: int = LENGTH.unpack(head)[0]
    if length > MAX_MESSAGE:
        raise ChannelError(f"a message of {length} bytes is announced, longer than {MAX_MESSAGE}")
    return length


def unpack(body: bytes) -> dict[str, Any]:
    """The message in `body` (without its length). Raises ChannelError where that is not a JSON object."""
    try:
        message = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ChannelError(f"a message is not JSON: {error}") from error
    if not isinstance(message, dict):
        raise ChannelError("a message is not a JSON object")
    return message


class ByteStream(Protocol):
    """A connected socket, or what does the same."""

    def recv(self, count: int, /) -> bytes:
        """At least one byte, at most so many; none at the end."""

    def sendall(self, data: bytes, /) -> None:
        """Send everything."""

    def close(self) -> None:
        """Close it."""


class Channel:
    """The blocking end of a stream of messages: what the judge holds."""

    def __init__(self, stream: ByteStream) -> None:
        self._stream = stream

    def send(self, message: Mapping[str, Any]) -> None:
        """Send one message. Raises OSError where the other end has gone."""
        self._stream.sendall(pack(message))

    def receive(self) -> dict[str, Any] | None:
        """The next message; None where the other end has gone between two. Raises ChannelError."""
        head = self._exactly(LENGTH.size)
        if not head:
            return None
        length = body_length(head)
        body = self._exactly(length)
        if len(body) < length:
            raise ChannelError("the stream ends in the middle of a message")
        return unpack(body)

    def close(self) -> None:
        """Close the stream; the other end receives None."""
        self._stream.close()

    def _exactly(self, count: int) -> bytes:
        parts = bytearray()
        while len(parts) < count:
            try:
                part = self._stream.recv(min(count - len(parts), 1 << 16))
            except ConnectionResetError:  # the other end has gone and left something unread
                break
            if not part:
                break
            parts += part
        return bytes(parts)


def packet_pair() -> tuple[socket.socket, socket.socket]:
    """Two ends that keep the boundaries of messages and carry descriptors. Linux alone."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def send_packet(end: socket.socket, message: Mapping[str, Any], descriptors: Sequence[int] = ()) -> None:
    """Send one small message and copies of open descriptors. Raises OSError where the other end has gone."""
    socket.send_fds(end, [json.dumps(message).encode()], list(descriptors))


def receive_packet(end: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """The next message and the descriptors that came with it, ours to close; None where the other end has closed.

    Raises ChannelError, and OSError where nothing came within the socket's timeout.
    """
    data, descriptors, _, _ = socket.recv_fds(end, MAX_PACKET, 8)
    if not data:
        return None
    try:
        return unpack(data), descriptors
    except ChannelError:
        for descriptor in descriptors:
            os.close(descriptor)
        raise
