"""Accounts with roles, sessions, attempts to sign in, one-time links, the chained audit log, an office's choices."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ROLE_KNOWN = "role IN ('viewer', 'staff', 'approver', 'admin')"


def upgrade() -> None:
    """Widen the table of accounts, which no release has filled, and add those around it."""
    op.drop_table("account")
    op.create_table(
        "account",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("name", sa.String, nullable=False, unique=True),
        _moment("created_at"),
        _text("full_name"),
        sa.Column("role", sa.String, nullable=False, server_default="viewer"),
        _text("password"),
        sa.Column("subject", sa.String, unique=True),
        sa.Column("disabled", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.CheckConstraint(ROLE_KNOWN, name="account_role_known"),
    )
    op.create_table(
        "web_session",
        sa.Column("token", sa.String, primary_key=True),
        sa.Column("account", BIG, sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("method", sa.String, nullable=False),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("agent", sa.Text, nullable=False),
        _moment("began_at"),
        _moment("seen_at"),
        _moment("ended_at", nullable=True),
        sa.Column("ended_why", sa.String, nullable=False, server_default=""),
    )
    op.create_table(
        "login_attempt",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("address", sa.String, nullable=False),
        _moment("at"),
        sa.Column("right", sa.Boolean, nullable=False),
    )
    op.create_index("login_attempt_name", "login_attempt", ["name", "at"])
    op.create_index("login_attempt_address", "login_attempt", ["address", "at"])
    op.create_table(
        "one_time_link",
        sa.Column("token", sa.String, primary_key=True),
        sa.Column("account", BIG, sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("made_by", sa.String, nullable=False),
        _moment("until"),
        _moment("used_at", nullable=True),
    )
    op.create_table(
        "audit",
        sa.Column("id", BIG, primary_key=True),
        _moment("at"),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("what", sa.String, nullable=False),
        _text("target"),
        sa.Column("detail", sa.Text, nullable=False, server_default="{}"),
        sa.Column("previous", sa.String, nullable=False),
        sa.Column("hash", sa.String, nullable=False),
    )
    op.create_index("audit_at", "audit", ["at"])
    op.create_table(
        "office_choice",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        _moment("at"),
    )
    for table in ("audit", "office_choice"):
        _only_append(table)


def _text(name):
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def _moment(name, nullable=False):
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _only_append(table):
    if op.get_bind().dialect.name == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}")
        op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}")
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) {refuse}"
        )
        return
    run = "EXECUTE FUNCTION refuse_change()"
    op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW {run}")
    op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {run}")
    op.execute(f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {run}")
    op.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM PUBLIC, CURRENT_USER")
