"""The laptop's command line over sockets with CUBIC, which Windows uses, whatever this machine's kernel prefers."""

import socket
import sys

from urllib3.connection import HTTPConnection

from milomobile.__main__ import main

HTTPConnection.default_socket_options = [
    *HTTPConnection.default_socket_options,
    (socket.IPPROTO_TCP, socket.TCP_CONGESTION, b"cubic"),
]

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
