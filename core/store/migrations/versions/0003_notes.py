"""Notes on years and edited sentences, append-only like the facts: a correction is a new row that names the old one."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPEND_ONLY = ("note", "wording")


def upgrade() -> None:
    """Create both tables and the triggers that keep them append-only."""
    op.create_table("note", *_head(), *_texts("kind", "indicator"), sa.Column("day", sa.Date), *_texts("text", "basis"),
                    *_tail("note"))
    op.create_table("wording", *_head(), *_texts("screen", "lang", "text", "numbers", "generated"), *_tail("wording"))
    op.create_index("note_of_unit", "note", ["unit_code", "unit_from", "year"])
    op.create_index("wording_of_screen", "wording", ["unit_code", "unit_from", "year", "screen", "lang", "id"])
    if op.get_bind().dialect.name == "sqlite":
        _sqlite_triggers()
    else:
        _postgres_triggers()


def _texts(*names):
    return [sa.Column(name, sa.Text, nullable=False, server_default="") for name in names]


def _head():
    return [
        sa.Column("id", BIG, primary_key=True),
        sa.Column("unit_code", sa.String, nullable=False),
        sa.Column("unit_from", sa.Date, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
    ]


def _tail(table):
    return [
        *_texts("who"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        # unique: of two people who correct the same row the second is told
        sa.Column("replaces", BIG, sa.ForeignKey(f"{table}.id"), unique=True),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.Column("checksum", sa.String, nullable=False),
        sa.ForeignKeyConstraint(("unit_code", "unit_from"), ("unit.code", "unit.valid_from")),
    ]


def _sqlite_triggers():
    for table in APPEND_ONLY:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}")
        op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}")
        # INSERT OR REPLACE deletes the old row without firing the trigger above
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id OR replaces = NEW.replaces) {refuse}"
        )


def _postgres_triggers():
    run = "EXECUTE FUNCTION refuse_change()"
    for table in APPEND_ONLY:
        op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW {run}")
        op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {run}")
        op.execute(f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {run}")
