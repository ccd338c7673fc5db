"""The numbers of the system calls that the corpus makes, from the kernel's headers; they never change.

They are not taken from the filter that is attacked, where a mistake would hide itself. Standard library alone.
"""

import platform
from collections.abc import Mapping

_X86_64 = """
    accept 43 acct 163 add_key 248 adjtimex 159 bind 49 bpf 321 capget 125 capset 126 clock_adjtime 305
    clock_settime 227 clone 56 clone3 435 connect 42 creat 85 delete_module 176 execveat 322 faccessat2 439
    fallocate 285 fanotify_init 300 finit_module 313 fork 57 fsmount 432 fsopen 430 fspick 433 get_robust_list 274
    gettid 186 init_module 175 inotify_init1 294 io_setup 206 io_submit 209 io_uring_enter 426 io_uring_register 427
    io_uring_setup 425 ioperm 173 iopl 172 ioprio_set 251 kcmp 312 kexec_file_load 320 kexec_load 246 keyctl 250
    kill 62 landlock_add_rule 445 landlock_create_ruleset 444 landlock_restrict_self 446 listen 50
    lookup_dcookie 212 madvise 28 mbind 237 membarrier 324 memfd_secret 447 migrate_pages 256 mlockall 151 mmap 9
    modify_ldt 154 mount 165 mount_setattr 442 move_mount 429 move_pages 279 mprotect 10 mq_notify 244 mq_open 240
    mq_unlink 241 msgget 68 name_to_handle_at 303 nfsservctl 180 open 2 open_by_handle_at 304 open_tree 428
    openat 257 openat2 437 perf_event_open 298 personality 135 pidfd_getfd 438 pidfd_open 434 pidfd_send_signal 424
    pivot_root 155 prctl 157 prlimit64 302 process_madvise 440 process_mrelease 448 process_vm_readv 310
    process_vm_writev 311 ptrace 101 quotactl 179 readahead 187 reboot 169 recvmsg 47 renameat2 316 request_key 249
    rt_sigqueueinfo 129 rt_tgsigqueueinfo 297 sched_getaffinity 204 sched_setattr 314 seccomp 317 semget 64
    sendmmsg 307 sendmsg 46 sendto 44 set_mempolicy 238 set_thread_area 205 setdomainname 171 setfsuid 122
    sethostname 170 setns 308 setpriority 141 setrlimit 160 settimeofday 164 shmat 30 shmctl 31 shmget 29
    signalfd4 289 socket 41 socketpair 53 swapoff 168 swapon 167 sync 162 syncfs 306 syslog 103 tee 276 tgkill 234
    timer_create 222 timerfd_create 283 tkill 200 umask 95 umount2 166 unlinkat 263 unshare 272 uselib 134
    userfaultfd 323 utime 132 vfork 58 vhangup 153 vmsplice 278
"""
_ARM64 = """
    accept 202 acct 89 add_key 217 adjtimex 171 bind 200 bpf 280 capget 90 capset 91 clock_adjtime 266
    clock_settime 112 clone 220 clone3 435 connect 203 delete_module 106 execveat 281 faccessat2 439 fallocate 47
    fanotify_init 262 finit_module 273 fsmount 432 fsopen 430 fspick 433 get_robust_list 100 gettid 178
    init_module 105 inotify_init1 26 io_setup 0 io_submit 2 io_uring_enter 426 io_uring_register 427
    io_uring_setup 425 ioprio_set 30 kcmp 272 kexec_file_load 294 kexec_load 104 keyctl 219 kill 129
    landlock_add_rule 445 landlock_create_ruleset 444 landlock_restrict_self 446 listen 201 lookup_dcookie 18
    madvise 233 mbind 235 membarrier 283 memfd_secret 447 migrate_pages 238 mlockall 230 mmap 222 mount 40
    mount_setattr 442 move_mount 429 move_pages 239 mprotect 226 mq_notify 184 mq_open 180 mq_unlink 181 msgget 186
    name_to_handle_at 264 nfsservctl 42 open_by_handle_at 265 open_tree 428 openat 56 openat2 437
    perf_event_open 241 personality 92 pidfd_getfd 438 pidfd_open 434 pidfd_send_signal 424 pivot_root 41 prctl 167
    prlimit64 261 process_madvise 440 process_mrelease 448 process_vm_readv 270 process_vm_writev 271 ptrace 117
    quotactl 60 readahead 213 reboot 142 recvmsg 212 renameat2 276 request_key 218 rt_sigqueueinfo 138
    rt_tgsigqueueinfo 240 sched_getaffinity 123 sched_setattr 274 seccomp 277 semget 190 sendmmsg 269 sendmsg 211
    sendto 206 set_mempolicy 237 setdomainname 162 setfsuid 151 sethostname 161 setns 268 setpriority 140
    setrlimit 164 settimeofday 170 shmat 196 shmctl 195 shmget 194 signalfd4 74 socket 198 socketpair 199
    swapoff 225 swapon 224 sync 81 syncfs 267 syslog 116 tee 77 tgkill 131 timer_create 107 timerfd_create 85
    tkill 130 umask 166 umount2 39 unlinkat 35 unshare 97 userfaultfd 282 vhangup 58 vmsplice 75
"""


def _table(text: str) -> dict[str, int]:
    words = text.split()
    return {name: int(number) for name, number in zip(words[::2], words[1::2], strict=True)}


NUMBERS: Mapping[str, int] = _table(_ARM64 if platform.machine() == "aarch64" else _X86_64)
"""By name, for this machine."""
