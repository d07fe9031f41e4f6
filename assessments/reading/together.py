"""Puts the files of one drop together: all runs become one, so that their variants can be compared."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from assessments.engine.measured.figures import RunFigures, VariantFacts
from assessments.engine.measured.found import (
    ChoiceOption,
    FileChoice,
    FileFound,
    ReadingJob,
    Told,
    ToolFigure,
    WhatWasRead,
)
from assessments.engine.measured.runs import run_figures

from .counted_once import counted_once
from .one_file import OneFile
from .table import said

TUNED_ROLES = ("tuned", "tuned_retrieval")
ROLES = ("prompt", "retrieval", "tools", *TUNED_ROLES)
_GRADERS = ("people", "program", "model", "model_checked")
_TUNED_WORDS = ("tuned", "finetune", "fine-tun", "fine_tun", "lora", "ft:", "trainiert")
_TUNED_APPROACHES = ("fine_tune", "hybrid")
_RETRIEVES = re.compile(r"retriev|search|suche|recherche|(?<![^\W_])rag(?![^\W_])")
_TOOL_WORDS = ("tool", "werkzeug", "outil", "function")
_SAME_PROMPT_ABOVE = 0.8


def put_together(files: Sequence[OneFile], job: ReadingJob) -> WhatWasRead:
    """What the files hold together; a file that is no run stands for itself."""
    files = counted_once(files)
    runs = [file for file in files if file.kind == "run"]
    others = [_found([file], (*file.choices, *_confirmed(file, job))) for file in files if file.kind != "run"]
    return WhatWasRead(found=(*([_run(runs, job)] if runs else []), *others))


def _run(files: Sequence[OneFile], job: ReadingJob) -> FileFound:
    variants: dict[str, VariantFacts] = {}
    for variant in chain.from_iterable(file.variants for file in files):
        variants.setdefault(variant.key, variant)
    grader = "model" if any(note.code == "graded_by_model" for file in files for note in file.notes) else ""
    of_all = tuple(_choices_of_all(list(variants.values()), job, grader))
    own_models = tuple(_own_models(files, variants.values(), job))
    for key in chain.from_iterable(choice.chosen for choice in own_models):
        variants[key] = replace(variants[key], model=variants[key].name)
    roles = {choice.key.partition(".")[2]: str(choice.chosen) for choice in of_all if choice.key.startswith("role.")}
    in_use = next((str(choice.chosen) for choice in of_all if choice.key == "in_use"), "")
    untuned = [key for key in variants if not is_tuned(roles.get(key, ""))]
    figures = run_figures(
        chain.from_iterable(file.rows for file in files),
        variants.values(),
        slowest_p95_ms=job.limits.get("slowest_p95_ms"),
        baseline=in_use,
        best_untuned_of=untuned,
        asked=(said(job, "fix_before"), said(job, "fix_after")),
        same_prompt_above=job.limits.get("same_prompt_above", _SAME_PROMPT_ABOVE),
    )
    merged = _merged(chain.from_iterable(file.choices for file in files))
    return _found(files, (*merged, *of_all, *own_models, *_rule_choices(figures, job)), figures)


def is_tuned(role: str) -> bool:
    """Whether a variant in this role, which may be an approach, was trained."""
    return role in TUNED_ROLES or role.startswith(_TUNED_APPROACHES)


def _found(files: Sequence[OneFile], choices: Iterable[FileChoice], run: RunFigures | None = None) -> FileFound:
    first = files[0]
    return FileFound(
        kind=first.kind,
        files=tuple(dict.fromkeys(file.file.sha256 for file in files)),
        tool=_same(file.tool for file in files),
        tool_version=_same(file.tool_version for file in files),
        layout=_same(file.layout for file in files),
        written_on=max(file.written_on for file in files),
        rows=sum(file.row_count for file in files),
        cases=len({case for file in files for case in {row.case for row in file.rows}}),
        notes=tuple(_distinct(note for file in files for note in file.notes)),
        faults=tuple(fault for file in files for fault in file.faults),
        fault_count=sum(file.fault_count for file in files),
        preview=tuple(first.preview),
        choices=tuple(choices),
        tool_figures=tuple(_figures(files)),
        is_whole=all(file.is_whole for file in files),
        run=run,
        failures=first.failures,
        training=first.training,
        changes=first.changes,
        answers=first.answers,
        texts=tuple(first.texts),
    )


def _figures(files: Sequence[OneFile]) -> Iterator[ToolFigure]:
    """The tool's own figures; those of several files each with the file's name."""
    for file in files:
        for figure in file.tool_figures:
            about = ", ".join(filter(None, (figure.about, file.file.name)))
            yield replace(figure, about=about) if len(files) > 1 else figure


def _same(texts: Iterable[str]) -> str:
    """What all say; nothing where they differ."""
    said = set(texts)
    return said.pop() if len(said) == 1 else ""


def _distinct(notes: Iterable[Told]) -> Iterable[Told]:
    seen: list[Told] = []
    for note in notes:
        if note not in seen:
            seen.append(note)
    return seen


def _merged(choices: Iterable[FileChoice]) -> Iterable[FileChoice]:
    """One choice for each key: two files of one kind are read in one way. The first file's guess stands.

    What can be chosen is what any of the files has: a measure of the second is as good as one of the first.
    """
    by_key: dict[str, FileChoice] = {}
    for choice in choices:
        known = by_key.setdefault(choice.key, choice)
        said = choice if known.is_guess and not choice.is_guess else known
        options = tuple(dict.fromkeys((*known.options, *choice.options)))
        by_key[choice.key] = replace(said, options=options, is_needed=known.is_needed or choice.is_needed)
    return by_key.values()


def _choices_of_all(variants: Sequence[VariantFacts], job: ReadingJob, grader: str) -> Iterable[FileChoice]:
    names = tuple(ChoiceOption(value=variant.key, label=variant.name) for variant in variants)
    guesses = {variant.key: _role_of(variant) for variant in variants}
    if len(variants) > 1:
        untuned = [key for key, role in guesses.items() if role not in TUNED_ROLES]
        yield _choice(job, "in_use", names, (untuned or list(guesses))[0])
    for variant in variants:
        roles = tuple(ChoiceOption(value=role, label="") for role in ROLES)
        yield _choice(job, f"role.{variant.key}", roles, guesses[variant.key], variant.name, may_be_other=True)
    yield _choice(job, "graded_by", tuple(ChoiceOption(value=one, label="") for one in _GRADERS), grader)
    yield _real_cases(job)


def _rule_choices(run: RunFigures, job: ReadingJob) -> Iterable[FileChoice]:
    """What rules for proposals ask of the variants of a run, where it can answer them."""
    names = tuple(ChoiceOption(value=variant.key, label=variant.name) for variant in run.variants)
    nothing = ChoiceOption(value="", label="")
    if len(names) > 1:
        slices = dict.fromkeys(part.name for variant in run.variants for part in variant.slices)
        yield _choice(job, "fix_before", (nothing, *names), "")
        yield _choice(job, "fix_after", (nothing, *names), "")
        yield _choice(job, "fix_slice", (nothing, *(ChoiceOption(value=one, label=one) for one in slices)), "")
    yield _several(job, "right_passage", names)
    if run.prompts and len(run.prompts.groups) > 1:
        yield _several(job, "struck", names)


def _own_models(files: Sequence[OneFile], variants: Iterable[VariantFacts], job: ReadingJob) -> Iterable[FileChoice]:
    """Which of the variants that name no model have one of their own: only people know. Programs are asked at once."""
    unnamed = [ChoiceOption(value=one.key, label=one.name) for one in variants if not one.model]
    asked_at_once = any(choice.key == "models_differ" for file in files for choice in file.choices)
    if len(unnamed) > 1 and not asked_at_once:
        yield _several(job, "own_models", tuple(unnamed))


def _several(job: ReadingJob, key: str, options: tuple[ChoiceOption, ...]) -> FileChoice:
    """A choice of any number of these."""
    said = job.choices.get(key)
    chosen = tuple(option.value for option in options if isinstance(said, tuple | list) and option.value in said)
    return FileChoice(key=key, options=options, chosen=chosen, is_guess=said is None)


def _confirmed(file: OneFile, job: ReadingJob) -> Iterable[FileChoice]:
    """What proposes something once somebody says that its cases are real ones."""
    if file.failures or file.training or file.answers:
        yield _real_cases(job)


def _real_cases(job: ReadingJob) -> FileChoice:
    return _choice(job, "real_cases", (ChoiceOption(value="yes", label=""),), "")


def _choice(
    job: ReadingJob,
    key: str,
    options: tuple[ChoiceOption, ...],
    guess: str,
    about: str = "",
    *,
    may_be_other: bool = False,
) -> FileChoice:
    said = job.choices.get(key)
    allowed: Collection[str] = [option.value for option in options]
    is_said = isinstance(said, str) and (said in allowed or (may_be_other and bool(said)))
    return FileChoice(
        key=key, about=about, options=options, chosen=str(said) if is_said else guess, is_guess=not is_said
    )


def _role_of(variant: VariantFacts) -> str:
    """As the name of the variant sounds."""
    name = f"{variant.name} {variant.model}".casefold()
    retrieves = bool(_RETRIEVES.search(name))
    if any(word in name for word in _TUNED_WORDS):
        return "tuned_retrieval" if retrieves else "tuned"
    if retrieves:
        return "retrieval"
    return "tools" if any(word in name for word in _TOOL_WORDS) else "prompt"
