"""Serves the site on https://localhost, as behind a proxy, and prints what Mozilla's observatory says of it, as JSON.

Run where ports 80 and 443 are free, with the folder in which npm has put the scanner and one for a certificate.
"""

import os
import socketserver
import ssl
import subprocess
import sys
import threading
from pathlib import Path
from socket import create_connection
from urllib.parse import urlsplit

from .sites import Site, folder_of_its_own

_NEW_CERTIFICATE = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext"


class Front(socketserver.ThreadingTCPServer):
    """A proxy that tells how it was asked, one request on each connection."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, port: int, site: str, tls: ssl.SSLContext | None) -> None:
        self.site, self.tls = urlsplit(site), tls
        super().__init__(("127.0.0.1", port), Passing)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Passing(socketserver.StreamRequestHandler):
    server: Front

    def setup(self) -> None:
        if self.server.tls:
            self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        super().setup()

    def handle(self) -> None:
        head = []
        while (line := self.rfile.readline()) not in (b"\r\n", b""):
            if not line.lower().startswith(b"connection:"):
                head.append(line)
        told = b"X-Forwarded-Proto: %s\r\nConnection: close\r\n\r\n" % (b"https" if self.server.tls else b"http")
        with create_connection((self.server.site.hostname, self.server.site.port)) as site:
            site.sendall(b"".join(head) + told)
            while answer := site.recv(65536):
                self.wfile.write(answer)


def main(scanner: Path) -> None:
    with folder_of_its_own() as folder:
        name = ["subjectAltName=DNS:localhost", "-keyout", f"{folder}/key.pem", "-out", f"{folder}/certificate.pem"]
        subprocess.run([*_NEW_CERTIFICATE.split(), *name], check=True, capture_output=True)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
        site = Site(folder / "site", FTDECIDE_URL="https://localhost")
        site.prepare()
        site.start()
        try:
            with Front(443, site.address, tls), Front(80, site.address, None):
                environment = os.environ | {"NODE_EXTRA_CA_CERTS": str(folder / "certificate.pem")}
                subprocess.run(["node", str(scanner / "src" / "scan.js"), "localhost"], env=environment, check=True)
        finally:
            site.kill()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
