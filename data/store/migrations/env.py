"""How Alembic runs a migration: on the connection it is given, inside that transaction.

There is no alembic.ini; `data.store.database` sets what Alembic needs.
"""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
