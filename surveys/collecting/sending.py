"""One person's answers become a response, its document and its comments: all of them in one transaction, or none."""

from __future__ import annotations

import datetime
import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal, Protocol, cast

from sqlalchemy import Connection, Date, Table, bindparam, insert, select, text
from sqlalchemy.orm import Session

from surveys.answers import Value, closed_document, encode
from surveys.publishing import LoadedVersion, loaded_version
from surveys.questionnaire import NON_ANSWERS, LongTextQuestion, Questionnaire, TextQuestion
from surveys.routing import on_path
from surveys.storage import tables
from surveys.storage.tables.declaring import HASH

Mode = Literal["web", "paper", "kiosk", "phone", "import", "demonstration"]
Repeated = Literal["no", "equal", "different"]

_ROWS_AT_ONCE = 500
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_canonical_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


class Located(Protocol):
    """A collector, resolved or from its table."""

    @property
    def id(self) -> int: ...
    @property
    def survey_id(self) -> int: ...
    @property
    def organisation_id(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Collected:
    """What became of a sending.

    ``repeated`` "no": stored now. "equal": the same form with the same answers was stored before; nothing was stored
    again. "different": the same form was sent before with other answers; nothing was stored. ``response_key`` is None
    unless stored now. ``equality_key`` is the same for a repeat with equal answers as it was the first time.
    """

    response_key: bytes | None
    equality_key: bytes | None
    repeated: Repeated


@dataclass(frozen=True, slots=True)
class Sent:
    """One person's answers for ``collect_many``. ``foreign_id``: the response's id in the system it comes from."""

    collector: Located
    answers: Mapping[str, Value]
    language: str
    mode: Mode
    at: datetime.date
    theme_order: Sequence[str] | None = None
    foreign_id: str | None = None


_keep_receipt = text(
    "INSERT INTO receipt (key_hash, answers_digest, kept_on) VALUES (:key_hash, :answers_digest, :kept_on) "
    "ON CONFLICT (key_hash) DO NOTHING"
).bindparams(
    bindparam("key_hash", type_=HASH), bindparam("answers_digest", type_=HASH), bindparam("kept_on", type_=Date)
)
_find_digest = select(tables.Receipt.answers_digest).where(tables.Receipt.key_hash == bindparam("key_hash"))
_add_responses = insert(cast(Table, tables.Response.__table__))
_add_documents = insert(cast(Table, tables.ResponseDocument.__table__))
_add_comments = insert(cast(Table, tables.Comment.__table__))
_add_foreign_ids = insert(cast(Table, tables.ForeignId.__table__))


def collect(
    session: Session,
    *,
    version_id: int,
    collector: Located,
    answers: Mapping[str, Value],
    language: str,
    mode: Mode,
    receipt_key: bytes | None,
    at: datetime.date,
    theme_order: Sequence[str] | None = None,
    equality_expected: bool = False,
) -> Collected:
    """Store one person's answers, given in normal form with an entry for every item that the person was shown.

    ``receipt_key`` is the keyed hash of the form's nonce; the same form is stored once, however often and however
    concurrently it is sent. Answers off the final path are dropped. ``at`` is the day in the organisation's time zone.
    ``theme_order`` are theme ids in the order shown. ``equality_expected`` asks for the random key that equality
    answers may later be stored under. ValueError where answers do not fit the version, or the version the collector.
    """
    version = loaded_version(session, version_id)
    kept = _kept(version, collector, answers)
    connection = session.connection()
    if receipt_key is not None:
        repeated = _keep(connection, receipt_key, kept, at)
        if repeated != "no":
            equal = repeated == "equal" and equality_expected
            return Collected(None, _equality_key(receipt_key) if equal else None, repeated)
    equality_key = _equality_key(receipt_key) if equality_expected else None
    sent = Sent(collector, kept, language, mode, at, theme_order)
    response, document, comments = _rows(version, version_id, sent, kept, None, equality_key)
    connection.execute(_add_responses, response)
    connection.execute(_add_documents, document)
    if comments:
        connection.execute(_add_comments, comments)
    return Collected(response["key"], equality_key, "no")


def sent_before(session: Session, *, receipt_key: bytes, equality_expected: bool = False) -> Collected | None:
    """What a repeat with equal answers would be told, for a form that no longer carries its answers; None: not sent."""
    key_hash = hashlib.sha256(receipt_key).digest()
    if session.connection().execute(_find_digest, {"key_hash": key_hash}).scalar_one_or_none() is None:
        return None
    return Collected(None, _equality_key(receipt_key) if equality_expected else None, "equal")


def collect_many(session: Session, *, version_id: int, batch_id: int | None, sent: Iterable[Sent]) -> int:
    """Store many people's answers to one version; how many. With a batch, nobody sees them until it is completed.

    For each person the same as ``collect`` without a receipt. Call it with a few thousand at a time, each in a
    transaction of its own, so that people who are answering do not wait. ValueError as ``collect``, and where a foreign
    id comes without a batch; sqlalchemy's IntegrityError where a foreign id is already stored.
    """
    version = loaded_version(session, version_id)
    connection = session.connection()
    waiting, stored = iter(sent), 0
    while chunk := list(islice(waiting, _ROWS_AT_ONCE)):
        responses, documents, comments, foreign_ids = [], [], [], []
        for one in chunk:
            kept = _kept(version, one.collector, one.answers)
            response, document, own_comments = _rows(version, version_id, one, kept, batch_id, None)
            responses.append(response)
            documents.append(document)
            comments.extend(own_comments)
            if one.foreign_id is not None:
                foreign_ids.append(_foreign_id_row(one, batch_id))
        # In key order, so that not even the file shows in which order the rows of a chunk came.
        responses.sort(key=_by_key)
        documents.sort(key=_by_key)
        connection.execute(_add_responses, responses)
        connection.execute(_add_documents, documents)
        if comments:
            connection.execute(_add_comments, comments)
        if foreign_ids:
            connection.execute(_add_foreign_ids, foreign_ids)
        stored += len(chunk)
    return stored


def foreign_id_hash(survey_id: int, foreign_id: str) -> bytes:
    """What is kept of another system's response id: SHA-256 over survey and id."""
    return hashlib.sha256(f"{survey_id}\n{foreign_id}".encode()).digest()


def _kept(version: LoadedVersion, collector: Located, answers: Mapping[str, Value]) -> dict[str, Value]:
    """The answers that the final path reaches, of those that were shown."""
    if version.survey_id != collector.survey_id:
        raise ValueError("the version belongs to another survey than the collector")
    reached = on_path(version.questionnaire, answers)
    beside = version.questionnaire.derived(_offered_beside)
    for key, value in reached.items():
        if value in NON_ANSWERS and key in beside and value not in beside[key]:
            raise ValueError(f"The answer to {key} is not one that this version of the questionnaire offers.")
    return {key: value for key, value in reached.items() if key in answers}


def _offered_beside(questionnaire: Questionnaire) -> dict[str, frozenset[str]]:
    """For each closed item the answers that stand beside its options: results count no others."""
    return {
        item.key: frozenset(one.id for one in questionnaire.not_scored(item.question))
        for item in questionnaire.items
        if not isinstance(item.question, TextQuestion | LongTextQuestion)
    }


def _keep(connection: Connection, receipt_key: bytes, answers: Mapping[str, Value], at: datetime.date) -> Repeated:
    key_hash = hashlib.sha256(receipt_key).digest()
    # The digest is keyed so that nobody can find the response of a receipt by hashing responses.
    digest = hmac.digest(receipt_key, _canonical_json(answers).encode(), "sha256")
    kept = connection.execute(_keep_receipt, {"key_hash": key_hash, "answers_digest": digest, "kept_on": at})
    if kept.rowcount == 1:
        return "no"
    before = connection.execute(_find_digest, {"key_hash": key_hash}).scalar_one()
    return "equal" if hmac.compare_digest(before, digest) else "different"


def _equality_key(receipt_key: bytes | None) -> bytes:
    """Random to everyone who lacks the receipt key, which is stored nowhere; the same when a form is sent again."""
    if receipt_key is None:
        return secrets.token_bytes(16)
    return hmac.digest(receipt_key, b"equality answers", "sha256")[:16]


def _rows(
    version: LoadedVersion,
    version_id: int,
    sent: Sent,
    kept: Mapping[str, Value],
    batch_id: int | None,
    equality_key: bytes | None,
) -> tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]]]:
    """The rows of one response: (response, document, comments)."""
    questionnaire = version.questionnaire
    key = secrets.token_bytes(16)
    owner = {"survey_id": version.survey_id, "organisation_id": sent.collector.organisation_id}
    document: dict[str, Any] = {"answers": closed_document(questionnaire, kept)}
    if sent.theme_order is not None:
        document["theme_order"] = _permutation(questionnaire, sent.theme_order)
    response = {
        **owner,
        "key": key,
        "version_id": version_id,
        "collector_id": sent.collector.id,
        "submitted_on": sent.at,
        "language": sent.language,
        "mode": sent.mode,
        "batch_id": batch_id,
        "equality_key": equality_key,
        "codes": encode(version.layout, kept),
    }
    may_quote = _may_quote(questionnaire, kept)
    comments = [
        {
            **owner,
            "response_key": key,
            "item_key": item_key,
            "batch_id": batch_id,
            "text": kept[item_key],
            "language": sent.language,
            "may_quote": may_quote,
        }
        for item_key in questionnaire.derived(_open_keys)
        if kept.get(item_key) is not None
    ]
    return response, {**owner, "key": key, "answers": _json(document)}, comments


