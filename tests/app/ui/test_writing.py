"""Who may write while nobody has an account: only somebody at the server's own computer."""

import pytest
from sqlalchemy import text
from streamlit import config

from app.ui.writing import is_loopback, may_edit


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "::", "192.168.1.5", "ward.example.vn", "127.0.0.1.example"])
def test_a_server_that_others_reach_is_not_for_writing(address):
    """Nor one of which it is not said where it listens."""
    assert not is_loopback(address)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "localhost", "::1"])
def test_a_server_of_its_own_computer_is(address):
    """In every way to say so."""
    assert is_loopback(address)


@pytest.fixture
def listening():
    """Let the server listen at an address, and at its own again afterwards."""
    before = config.get_option("server.address")
    yield lambda address: config.set_option("server.address", address)
    config.set_option("server.address", before)


def test_with_the_first_account_writing_ends(sqlite_store, listening):
    """Until accounts have roles, nobody writes on the screen."""
    listening("0.0.0.0")
    assert not may_edit(sqlite_store)
    listening("127.0.0.1")
    assert may_edit(sqlite_store)
    with sqlite_store.writer.begin() as connection:
        connection.execute(text("INSERT INTO account (name, created_at) VALUES ('an', CURRENT_TIMESTAMP)"))
    assert not may_edit(sqlite_store)
