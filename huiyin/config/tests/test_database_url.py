import pytest

from huiyin.config import database_url
from huiyin.config.errors import RefusedError


def test_ordinary_address() -> None:
    assert database_url.parse("postgres://huiyin:secret@db.example:5433/house") == {
        "NAME": "house",
        "USER": "huiyin",
        "PASSWORD": "secret",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {},
    }


def test_signs_in_the_password_are_percent_encoded() -> None:
    assert database_url.parse("postgresql://u:p%40ss%2F%3A%23@h/n")["PASSWORD"] == "p@ss/:#"


@pytest.mark.parametrize("url", ["postgres://u@%2Frun%2Fpg/n", "postgres://u@/n?host=/run/pg"])
def test_socket_folder(url: str) -> None:
    parsed = database_url.parse(url)
    assert (parsed["HOST"], parsed["PORT"], parsed["OPTIONS"]) == ("/run/pg", "", {})


def test_options_go_to_libpq() -> None:
    assert database_url.parse("postgres://u@h/n?sslmode=require")["OPTIONS"] == {"sslmode": "require"}


def test_address_of_version_six() -> None:
    assert database_url.parse("postgres://u@[::1]:5432/n")["HOST"] == "::1"


@pytest.mark.parametrize(
    "url",
    ["mysql://u:geheim@h/n", "postgres://u:geheim@h", "postgres://u:geheim@h:port/n", "", "postgres://[u:geheim/n"],
)
def test_wrong_address_is_refused_without_telling_the_password(url: str) -> None:
    with pytest.raises(RefusedError) as refused:
        database_url.parse(url)
    assert "geheim" not in str(refused.value)
    assert "DATABASE_URL" in str(refused.value)


def test_old_server_is_refused() -> None:
    database_url.refuse_old_server(150000)
    with pytest.raises(RefusedError, match="version 14; Huiyin needs 15"):
        database_url.refuse_old_server(140012)
