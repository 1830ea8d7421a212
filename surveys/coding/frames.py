"""Code frames: the codes that comments on some of a survey's open questions can get.

Before the first comment is coded a frame is changed freely. From then on every change of its codes raises its version
and is written down, so that whoever reads a figure later can see which codes there were when a comment was coded.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, delete, exists, false, or_, select
from sqlalchemy.orm import Session

from surveys.publishing import current_version, load_version
from surveys.questionnaire import LongTextQuestion, TextQuestion
from surveys.storage import tables

Kind = Literal["codes", "ideas"]
LONGEST_NAME = 200
MOST_CODES = 100
_LONGEST_KEY = 60


class FrameRefused(ValueError):
    """A frame cannot be made or changed like this; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class CodeText:
    """What a coder reads about a code: when to give it, what else counts as it, what does not, and an example."""

    name: str
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that people answer in their own words; ``in_themes``: it is asked about each theme."""

    id: str
    text: str
    in_themes: bool


def open_questions(session: Session, *, survey: tables.Survey) -> tuple[OpenQuestion, ...]:
    """The open questions of the survey's newest version, in its own language and order."""
    questionnaire = load_version(session, current_version(session, survey=survey).id)
    found: dict[str, OpenQuestion] = {}
    for item in questionnaire.items:
        question = item.question
        if isinstance(question, TextQuestion | LongTextQuestion) and question.id not in found:
            text = question.text.in_language(questionnaire.language)
            found[question.id] = OpenQuestion(question.id, text, item.theme is not None)
    return tuple(found.values())


def make_frame(
    session: Session,
    *,
    survey: tables.Survey,
    name: str,
    questions: Collection[str],
    codes: Sequence[CodeText] = (),
    kind: Kind = "codes",
    at: datetime.datetime,
    by: str,
) -> tables.CodeFrame:
    """A new frame with these codes, which may be none yet. FrameRefused for a name or a question that cannot be."""
    _check_name(name, taken=[one.name for one in frames_of(session, survey_id=survey.id)], what="frame")
    frame = tables.CodeFrame(
        survey_id=survey.id,
        organisation_id=survey.organisation_id,
        name=name,
        kind=kind,
        questions=_known_questions(session, survey, questions),
        version=1,
        made_at=at,
        made_by=by,
    )
    session.add(frame)
    session.flush()
    for text in codes:
        new_code(session, frame=frame, text=text)
    return frame


def change_frame(
    session: Session, *, frame: tables.CodeFrame, name: str, questions: Collection[str], at: datetime.datetime, by: str
) -> None:
    """Give the frame another name, and the questions it applies to; once it is used, questions are only added."""
    lock(session, frame)
    others = [one.name for one in frames_of(session, survey_id=frame.survey_id) if one.id != frame.id]
    _check_name(name, taken=others, what="frame")
    wanted = _known_questions(session, session.get_one(tables.Survey, frame.survey_id), questions)
    lost = set(frame.questions) - set(wanted)
    if lost and is_used(session, frame=frame):
        raise FrameRefused("Comments are coded already, so no question can be taken away. Make another frame instead.")
    frame.name = name
    if set(wanted) != set(frame.questions):
        frame.questions = wanted
        write_change(session, frame=frame, change={"what": "questions", "questions": wanted}, at=at, by=by)
    session.flush()


def frames_of(session: Session, *, survey_id: int, kind: Kind | None = None) -> list[tables.CodeFrame]:
    """The survey's frames, the oldest first."""
    frame = tables.CodeFrame
    query = select(frame).where(frame.survey_id == survey_id).order_by(frame.id)
    return list(session.scalars(query if kind is None else query.where(frame.kind == kind)))


def find_frame(session: Session, *, survey_id: int, frame_id: int) -> tables.CodeFrame | None:
    """The survey's frame with this id; None for another survey's as for none at all."""
    frame = tables.CodeFrame
    return session.scalar(select(frame).where(frame.survey_id == survey_id, frame.id == frame_id))


def find_code(session: Session, *, frame_id: int, code_id: int) -> tables.Code | None:
    """The frame's code with this id, retired or not; None for another frame's as for none at all."""
    code = tables.Code
    return session.scalar(select(code).where(code.frame_id == frame_id, code.id == code_id))


def live_codes(session: Session, *, frame_id: int) -> list[tables.Code]:
    """The codes that can be given, in their order."""
    code = tables.Code
    return list(
        session.scalars(
            select(code).where(code.frame_id == frame_id, code.retired_in.is_(None)).order_by(code.position, code.id)
        )
    )


