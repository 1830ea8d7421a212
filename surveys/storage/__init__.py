"""Tables and connections. All that differs between SQLite and PostgreSQL stands in ``engine``."""
