"""The migration that lets a framework say its languages: what was published before stays what it is, there and back."""

from typing import Any

import pytest

from assessments.framework.changes import OwnFramework, content_hash

pytestmark = pytest.mark.slow

BEFORE, AFTER = ("assessments", "0033_language_of_people"), ("assessments", "0034_languages_of_frameworks")
CHANGES = {"gates.no_case.short": "Bei uns nicht"}


def test_what_was_published_has_one_language_and_the_hash_that_it_had(migrate: Any) -> None:
    old = migrate(BEFORE)
    workspace = old.get_model("assessments", "Workspace").objects.create(name="Support")
    kept = {"name": "Ours", "base": "v1", "changes": CHANGES}
    framework = old.get_model("assessments", "TeamFramework").objects.create(id="a" * 12, workspace=workspace, **kept)
    digest = content_hash("v1", CHANGES)
    version = {"number": 1, "note": "Tried", "content_hash": digest}
    old.get_model("assessments", "FrameworkVersion").objects.create(framework=framework, **version, **kept)

    new = migrate(AFTER)
    for name in ("TeamFramework", "FrameworkVersion"):
        found = new.get_model("assessments", name).objects.get()
        assert (found.changes, found.languages, found.words) == (CHANGES, ["en"], {})
        held = OwnFramework(base="v1", changes=CHANGES, name="Ours", languages=found.languages, words=found.words)
        assert held.content_hash == digest

    back = migrate(BEFORE)
    assert back.get_model("assessments", "FrameworkVersion").objects.get().content_hash == digest
