"""Tables a person has explained: which column is what, kept so that the same table is read again without asking."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the table and keep it append-only."""
    op.create_table(
        "form_profile",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("unit_code", sa.String, nullable=False),
        sa.Column("unit_from", sa.Date, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False, server_default="") for name in ("name", "content", "who")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaces", BIG, sa.ForeignKey("form_profile.id"), unique=True),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.Column("checksum", sa.String, nullable=False),
        sa.ForeignKeyConstraint(("unit_code", "unit_from"), ("unit.code", "unit.valid_from")),
    )
    if op.get_bind().dialect.name == "sqlite":
        refuse = "BEGIN SELECT RAISE(ABORT, 'form_profile is append-only'); END"
        op.execute(f"CREATE TRIGGER form_profile_no_update BEFORE UPDATE ON form_profile {refuse}")
        op.execute(f"CREATE TRIGGER form_profile_no_delete BEFORE DELETE ON form_profile {refuse}")
        same = "SELECT 1 FROM form_profile WHERE id = NEW.id OR replaces = NEW.replaces"
        op.execute(
            f"CREATE TRIGGER form_profile_no_replace BEFORE INSERT ON form_profile WHEN EXISTS ({same}) {refuse}"
        )
        return
    for when, each in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        op.execute(
            f"CREATE TRIGGER form_profile_no_{when.lower()} BEFORE {when} ON form_profile "
            f"FOR EACH {each} EXECUTE FUNCTION refuse_change()"
        )
