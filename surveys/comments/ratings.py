"""How the writer of a comment rated the theme that it is about."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from surveys.answers import Column
from surveys.answers.codes import FIRST_OPTION, NON_ANSWER_CODES
from surveys.publishing import load_layout, load_version
from surveys.questionnaire import Questionnaire, RatingQuestion
from surveys.storage import tables

_AT_ONCE = 400


def rating_question(questionnaire: Questionnaire, item_key: str) -> RatingQuestion | None:
    """The question by which the theme of this open question is rated; None where there is no theme or no rating."""
    item = next((one for one in questionnaire.items if one.key == item_key), None)
    if item is None or item.theme is None:
        return None
    ratings = [one for one in questionnaire.ask_about_each_theme if isinstance(one, RatingQuestion)]
    return next((one for one in ratings if one.composite), ratings[0] if ratings else None)


def ratings_beside(
    session: Session, *, survey_id: int, comments: Iterable[tuple[bytes, str]]
) -> dict[tuple[bytes, str], str]:
    """For comments as (response key, item key): the id of the point, or of the answer beside the scale, that the same
    person gave to the same theme. Comments whose writer gave none are not there."""
    wanted: dict[bytes, list[str]] = {}
    for key, item_key in comments:
        wanted.setdefault(key, []).append(item_key)
    keys, found = sorted(wanted), {}
    response = tables.Response
    columns: dict[tuple[int, str], Column | None] = {}
    for begin in range(0, len(keys), _AT_ONCE):
        chunk = [(survey_id, key) for key in keys[begin : begin + _AT_ONCE]]
        rows = session.execute(
            select(response.key, response.version_id, response.codes).where(
                tuple_(response.survey_id, response.key).in_(chunk)
            )
        )
        for key, version_id, codes in rows:
            for item_key in wanted[key]:
                place = (version_id, item_key)
                if place not in columns:
                    columns[place] = _column(session, version_id, item_key)
                rating = _point(columns[place], codes)
                if rating is not None:
                    found[key, item_key] = rating
    return found


def _column(session: Session, version_id: int, item_key: str) -> Column | None:
    question = rating_question(load_version(session, version_id), item_key)
    if question is None:
        return None
    key = f"{item_key.partition('.')[0]}.{question.id}"
    return next((one for one in load_layout(session, version_id).columns if one.key == key), None)


_BESIDE = {code: word for word, code in NON_ANSWER_CODES.items()}


def _point(column: Column | None, codes: bytes) -> str | None:
    if column is None:
        return None
    code = codes[column.offset]
    return column.options[code - FIRST_OPTION] if code >= FIRST_OPTION else _BESIDE.get(code)
