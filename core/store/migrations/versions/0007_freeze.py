"""Freezes: approved figures, catalogue, notes and settings of a ward at a moment, under a hash."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the table and keep it append-only."""
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
    if op.get_bind().dialect.name == "sqlite":
        refuse = "BEGIN SELECT RAISE(ABORT, 'frozen is append-only'); END"
        op.execute(f"CREATE TRIGGER frozen_no_update BEFORE UPDATE ON frozen {refuse}")
        op.execute(f"CREATE TRIGGER frozen_no_delete BEFORE DELETE ON frozen {refuse}")
        op.execute(
            "CREATE TRIGGER frozen_no_replace BEFORE INSERT ON frozen "
            f"WHEN EXISTS (SELECT 1 FROM frozen WHERE id = NEW.id) {refuse}"
        )
        return
    run = "EXECUTE FUNCTION refuse_change()"
    op.execute(f"CREATE TRIGGER frozen_no_update BEFORE UPDATE ON frozen FOR EACH ROW {run}")
    op.execute(f"CREATE TRIGGER frozen_no_delete BEFORE DELETE ON frozen FOR EACH ROW {run}")
    op.execute(f"CREATE TRIGGER frozen_no_truncate BEFORE TRUNCATE ON frozen FOR EACH STATEMENT {run}")
