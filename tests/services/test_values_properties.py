"""Any list of entries through the one door makes of a document what editing it by hand makes."""

from typing import Any

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.engine.fields import faults_across
from assessments.engine.paths import Stated
from assessments.services.answer_sheet import read_sheet, sheet_of_document
from assessments.services.assessments import start_from_document
from assessments.services.values import ValuesRefused, change, entries_to

from ..engine.strategies import accepted_documents
from ..visits import FRAMEWORK

pytestmark = pytest.mark.django_db


@settings(max_examples=25)
@given(before=accepted_documents, after=accepted_documents, data=st.data())
def test_entries_do_what_editing_the_document_does(before: Any, after: Any, data: Any) -> None:
    """Some of the values of another document are taken over: saved where the whole is sound, else nothing is."""
    with connection.cursor():  # each example in the transaction of the test
        assessment = start_from_document(None, "a browser", None, FRAMEWORK, before)
        sheet = read_sheet(assessment)
        wanted = sheet_of_document(FRAMEWORK, after).stated
        entries = entries_to(sheet, wanted)
        chosen = data.draw(st.lists(st.sampled_from(entries), unique_by=lambda one: one.path)) if entries else []
        by_hand: dict[str, Stated] = dict(sheet.stated)
        for entry in chosen:
            by_hand.pop(entry.path, None)
            if entry.path in wanted:
                by_hand[entry.path] = wanted[entry.path]
        try:
            saving = change(assessment, None, chosen)
        except ValuesRefused as error:
            named = error.faults
            assert faults_across(by_hand)
            assert named
            assert read_sheet(assessment).stated == sheet.stated
        else:
            assert not saving.conflicts
            assert read_sheet(assessment).stated == saving.after.stated == by_hand
