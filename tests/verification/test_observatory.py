"""Mozilla's observatory, run on this machine: the site over TLS has the best grade, without anything being called."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ..journeys.server import ROOT

pytestmark = pytest.mark.slow
SCANNER = "@mdn/mdn-http-observatory"
_INSIDE = 'ip link set lo up && "$0" -m tests.verification.observed "$1"'


def test_the_observatory_gives_its_best_grade(tmp_path: Path, figure: Any) -> None:
    """Neither its database driver nor the browsers' list of hosts, on which this one is not, is fetched."""
    install = ["npm", "install", "--ignore-scripts", "--no-fund", "--no-audit", "--prefix", str(tmp_path)]
    subprocess.run([*install, f"{SCANNER}@1.4.8"], check=True, stdout=subprocess.DEVNULL)
    (tmp_path / "node_modules" / SCANNER / "conf" / "hsts-preload.json").write_text("{}")
    as_root = [] if os.getuid() == 0 else ["--map-root-user"]
    scanner = str(tmp_path / "node_modules" / SCANNER)
    command = ["unshare", "--net", *as_root, "sh", "-c", _INSIDE, sys.executable, scanner]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    found = json.loads(done.stdout)
    assert "scan" in found, found
    scan = found["scan"]
    told = f"grade {scan['grade']}, {scan['testsPassed']} of {scan['testsQuantity']} tests"
    figure("score at the observatory", scan["score"], told)
    assert scan["grade"] == "A+"
