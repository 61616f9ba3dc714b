"""HTTP on the wire of a real server: bytes as they are sent and as they come."""

import socket
from urllib.parse import quote

ASK = b"/sparql?query=" + quote("ASK {}").encode()
SPACE = 3.0


class Answer:
    """One answer as it came: status, headers in lower case, body."""

    def __init__(self, data: bytes) -> None:
        head, _, self.body = data.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        self.version, status = first.split(" ")[:2]
        self.status = int(status)
        self.headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines)
        }


def send(server: str, data: bytes) -> bytes:
    host, _, port = server.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=SPACE) as connection:
        connection.sendall(data)
        received = b""
        try:
            while piece := connection.recv(1 << 16):
                received += piece
        except TimeoutError:
            pass
        return received


def ask(server: str, line: bytes, *headers: bytes, body: bytes = b"") -> Answer:
    lines = [line, b"Host: kg.example", b"Connection: close", *headers, b"", body]
    return Answer(send(server, b"\r\n".join(lines)))


def get(server: str, *headers: bytes) -> Answer:
    return ask(server, b"GET " + ASK + b" HTTP/1.1", *headers)
