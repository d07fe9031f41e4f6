"""A million assessments on PostgreSQL: no page reads a large table from the first row to the last."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ..journeys.server import ROOT, bring_static_files
from .sites import Cluster, folder_of_its_own

pytestmark = pytest.mark.slow


def test_no_page_reads_a_whole_table(tmp_path: Path) -> None:
    with folder_of_its_own() as folder:
        cluster = Cluster(folder)
        environment = os.environ | {
            "DATABASE_URL": cluster.new_database("million"),
            "FTDECIDE_DATA": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "ftdecide.settings",
        }
        try:
            bring_static_files(tmp_path, environment)
            command = [sys.executable, "-m", "tests.benchmarks", "million"]
            done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
        finally:
            cluster.kill()
    assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]
