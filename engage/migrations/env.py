"""How alembic reaches the database: on the engine that ``engage.migrations`` hands over."""

from alembic import context
from sqlalchemy import text

attributes = context.config.attributes

with attributes["engine"].connect() as connection:
    if connection.dialect.name == "postgresql":
        # A migration of a large table may take longer than any page is allowed to.
        connection.execute(text("SET statement_timeout = 0"))
        connection.commit()
    context.configure(
        connection=connection,
        target_metadata=attributes["metadata"],
        version_table=attributes["version_table"],
        render_as_batch=connection.dialect.name == "sqlite",
        # Both databases can undo the creation of a table; SQLite because its transactions are begun explicitly.
        transactional_ddl=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
