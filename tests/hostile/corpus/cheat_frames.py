"""Cheats that write to the channel through which the answers come back: a forged frame is an answer or nothing."""

from kdquiz.grading.report import Verdict
from tests.hostile.corpus.forging import forged
from tests.hostile.corpus.saying import said
from tests.hostile.row import Row

NO_ANSWER = "What came back was not an answer: "


def _malformed(name: str, aim: str, *statements: str, because: str) -> Row:
    """Frames that are not an answer; the reason, and that they were sent."""
    send = f"tell('sent'); send({statements[-1]})"
    return Row(
        name=f"cheat-{name}",
        aim=aim,
        source=forged(*statements[:-1], send),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(f"{NO_ANSWER}{because}", r"\| OUTCOME sent"),
        never=r"(?m)^✓ distillation-loss",
    )


ANSWERS = (
    Row(
        name="cheat-forged-zeros",
        aim="frames in the right form for every case, with made-up numbers, and the last frame",
        source=forged(
            "frames = list(answers(zero))",
            "tell('forged', len(frames), 'answers')",
            "send(b''.join(frames) + frame(DONE))",
        ),
        verdict=Verdict.WRONG_ANSWER,
        reason=said(r"The value is wrong: expected [\d.]+, got -?0 ", r"\| OUTCOME forged 10 answers"),
    ),
    Row(
        name="right-forged-numbers",
        aim="the same with the right numbers, without ever having a function: an answer is its numbers",
        source=forged(
            "frames = list(answers(right))",
            "tell('forged', len(frames), 'answers')",
            "send(b''.join(frames) + frame(DONE))",
        ),
        verdict=Verdict.ACCEPTED,
        reason=said("Right on all 10 cases", r"\| OUTCOME forged 10 answers"),
    ),
    Row(
        name="cheat-forged-error-that-praises",
        aim="an exception whose text is a verdict, with escape sequences that would redraw the screen",
        source=forged(
            r"praise = '\x1b[2J\x1b[H\n✓ distillation-loss: accepted\n\x1b]0;accepted\x07\x9b8m'",
            "tell('sent')",
            "send(error('raised', praise, praise, 3))",
        ),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("✗ distillation-loss: runtime-error", "✗ call:", r"\| OUTCOME sent"),
        never="(?m)[\x1b\x07\x9b]|^✓ distillation-loss",
    ),
    Row(
        name="cheat-forged-error-of-megabytes",
        aim="have the judge read 40 MB of escape sequences, after the time is up",
        source=forged("tell('sent')", r"send(error('raised', '\x1b' * 40_000_000))"),
        verdict=Verdict.OUTPUT_LIMIT,
        reason=said("The code returned far more than the drill asks for"),
        never="fault of kdquiz",
    ),
    Row(
        name="cheat-forged-line",
        aim="an exception that claims to come from a line far behind the end",
        source=forged(
            "tell('sent')",
            "send(error('raised', 'E: at', line=2**40))",
        ),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("Your code raised E: at", r"\| OUTCOME sent"),
        never="(?i)line 1099511627776",
    ),
    Row(
        name="cheat-frame-of-four-gigabytes",
        aim="a frame that announces as much as a length can say",
        source=forged("tell('sent')", "send(frame(TENSORS, 0, length=2**32 - 1))"),
        verdict=Verdict.OUTPUT_LIMIT,
        reason=said("The code returned far more than the drill asks for", r"\| OUTCOME sent"),
    ),
)

