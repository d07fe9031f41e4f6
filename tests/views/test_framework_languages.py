"""The languages of a team's own framework on its pages: typed, translated, missing, published, and read in each."""

from typing import Any

import pytest
from django.urls import reverse

from assessments.engine.content_hash import content_hash
from assessments.engine.result_json import result_json
from assessments.framework import Framework
from assessments.framework.framework_file import read_own
from assessments.framework.notation import written_for
from assessments.framework.shown_in import as_read
from assessments.models import Assessment, AuditEvent, FrameworkVersion, TeamFramework
from assessments.pages.paper_trail import trail_of
from assessments.pages.report import report_html
from assessments.services import own_frameworks as service
from assessments.services.answer_sheet import read_sheet
from assessments.services.own_frameworks import DraftEntry
from assessments.speaking import speaking

from ..own_frameworks import published
from ..pages import Page, told_by
from ..people import Team, make_team
from .test_frameworks import add_an_approach, at, form_of, publish, save

pytestmark = pytest.mark.django_db
SHORT, ASK = "gates.no_case.short", "questions.brand_voice.ask"
TYPED = {
    SHORT: "Der Grund reicht nicht <b>",
    "criteria.latency.name": "Zeit bis zur Antwort",
    "questions.brand_voice.label": "Hausstimme",
    "approaches.tools.name": "Werkzeuge von uns",
}
SAID = {
    SHORT: "The reason is too thin <b>",
    "questions.brand_voice.label": "House voice",
    "approaches.tools.name": "Tools of ours",
}


@pytest.fixture
def team() -> Team:
    found = make_team()
    for client in found.clients.values():
        client.cookies["language"] = "de"
    return found


@pytest.fixture
def framework(team: Team) -> TeamFramework:
    """Started by somebody who reads German."""
    team.clients["editor"].post(team.url("frameworks"), {"name": "Unsere"})
    return TeamFramework.objects.get()


@pytest.fixture
def several(team: Team, framework: TeamFramework) -> TeamFramework:
    """Changed in German, with some of it in English."""
    choose(team, framework, "de en")
    entries = [
        DraftEntry(path=path, value=text, seen=service.value_at(framework, path)) for path, text in TYPED.items()
    ]
    entries += [DraftEntry(path=f"words.en.{path}", value=text, seen=None) for path, text in SAID.items()]
    assert not service.change_draft(framework, team.users["editor"], entries).faults
    framework.refresh_from_db()
    return framework


def choose(team: Team, framework: TeamFramework, languages: str, role: str = "editor") -> int:
    sent = team.clients[role].post(at(team, "framework_languages", framework), {"languages": languages})
    framework.refresh_from_db()
    return int(sent.status_code)


def part_of(team: Team, framework: TeamFramework, part: str, role: str = "editor") -> Page:
    return Page(team.clients[role].get(at(team, "framework_part", framework, part)))


@pytest.mark.parametrize(
    "part", ["gates", "approaches", "precedents", "weights", "goals", "tried", "questions-reasons_for"]
)
def test_fields_have_the_built_in_texts_in_the_language_that_is_typed(
    team: Team, framework: TeamFramework, part: str
) -> None:
    assert framework.languages == ["de"]
    assert save(team, framework, part).status_code == 302
    framework.refresh_from_db()
    assert framework.changes == {}
    german = texts_of(form_of(team, framework, part))
    choose(team, framework, "en")
    assert (texts_of(form_of(team, framework, part)) == german) is (part in ("precedents", "tried"))


def texts_of(form: dict[str, Any]) -> dict[str, Any]:
    """What stands in the fields, without what is another one on every page."""
    return {name: values for name, values in form.items() if not name.startswith(("csrf", "was-"))}


def test_a_german_text_stands_beside_the_german_default_and_goes_back(team: Team, framework: TeamFramework) -> None:
    assert form_of(team, framework, "gates")[SHORT] == ["Gründe dafür überwiegen nicht"]
    save(team, framework, "gates", **{SHORT: TYPED[SHORT]})
    framework.refresh_from_db()
    assert framework.changes == {SHORT: TYPED[SHORT]}
    page = part_of(team, framework, "gates")
    assert "Mitgeliefert: Gründe dafür überwiegen nicht" in told_by(page)
    assert "Texte werden hier auf Deutsch geschrieben." in told_by(page)
    assert page.with_id(SHORT).get("lang") == "de"
    assert not page.root.xpath("//*[starts-with(@name, 'words.')]")
    save(team, framework, "gates", **{SHORT: "Gründe dafür überwiegen nicht"})
    framework.refresh_from_db()
    assert framework.changes == {}


