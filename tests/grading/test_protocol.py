"""The frames between judge and runner: what goes in comes out, and nothing else gets through."""

import itertools
import math
import struct
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kdquiz.grading.protocol import (
    DTYPES,
    HEADER,
    MAGIC,
    MAX_NDIM,
    Array,
    Frame,
    FrameError,
    FrameReader,
    Item,
    Kind,
    OversizeError,
    Scalar,
    encode,
)

SIZES = dict(DTYPES.values())
LIMIT = 1 << 20


@st.composite
def arrays(draw: st.DrawFn, name: str) -> Array:
    dtype = draw(st.sampled_from(sorted(SIZES)))
    shape = tuple(draw(st.lists(st.integers(0, 3), max_size=MAX_NDIM)))
    size = SIZES[dtype] * math.prod(shape)
    seed = draw(st.binary(min_size=1, max_size=8))
    return Array(name=name, dtype=dtype, shape=shape, data=(seed * size)[:size], grad=draw(st.booleans()))


@st.composite
def frames(draw: st.DrawFn, case: int) -> Frame:
    names = draw(st.lists(st.text(max_size=20), unique=True, max_size=4))
    values = st.one_of(st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False), st.text())
    items: list[Item] = [draw(arrays(name)) if draw(st.booleans()) else Scalar(name, draw(values)) for name in names]
    return Frame(Kind.TENSORS, case, tuple(items))


@st.composite
def conversations(draw: st.DrawFn) -> list[Frame]:
    count = draw(st.integers(0, 3))
    return [*(draw(frames(case)) for case in range(count)), Frame(draw(st.sampled_from([Kind.DONE, Kind.ERROR])))]


def read(data: bytes, limit: int = LIMIT) -> list[Frame]:
    reader = FrameReader(limit)
    result = list(reader.feed(data))
    reader.close()
    return result


@settings(deadline=None)
@given(conversations(), st.lists(st.integers(0, 4000), max_size=6))
def test_frames_come_out_as_they_went_in_however_the_bytes_arrive(sent: list[Frame], cuts: list[int]) -> None:
    data = b"".join(map(encode, sent))
    places = sorted({0, len(data), *(min(cut, len(data)) for cut in cuts)})
    reader = FrameReader(len(data))
    got = [f for start, end in itertools.pairwise(places) for f in reader.feed(data[start:end])]
    reader.close()
    assert got == sent
    assert [type(i.value) for f in got for i in f.items if isinstance(i, Scalar)] == [
        type(i.value) for f in sent for i in f.items if isinstance(i, Scalar)
    ]
    assert reader.finished


def survives(data: bytes, limit: int = LIMIT) -> None:
    """Reading either succeeds or raises the protocol's own error; anything else fails the test."""
    try:
        got = read(data, limit)
    except FrameError:
        return
    assert sum(len(i.data) for f in got for i in f.items if isinstance(i, Array)) <= min(limit, len(data))


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_frames_or_a_frame_error(data: bytes) -> None:
    survives(data)
    survives(MAGIC + data)
    survives(HEADER.pack(MAGIC, Kind.TENSORS, 0, 3, len(data)) + data)


@settings(deadline=None)
@given(conversations(), st.data())
def test_a_changed_or_cut_conversation_is_frames_or_a_frame_error(sent: list[Frame], data: st.DataObject) -> None:
    raw = bytearray(b"".join(map(encode, sent)))
    place = data.draw(st.integers(0, len(raw) - 1))
    survives(bytes(raw[:place]))
    raw[place] = data.draw(st.integers(0, 255))
    survives(bytes(raw))


@settings(deadline=None)
@given(conversations())
def test_a_conversation_longer_than_the_limit_is_oversize(sent: list[Frame]) -> None:
    data = b"".join(map(encode, sent))
    assert read(data, len(data)) == sent
    with pytest.raises(OversizeError):
        read(data, len(data) - 1)


