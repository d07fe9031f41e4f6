"""How many bytes a page brings over the network, with everything it asks for."""

import gzip
import re
from typing import Any
from urllib.parse import urljoin

from django.test import Client

# Files that are compressed already.
_PACKED = (".woff2", ".png", ".jpg")


def weight(client: Client, address: str) -> dict[str, int]:
    """The compressed bytes of a page and of each file that it asks for, by address."""
    page = client.get(address).content
    sizes = {address: len(gzip.compress(page))}
    html = page.decode()
    wanted = re.findall(r'<(?:link|script)\b[^>]*?\s(?:href|src)="(/static/[^"]+)"', html)
    while wanted:
        file = wanted.pop()
        if file in sizes:
            continue
        response: Any = client.get(file)
        if response.status_code != 200:
            raise RuntimeError(f"{file}: {response.status_code}. Run `make static-files`.")
        content = b"".join(response.streaming_content) if response.streaming else response.content
        sizes[file] = len(content) if file.endswith(_PACKED) else len(gzip.compress(content))
        if file.endswith(".css"):
            found = re.findall(r"url\([\"']?(?!data:)([^)\"']+)", content.decode())
            wanted += [urljoin(file, each) for each in found]
    return sizes