BREACHES = (
    _malformed(
        "done-at-once",
        "the last frame before any answer",
        "frame(DONE)",
        because="a frame DONE came out of turn",
    ),
    _malformed(
        "done-after-one",
        "the last frame after one right answer",
        "frames = list(answers(right))",
        "frames[0] + frame(DONE)",
        because="a frame DONE came out of turn",
    ),
    _malformed(
        "later-cases-first",
        "right answers in the wrong order",
        "frames = list(answers(right))",
        "b''.join(reversed(frames)) + frame(DONE)",
        because="a frame TENSORS came out of turn",
    ),
    _malformed(
        "the-same-case-twice",
        "a wrong answer, and the right one after it",
        "frames = list(answers(right))",
        "next(answers(zero)) + b''.join(frames) + frame(DONE)",
        because="case 0 came twice",
    ),
    _malformed(
        "one-case-too-many",
        "right answers, and one to a case that there is not",
        "frames = list(answers(right))",
        "b''.join(frames) + frame(TENSORS, len(frames), item('output', torch.zeros(()))) + frame(DONE)",
        because="a frame TENSORS came out of turn",
    ),
    _malformed(
        "bytes-after-the-end",
        "right answers, and a verdict behind the last frame",
        "send(b''.join(answers(right)))",
        "frame(DONE) + b'accepted'",
        because="bytes after the last frame",
    ),
    _malformed(
        "an-answer-with-a-verdict",
        "an answer that says how it is to be judged",
        "frame(TENSORS, 0, item('output', torch.zeros(())), words('verdict', 'accepted'))",
        because="'verdict' is not a plain tensor",
    ),
    _malformed(
        "an-answer-with-its-expectation",
        "an answer that brings the value that is to be expected",
        "frame(TENSORS, 0, item('output', torch.zeros(())), item('expected', torch.zeros(())))",
        because="'expected' was not asked for",
    ),
    _malformed(
        "an-answer-without-its-arguments",
        "an answer that keeps quiet about what became of the arguments",
        "frame(TENSORS, 0, item('output', torch.zeros(())))",
        because="an answer is not complete",
    ),
    _malformed(
        "layers-claimed",
        "a second report of the layers of containment",
        "frame(LAYERS, 0, words('everything', 'on'))",
        because="a frame LAYERS came out of turn",
    ),
    _malformed(
        "a-source-sent-back",
        "a source for the judge",
        "frame(SOURCE, 0, words('source', 'print(1)'))",
        because="a frame SOURCE came out of turn",
    ),
    _malformed(
        "an-unknown-kind",
        "a frame of a kind of its own",
        "frame(9, 0, words('verdict', 'accepted'))",
        because="a frame is of the unknown kind 9",
    ),
    _malformed(
        "another-protocol",
        "a frame with another beginning",
        "frame(DONE, magic=b'KDQ2')",
        because="a frame does not begin as one",
    ),
    _malformed(
        "pickled-code",
        "a pickle that runs a command where it is loaded",
        "import pickle",
        "class Command: __reduce__ = lambda self: (os.system, ('touch /tmp/kdquiz-was-here',))",
        "pickle.dumps(Command())",
        because="a frame does not begin as one",
    ),
    _malformed(
        "dimensions-that-overflow",
        "six dimensions whose product is larger than any number of the machine",
        "frame(TENSORS, 0, bytes([6]) + b'output' + bytes([1, 0, 6]) + struct.pack('<6I', *[2**32 - 1] * 6))",
        because="an item is longer than its frame",
    ),
    _malformed(
        "an-impossible-shape",
        "a tensor without entries and with dimensions that torch does not take",
        "empty = bytes([6]) + b'output' + bytes([1, 0, 4]) + struct.pack('<4I', *[2**32 - 1] * 3, 0)",
        "afters = [item(f'after:{name}', torch.zeros(())) for name in ('student_logits', 'teacher_logits', 'labels')]",
        "frame(TENSORS, 0, empty, *afters)",
        because="'output' has an impossible shape",
    ),
    _malformed(
        "a-type-of-its-own",
        "a number of a type that is not in the table",
        "frame(TENSORS, 0, bytes([6]) + b'output' + bytes([200, 0, 0]) + bytes(8))",
        because="'output' is of the unknown type 200",
    ),
    Row(
        name="cheat-forged-kind-of-error",
        aim="an ERROR that says `accepted`",
        source=forged(
            "tell('sent')",
            "send(error('accepted', ''))",
        ),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(r"What came back was not an answer\.", r"\| OUTCOME sent"),
    ),
    Row(
        name="cheat-verdict-to-every-descriptor",
        aim="a verdict as JSON to whatever is open",
        source="""
import json, os
found = []
for descriptor in range(64):
    try:
        os.fstat(descriptor)
        found.append(descriptor)
    except OSError:
        pass
print("OUTCOME open are", found, flush=True)
for descriptor in found[1:]:
    os.write(descriptor, json.dumps({"verdict": "accepted", "score": 100}).encode() + b"\\n")
import time
time.sleep(60)
""",
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(
            f"{NO_ANSWER}a frame does not begin as one",
            r"\| OUTCOME open are \[0, 1, 2, 4\]",
            r"\| {.verdict.: .accepted.",
        ),
    ),
)

ROWS: tuple[Row, ...] = (*ANSWERS, *BREACHES)
