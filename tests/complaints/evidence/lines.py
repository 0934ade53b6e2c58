"""A line between sender and server that breaks, as those of telephones do."""

import contextlib
import random
import socket
import struct
import threading

_PIECE = 64 * 1024
_RESET = struct.pack("ii", 1, 0)


class BreakingLine:
    """Listens on a port of its own and hands on to the server, until it breaks, again and again.

    A connection breaks after a random number of bytes from the sender, sometimes with a reset in
    the face of both, sometimes silently; requests shorter than `least` pass.
    """

    def __init__(self, port, *, seed, least, most):
        self._port, self._random = port, random.Random(seed)  # noqa: S311 - repeatable
        self._least, self._most = least, most
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        self.broken = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self):
        """Listen no more."""
        with contextlib.suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    def _listen(self):
        while True:
            try:
                sender, _ = self._door.accept()
            except OSError:
                return
            allowed = self._random.randint(self._least, self._most)
            resets = self._random.random() < 0.5
            threading.Thread(
                target=self._carry, args=(sender, allowed, resets), daemon=True
            ).start()

    def _carry(self, sender, allowed, resets):
        server = socket.create_connection(("127.0.0.1", self._port))
        back = threading.Thread(target=_pump, args=(server, sender), daemon=True)
        back.start()
        with contextlib.suppress(OSError):
            while piece := sender.recv(min(_PIECE, max(allowed, 1))):
                server.sendall(piece[:allowed])
                allowed -= len(piece)
                if allowed <= 0:
                    self.broken += 1
                    _hang_up(sender, server, resets=resets)
                    return
        with contextlib.suppress(OSError):
            server.shutdown(socket.SHUT_WR)
        back.join(30)
        sender.close()
        server.close()


def _pump(source, target):
    with contextlib.suppress(OSError):
        while piece := source.recv(_PIECE):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)


def _hang_up(*ends, resets):
    for end in ends:
        with contextlib.suppress(OSError):
            if resets:
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            else:
                end.shutdown(socket.SHUT_RDWR)
            end.close()