def all_codes(session: Session, *, frame_id: int) -> dict[int, tables.Code]:
    """Every code that the frame ever had, by its id."""
    return {one.id: one for one in session.scalars(select(tables.Code).where(tables.Code.frame_id == frame_id))}


def in_frame(frame: tables.CodeFrame) -> ColumnElement[bool]:
    """The WHERE clause for ``tables.ScreenedComment`` that answer one of the frame's questions."""
    item_key = tables.ScreenedComment.item_key
    ways = [or_(item_key == one, item_key.endswith(f".{one}", autoescape=True)) for one in frame.questions]
    # A frame without questions applies to nothing, and an empty "or" would apply to everything.
    return or_(false(), *ways)


def is_used(session: Session, *, frame: tables.CodeFrame) -> bool:
    """Whether any comment was ever coded with it, so that what it meant must be kept."""
    coded = exists().where(tables.CodedComment.frame_id == frame.id)
    return frame.version > 1 or bool(session.scalar(select(coded)))


def lock(session: Session, frame: tables.CodeFrame) -> None:
    """Let nobody else change the frame or code with it until this transaction ends; the frame is read again."""
    session.flush()
    session.refresh(frame, with_for_update=True)


def write_change(
    session: Session, *, frame: tables.CodeFrame, change: dict[str, Any], at: datetime.datetime, by: str
) -> int:
    """Raise the version of a frame that is used and keep what changed; the version that now holds.

    Codes that were suggested are forgotten: they were learned with the codes as they were.
    """
    if not is_used(session, frame=frame):
        return frame.version
    frame.version += 1
    forget_suggestions(session, frame_id=frame.id)
    session.add(
        tables.CodeFrameChange(
            frame_id=frame.id,
            organisation_id=frame.organisation_id,
            version=frame.version,
            change=change,
            at=at,
            by=by,
        )
    )
    session.flush()
    return frame.version


def forget_suggestions(session: Session, *, frame_id: int) -> None:
    """Delete every code that was suggested; what is known of the model that did it stays."""
    codes = select(tables.Code.id).where(tables.Code.frame_id == frame_id)
    session.execute(
        delete(tables.CodeSuggestion)
        .where(tables.CodeSuggestion.code_id.in_(codes))
        .execution_options(synchronize_session=False)
    )


def new_code(session: Session, *, frame: tables.CodeFrame, text: CodeText, position: int | None = None) -> tables.Code:
    """Add a code, at the end unless told otherwise, without raising the version. FrameRefused for an unusable name."""
    everyone = all_codes(session, frame_id=frame.id).values()
    live = [one for one in everyone if one.retired_in is None]
    if len(live) >= MOST_CODES:
        raise FrameRefused(f"A frame has at most {MOST_CODES} codes. Merge or retire some first.")
    check_code_name(live, text.name)
    code = tables.Code(
        frame_id=frame.id,
        organisation_id=frame.organisation_id,
        key=_unused_key(text.name, {one.key for one in everyone}),
        position=max((one.position for one in live), default=0) + 1 if position is None else position,
        added_in=frame.version,
        name=text.name,
        definition=text.definition,
        include=text.include,
        exclude=text.exclude,
        example=text.example,
    )
    session.add(code)
    session.flush()
    return code


def check_code_name(live: Collection[tables.Code], name: str) -> None:
    """FrameRefused where the name is empty, too long, or that of one of these codes."""
    _check_name(name, taken=[one.name for one in live], what="code")


def _check_name(name: str, *, taken: Collection[str], what: str) -> None:
    if not name.strip():
        raise FrameRefused(f"Give the {what} a name.")
    if len(name) > LONGEST_NAME:
        raise FrameRefused(f"Use {LONGEST_NAME} characters or fewer for the name of the {what}.")
    if name.strip().casefold() in {one.strip().casefold() for one in taken}:
        raise FrameRefused(f"There is a {what} called “{name}” already. Choose another name.")


def _known_questions(session: Session, survey: tables.Survey, wanted: Collection[str]) -> list[str]:
    known = [one.id for one in open_questions(session, survey=survey)]
    chosen = [one for one in known if one in wanted]
    if not chosen:
        raise FrameRefused("Choose at least one of the survey's open questions.")
    return chosen


def _unused_key(name: str, taken: Collection[str]) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    start = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: _LONGEST_KEY - 4].rstrip("-") or "code"
    keys = [start, *(f"{start}-{number}" for number in range(2, len(taken) + 2))]
    return next(key for key in keys if key not in taken)
