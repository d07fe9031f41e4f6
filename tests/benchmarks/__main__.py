"""Measures what people wait for, as ratios against the least that each could take, in one run.

python -m tests.benchmarks        needs the collected static files: make bench
"""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.journeys.server import bring_static_files


def main() -> None:
    with TemporaryDirectory(prefix="ftdecide-bench-") as folder:
        bring_static_files(Path(folder), dict(os.environ))
        for name in ("DATABASE_URL", "DEBUG", "FTDECIDE_URL"):
            os.environ.pop(name, None)
        os.environ |= {"FTDECIDE_DATA": folder, "DJANGO_SETTINGS_MODULE": "ftdecide.settings"}

        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection
        from django.test.utils import override_settings

        from .run import run

        call_command("migrate", verbosity=0)
        with override_settings(ROOT_URLCONF="tests.benchmarks.floors", ALLOWED_HOSTS=["testserver"]):
            run()
        connection.close()


if __name__ == "__main__":
    main()
