"""Triggers that keep the three officers (三员) apart and in place, whoever asks.

An officer's post goes with no other post in the same days; the last standing officer of a kind is
not ended. On SQLite a later migration that rebuilds ``people_post`` or ``people_user`` drops them
and must add them again (a test tells).
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

KINDS = "('system_officer', 'security_officer', 'audit_officer')"
LAST = "the last officer of a kind stays"
APART = "an officer holds no other post"


def stands(user: str) -> str:
    """Whether an account is one that can sign in without an end."""
    return f"({user}.is_active AND {user}.expires_on IS NULL AND {user}.password NOT LIKE '!%')"


def another(role: str, user: str) -> str:
    """Whether somebody else is a standing officer of the kind."""
    return f"""EXISTS (SELECT 1 FROM people_post q JOIN people_user v ON v.id = q.user_id
        WHERE q.role = {role} AND q.last_day IS NULL AND v.id <> {user} AND {stands("v")})"""  # noqa: S608 -- only our own names stand in it


CLASH = f"""EXISTS (SELECT 1 FROM people_post p
    WHERE p.user_id = NEW.user_id AND p.id <> NEW.id
      AND (p.role IN {KINDS} OR NEW.role IN {KINDS})
      AND p.first_day <= COALESCE(NEW.last_day, '9999-12-31')
      AND NEW.first_day <= COALESCE(p.last_day, '9999-12-31'))"""  # noqa: S608 -- only our own names stand in it

ACCOUNT_ENDS = f"""{stands("OLD")} AND NOT {stands("NEW")} AND EXISTS (SELECT 1 FROM people_post p
    WHERE p.user_id = OLD.id AND p.last_day IS NULL AND p.role IN {KINDS}
      AND NOT {another("p.role", "OLD.id")})"""  # noqa: S608 -- only our own names stand in it

POST_ENDS = f"""OLD.role IN {KINDS} AND OLD.last_day IS NULL
    AND EXISTS (SELECT 1 FROM people_user u WHERE u.id = OLD.user_id AND {stands("u")})
    AND NOT (NEW.role = OLD.role AND NEW.last_day IS NULL
      AND EXISTS (SELECT 1 FROM people_user u WHERE u.id = NEW.user_id AND {stands("u")}))
    AND NOT {another("OLD.role", "OLD.user_id")}"""  # noqa: S608 -- only our own names stand in it

SQLITE = [
    f"""CREATE TRIGGER people_officer_apart_insert AFTER INSERT ON people_post WHEN {CLASH}
        BEGIN SELECT RAISE(ABORT, '{APART}'); END""",
    f"""CREATE TRIGGER people_officer_apart_update AFTER UPDATE ON people_post WHEN {CLASH}
        BEGIN SELECT RAISE(ABORT, '{APART}'); END""",
    f"""CREATE TRIGGER people_last_officer_account
        BEFORE UPDATE OF is_active, expires_on, password ON people_user WHEN {ACCOUNT_ENDS}
        BEGIN SELECT RAISE(ABORT, '{LAST}'); END""",
    f"""CREATE TRIGGER people_last_officer_post
        BEFORE UPDATE OF role, last_day, user_id ON people_post WHEN {POST_ENDS}
        BEGIN SELECT RAISE(ABORT, '{LAST}'); END""",
]
POSTGRESQL = [
    f"""CREATE FUNCTION people_officer_apart() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        PERFORM 1 FROM people_user WHERE id = NEW.user_id FOR NO KEY UPDATE;
        IF {CLASH} THEN
          RAISE EXCEPTION '{APART}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW; END $$""",
    """CREATE TRIGGER people_officer_apart BEFORE INSERT OR UPDATE ON people_post
       FOR EACH ROW EXECUTE FUNCTION people_officer_apart()""",
    f"""CREATE FUNCTION people_last_officer_account() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF {stands("OLD")} AND NOT {stands("NEW")} THEN
          PERFORM pg_advisory_xact_lock(4201721);
          IF {ACCOUNT_ENDS} THEN
            RAISE EXCEPTION '{LAST}' USING ERRCODE = 'integrity_constraint_violation';
          END IF;
        END IF;
        RETURN NEW; END $$""",
    """CREATE TRIGGER people_last_officer_account BEFORE UPDATE ON people_user
       FOR EACH ROW EXECUTE FUNCTION people_last_officer_account()""",
    f"""CREATE FUNCTION people_last_officer_post() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF OLD.role IN {KINDS} THEN
          PERFORM pg_advisory_xact_lock(4201721);
          IF {POST_ENDS} THEN
            RAISE EXCEPTION '{LAST}' USING ERRCODE = 'integrity_constraint_violation';
          END IF;
        END IF;
        RETURN NEW; END $$""",
    """CREATE TRIGGER people_last_officer_post BEFORE UPDATE ON people_post
       FOR EACH ROW EXECUTE FUNCTION people_last_officer_post()""",
]


def add(_: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """The triggers, in the words of the database; a per cent sign is no parameter."""
    statements = POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    """Officers apart and in place, held by the database itself."""

    dependencies = (("people", "0001_initial"),)
    operations = (migrations.RunPython(add, migrations.RunPython.noop),)
