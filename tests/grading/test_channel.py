"""JSON messages between app and judge, and packets with descriptors between the processes."""

import os
import socket
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kdquiz.grading.channel import (
    LENGTH,
    MAX_MESSAGE,
    Channel,
    ChannelError,
    body_length,
    pack,
    packet_pair,
    receive_packet,
    send_packet,
    unpack,
)


@pytest.fixture
def ends() -> Iterator[tuple[Channel, socket.socket]]:
    """A channel and the raw socket at its other end."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield Channel(ours), theirs


@settings(deadline=None)
@given(st.dictionaries(st.text(), st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=5)))
def test_a_message_comes_out_as_it_went_in(message: dict[str, object]) -> None:
    data = pack(message)
    assert body_length(data[: LENGTH.size]) == len(data) - LENGTH.size
    assert unpack(data[LENGTH.size :]) == message


def test_messages_arrive_in_order_and_then_the_end(ends: tuple[Channel, socket.socket]) -> None:
    channel, other = ends
    other.sendall(pack({"a": 1}) + pack({"b": "ü"}))
    other.close()
    assert [channel.receive(), channel.receive(), channel.receive()] == [{"a": 1}, {"b": "ü"}, None]


def test_what_a_channel_sends_another_receives(ends: tuple[Channel, socket.socket]) -> None:
    channel, other = ends
    channel.send({"check": {"name": "value"}})
    assert Channel(other).receive() == {"check": {"name": "value"}}
    channel.close()
    assert Channel(other).receive() is None


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (LENGTH.pack(MAX_MESSAGE + 1), "announced"),
        (LENGTH.pack(3) + b"{]}", "not JSON"),
        (LENGTH.pack(2) + b"[]", "not a JSON object"),
        (LENGTH.pack(2) + b"{", "in the middle"),
        (LENGTH.pack(2)[:3], "in the middle"),
        (LENGTH.pack(50_000) + b"[" * 50_000, "not JSON"),
    ],
)
def test_what_is_no_message_is_an_error_of_the_channel(
    ends: tuple[Channel, socket.socket], data: bytes, says: str
) -> None:
    channel, other = ends
    other.sendall(data)
    other.close()
    with pytest.raises(ChannelError, match=says):
        channel.receive()


def test_a_message_beyond_the_bound_is_not_sent() -> None:
    with pytest.raises(ChannelError, match="longer than"):
        pack({"x": "a" * MAX_MESSAGE})


def test_a_packet_carries_descriptors() -> None:
    ours, theirs = packet_pair()
    read_end, write_end = os.pipe()
    with ours, theirs:
        send_packet(ours, {"run": 1}, [write_end])
        os.close(write_end)
        packet = receive_packet(theirs)
        assert packet is not None
        message, [copy] = packet
        os.write(copy, b"through")
        os.close(copy)
        ours.close()
        assert receive_packet(theirs) is None
    assert message == {"run": 1}
    assert os.read(read_end, 100) == b"through"
    os.close(read_end)


def test_descriptors_of_a_broken_packet_are_closed() -> None:
    ours, theirs = packet_pair()
    read_end, write_end = os.pipe()
    with ours, theirs:
        socket.send_fds(ours, [b"nonsense"], [write_end])
        os.close(write_end)
        with pytest.raises(ChannelError):
            receive_packet(theirs)
    assert os.read(read_end, 1) == b""  # nobody holds the other end any more
    os.close(read_end)
