"""The parts of a framework as one page each: every value with the base's beside it, generated from the data itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.framework import Framework
from assessments.framework.changes import OwnFramework, at_path, base_tables, changed
from assessments.framework.field import DECIDING_ROLES
from assessments.framework.loader import SECTIONS, Tables
from assessments.framework.own_texts import OwnText, built_in, lay, own_texts, without_words
from assessments.framework.places import OFF, PARTS, files_of, inside, own_rows, row_in
from assessments.framework.shown_in import said, told_in
from assessments.speaking import words_now

from .approaches import of_approach, of_names, of_new_approach
from .edited import EditedPart, EditedRow, EditedValue
from .own_cases import case_choices, of_cases
from .shown import Page, Shape, Shown, bands, of_answers, of_questions, pages, roles, several
from .translated import EditedWords, MissingWords, edited_words, present_missing

_WEIGHTS = (gettext_noop("High"), gettext_noop("Medium"))
"""How the weights among reasons are called, for the catalogue: the base has them in English."""


def page_keys(base: Framework) -> Mapping[str, str]:
    """Every page of the editor with its title: the rules first, then the questions, section by section."""
    rules = {key: page.title for key, page in pages().items()}
    named = _("Questions: {section}")
    return rules | {f"questions-{section.key}": named.format(section=section.title) for section in base.sections}


def present_part(own: OwnFramework, base: Framework, key: str) -> EditedPart | None:
    """The page of that key, None where there is none."""
    return _rows(own, base).page(key) if key in page_keys(base) else None


def present_parts(own: OwnFramework, base: Framework) -> Mapping[str, EditedPart]:
    """Every page by its key."""
    rows = _rows(own, base)
    return {key: rows.page(key) for key in page_keys(base)}


def missing_words(own: OwnFramework, base: Framework) -> Sequence[MissingWords]:
    """What of its own texts is not said in all of its languages, each with the page on which it can be."""
    if len(own.languages) == 1 or not own.changes:
        return ()
    rows = _rows(own, base)
    texts = {one: without_words(own.base, rows.texts, own.words.get(one, {})) for one in own.languages[1:]}
    on_page = {path: key for key in page_keys(base) for path in rows.page(key).words} if any(texts.values()) else {}
    return present_missing(own, texts, on_page)


def _rows(own: OwnFramework, base: Framework) -> "_Rows":
    tables, off = changed(own.base, own.changes)
    return _Rows(own=own, base=base, tables=tables, off=off)


@dataclass(frozen=True, kw_only=True)
class _Rows:
    """Makes the rows of a page from the tables of the base and of the draft."""

    own: OwnFramework
    base: Framework
    tables: Tables
    off: frozenset[str]

    @cached_property
    def before(self) -> Tables:
        return base_tables(self.own.base)

    @cached_property
    def texts(self) -> Mapping[str, OwnText]:
        return own_texts(self.tables, self.own.changes)

    @cached_property
    def read(self) -> Tables:
        """The draft's tables with the team's own words for whoever reads now: for titles and choices."""
        said = self.own.words.get(words_now())
        if not said:
            return self.tables
        tables, _off = changed(self.own.base, self.own.changes)
        lay(own_texts(tables, self.own.changes), said)
        return tables

    def _words(self, path: str) -> Sequence[EditedWords]:
        if len(self.own.languages) == 1:
            return ()
        known = built_in(self.own.base)
        texts = [one for one in self.texts.values() if f"{one.path}.".startswith(f"{path}.")]
        edited = (edited_words(self.own, one, is_built_in=(one.name, one.text) in known) for one in texts)
        return [words for each in edited for words in each]

    def _title(self, name: str, row: Mapping[str, Any], field: str) -> str:
        """What a row is called, in the reader's words."""
        found = row_in(PARTS[name], self.read, row["key"])
        return said(self.base, field, (found[0] if found else row).get(field, ""))

    @cached_property
    def choices(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        approaches = [
            (row["key"], said(self.base, "name", row["name"]))
            for row in inside(PARTS["approaches"], self.read["approaches.toml"])
        ]
        weights = [(key, _(key)) for key in self.base.thresholds.weights]
        return {
            "approaches": approaches,
            "several": [*several(), *approaches],
            "roles": roles(),
            **case_choices(self.base, self._answerable()),
            "inputs": [("", "–"), *self._inputs()],
            "weights": [("", _("No weight")), *weights],
        }

    def page(self, key: str) -> EditedPart:
        if key.startswith("questions-"):
            return self._questions(key, key.removeprefix("questions-"))
        page = pages()[key]
        if key == "approaches":
            return EditedPart(
                key=key,
                title=page.title,
                about=page.about,
                rows=list(self._approaches()),
                new=[
                    self._value(path, one, None, None, is_added=True)
                    for path, one in of_new_approach(self.base, self.read).items()
                ],
            )
        if key == "precedents":
            cases = own_rows(PARTS[key], self.tables["precedents.toml"])
            return EditedPart(
                key=key,
                title=page.title,
                about=page.about,
                rows=[self._row(key, row["key"], self._title(key, row, "title"), of_cases()) for row in cases],
                new=self._new(of_cases()),
            )
        by_name = {"scores": self._scores, "fit": self._fit, "tried": self._tried, "thresholds": self._thresholds}
        rows = by_name[key]() if key in by_name else self._priors() if key == "priors" else self._listed(page)
        return EditedPart(key=key, title=page.title, about=page.about, rows=list(rows), new=self._new(page.new))

    def _new(self, shown: Sequence[Shown]) -> Sequence[EditedValue]:
        return [self._value(f"new.{one.key}", one, None, None, is_added=True) for one in shown]

    def _listed(self, page: Page) -> Iterator[EditedRow]:
        part = PARTS[page.part]
        rows = list(inside(part, self.before[part.file]))
        known = {row[part.key] for row in rows}
        rows += [row for row in inside(part, self.tables[part.file]) if row[part.key] not in known]
        for row in rows:
            name = "name" if row.get("name") else "short"
            title = self._title(page.part, row, name) or row[part.key]
            yield self._row(page.part, row[part.key], title, page.shown)

    def _row(self, name: str, key: str, title: str, shown: Sequence[Shown]) -> EditedRow:
        part = PARTS[name]
        then, now = row_in(part, self.before, key), row_in(part, self.tables, key)
        old, new = then[0] if then else {}, now[0] if now else (then[0] if then else {})
        is_added = then is None
        can_be_off = part.can_be_off and (part.file != SECTIONS or old.get("place", "answers") == "answers")
        off = Shown(key=OFF, label=_("Take it out") if is_added else _("Switched off"), shape="tick")
        switched = self.own.changes.get(f"{name}.{key}.{OFF}")
        return EditedRow(
            key=key,
            title=title,
            values=[
                self._value(f"{name}.{key}.{one.key}", one, new.get(one.key), old.get(one.key), is_added=is_added)
                for one in shown
            ],
            off=self._value(f"{name}.{key}.{OFF}", off, switched, None, is_added=is_added) if can_be_off else None,
            is_added=is_added,
        )

    def _value(self, path: str, shown: Shown, now: Any, then: Any, *, is_added: bool = False) -> EditedValue:
        language, name = self.own.languages[0], path.rpartition(".")[2]
        return EditedValue(
            path=path,
            label=shown.label,
            shape=shown.shape,
            value=now,
            default=then,
            shown=told_in(self.base, language, now, name),
            default_shown=told_in(self.base, language, then, name),
            language=language,
            words=self._words(path),
            is_added=is_added,
            choices=self.choices.get(shown.choices, ()),
            heading=shown.heading,
        )

    def _answerable(self) -> Iterator[tuple[str, str]]:
        """Every question that a case can answer."""
        for name in files_of(PARTS["questions"], self.read):
            for row in inside(PARTS["questions"], self.read[name]):
                if row["place"] == "answers" and row["kind"] == "choice":
                    yield row["key"], said(self.base, "label", row["label"])

    def _inputs(self) -> Iterator[tuple[str, str]]:
        """What a number of an approach can be of. How good the answers are is measured."""
        measured = self.base.approach_costs.unmeasured
        for one in self.base.cost_inputs.approach.values():
            if one.key not in measured and not one.key.endswith("_on"):
                yield one.key, f"{one.label} ({one.unit})" if one.unit else one.label

    def _approaches(self) -> Iterator[EditedRow]:
        off = Shown(key=OFF, label=_("Take it out"), shape="tick")
        for key, name in self.choices["approaches"]:
            if is_added := row_in(PARTS["approaches"], self.before, key) is None:
                shown = of_approach(self.base, self.read, key)
            else:
                shown = {f"approaches.{key}.{one.key}": one for one in of_names()}
            yield EditedRow(
                key=key,
                title=name,
                values=[
                    self._value(path, one, at_path(self.tables, path), at_path(self.before, path), is_added=is_added)
                    for path, one in shown.items()
                ],
                off=self._value(f"approaches.{key}.{OFF}", off, None, None, is_added=True) if is_added else None,
                is_added=is_added,
            )

    def _questions(self, key: str, section_key: str) -> EditedPart:
        name = f"{SECTIONS}{section_key}.toml"
        part = PARTS["questions"]
        known = [row["key"] for row in inside(part, self.before[name])]
        rows = list(inside(part, self.before[name]))
        rows += [row for row in inside(part, self.tables[name]) if row["key"] not in known]
        new = (*of_questions()[:3], *of_answers()) if any(row["place"] == "answers" for row in rows) else ()
        return EditedPart(
            key=key,
            title=page_keys(self.base)[key],
            about=_(
                "What is asked, in which words, and what an answer counts for. What is switched off is not asked, and "
                "counts as nobody having answered it."
            ),
            rows=[
                self._row(
                    "questions",
                    row["key"],
                    self._title("questions", row, "label"),
                    (*of_questions(), *(of_answers() if row["place"] == "answers" and row["kind"] == "choice" else ())),
                )
                for row in rows
            ],
            new=self._new(new),
        )

    def _scores(self) -> Iterator[EditedRow]:
        for row in inside(PARTS["criteria"], self.tables["approaches.toml"]):
            if "scores" in row:
                found = row_in(PARTS["criteria"], self.before, row["key"])
                old = found[0]["scores"] if found else {}
                title = self._title("criteria", row, "name")
                yield self._figures(f"criteria.{row['key']}.scores", title, row["scores"], old)

    def _fit(self) -> Iterator[EditedRow]:
        old = inside(PARTS["fit"], self.before["approaches.toml"])
        for mode, fits in inside(PARTS["fit"], self.tables["approaches.toml"]).items():
            yield self._figures(f"fit.{mode}", self.base.questions[mode].label, fits, old[mode])

    def _figures(self, path: str, title: str, now: Mapping[str, Any], then: Mapping[str, Any]) -> EditedRow:
        values = [
            self._value(
                f"{path}.{key}",
                Shown(key=key, label=name, shape="whole"),
                now.get(key),
                then.get(key),
                is_added=key not in then,
            )
            for key, name in self.choices["approaches"]
        ]
        return EditedRow(key=path, title=title, values=values)

    def _tried(self) -> Iterator[EditedRow]:
        now, then = (inside(PARTS["tried"], tables["approaches.toml"]) for tables in (self.tables, self.before))
        for key, name in self.choices["approaches"]:
            shown = Shown(key=key, label=name, shape="conditions")
            value = self._value(f"tried.{key}", shown, now.get(key), then.get(key))
            yield EditedRow(key=key, title=name, values=[value])

    def _thresholds(self) -> Iterator[EditedRow]:
        names = {one.key: one.name for one in self.base.guide.method.thresholds}
        now, then = (inside(PARTS["thresholds"], tables["framework.toml"]) for tables in (self.tables, self.before))
        for key, old in then.items():
            title = names.get(key, key.replace("_", " ").capitalize())
            parts = old if isinstance(old, dict) else {"": old}
            yield EditedRow(
                key=key,
                title=title,
                values=[
                    self._value(
                        f"thresholds.{key}.{name}" if name else f"thresholds.{key}",
                        Shown(key=key, label=bands().get(name, name) or title, shape=_number_shape(one)),
                        now[key][name] if name else now[key],
                        one,
                    )
                    for name, one in parts.items()
                ],
            )

    def _priors(self) -> Iterator[EditedRow]:
        now, then = (inside(PARTS["priors"], tables["gates.toml"]) for tables in (self.tables, self.before))
        shown = Shown(key="otherwise", label=_("Every other answer"), shape="number")
        usual = self._value("priors.otherwise", shown, now["otherwise"], then["otherwise"])
        yield EditedRow(key="otherwise", title=shown.label, values=[usual])
        for key, label in self._deciding():
            shown = Shown(key=key, label=label, shape="number")
            value = self._value(f"priors.answers.{key}", shown, now["answers"].get(key), then["answers"].get(key))
            yield EditedRow(key=key, title=label, values=[value])

    def _deciding(self) -> Iterator[tuple[str, str]]:
        """Every question of the draft whose yes or no can decide, with its label."""
        for name in files_of(PARTS["questions"], self.tables):
            for row in inside(PARTS["questions"], self.tables[name]):
                decides = row.get("role") in DECIDING_ROLES or row["key"] in self.tables["gates.toml"]["deciding"]
                if decides and row["key"] not in self.off:
                    yield row["key"], said(self.base, "label", row["label"])


def _number_shape(value: Any) -> Shape:
    return "whole" if isinstance(value, int) else "number"
