"""A team with a full portfolio, made in the database of a server; prints how to get in.

python -m tests.journeys.team, in the environment of the server
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).parents[2]
CASES = 26


@dataclass(frozen=True)
class Team:
    """Whose session opens which workspaces: one with many use cases, and an empty one."""

    session: str
    portfolio: str
    empty: str


def make_team(environment: dict[str, str]) -> Team:
    command = [sys.executable, "-m", "tests.journeys.team"]
    done = subprocess.run(command, cwd=_ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return Team(**json.loads(done.stdout))


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ftdecide.settings")
    import django

    django.setup()
    from tests.documents import EXAMPLES, example_document
    from tests.people import signed_in
    from tests.workspaces import new_person, new_workspace, put_in

    user = new_person()
    full, empty = new_workspace(owner=user), new_workspace("New team", owner=user)
    for number in range(CASES):
        document = example_document(EXAMPLES[number % len(EXAMPLES)])
        if number >= len(EXAMPLES):
            document["use_case"]["name"] = f"Case {number:02} of the claims and support department"
        put_in(full, document)
    session = signed_in(user).cookies["sessionid"].value
    print(json.dumps({"session": session, "portfolio": f"/w/{full.pk}/", "empty": f"/w/{empty.pk}/"}))


if __name__ == "__main__":
    main()
