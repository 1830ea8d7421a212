"""A survey to import answers to."""

import pytest

from engage.unit_of_work import Database
from tests.factories import a_collector


@pytest.fixture
def code(database: Database) -> str:
    """The code of the one collector of a published survey."""
    with database.writing() as session:
        return a_collector(session, channel="poster").code
