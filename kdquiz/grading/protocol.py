"""Binary frames between judge and runner. Imports the standard library alone: no torch, nothing of kdquiz.

What comes back from a runner was written by a process that ran a stranger's code, so the reader trusts no number in
it: every length is compared with what may still come before a byte is kept, the table of types is closed, and what
does not fit exactly is a `FrameError`. Nothing is unpickled and nothing is executed.

A frame, little-endian:   `KDQ1 | kind u8 | case u16 | items u8 | length u32 | payload`
An item of the payload:   `name length u8 | name | type u8 | flags u8 | ndim u8 | dims u32 × ndim | raw bytes`

To the runner go SOURCE, one TENSORS a case, DONE. Back come LAYERS, one TENSORS a case, and DONE or ERROR.
"""

import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

MAGIC = b"KDQ1"
HEADER = struct.Struct("<4sBHBI")
MAX_NDIM = 6
_ITEM = struct.Struct("<BBB")
_WANTS_GRAD = 1

DTYPES = {
    1: ("float64", 8),
    2: ("float32", 4),
    3: ("float16", 2),
    4: ("bfloat16", 2),
    5: ("int64", 8),
    6: ("int32", 4),
    7: ("int16", 2),
    8: ("int8", 1),
    9: ("uint8", 1),
    10: ("bool", 1),
}
"""The closed table of tensor types: code -> (torch's name, bytes an element)."""
_CODES = {name: (code, size) for code, (name, size) in DTYPES.items()}
_FLOAT, _INT, _BOOL, _STR = 32, 33, 34, 35
_SCALARS = {_FLOAT: struct.Struct("<d"), _INT: struct.Struct("<q"), _BOOL: struct.Struct("<?")}


class FrameError(Exception):
    """The bytes are not what this protocol allows, or a value cannot be put into a frame."""


class OversizeError(FrameError):
    """A frame announces more bytes than may still come."""


class Kind(IntEnum):
    """What a frame is."""

    SOURCE = 1
    """The source, the entry's name, the limits."""
    LAYERS = 2
    """The layers of containment that are on."""
    TENSORS = 3
    """The arguments of a case, or what its call returned."""
    ERROR = 4
    """Why there are no more answers. The last frame."""
    DONE = 5
    """That was all. The last frame."""


