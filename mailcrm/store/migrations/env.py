"""alembic's environment: migrates the connection that `store.schema` hands over, in its transaction."""

from alembic import context
from sqlmodel import SQLModel

import mailcrm.records  # noqa: F401  (defines the tables)

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True, user_module_prefix="")
context.run_migrations()
