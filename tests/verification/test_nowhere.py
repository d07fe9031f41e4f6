"""Server and browser in a network namespace that leads nowhere: all works, nothing calls out, no policy is broken."""

import os
import subprocess
import sys
from typing import Any

import pytest

from ..bars import IS_THOROUGH
from ..journeys.server import ROOT

pytestmark = pytest.mark.slow
JOURNEYS = ["-n", "4", "tests/journeys"] if IS_THOROUGH else ["tests/journeys/test_chart.py"]
_INSIDE = r"""
ip link set lo up
ip link add here type veth peer name nobody
ip addr add 198.51.100.1/32 dev here
ip link set here up
ip link set nobody up
refused() { awk '/^Ip:/ && $2 != "Forwarding" { print "refused", $13 }' /proc/net/snmp; }
refused
"$PYTHON" -c 'import socket; socket.create_connection(("192.0.2.1", 80))' 2>/dev/null
refused
"$PYTHON" -m pytest -p no:cacheprovider -m browser "$@"
code=$?
refused
exit $code
"""


def test_every_journey_goes_well_where_nothing_can_be_called(figure: Any) -> None:
    """The kernel counts what finds no way out; one call is made on purpose, so that the count is known to work.

    Only IPv4 is counted: Chromium asks the kernel on each look-up whether IPv6 would lead anywhere, and sends nothing.
    There is a network with nobody in it, as Chromium calls itself offline where there is none at all.
    """
    as_root = [] if os.getuid() == 0 else ["--map-root-user"]
    namespace = ["unshare", "--net", *as_root, "sh", "-c", _INSIDE, "sh", *JOURNEYS]
    environment = os.environ | {"PYTHON": sys.executable}
    done = subprocess.run(namespace, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    before, tried, after = (int(line.split()[1]) for line in done.stdout.splitlines() if line.startswith("refused "))
    told = next(line for line in reversed(done.stdout.splitlines()) if " passed" in line).strip("= ")
    assert (done.returncode, tried) == (0, before + 1), done.stdout[-3000:]
    figure("calls to anywhere else", after - tried, told)
    figure("reports of a broken content policy", done.stdout.count("securitypolicyviolation:"), told)
