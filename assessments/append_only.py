"""The database itself refuses to change or remove an event of the audit trail, on SQLite and on PostgreSQL.

The person's account may go: then the event keeps the name and address as text, and only the link to
the account is taken out. Whoever owns the database can switch this off; the chain shows what they did.
"""

from collections.abc import Sequence

TABLE = "assessments_auditevent"
REFUSED = "the audit trail is only added to"
_SEALED = "id, chain, sequence, at, who, act, about, details, previous, mac"

_SQLITE_ON = (
    f"""CREATE TRIGGER audit_refuses_update BEFORE UPDATE OF {_SEALED} ON {TABLE}
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
    f"""CREATE TRIGGER audit_refuses_person BEFORE UPDATE OF person_id ON {TABLE} WHEN NEW.person_id IS NOT NULL
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
    f"""CREATE TRIGGER audit_refuses_delete BEFORE DELETE ON {TABLE}
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
)
_SQLITE_OFF = (
    "DROP TRIGGER IF EXISTS audit_refuses_update",
    "DROP TRIGGER IF EXISTS audit_refuses_person",
    "DROP TRIGGER IF EXISTS audit_refuses_delete",
)
_POSTGRESQL_ON = (
    f"""CREATE FUNCTION audit_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND NEW.person_id IS NULL
            AND to_jsonb(NEW) - 'person_id' = to_jsonb(OLD) - 'person_id' THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION '{REFUSED}';
    END $$""",
    f"""CREATE TRIGGER audit_refuses BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION audit_refuses()""",
)
_POSTGRESQL_OFF = (
    f"DROP TRIGGER IF EXISTS audit_refuses ON {TABLE}",
    "DROP FUNCTION IF EXISTS audit_refuses()",
)


def switch_on(vendor: str) -> Sequence[str]:
    """The statements that make the database refuse."""
    return _POSTGRESQL_ON if vendor == "postgresql" else _SQLITE_ON


def switch_off(vendor: str) -> Sequence[str]:
    return _POSTGRESQL_OFF if vendor == "postgresql" else _SQLITE_OFF
