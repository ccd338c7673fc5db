"""Starting other processes and programs: by fork, by exec, by a library that does it.

The filter answers EAGAIN to what makes a process ("none can be made now"), since libraries know that answer, and ENOSYS
to the newest way, so that they take the one before.
"""

from tests.hostile.attempts import X86_64, outcome, refused
from tests.hostile.row import Row

ROWS: tuple[Row, ...] = (
    refused(
        "host-fork",
        "become two, by each call that does it",
        {
            "fork EAGAIN": "os.fork()",
            "forkpty EACCES": "os.forkpty()",
            "clone EAGAIN": "raw('clone', 17, 0, 0, 0, 0)",
            "vm EAGAIN": "raw('clone', 0x00000100 | 0x00004000 | 17, 0, 0, 0, 0)",
            "clone3 ENOSYS": "raw('clone3', bytes(32) + bytes([17]) + bytes(55), 88)",
            "thread RuntimeError": "__import__('threading').Thread(target=print).start()",
        },
    ),
    refused(
        "host-execute",
        "become another program, or start one",
        {
            "execve EPERM": "os.execv('/bin/sh', ['sh', '-c', f'touch {HOME}/made'])",
            "fexecve EPERM": "os.execve(file, ['python'], {})",
            "execveat EPERM": "raw('execveat', file, b'', 0, 0, 0x1000)",
            "spawn EAGAIN": "os.posix_spawn('/bin/sh', ['sh', '-c', f'touch {HOME}/made'], {})",
            "popen EAGAIN": "subprocess.Popen(['/bin/sh', '-c', f'touch {HOME}/made'])",
            "os.popen EAGAIN": "os.popen(f'touch {HOME}/made')",
            "spawnv EAGAIN": "os.spawnv(os.P_WAIT, '/bin/sh', ['sh'])",
        },
        first="import subprocess; file = os.open(sys.executable, os.O_PATH)",
    ),
    outcome(
        "host-system",
        "run a command by the C library; it tells of no error but of 127, a shell that was not found",
        "return os.system(f'touch {HOME}/made'), os.WEXITSTATUS(libc.system(b'exit 3'))",
        r"did it: \(32512, 127\)$",
    ),
    refused(
        "host-multiprocessing",
        "start workers, a pool, a manager",
        {
            "fork EAGAIN": "context('fork').Process(target=print).start()",
            "spawn EAGAIN": "context('spawn').Process(target=print).start()",
            "pool EACCES": "context('fork').Pool(2)",
            "threads RuntimeError": "futures.ThreadPoolExecutor(1).submit(print)",
            "processes EACCES": "futures.ProcessPoolExecutor(1)",
        },
        first="from concurrent import futures; from multiprocessing import get_context as context",
    ),
    refused(
        "host-workers-of-torch",
        "have torch start processes and threads",
        {
            "loader EACCES": "next(iter(torch.utils.data.DataLoader([1], num_workers=1)))",
            "processes EACCES": "torch.multiprocessing.start_processes(print, start_method='fork')",
        },
        first="import torch.multiprocessing, torch.utils.data",
    ),
    *(
        (
            refused(
                "host-fork-x86-64",
                "become two by calls that only x86-64 still has; the C library no longer uses them",
                {"fork EPERM": "raw('fork')", "vfork EPERM": "raw('vfork')"},
            ),
        )
        if X86_64
        else ()
    ),
)
