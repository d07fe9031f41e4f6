"""Fills a workspace with any number of assessments in a few statements, on SQLite and PostgreSQL alike.

Each has what a working team leaves: a name, a row in the list, a change, an event of the audit trail; one in ten the
end of a pilot, one in twenty a version that is signed off, one in fifty a comment that names somebody.
"""

from collections.abc import Iterator

from django.db import connection

from assessments.framework import load_framework
from assessments.models import AuditHead, User, Workspace


def numbers(count: int) -> str:
    """A table `n` of the numbers `i` from 1 to this."""
    return f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"


def ids(prefix: str) -> str:
    """The id of the assessment with the number `i`."""
    return f"'{prefix}' || substr(CAST(1000000000 + i AS text), 2)"


def fill(workspace: Workspace, user: User, count: int, *, prefix: str) -> None:
    """Three letters begin the ids; the rest is numbered."""
    on_postgresql = connection.vendor == "postgresql"
    words = {
        "numbers": numbers(count),
        "id": ids(prefix),
        "prefix": prefix,
        "workspace": workspace.pk,
        "user": user.pk,
        "framework": load_framework().key,
        "ago": "now() - i * interval '1 second'"
        if on_postgresql
        else "strftime('%Y-%m-%d %H:%M:%f', 'now', '-' || i || ' seconds')",
        "now": "now()" if on_postgresql else "strftime('%Y-%m-%d %H:%M:%f', 'now')",
        "json": "::jsonb" if on_postgresql else "",
    }
    with connection.cursor() as cursor:
        if on_postgresql:
            cursor.execute("SET session_replication_role = replica")  # the rows fit: no need to look each up
        for statement in _statements(words):
            cursor.execute(statement)
        if on_postgresql:
            cursor.execute("SET session_replication_role = DEFAULT")
    AuditHead.objects.update_or_create(pk=workspace.pk, defaults={"sequence": 1000 + count, "mac": f"m{count}"})


def _statements(words: dict[str, object]) -> Iterator[str]:
    yield from (one.format(**words) for one in _STATEMENTS)


_STATEMENTS = (
    """INSERT INTO assessments_assessment
    (id, workspace_id, browser, sample, framework, created_at, changed_at, visited_at, list_entry_is_old)
    {numbers} SELECT {id}, '{workspace}', '', '', '{framework}', {ago}, {ago}, {ago}, FALSE FROM n""",
    """INSERT INTO assessments_listentry
    (assessment_id, workspace_id, at, name, task_kind, approach, action, wording, leaf, settled, measured, ceiling,
     ceiling_met, reasons_for, reasons_against, labelled, payback_months, has_costs, pilot, sign_off, answered,
     questions)
    {numbers} SELECT {id}, '{workspace}', {ago},
     CASE i % 3 WHEN 0 THEN 'Refund replies ' WHEN 1 THEN 'Ticket routing ' ELSE 'Call notes ' END || i,
     CASE i % 2 WHEN 0 THEN 'drafting' ELSE 'code' END,
     CASE i % 4 WHEN 0 THEN 'fine_tune_small' ELSE 'prompting' END,
     CASE i % 5 WHEN 0 THEN 'go' WHEN 1 THEN 'pilot' WHEN 2 THEN 'fix_first' WHEN 3 THEN 'use_other_lever'
      ELSE 'keep' END,
     '', 'fine_tune_candidate', i % 2 = 0, FALSE, 'yes', i % 6, i * 7 % 7, i * 5 % 6, i * 37 % 5000, i * 13 % 41 + 0.5,
     i % 3 > 0, '', CASE i % 20 WHEN 0 THEN 4 ELSE 5 END, 30 + i % 29, 58 FROM n""",
    """INSERT INTO assessments_storedvalue
    (assessment_id, path, value, evidence, link, strength, origin, version, changed_at, changed_by_id)
    {numbers} SELECT {id}, 'use_case.name', '"A case"'{json}, '', '', '', '""'{json}, 1, {ago}, {user} FROM n""",
    """INSERT INTO assessments_storedvalue
    (assessment_id, path, value, evidence, link, strength, origin, version, changed_at, changed_by_id)
    {numbers} SELECT {id}, 'pilot.pilot_outcome', '"passed"'{json}, '', '', '', '""'{json}, 1, {ago}, {user} FROM n
    WHERE i % 10 = 0""",
    """INSERT INTO assessments_valuechange (assessment_id, path, version, after, by_id, through, at)
    {numbers} SELECT {id}, 'use_case.name', 1, '{{"value": "A case"}}'{json}, {user}, '', {ago} FROM n""",
    """INSERT INTO assessments_auditevent
    (chain, sequence, at, person_id, who, act, about, details, previous, mac)
    {numbers} SELECT '{workspace}', 1000 + i, {ago}, {user}, 'Bench', 'answer', {id}, '{{}}'{json}, '', 'm' || i
    FROM n""",
    """INSERT INTO assessments_version
    (assessment_id, number, framework, document, result, content_hash, hash_rule, reason, created_by_id, created_at,
     last_edited_by_id)
    {numbers} SELECT {id}, 1, '{framework}', '{{"use_case": {{"name": "A case"}}}}'{json}, '{{}}'{json}, 'h' || i, 2,
     '', {user}, {now}, NULL FROM n WHERE i % 20 = 0""",
    """INSERT INTO assessments_signoff
    (version_id, asked_by_id, asked_at, target_metric, baseline, least_improvement, largest_regression,
     until_model_replaced, until_corrections_fall, told_stale)
    SELECT id, {user}, created_at, '', '', '', '', FALSE, FALSE, '[]'{json} FROM assessments_version
    WHERE assessment_id LIKE '{prefix}%'""",
    """INSERT INTO assessments_approval (sign_off_id, approver_id, decision, comment, decided_at, content_hash)
    SELECT s.id, {user}, 'approved', '', s.asked_at, v.content_hash
    FROM assessments_signoff s JOIN assessments_version v ON v.id = s.version_id
    WHERE v.assessment_id LIKE '{prefix}%'""",
    """INSERT INTO assessments_comment (assessment_id, place, text, author_id, created_at, resolved_at, resolved_by_id)
    {numbers} SELECT {id}, 'result', '@Bench', {user}, {ago}, CASE WHEN i % 1000 > 0 THEN {now} END, {user}
    FROM n WHERE i % 50 = 0""",
    """INSERT INTO assessments_comment_mentioned (comment_id, user_id)
    SELECT id, {user} FROM assessments_comment WHERE assessment_id LIKE '{prefix}%'""",
)
