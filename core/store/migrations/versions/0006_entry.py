"""Entry by hand: drafts, why a plan was missed, what is not for projection, names of people kept apart."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPEND_ONLY = ("shortfall", "unshown")


def upgrade() -> None:
    """Create the four tables; the two that people sign are append-only."""
    op.create_table("shortfall", *_head(), *_texts("indicator", "cause", "remedy", "person"),
                    sa.Column("due", sa.Date), *_tail("shortfall"))
    op.create_index("shortfall_of_unit", "shortfall", ["unit_code", "unit_from", "year"])
    op.create_table("unshown", *_head(), *_texts("indicator", "reason"), *_tail("unshown"))
    op.create_index("unshown_of_unit", "unshown", ["unit_code", "unit_from", "year"])
    op.create_table(
        "draft",
        sa.Column("unit_code", sa.String, primary_key=True),
        sa.Column("unit_from", sa.Date, primary_key=True),
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("who", sa.String, primary_key=True),
        sa.Column("sheet", sa.String, primary_key=True),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _of_unit(),
    )
    op.create_table(
        "person_name",
        # the seq of a row of the register; no foreign key, which would need the right to lock rows that nobody updates
        sa.Column("award", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.Text, nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        _sqlite_triggers()
    else:
        _postgres_triggers()


def _texts(*names):
    return [sa.Column(name, sa.Text, nullable=False, server_default="") for name in names]


def _of_unit():
    return sa.ForeignKeyConstraint(("unit_code", "unit_from"), ("unit.code", "unit.valid_from"))


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
        sa.Column("replaces", BIG, sa.ForeignKey(f"{table}.id"), unique=True),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.Column("checksum", sa.String, nullable=False),
        _of_unit(),
    ]


def _sqlite_triggers():
    for table in APPEND_ONLY:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}")
        op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}")
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