def test_a_text_has_its_translation_beneath_it_and_what_is_missing_is_linked(
    team: Team, framework: TeamFramework
) -> None:
    choose(team, framework, "de en")
    save(team, framework, "gates", **{SHORT: TYPED[SHORT]})
    draft = Page(team.clients["viewer"].get(at(team, "framework", framework)))
    assert "Einer Ihrer eigenen Texte hat noch kein Englisch." in told_by(draft)
    (link,) = draft.root.xpath("//a[contains(@href, '#words.')]/@href")
    address, _hash, name = link.partition("#")
    field = Page(team.clients["editor"].get(address)).with_id(name)
    assert (field.get("name"), field.get("lang"), field.get("value")) == (f"words.en.{SHORT}", "en", "")
    save(team, framework, "gates", **{name: f"  {SAID[SHORT]} "})
    framework.refresh_from_db()
    assert framework.words == {"en": {SHORT: SAID[SHORT]}}
    assert save(team, framework, "gates").status_code == 302
    framework.refresh_from_db()
    assert framework.words == {"en": {SHORT: SAID[SHORT]}}
    for name in ("framework", "publish_framework"):
        page = Page(team.clients["owner"].get(at(team, name, framework)))
        assert "kein Englisch" not in told_by(page)
    save(team, framework, "gates", **{f"words.en.{SHORT}": ""})
    framework.refresh_from_db()
    assert framework.words == {}
    assert "kein Englisch" in told_by(Page(team.clients["owner"].get(at(team, "publish_framework", framework))))
    assert publish(team, framework).words == {}


def test_what_cannot_be_said_is_refused_and_stays_typed(team: Team, several: TeamFramework) -> None:
    name = f"words.en.{SHORT}"
    response = save(team, several, "gates", **{name: "{net} reasons"})
    assert response.status_code == 422
    page = Page(response)
    assert told_by(page).count("die Lücken net sind nicht dieselben") == 2
    assert page.root.xpath(f"//*[@role='alert']//a[@href='#{name}']")
    assert page.with_id(name).get("value") == "{net} reasons"
    several.refresh_from_db()
    assert several.words["en"] == SAID


def test_two_who_translate_the_same_text_do_not_overwrite_each_other(team: Team, several: TeamFramework) -> None:
    path = f"words.en.{SHORT}"
    mine, theirs = (DraftEntry(path=path, value=text, seen=SAID[SHORT]) for text in ("Too thin", "Too weak"))
    assert service.change_draft(several, team.users["editor"], [mine]).saved == (path,)
    assert service.change_draft(several, team.users["owner"], [theirs]).conflicts == (path,)


def test_with_a_text_its_translation_goes(team: Team, several: TeamFramework) -> None:
    save(team, several, "gates", back=SHORT)
    several.refresh_from_db()
    assert SHORT not in several.changes
    assert several.words == {"en": {path: text for path, text in SAID.items() if path != SHORT}}


def test_an_approach_of_ones_own_is_translated_and_taken_out_with_its_words(team: Team, several: TeamFramework) -> None:
    stops = {"new.guides._new.stops": "Sie wächst\nSie bricht"}
    assert add_an_approach(team, several, **stops).status_code == 302
    key = "own_plain_rules"
    name = f"words.en.guides.{key}.stops.2.text"
    assert save(team, several, "approaches", **{name: "It breaks"}).status_code == 302
    turned = {f"guides.{key}.stops": "Sie bricht\nSie wächst"}
    assert save(team, several, "approaches", **turned).status_code == 302
    several.refresh_from_db()
    assert several.words["en"] == SAID | {f"guides.{key}.stops.1.text": "It breaks"}
    taken_over = f"words.en.guides.{key}.works.text"  # from the built-in approach, whose English there is
    assert not part_of(team, several, "approaches").root.xpath(f"//*[@name='{taken_over}']")
    assert save(team, several, "approaches", **{f"approaches.{key}.off": "1"}).status_code == 302
    several.refresh_from_db()
    assert several.words == {"en": SAID}


