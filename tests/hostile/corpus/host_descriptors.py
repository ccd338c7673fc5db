"""What a runner has been born with: its descriptors, its environment, its memory; nothing there tells anything."""

from tests.hostile.attempts import outcome, refused
from tests.hostile.row import Row

ROWS: tuple[Row, ...] = (
    outcome(
        "host-inherited-descriptors",
        "find a descriptor of the zygote's or the judge's that was left open",
        """
        import stat
        kinds = {"device": stat.S_ISCHR, "pipe": stat.S_ISFIFO, "socket": stat.S_ISSOCK, "folder": stat.S_ISDIR}
        found = []
        for number in range(1024):
            if how(lambda: os.fstat(number)) == "did it":
                mode = os.fstat(number).st_mode
                found.append(f"{number} " + next((kind for kind, test in kinds.items() if test(mode)), "file"))
        return ", ".join(found)
        """,
        r"did it: 0 device, 1 (pipe|socket), 2 (pipe|socket), 4 (pipe|socket)$",
    ),
    refused(
        "host-read-job-again",
        "read the job's descriptor again, or the rules of Landlock, which are closed by now",
        {
            "job EBADF": "os.pread(3, 100, 0)",
            "link ENOENT": "os.readlink('/proc/self/fd/3')",
            "rules EBADF": "os.fstat(5)",
            "dup EBADF": "os.dup(5)",
            "add EPERM": "raw('landlock_add_rule', 5, 1, bytes(12), 0)",
        },
    ),
    refused(
        "host-take-back-frames",
        "open its own channels for reading, and take back what the judge has not read yet: the layers, to forge them",
        {"result ENXIO": "take_back(4)", "log ENXIO": "take_back(1)"},
        first="""
def take_back(number):
    end = os.open(f"/proc/self/fd/{number}", os.O_RDONLY | os.O_NONBLOCK)
    print("took back", os.read(end, 999))
""",
    ),
    refused(
        "host-channels-otherwise",
        "put the channels to the judge into another state, or something into them that is no copy",
        {
            "size EPERM": "fcntl.fcntl(4, 1031, 1 << 20)",
            "splice EPERM": "os.splice(0, 4, 9)",
            "tee EPERM": "raw('tee', 4, 1, 9, 0)",
            "vmsplice EPERM": "raw('vmsplice', 4, bytes(16), 1, 0)",
            "packets ENOTTY": "fcntl.ioctl(4, 0x541B, bytes(4))",
        },
        first="import fcntl",
    ),
    refused(
        "host-zygote-in-the-stack",
        "find the zygote's sockets in the frames that this process was forked in, and ask for a judge or an end",
        {
            "send EPERM": "zygote._control.send(drop)",
            "write EBADF": "os.write(zygote._control.fileno(), drop)",
            "judge EPERM": "[judge.socket.send(b'{\"run\": 9}') for judge in zygote._judges.values()]",
        },
        first="""
drop, frame = b'{"do": "drop", "judge": 1}', sys._getframe()
while not hasattr(frame.f_locals.get("self"), "_control"):
    frame = frame.f_back
zygote = frame.f_locals["self"]
""",
    ),
    outcome(
        "host-environment",
        "read secrets of the app's environment, as Python has it and as the C library has it",
        """
        environ = ctypes.POINTER(ctypes.c_char_p).in_dll(libc, "environ")
        left = [] if not environ else [environ[0]]
        return f"{dict(os.environ)} {left} {libc.getenv(VARIABLE.encode())} {os.getenv('HOME')}"
        """,
        r"did it: \{'TORCHINDUCTOR_CACHE_DIR': '/'\} \[b'TORCHINDUCTOR_CACHE_DIR=/'\] 0 None$",
    ),
    outcome(
        "host-environment-in-memory",
        "find the environment that the zygote was started with, where the kernel put it: above the stack",
        """
        first = ctypes.c_void_p.in_dll(libc, "program_invocation_name").value
        texts, at = [], first
        while text := ctypes.string_at(at):
            texts.append(text.decode())
            at += len(text) + 1
        names = sorted(text.partition("=")[0] for text in texts if "=" in text.split("/")[0].split(" ")[0])
        print(len(texts), "texts")
        return ", ".join(name for name in names if name.isupper() or "_" in name)
        """,
        r"did it: (CUDA_VISIBLE_DEVICES, )?(LD_LIBRARY_PATH, )?MKL_NUM_THREADS, OMP_NUM_THREADS, "
        r"OPENBLAS_NUM_THREADS(, PATH)?$",
    ),
    outcome(
        "host-terminal-escapes",
        "write to the learner's terminal: its title, its clipboard, its colours, over what stands there",
        r"""
        os.write(1, b"\x1b]0;owned\x07\x1b]52;c;b3duZWQ=\x07\x1b[2J\x1b[31m\x9b31m\x1bP+q544e\x1b\\")
        os.write(2, "\x85\u202e\x9d52;c;eA==\x9c\x08\x08\x7f\x00".encode() + b"\r\x1bc\n")
        return "\x1b[1mwritten\x1b[0m"
        """,
        r"did it: written$",
        never=r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]|owned|52;c|544e",
    ),
    outcome(
        "host-terminal-escapes-raised",
        "write escapes to the terminal by the text and the type of an exception",
        r"""
        title, clipboard = "\x1b]0;owned\x07", "\x1b]52;c;eA==\x07"
        error = type(title + "Odd", (Exception,), {})("\x1b[2J\x9b31mgone" + clipboard + "\u202e")
        raise error
        """,
        r"Odd +gone$",
        never=r"[\x00-\x08\x0b-\x1f\x7f-\x9f]|owned|52;c",
    ),
)
