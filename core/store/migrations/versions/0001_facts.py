"""The append-only facts with their dimensions, batches and approvals, and the triggers that keep them append-only."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPEND_ONLY = ("figure", "award", "approval", "residential_group", "report")
BATCH_FIXED = ("id", "report", "sha256", "who", "note", "at", "undoes", "rows", "checksum")


def upgrade() -> None:
    """Create every table of the first release."""
    _dimensions()
    _batches()
    _figures()
    _awards()
    _approvals()
    if op.get_bind().dialect.name == "sqlite":
        _sqlite_triggers()
    else:
        _postgres_triggers()


def _texts(*names):
    return [sa.Column(name, sa.Text, nullable=False, server_default="") for name in names]


def _origin():
    return [
        *_texts("place", "rule"),
        sa.Column("span_start", sa.Integer),
        sa.Column("span_end", sa.Integer),
        *_texts("quote"),
    ]


def _unit(key=False, nullable=False):
    return [
        sa.Column("unit_code", sa.String, primary_key=key, nullable=nullable),
        sa.Column("unit_from", sa.Date, primary_key=key, nullable=nullable),
    ]


def _of_unit():
    return sa.ForeignKeyConstraint(("unit_code", "unit_from"), ("unit.code", "unit.valid_from"))


def _moment(name):
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _decimal(name, nullable=False):
    exact = sa.Text() if op.get_bind().dialect.name == "sqlite" else sa.Numeric()
    return sa.Column(name, exact, nullable=nullable)


def _dimensions():
    op.create_table(
        "catalogue_digest",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("digest", sa.String, nullable=False),
        _moment("at"),
        sa.CheckConstraint("id = 1", name="catalogue_digest_one_row"),
    )
    op.create_table(
        "unit",
        sa.Column("code", sa.String, primary_key=True),
        sa.Column("valid_from", sa.Date, primary_key=True),
        sa.Column("valid_to", sa.Date),
        *_texts("name", "kind", "district", "province"),
        sa.Column("is_sample", sa.Boolean, nullable=False),
    )
    op.create_table(
        "unit_succession",
        sa.Column("on_date", sa.Date, primary_key=True),
        sa.Column("old_code", sa.String, primary_key=True),
        sa.Column("old_from", sa.Date, primary_key=True),
        sa.Column("new_code", sa.String, primary_key=True),
        sa.Column("new_from", sa.Date, primary_key=True),
        sa.Column("part", sa.String, nullable=False),
    )
    op.create_table(
        "indicator",
        sa.Column("id", sa.String, primary_key=True),
        *_texts("family", "kind", "unit", "name_vi", "name_en", "member_kind", "attainment_of", "rate_of"),
        *_texts("flow", "scope", "line", "honour", "level", "recipient"),
    )
    op.create_table(
        "honour",
        sa.Column("id", sa.String, primary_key=True),
        *_texts("kind", "name_vi", "name_en"),
        sa.Column("rank", sa.Integer, nullable=False),
    )
    op.create_table(
        "account",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("name", sa.String, nullable=False, unique=True),
        _moment("created_at"),
    )


def _batches():
    op.create_table(
        "report",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("sha256", sa.String, nullable=False, index=True),
        *_texts("name", "kind"),
        *_unit(nullable=True),
        sa.Column("year", sa.Integer),
        *_texts("title", "url"),
        sa.Column("published", sa.Date),
        sa.Column("is_sample", sa.Boolean, nullable=False),
        _of_unit(),
    )
    op.create_table(
        "report_bytes",
        sa.Column("sha256", sa.String, primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "batch",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("report", BIG, sa.ForeignKey("report.id")),
        sa.Column("sha256", sa.String),
        *_texts("who", "note"),
        _moment("at"),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("undoes", BIG, sa.ForeignKey("batch.id"), index=True),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("checksum", sa.String, nullable=False),
        sa.CheckConstraint("state IN ('live', 'undone')", name="batch_state_known"),
    )
    live_report = sa.text("state = 'live' AND undoes IS NULL")
    op.create_index(
        "batch_live_report", "batch", ["sha256"], unique=True, sqlite_where=live_report, postgresql_where=live_report
    )
    op.create_table(
        "residential_group",
        *_unit(key=True),
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("batch", BIG, sa.ForeignKey("batch.id"), primary_key=True, index=True),
        *_texts("name", "kind"),
        sa.Column("valid_from", sa.Date),
        sa.Column("valid_to", sa.Date),
        *_texts("successor"),
        _of_unit(),
    )


def _figures():
    op.create_table(
        "figure",
        sa.Column("seq", BIG, primary_key=True, autoincrement=False),
        *_unit(),
        sa.Column("indicator", sa.String, sa.ForeignKey("indicator.id"), nullable=False),
        *_texts("member"),
        sa.Column("year", sa.Integer, nullable=False),
        *_texts("period", "scenario", "basis"),
        _decimal("value"),
        _decimal("of", nullable=True),
        *_texts("of_kind", "hedge", "flags"),
        sa.Column("batch", BIG, sa.ForeignKey("batch.id"), nullable=False, index=True),
        *_origin(),
        *_texts("reason"),
        _of_unit(),
    )
    key = ["unit_code", "unit_from", "indicator", "member", "year", "period", "scenario", "basis"]
    op.create_index("figure_history", "figure", [*key, "seq"])
    op.create_table(
        "current_figure",
        *_unit(key=True),
        *(sa.Column(name, sa.Integer if name == "year" else sa.String, primary_key=True) for name in key[2:]),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("approved_seq", sa.BigInteger),
        sqlite_with_rowid=False,
    )


def _awards():
    op.create_table(
        "award",
        sa.Column("seq", BIG, primary_key=True, autoincrement=False),
        *_unit(),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("honour", sa.String, sa.ForeignKey("honour.id"), nullable=False),
        *_texts("grade", "level", "recipient", "mode", "giver", "decision_no"),
        sa.Column("decision_date", sa.Date),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("batch", BIG, sa.ForeignKey("batch.id"), nullable=False, index=True),
        *_origin(),
        _of_unit(),
    )
    key = ["unit_code", "unit_from", "year", "honour", "grade", "level", "recipient", "mode", "giver", "decision_no"]
    op.create_index("award_history", "award", [*key, "seq"])
    op.create_table(
        "current_award",
        *_unit(key=True),
        *(sa.Column(name, sa.Integer if name == "year" else sa.String, primary_key=True) for name in key[2:]),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("approved_seq", sa.BigInteger),
        sqlite_with_rowid=False,
    )


def _approvals():
    op.create_table(
        "approval",
        sa.Column("id", BIG, primary_key=True),
        *_unit(),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("up_to_seq", sa.BigInteger, nullable=False),
        *_texts("who", "reason"),
        _moment("at"),
        _of_unit(),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'returned', 'approved', 'unlocked')", name="approval_state_known"
        ),
    )
    op.create_index("approval_newest", "approval", ["unit_code", "unit_from", "year", "state", "id"])


def _sqlite_triggers():
    for table in (*APPEND_ONLY, "batch"):
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        of = " OF " + ", ".join(f'"{name}"' for name in BATCH_FIXED) if table == "batch" else ""
        op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE{of} ON {table} {refuse}")
        op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}")
        # INSERT OR REPLACE deletes the old row without firing the trigger above
        key = {"figure": "seq", "award": "seq"}.get(table, "id")
        same = f"{key} = NEW.{key}"
        if table == "residential_group":
            same += " AND unit_code = NEW.unit_code AND unit_from = NEW.unit_from AND batch = NEW.batch"
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) {refuse}"
        )


def _postgres_triggers():
    op.execute("CREATE SEQUENCE fact_seq")
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in (*APPEND_ONLY, "batch"):
        of = " OF " + ", ".join(f'"{name}"' for name in BATCH_FIXED) if table == "batch" else ""
        run = "EXECUTE FUNCTION refuse_change()"
        op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE{of} ON {table} FOR EACH ROW {run}")
        op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {run}")
        op.execute(f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {run}")
    # batch and report keep the right to UPDATE: foreign keys that point at a row lock it, which needs that right
    for table in ("figure", "award", "approval", "residential_group"):
        op.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM PUBLIC, CURRENT_USER")
