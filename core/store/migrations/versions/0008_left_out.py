"""How many figures a freeze left out stands beside what it holds: a fact of its moment, no part of its hash."""

import json
import zlib

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the column and take over what freezes of the first form say of it inside."""
    op.add_column("frozen", sa.Column("left_out", sa.Integer, nullable=False, server_default="0"))
    connection = op.get_bind()
    numbers = connection.scalars(sa.text("SELECT id FROM frozen ORDER BY id")).all()
    if not numbers:
        return
    _let_update(connection)
    for number in numbers:
        said = connection.scalar(sa.text("SELECT content FROM frozen WHERE id = :id"), {"id": number})
        change = sa.text("UPDATE frozen SET left_out = :count WHERE id = :id")
        connection.execute(change, {"count": _count(said), "id": number})
    _refuse_update(connection)


def _count(content):
    try:
        return json.loads(zlib.decompress(content)).get("left_out", 0)
    except (zlib.error, TypeError, ValueError):
        return 0  # a damaged freeze opens no more, and verify names it


def _let_update(connection):
    on_table = " ON frozen" if connection.dialect.name == "postgresql" else ""
    op.execute(f"DROP TRIGGER frozen_no_update{on_table}")


def _refuse_update(connection):
    if connection.dialect.name == "sqlite":
        run = "BEGIN SELECT RAISE(ABORT, 'frozen is append-only'); END"
    else:
        run = "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    op.execute(f"CREATE TRIGGER frozen_no_update BEFORE UPDATE ON frozen {run}")
