"""The harm that two looks at an arena show: a sentence for each, none where nothing happened. Pure; one function a
kind of harm.
"""

import re
from collections.abc import Iterator, Mapping

from tests.hostile.look import FileFacts, Look


def harm(before: Look, after: Look) -> list[str]:
    """Every kind."""
    return [sentence for kind in KINDS for sentence in kind(before, after)]


def changed_files(before: Look, after: Look) -> Iterator[str]:
    """Files and folders made, removed, changed in content or in metadata; secrets that have been read."""
    yield from _come_and_gone("file", before.files, after.files)
    for path in before.files.keys() & after.files.keys():
        yield from (f"file {path}: {what}" for what in _file_changes(before.files[path], after.files[path]))


def _file_changes(old: FileFacts, new: FileFacts) -> Iterator[str]:
    if old.content != new.content:
        yield "its content has changed"
    if old.last_read != new.last_read:
        yield "somebody has read it"
    yield from _differences(old.facts, new.facts)


def strange_processes(before: Look, after: Look) -> Iterator[str]:
    """Processes that are left, that have gone or been replaced; zombies; ones that have been stopped."""
    old = {(pid, process.born): process for pid, process in before.processes.items()}
    new = {(pid, process.born): process for pid, process in after.processes.items()}
    for number, born in new.keys() - old.keys():
        process = new[number, born]
        yield f"process {number} ({process.name}, {process.state}, child of {process.parent}) is left"
    for number, born in old.keys() - new.keys():
        yield f"process {number} ({old[number, born].name}) has ended"
    for number, born in old.keys() & new.keys():
        was, now = old[number, born], new[number, born]
        if (was.state, was.parent) != (now.state, now.parent):
            yield f"process {number} ({was.name}) was {was.state}, is {now.state}, child of {now.parent}"


def changed_processes(before: Look, after: Look) -> Iterator[str]:
    """Limits, priority, affinity, signals, and the like, of our own processes."""
    for number in before.processes.keys() & after.processes.keys():
        was, now = before.processes[number], after.processes[number]
        if was.born == now.born:
            yield from (f"process {number} ({was.name}): {what}" for what in _differences(was.facts, now.facts))


def strange_sockets(before: Look, after: Look) -> Iterator[str]:
    """Listeners, connections and named sockets that are new, ours that have gone."""
    yield from _come_and_gone("socket", before.sockets, after.sockets)


def reached_listeners(_: Look, after: Look) -> Iterator[str]:
    """Somebody got through to a listener."""
    yield from after.heard


def shared_memory(before: Look, after: Look) -> Iterator[str]:
    """System V shared memory, semaphores and queues, and keys of the kernel: they outlive their process."""
    yield from _come_and_gone("System V object", before.ipc, after.ipc)
    yield from _come_and_gone("key", before.keys, after.keys)


def machine(before: Look, after: Look) -> Iterator[str]:
    """Mounts and the host's name."""
    if before.mounts != after.mounts:
        yield "the mounts have changed"
    if before.host != after.host:
        yield f"the host is now called {after.host!r}"


KINDS = (
    changed_files,
    strange_processes,
    changed_processes,
    strange_sockets,
    reached_listeners,
    shared_memory,
    machine,
)


def leaked_secrets(text: str, secrets: Mapping[str, str]) -> list[str]:
    """Secrets that stand in a report, also backwards or as hexadecimal digits."""
    packed = re.sub(r"\s", "", text)  # a long word may have been wrapped
    return [
        f"the secret of {where} stands in the report"
        for where, secret in secrets.items()
        if any(form in packed for form in (secret, secret[::-1], secret.encode().hex()))
    ]


def _come_and_gone(
    what: str, before: Mapping[str, object] | frozenset[str], after: Mapping[str, object] | frozenset[str]
) -> Iterator[str]:
    old, new = frozenset(before), frozenset(after)
    yield from (f"{what} {name} is new" for name in sorted(new - old))
    yield from (f"{what} {name} has gone" for name in sorted(old - new))


def _differences(old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[str]:
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield f"its {name} was {old.get(name)}, is {new.get(name)}"