def test_languages_change_places_and_nothing_that_was_typed_is_lost(team: Team, several: TeamFramework) -> None:
    before = dict(several.changes), dict(several.words)
    seen = read_in_both(service.draft_framework(several))
    assert choose(team, several, "en de") == 302
    assert (several.languages, several.changes[SHORT]) == (["en", "de"], SAID[SHORT])
    assert several.words == {"de": {path: TYPED[path] for path in SAID}}
    assert read_in_both(service.draft_framework(several)) == seen
    assert choose(team, several, "en") == 302
    assert service.draft_of(several).words == {}
    assert choose(team, several, "de en") == 302
    assert (several.changes, several.words) == before
    assert AuditEvent.objects.filter(act="change_framework")[0].details["languages"] == ["de", "en"]


def read_in_both(framework: Framework) -> list[str]:
    found = []
    for language in ("de", "en"):
        with written_for(language):
            read = as_read(framework)
            named = next(one.name for one in read.matrix.criteria if one.key == "latency")
            found += [read.gate["no_case"].short, read.questions["brand_voice"].label, named]
    return found


def test_only_editors_choose_languages_and_only_those_there_are(team: Team, framework: TeamFramework) -> None:
    assert choose(team, framework, "en de", role="viewer") in (403, 404)
    assert [choose(team, framework, value) for value in ("fr", "de de", "")] == [404, 404, 302]
    assert framework.languages == ["de"]


def test_what_is_published_holds_its_words_for_good(team: Team, several: TeamFramework) -> None:
    version = publish(team, several)
    assert (version.languages, version.words) == (["de", "en"], {"en": SAID})
    held = team.clients["editor"].get(f"{at(team, 'framework_file', several)}?version=1").content
    assert read_own(held).content_hash == version.content_hash == service.draft_of(several).content_hash
    told = told_by(Page(team.clients["viewer"].get(at(team, "framework_version", several, 1))))
    assert "Seine eigenen Texte sind auf: Deutsch, Englisch" in told
    assert SAID[SHORT] in told
    save(team, several, "gates", **{f"words.en.{SHORT}": "Too thin"})
    again = publish(team, several)
    assert (again.number, again.content_hash != version.content_hash) == (2, True)
    assert FrameworkVersion.objects.get(pk=version.pk).words == {"en": SAID}


def test_each_reader_has_the_words_of_the_team_on_every_page(team: Team, several: TeamFramework) -> None:
    version = published(several, team.users["owner"])
    one = team.assessment
    team.clients["editor"].post(reverse("assessment_framework", args=[one.pk]), {"to": version.key})
    one = Assessment.objects.get(pk=one.pk)
    client, results, told = team.clients["viewer"], [], dict[str, str]()
    addresses = [
        reverse("section", args=[one.pk, "reasons_for"]),
        reverse("result_page", args=[one.pk, "options"]),
    ]
    for language in ("de", "en"):
        client.cookies["language"] = language
        told[language] = " ".join(told_by(Page(client.get(address))) for address in addresses)
        with speaking(language):
            sheet = read_sheet(one)
            told[language] += report_html(sheet, trail_of(one, sheet, None), at=one.changed_at)
            results.append(content_hash(sheet.raw, result_json(sheet.decision)))
    assert results[0] == results[1]
    for path in ("questions.brand_voice.label", "approaches.tools.name"):
        assert TYPED[path] in told["de"]
        assert TYPED[path] not in told["en"]
        assert SAID[path] in told["en"]
    assert TYPED["criteria.latency.name"] in told["en"]


def test_a_draft_that_was_never_published_can_be_removed_on_its_page(team: Team, framework: TeamFramework) -> None:
    for role, forms in (("editor", 1), ("viewer", 0)):
        page = Page(team.clients[role].get(at(team, "framework", framework)))
        assert len(page.root.xpath("//form[contains(@action, '/remove/')]")) == forms
