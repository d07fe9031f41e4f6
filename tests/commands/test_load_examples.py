"""`manage.py load_examples` loads the samples that everybody can read, and resets them."""

import io

import pytest
from django.core.management import call_command

from assessments.models import Assessment, StoredValue
from assessments.services.answer_sheet import read_sheet

from ..documents import EXAMPLES, example_document

pytestmark = pytest.mark.django_db

SAMPLES = {name.replace("_", "-"): name for name in EXAMPLES}


def load() -> str:
    out = io.StringIO()
    call_command("load_examples", stdout=out)
    return out.getvalue()


def test_every_example_becomes_a_sample_with_exactly_its_answers() -> None:
    assert len(load().splitlines()) == 4
    loaded = {one.sample: read_sheet(one).raw for one in Assessment.objects.all()}
    assert loaded == {sample: example_document(name) for sample, name in SAMPLES.items()}


def test_running_it_again_changes_nothing_but_brings_back_what_was_changed() -> None:
    load()
    before = {one.sample: one.pk for one in Assessment.objects.all()}
    StoredValue.objects.filter(path="use_case.name").update(value="Changed")
    StoredValue.objects.filter(path="answers.brand_voice").delete()
    load()
    assert {one.sample: one.pk for one in Assessment.objects.all()} == before
    assert {one.sample: read_sheet(one).raw for one in Assessment.objects.all()} == {
        sample: example_document(name) for sample, name in SAMPLES.items()
    }


def test_what_people_have_made_is_left_alone() -> None:
    own = Assessment.objects.create(browser="somebody", framework="v1")
    load()
    own.refresh_from_db()
    assert (own.browser, own.sample, Assessment.objects.count()) == ("somebody", "", 5)
