"""Which passwords are taken, and that a wrong one is as slow as a right one."""

from __future__ import annotations

import pytest

from app.server.passwords import LEAST, MOST, hash_password, is_outdated, is_password, password_faults


def codes(password, *own):
    """What is wrong with a password, by name."""
    return [fault.code.removeprefix("accounts.") for fault in password_faults(password, own)]


@pytest.mark.parametrize(
    ("password", "wrong"),
    [
        ("", ["short_password", "repeated_password"]),
        ("Tr0ub4dor&3", ["short_password"]),
        ("x" * (MOST + 1), ["long_password"]),
        ("aaaaaaaaaaaaaaaaaaaaa", ["repeated_password"]),
        ("123456123456123456", ["common_password"]),
        ("matkhau1234567890", ["common_password"]),
        ("Mật khẩu 2025 của UBND phường", ["common_password"]),
        ("qwertyuiopasdfgh", ["common_password"]),
        ("Anh yêu em mãi mãi 1990", ["common_password"]),
        ("password password password", ["common_password"]),
        ("meomeomeomeo123!@#", ["common_password"]),
    ],
)
def test_a_password_that_can_be_guessed_is_refused(password, wrong):
    """Too short, too long, a few characters over and over, or nothing but words everybody tries."""
    assert codes(password) == wrong


def test_ones_own_name_and_ward_are_as_guessable(password="Khương Thượng, Nguyễn Lan 2026"):
    """With the ward and the name known nothing is left of it."""
    assert codes(password, "Phường Khương Thượng", "Nguyễn Thị Lan", "lan") == ["common_password"]


@pytest.mark.parametrize("password", ["cá vàng ghét mưa tháng ba", "bốn cái ghế xanh bên sông", "u7#kQ-9vLp2!xZr4m"])
def test_a_few_unrelated_words_are_taken(password):
    """Long enough, with spaces and accents."""
    assert len(password) >= LEAST and codes(password) == []


def test_only_the_same_password_fits_its_hash():
    """However its accents are composed; nothing fits an empty hash or one that is none."""
    hashed = hash_password("cá vàng ghét mưa tháng ba")
    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$") and not is_outdated(hashed)
    assert is_password(hashed, "cá vàng ghét mưa tháng ba")
    assert is_password(hashed, "ca\u0301 va\u0300ng ghe\u0301t mu\u031ba tha\u0301ng ba")
    assert not is_password(hashed, "ca vang ghet mua thang ba")
    assert not is_password("", "a password that nobody has and nobody can type \x00")
    assert not is_password("plain", "plain")