def _permutation(questionnaire: Questionnaire, theme_order: Sequence[str]) -> list[int]:
    """Positions of the themes in the questionnaire, in the order in which they were shown."""
    position = {theme.id: place for place, theme in enumerate(questionnaire.themes)}
    if len(theme_order) != len(position) or set(theme_order) != set(position):
        raise ValueError("the order of themes must name each theme of the questionnaire once")
    return [position[theme] for theme in theme_order]


def _may_quote(questionnaire: Questionnaire, kept: Mapping[str, Value]) -> bool | None:
    asked = questionnaire.with_purpose("quote_permission")
    answer = None if asked is None else kept.get(asked.id)
    return None if answer is None else answer == "yes"


def _open_keys(questionnaire: Questionnaire) -> tuple[str, ...]:
    return tuple(item.key for item in questionnaire.items if isinstance(item.question, TextQuestion | LongTextQuestion))


def _foreign_id_row(sent: Sent, batch_id: int | None) -> dict[str, Any]:
    if batch_id is None or sent.foreign_id is None:
        raise ValueError("a foreign id is kept with the batch that brought it")
    return {
        "survey_id": sent.collector.survey_id,
        "id_hash": foreign_id_hash(sent.collector.survey_id, sent.foreign_id),
        "organisation_id": sent.collector.organisation_id,
        "batch_id": batch_id,
    }


def _by_key(row: Mapping[str, Any]) -> bytes:
    key: bytes = row["key"]
    return key