def header(kind: int = Kind.TENSORS, case: int = 0, items: int = 1, length: int = 0) -> bytes:
    return HEADER.pack(MAGIC, kind, case, items, length)


def one_item(raw: bytes) -> bytes:
    return header(length=len(raw)) + raw


FLOAT32 = next(code for code, (name, _) in DTYPES.items() if name == "float32")
ARRAY = encode(Frame(Kind.TENSORS, 0, (Array(name="x", dtype="float32", shape=(1,), data=bytes(4)),)))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"HTTP/1.1 200 OK", "does not begin"),
        (b"KDQ2" + bytes(8), "does not begin"),
        (header(kind=9), "unknown kind 9"),
        (header(items=1), "longer than its frame"),
        (header(items=0, length=1) + b"x", "after the last item"),
        (one_item(b"\x01x" + bytes([99, 0, 0])), "unknown type 99"),
        (one_item(b"\x01x" + bytes([FLOAT32, 2, 0]) + bytes(4)), "unknown flags 2"),
        (one_item(b"\x01x" + bytes([FLOAT32, 0, 7]) + bytes(28)), "7 dimensions"),
        (one_item(b"\x01x" + bytes([FLOAT32, 0, 3]) + struct.pack("<3I", *[2**32 - 1] * 3)), "longer than its frame"),
        (one_item(b"\x01x" + bytes([33, 1, 0]) + bytes(8)), "has flags or dimensions"),
        (one_item(b"\x01\xff" + bytes([33, 0, 0]) + bytes(8)), "not UTF-8"),
        (header(items=2, length=2 * (len(ARRAY) - HEADER.size)) + 2 * ARRAY[HEADER.size :], "'x' came twice"),
        (2 * ARRAY, "case 0 came twice"),
        (header(kind=Kind.DONE, items=0) + b"K", "after the last frame"),
        (ARRAY[:-1], "in the middle of a frame"),
        (MAGIC, "in the middle of a frame"),
    ],
)
def test_each_breach_has_its_own_words(data: bytes, says: str) -> None:
    with pytest.raises(FrameError, match=says):
        read(data)


def test_bytes_after_the_end_are_a_breach_also_when_they_come_later() -> None:
    reader = FrameReader(LIMIT)
    assert [frame.kind for frame in reader.feed(encode(Frame(Kind.DONE)))] == [Kind.DONE]
    with pytest.raises(FrameError, match="after the last frame"):
        list(reader.feed(b"x"))


def test_the_good_frames_before_a_breach_are_given_first() -> None:
    reader = FrameReader(LIMIT)
    stream = reader.feed(ARRAY + b"nonsense")
    assert next(stream).case == 0
    with pytest.raises(FrameError):
        next(stream)


def test_what_is_announced_is_refused_before_memory_is_taken() -> None:
    huge = header(length=2**32 - 1)
    tall = one_item(b"\x01x" + bytes([FLOAT32, 0, 6]) + struct.pack("<6I", *[2**32 - 1] * 6))
    tracemalloc.start()
    try:
        for data in (huge, tall):
            with pytest.raises(FrameError):
                read(data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 1 << 20


@pytest.mark.parametrize(
    "item",
    [
        Scalar("x", 2**63),
        Scalar("x" * 256, 1),
        Array(name="x", dtype="complex64", shape=(), data=bytes(8)),
        Array(name="x", dtype="float32", shape=(1,) * 7, data=bytes(4)),
        Array(name="x", dtype="float32", shape=(2,), data=bytes(4)),
        Array(name="x", dtype="float32", shape=(0, 2**32), data=b""),
    ],
)
def test_what_has_no_place_in_a_frame_is_refused(item: Item) -> None:
    with pytest.raises(FrameError):
        encode(Frame(Kind.TENSORS, 0, (item,)))


def test_two_items_of_one_name_are_refused() -> None:
    with pytest.raises(FrameError, match="same name"):
        encode(Frame(Kind.SOURCE, 0, (Scalar("x", 1), Scalar("x", 2))))
