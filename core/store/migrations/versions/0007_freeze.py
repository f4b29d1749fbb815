"""Freezes: what is approved of a ward at a moment, under a hash; stories: in which order a conference tells it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create both tables and keep them append-only."""
    op.create_table(
        "frozen",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("unit_code", sa.String, nullable=False),
        sa.Column("unit_from", sa.Date, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False, server_default=""),
        sa.Column("who", sa.Text, nullable=False, server_default=""),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hash", sa.String, nullable=False, index=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(("unit_code", "unit_from"), ("unit.code", "unit.valid_from")),
    )
    op.create_index("frozen_of_unit", "frozen", ["unit_code", "unit_from", "year"])
    op.create_table(
        "story",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("unit_code", sa.String, nullable=False),
        sa.Column("unit_from", sa.Date, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False, server_default="") for name in ("name", "lang", "scenes", "who")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaces", BIG, sa.ForeignKey("story.id"), unique=True),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.Column("checksum", sa.String, nullable=False),
        sa.ForeignKeyConstraint(("unit_code", "unit_from"), ("unit.code", "unit.valid_from")),
    )
    op.create_index("story_of_unit", "story", ["unit_code", "unit_from", "year"])
    _only_append("frozen", "id = NEW.id")
    _only_append("story", "id = NEW.id OR replaces = NEW.replaces")


def _only_append(table, same):
    if op.get_bind().dialect.name == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}")
        op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}")
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) {refuse}"
        )
        return
    run = "EXECUTE FUNCTION refuse_change()"
    op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW {run}")
    op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {run}")
    op.execute(f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {run}")
