"""Talking to anybody: over the network, to another process, to the kernel. There is no socket, so there is no talk.

Someone listens at each address that is tried (see `bait`), and would hear it.
"""

from tests.hostile.attempts import outcome, refused
from tests.hostile.row import Row

ROWS: tuple[Row, ...] = (
    refused(
        "host-connect",
        "connect to someone who listens on this machine",
        {
            "tcp EPERM": "socket.create_connection((ADDRESS, TCP_PORT))",
            "udp EPERM": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', (ADDRESS, UDP_PORT))",
            "unix EPERM": "socket.socket(socket.AF_UNIX).connect(UNIX_PATH)",
            "abstract EPERM": "socket.socket(socket.AF_UNIX).connect(ABSTRACT_NAME)",
            "tcp6 EPERM": "socket.create_connection(('::1', TCP_PORT))",
        },
    ),
    refused(
        "host-connect-inside",
        "the same from within a call",
        {"tcp EPERM": "socket.create_connection((ADDRESS, TCP_PORT))"},
        inside=True,
    ),
    refused(
        "host-connect-out",
        "connect to another machine, by name and by number",
        {
            "number EPERM": "socket.create_connection(('192.0.2.1', 80), timeout=1)",
            "name gaierror": "socket.create_connection(('example.org', 80), timeout=1)",
            "lookup gaierror": "socket.gethostbyname('example.org')",
            "http URLError": "urllib.request.urlopen('http://192.0.2.1/', timeout=1)",
            "dns gaierror": "socket.getaddrinfo('secret.example.org', 80)",
        },
        first="import urllib.request",
    ),
    refused(
        "host-listen",
        "wait for others to connect",
        {
            "tcp EPERM": "socket.create_server(('127.0.0.1', 0))",
            "unix EPERM": "socket.create_server(HOME + '/made', family=socket.AF_UNIX)",
            "http EPERM": "http.server.HTTPServer(('', 0), None)",
            "connection EPERM": "Listener()",
        },
        first="import http.server; from multiprocessing.connection import Listener",
    ),
    refused(
        "host-any-socket",
        "open a socket of each family that there is: netlink, packet, vsock, crypto, Bluetooth, CAN, XDP",
        {
            "stream EPERM": "at_all(lambda family: raw('socket', family, 1, 0), range(48))",
            "datagram EPERM": "at_all(lambda family: raw('socket', family, 2, 0), range(48))",
            "raw EPERM": "at_all(lambda family: raw('socket', family, 3, 0), range(48))",
            "packets EPERM": "at_all(lambda family: raw('socket', family, 5, 0), range(48))",
            "python EPERM": "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
        },
    ),
    refused(
        "host-socketpair",
        "open a pair of sockets, over which descriptors can be passed",
        {
            "pair EPERM": "socket.socketpair()",
            "raw EPERM": "raw('socketpair', 1, 5, 0, bytes(8))",
            "loop EPERM": "asyncio.new_event_loop()",
            "pipe EPERM": "multiprocessing.Pipe()",
        },
        first="import asyncio, multiprocessing",
    ),
    refused(
        "host-descriptor-as-socket",
        "talk over a descriptor as if it were a socket",
        {
            "connect EPERM": "raw('connect', 4, bytes(16), 16)",
            "bind EPERM": "raw('bind', 4, bytes(16), 16)",
            "listen EPERM": "raw('listen', 4, 9)",
            "accept EPERM": "raw('accept', 4, 0, 0)",
            "sendto EPERM": "raw('sendto', 4, b'x', 1, 0, 0, 0)",
            "sendmsg EPERM": "raw('sendmsg', 4, bytes(56), 0)",
            "sendmmsg EPERM": "raw('sendmmsg', 4, bytes(64), 1, 0)",
            "adopt EPERM": "socket.socket(fileno=4)",
        },
    ),
    refused(
        "host-io-uring",
        "have a ring of the kernel's make the calls, past the filter",
        {
            "setup EPERM": "raw('io_uring_setup', 1, ctypes.create_string_buffer(120))",
            "enter EPERM": "raw('io_uring_enter', 4, 0, 0, 0, 0, 0)",
            "register EPERM": "raw('io_uring_register', 4, 0, 0, 0)",
            "aio EPERM": "raw('io_setup', 1, ctypes.create_string_buffer(8))",
            "submit EPERM": "raw('io_submit', 0, 0, 0)",
        },
    ),
    outcome(
        "host-torch-distributed",
        "have torch listen and connect from C++",
        """
        import torch.distributed
        return torch.distributed.TCPStore("127.0.0.1", 0, is_master=True)
        """,
        "(DistNetworkError|RuntimeError) .*(EPERM|errno: 1 )",
    ),
)