WORDS_BYTES = 64 << 10
_MOST_BYTES: dict[int, int] = {Kind.LAYERS: WORDS_BYTES, Kind.ERROR: WORDS_BYTES, Kind.DONE: 0}
"""What a frame of words may hold, however much room the tensors are given: somebody has to read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Array:
    """A dense tensor in C order: `data` has product(shape) × element size bytes. `grad`: it requires grad."""

    name: str
    dtype: str
    shape: tuple[int, ...]
    data: bytes
    grad: bool = False


@dataclass(frozen=True, slots=True)
class Scalar:
    """A Python float, int (of 64 bits), bool or str."""

    name: str
    value: bool | int | float | str


Item = Array | Scalar


@dataclass(frozen=True, slots=True)
class Frame:
    """One message. `case` counts from 0 and means something in TENSORS alone."""

    kind: Kind
    case: int = 0
    items: tuple[Item, ...] = ()


def encode(frame: Frame) -> bytes:
    """The frame as bytes. Raises FrameError where a value has no place in one (7 dimensions, an integer of 65 bits)."""
    if len({item.name for item in frame.items}) != len(frame.items):
        raise FrameError("two items of a frame have the same name")
    payload = b"".join(map(_encode_item, frame.items))
    try:
        return HEADER.pack(MAGIC, frame.kind, frame.case, len(frame.items), len(payload)) + payload
    except struct.error as error:
        raise FrameError(f"a frame is too large: {error}") from error


def _encode_item(item: Item) -> bytes:
    name = item.name.encode("utf-8", "surrogatepass")
    if len(name) > 255:
        raise FrameError("the name of an item is longer than 255 bytes")
    if isinstance(item, Array):
        code, flags, dims, raw = _array_parts(item)
    else:
        code, flags, dims, raw = _scalar_parts(item)
    try:
        head = _ITEM.pack(code, flags, len(dims)) + struct.pack(f"<{len(dims)}I", *dims)
    except struct.error as error:
        raise FrameError(f"a dimension of {item.name!r} is too large: {error}") from error
    return bytes([len(name)]) + name + head + raw


def _array_parts(item: Array) -> tuple[int, int, tuple[int, ...], bytes]:
    if item.dtype not in _CODES:
        raise FrameError(f"no frame holds the dtype {item.dtype}")
    code, size = _CODES[item.dtype]
    if len(item.shape) > MAX_NDIM:
        raise FrameError(f"{item.name!r} has {len(item.shape)} dimensions; at most {MAX_NDIM} are allowed")
    if len(item.data) != size * math.prod(item.shape):
        raise FrameError(f"{item.name!r} has {len(item.data)} bytes for the shape {item.shape}")
    return code, _WANTS_GRAD if item.grad else 0, item.shape, item.data


def _scalar_parts(item: Scalar) -> tuple[int, int, tuple[int, ...], bytes]:
    value = item.value
    if isinstance(value, str):
        raw = value.encode("utf-8", "surrogatepass")
        return _STR, 0, (len(raw),), raw
    code = _BOOL if isinstance(value, bool) else _INT if isinstance(value, int) else _FLOAT
    try:
        return code, 0, (), _SCALARS[code].pack(value)
    except struct.error as error:
        raise FrameError(f"{item.name!r} has no place in a frame: {error}") from error


class FrameReader:
    """Takes bytes as they arrive and gives the frames that are complete. Keeps at most `limit` bytes in all.

    After DONE or ERROR nothing may follow. A TENSORS frame of the same case may not come twice. After a FrameError
    the reader is of no further use.
    """

    def __init__(self, limit: int) -> None:
        self._left = limit
        self._buffer = bytearray()
        self._header: tuple[Kind, int, int, int] | None = None
        self._cases: set[int] = set()
        self.finished = False
        """Whether DONE or ERROR has come."""

    def feed(self, data: bytes) -> Iterator[Frame]:
        """Each frame that `data` completes; so a breach is met after the good frames before it.

        Raises FrameError, and OversizeError as soon as a header announces it.
        """
        if self.finished and data:
            raise FrameError("bytes after the last frame")
        self._buffer += data
        while (frame := self._next()) is not None:
            if self.finished and self._buffer:
                raise FrameError("bytes after the last frame")
            yield frame

    def close(self) -> None:
        """Says that no byte will follow. Raises FrameError in the middle of a frame."""
        if self._buffer or self._header is not None:
            raise FrameError("the bytes end in the middle of a frame")

    def _next(self) -> Frame | None:
        if self._header is None:
            if not MAGIC.startswith(self._buffer[: len(MAGIC)]):
                raise FrameError("a frame does not begin as one")
            if len(self._buffer) < HEADER.size:
                return None
            self._header = self._read_header()
        kind, case, items, length = self._header
        if len(self._buffer) < length:
            return None
        payload = bytes(memoryview(self._buffer)[:length])
        del self._buffer[:length]
        self._header = None
        self.finished = kind in (Kind.DONE, Kind.ERROR)
        return Frame(kind, case, _read_items(payload, items))

    def _read_header(self) -> tuple[Kind, int, int, int]:
        _, code, case, items, length = HEADER.unpack_from(self._buffer)
        del self._buffer[: HEADER.size]
        self._left -= HEADER.size + length
        if self._left < 0:
            raise OversizeError(f"a frame of {length} bytes is more than may still come")
        if code not in set(Kind):
            raise FrameError(f"a frame is of the unknown kind {code}")
        if length > _MOST_BYTES.get(code, length):
            raise OversizeError(f"a frame {Kind(code).name} of {length} bytes is more than it may hold")
        if code == Kind.TENSORS:
            if case in self._cases:
                raise FrameError(f"case {case} came twice")
            self._cases.add(case)
        return Kind(code), case, items, length


def _read_items(payload: bytes, count: int) -> tuple[Item, ...]:
    items: dict[str, Item] = {}
    view, position = memoryview(payload), 0
    for _ in range(count):
        item, position = _read_item(view, position)
        if item.name in items:
            raise FrameError(f"the item {item.name!r} came twice")
        items[item.name] = item
    if position != len(view):
        raise FrameError("bytes after the last item of a frame")
    return tuple(items.values())


def _read_item(view: memoryview, position: int) -> tuple[Item, int]:
    size, position = _take(view, position, 1)
    raw_name, position = _take(view, position, size[0])
    head, position = _take(view, position, _ITEM.size)
    code, flags, ndim = _ITEM.unpack(head)
    if ndim > MAX_NDIM:
        raise FrameError(f"an item has {ndim} dimensions")
    raw_dims, position = _take(view, position, 4 * ndim)
    dims: tuple[int, ...] = struct.unpack(f"<{ndim}I", raw_dims)
    name = _text(raw_name)
    if code in DTYPES:
        if flags not in (0, _WANTS_GRAD):
            raise FrameError(f"{name!r} has the unknown flags {flags}")
        dtype, element = DTYPES[code]
        data, position = _take(view, position, element * math.prod(dims))
        return Array(name=name, dtype=dtype, shape=dims, data=bytes(data), grad=bool(flags)), position
    return _read_scalar(view, position, name, code, flags, dims)


def _read_scalar(
    view: memoryview, position: int, name: str, code: int, flags: int, dims: tuple[int, ...]
) -> tuple[Scalar, int]:
    if flags or len(dims) != (1 if code == _STR else 0):
        raise FrameError(f"the scalar {name!r} has flags or dimensions")
    if code == _STR:
        raw, position = _take(view, position, dims[0])
        return Scalar(name, _text(raw)), position
    if code not in _SCALARS:
        raise FrameError(f"{name!r} is of the unknown type {code}")
    raw, position = _take(view, position, _SCALARS[code].size)
    (value,) = _SCALARS[code].unpack(raw)
    return Scalar(name, value), position


def _take(view: memoryview, position: int, count: int) -> tuple[memoryview, int]:
    if count > len(view) - position:
        raise FrameError("an item is longer than its frame")
    return view[position : position + count], position + count


def _text(raw: memoryview) -> str:
    try:
        return str(raw, "utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise FrameError("a text is not UTF-8") from error
