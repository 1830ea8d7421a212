"""Addresses that people leave for a workshop or for the results: nothing ties them to any answer or to a time."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import secrets
from typing import Literal

from sqlalchemy import bindparam, delete, select, text
from sqlalchemy.orm import Session

from surveys.answers_file import neutralised
from surveys.storage import tables
from surveys.storage.tables.declaring import KEY

LONGEST_CONTACT = 254
_EMAIL = re.compile(r"[^@\s,;<>\"()]{1,64}@[^@\s,;<>\"().]{1,63}(\.[^@\s,;<>\"().]{1,63}){1,8}")
_PHONE_SIGNS = re.compile(r"[ ().\-/\u00a0\u2010-\u2013]")
_PHONE = re.compile(r"(\+|00)[1-9]\d{7,14}|0[1-9]\d{8,9}", re.ASCII)

_add = text(
    "INSERT INTO sign_up (key, organisation_id, survey_id, wants, contact) "
    "VALUES (:key, :organisation_id, :survey_id, :wants, :contact) ON CONFLICT (key) DO NOTHING"
).bindparams(bindparam("key", type_=KEY))


class ContactFault(ValueError):
    """What was typed is no address to write to or call. ``code``: "missing", "email", "phone" or "neither"."""

    def __init__(self, code: Literal["missing", "email", "phone", "neither"]) -> None:
        super().__init__(code)
        self.code = code


def read_contact(text: str) -> str:
    """An e-mail address as typed, or a telephone number without spaces and brackets. Raises ContactFault."""
    typed = " ".join(text.split())
    if not typed:
        raise ContactFault("missing")
    if "@" in typed:
        if len(typed) > LONGEST_CONTACT or not typed.isprintable() or not _EMAIL.fullmatch(typed):
            raise ContactFault("email")
        return typed
    number = _PHONE_SIGNS.sub("", typed.replace("(0)", ""))
    if _PHONE.fullmatch(number):
        return number
    raise ContactFault("phone" if any(sign.isdigit() for sign in typed) else "neither")


def add_sign_up(session: Session, *, survey_id: int, organisation_id: int, wants: str, contact: str) -> bool:
    """Keep an address for what someone ``wants`` (the kind of an offer); False where it is kept already.

    Call it in a transaction of its own, which stores nothing else. Raises ContactFault.
    """
    contact = read_contact(contact)
    row = {"organisation_id": organisation_id, "survey_id": survey_id, "wants": wants, "contact": contact}
    # The key follows from the row, so that pressing the button twice cannot make two of them.
    key = hashlib.sha256(f"{survey_id}\n{wants}\n{contact}".encode()).digest()[:16]
    return session.connection().execute(_add, {"key": key, **row}).rowcount == 1


def list_sign_ups(session: Session, *, survey: tables.Survey, wants: str | None = None) -> list[tuple[str, str]]:
    """(wants, contact) of everyone who left an address, in an order drawn anew each time."""
    sign_up = tables.SignUp
    query = select(sign_up.wants, sign_up.contact).where(sign_up.survey_id == survey.id)
    if wants is not None:
        query = query.where(sign_up.wants == wants)
    rows = [(row.wants, row.contact) for row in session.execute(query)]
    secrets.SystemRandom().shuffle(rows)
    return rows


def sign_ups_csv(session: Session, *, survey: tables.Survey, wants: str | None = None) -> str:
    """The same as CSV with the columns wants and contact; no cell can act as a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("wants", "contact"))
    writer.writerows(tuple(map(neutralised, row)) for row in list_sign_ups(session, survey=survey, wants=wants))
    return text.getvalue()


def remove_sign_ups(session: Session, *, survey: tables.Survey, contact: str | None = None) -> int:
    """Delete one address, or all of a survey's once they have served; how many rows."""
    sign_up = tables.SignUp
    query = delete(sign_up).where(sign_up.survey_id == survey.id)
    if contact is not None:
        query = query.where(sign_up.contact == read_contact(contact))
    return session.connection().execute(query).rowcount
