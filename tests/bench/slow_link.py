#!/usr/bin/env python3
"""A slow, lossy, cut-prone network between two namespaces on one Linux machine (root; needs /dev/net/tun and iproute2; no kernel netem).

    slow_link.py NAME UP_KBIT DOWN_KBIT ONE_WAY_MS LOSS_PERCENT [CUT_EVERY_S CUT_LENGTH_S rst|drop]

makes the namespaces NAMEc (client, 10.77.0.2) and NAMEs (server, 10.77.0.1), prints `ready`, and carries packets between them until it is
told to stop (SIGTERM), when it prints its counters as JSON. Run programs inside with `ip netns exec NAMEc …`. With the last three arguments
the link goes down for CUT_LENGTH_S after every CUT_EVERY_S, and connections that were open are reset (or silently dropped).
QBYTES (65536) is the drop-tail queue per direction, SEED (1) seeds the losses.
"""

import collections
import ctypes
import fcntl
import heapq
import json
import os
import random
import select
import signal
import struct
import subprocess
import sys
import time

CLIENT, SERVER = "c", "s"
ADDRESS = {CLIENT: "10.77.0.2", SERVER: "10.77.0.1"}
OTHER = {CLIENT: SERVER, SERVER: CLIENT}
TUNSETIFF, IFF_TUN, IFF_NO_PI, CLONE_NEWNET = 0x400454CA, 0x0001, 0x1000, 0x40000000
SYN, RST, ACK = 0x02, 0x04, 0x10


def run(*words: str, check: bool = True) -> None:
    subprocess.run(words, check=check, stderr=None if check else subprocess.DEVNULL)


def enter(namespace_fd: int) -> None:
    if ctypes.CDLL(None, use_errno=True).setns(namespace_fd, CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "setns")


def tun_in(namespace: str, address: str) -> int:
    """A TUN device inside `namespace`, read and written from here."""
    run("ip", "netns", "del", namespace, check=False)
    run("ip", "netns", "add", namespace)
    home = os.open("/proc/self/ns/net", os.O_RDONLY)
    there = os.open(f"/run/netns/{namespace}", os.O_RDONLY)
    enter(there)
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH22x", b"t0", IFF_TUN | IFF_NO_PI))
    enter(home)
    os.close(there)
    os.close(home)
    run("ip", "-n", namespace, "addr", "add", f"{address}/24", "dev", "t0")
    run("ip", "-n", namespace, "link", "set", "t0", "mtu", "1400", "up")
    run("ip", "-n", namespace, "link", "set", "lo", "up")
    return device


def checksum(data: bytes) -> int:
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF


def reset_for(packet: bytes, header: int) -> bytes:
    """The RST a router would answer to this TCP packet of a connection it does not know."""
    source_port, target_port, seq, ack, offset = struct.unpack("!HHIIB", packet[header : header + 13])
    flags = packet[header + 13]
    payload = len(packet) - header - (offset >> 4) * 4
    source, target = packet[12:16], packet[16:20]
    after = (seq + payload + bool(flags & SYN)) & 0xFFFFFFFF
    fields = (ack, 0, RST) if flags & ACK else (0, after, RST | ACK)
    tcp = struct.pack("!HHIIBBHHH", target_port, source_port, fields[0], fields[1], 0x50, fields[2], 0, 0, 0)
    pseudo = target + source + b"\0\x06" + struct.pack("!H", 20)
    tcp = tcp[:16] + struct.pack("!H", checksum(pseudo + tcp)) + tcp[18:]
    ip = struct.pack("!BBHHHBBH", 0x45, 0, 40, 0, 0, 64, 6, 0) + target + source
    return ip[:10] + struct.pack("!H", checksum(ip)) + ip[12:] + tcp


def main() -> None:
    if len(sys.argv) not in (6, 9):
        sys.exit(__doc__)
    name = sys.argv[1]
    up, down, one_way, loss = map(float, sys.argv[2:6])
    cut_every, cut_length = map(float, sys.argv[6:8]) if len(sys.argv) == 9 else (0.0, 0.0)
    answer_reset = len(sys.argv) == 9 and sys.argv[8] == "rst"
    queue_limit = int(os.environ.get("QBYTES", "65536"))
    chance = random.Random(int(os.environ.get("SEED", "1")))
    device = {end: tun_in(name + end, ADDRESS[end]) for end in (CLIENT, SERVER)}
    bytes_per_s = {CLIENT: up * 1000 / 8, SERVER: down * 1000 / 8}
    free_at = {CLIENT: 0.0, SERVER: 0.0}
    counters: collections.Counter[str] = collections.Counter()
    in_flight: list[tuple[float, int, str, bytes]] = []
    known: set[tuple[int, int]] = set()
    start, period, serial = time.monotonic(), 0, 0

    def stop(*_: object) -> None:
        print(json.dumps(counters), flush=True)
        os._exit(0)

    signal.signal(signal.SIGTERM, stop)
    print("ready", flush=True)
    while True:
        now = time.monotonic()
        wait = max(0.0, in_flight[0][0] - now) if in_flight else 1.0
        readable, _, _ = select.select(list(device.values()), [], [], wait)
        now = time.monotonic()
        is_down = False
        if cut_every:
            turn, phase = divmod(now - start, cut_every + cut_length)
            is_down = phase >= cut_every
            if int(turn) != period:
                period = int(turn)
                known.clear()
        for end, fd in device.items():
            if fd not in readable:
                continue
            for _ in range(64):
                try:
                    packet = os.read(fd, 2048)
                except BlockingIOError:
                    break
                if packet[0] >> 4 != 4:
                    continue
                counters[f"packets_{end}"] += 1
                counters[f"bytes_{end}"] += len(packet)
                if is_down:
                    counters["dropped_while_down"] += 1
                    continue
                header = (packet[0] & 15) * 4
                if cut_every and packet[9] == 6:
                    ports = struct.unpack("!HH", packet[header : header + 4])
                    flow = ports if end == CLIENT else (ports[1], ports[0])
                    if packet[header + 13] & SYN:
                        known.add(flow)
                    elif flow not in known:
                        if answer_reset and not packet[header + 13] & RST:
                            os.write(fd, reset_for(packet, header))
                            counters["resets"] += 1
                        continue
                if chance.random() * 100 < loss:
                    counters[f"lost_{end}"] += 1
                    continue
                if (free_at[end] - now) * bytes_per_s[end] > queue_limit:
                    counters[f"queue_drops_{end}"] += 1
                    continue
                free_at[end] = max(now, free_at[end]) + len(packet) / bytes_per_s[end]
                serial += 1
                heapq.heappush(in_flight, (free_at[end] + one_way / 1000, serial, OTHER[end], packet))
        now = time.monotonic()
        while in_flight and in_flight[0][0] <= now:
            _, _, end, packet = heapq.heappop(in_flight)
            try:
                os.write(device[end], packet)
            except OSError:
                counters["write_errors"] += 1


if __name__ == "__main__":
    main()
