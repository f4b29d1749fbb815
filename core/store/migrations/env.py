"""Alembic inside the transaction that core.store.migrate opened: a migration happens whole or not at all."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
