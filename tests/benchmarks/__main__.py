"""Speed and size, as ratios against a floor measured in the same run: python -m tests.benchmarks [NAME…]"""

import os
import sys
import tempfile

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ftdecide.settings")
os.environ.setdefault("LIMITS", "1000")  # counted, and reached by nobody


def main() -> None:
    if sys.argv[1:2] == ["million"]:  # on the PostgreSQL of DATABASE_URL
        import django

        django.setup()
        from . import million

        sys.exit("; ".join(million.run(int((sys.argv[2:] or ["50"])[0]))))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        from . import deciding, growth, measured, money, outside, own_trial, pages, published_cases, runs, training

        benchmarks = {
            "outside": outside.run,
            "pages": pages.run,
            "growth": growth.run,
            "deciding": deciding.run,
            "money": money.run,
            "runs": runs.run,
            "training": training.run,
            "measured": measured.run,
            "published_cases": published_cases.print_published_cases,
            "own_trial": own_trial.run,  # last: the queue goes on looking for work
        }
        print("Ratios are medians of interleaved runs. OVER marks what is above its bound.\n")
        for name in sys.argv[1:] or benchmarks:
            benchmarks[name]()
            print()


if __name__ == "__main__":
    main()
