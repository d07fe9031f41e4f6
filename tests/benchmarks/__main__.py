"""Speed and size, as ratios against a floor measured in the same run: python -m tests.benchmarks"""

import os
import tempfile

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ftdecide.settings")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        from . import deciding, money, pages, published_cases

        print("Ratios are medians of interleaved runs. OVER marks what is above its bound.\n")
        pages.run()
        print()
        deciding.run()
        print()
        money.run()
        print()
        published_cases.print_published_cases()


if __name__ == "__main__":
    main()
