"""A survey whose comments have been read and coded, made person by person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.answers import Value
from surveys.coding.frames import CodeText, live_codes, make_frame
from surveys.collecting import Sent, collect_many
from surveys.comments.screening import screen_new
from surveys.publishing import current_version
from surveys.storage import tables
from tests.factories import NOW, TODAY, a_collector, a_survey, some_answers

OFFICER = "officer@example.org"
Codes = Mapping[str, str]
"""The sentiment by the code that a comment got."""


@dataclass(frozen=True)
class Writer:
    """One person: what each of their comments was coded with, by item key; None where it waits to be coded."""

    codes: Mapping[str, Codes | None]
    audience: str = "patients"
    place: str = "Alliance / North / Trust"
    ratings: Mapping[str, str | None] = field(default_factory=dict)
    state: str | None = "no action"


def about(key: str, *codes: str, sentiment: str = "negative", **person: Any) -> Writer:
    """A person who commented on one item, with these codes."""
    return Writer({key: dict.fromkeys(codes, sentiment)}, **person)


def a_frame(
    session: Session, survey: tables.Survey, names: Sequence[str], *, questions: Sequence[str] = ("comment",)
) -> tables.CodeFrame:
    return make_frame(
        session,
        survey=survey,
        name="What people say",
        questions=questions,
        codes=[CodeText(name) for name in names],
        at=NOW,
        by=OFFICER,
    )


def a_coded_survey(
    session: Session, writers: Sequence[Writer], *, names: Sequence[str], survey: tables.Survey | None = None
) -> tables.CodeFrame:
    """The writers as respondents, their comments read and coded with a frame of these codes."""
    survey = survey or a_survey(session)
    frame = a_frame(session, survey, names)
    add_writers(session, survey, frame, writers)
    return frame


def add_writers(session: Session, survey: tables.Survey, frame: tables.CodeFrame, writers: Sequence[Writer]) -> None:
    """These people answer, and their comments are read and coded."""
    collectors: dict[tuple[str, str], tables.Collector] = {}
    for one in writers:
        if (one.audience, one.place) not in collectors:
            collectors[one.audience, one.place] = a_collector(session, survey, audience=one.audience, place=one.place)
    collect_many(
        session,
        version_id=current_version(session, survey=survey).id,
        batch_id=None,
        sent=[
            Sent(collectors[one.audience, one.place], _answers(one, number), "en", "web", TODAY)
            for number, one in enumerate(writers)
        ],
    )
    while screen_new(session, survey=survey):
        pass
    code(session, survey, frame, writers)


def _answers(one: Writer, number: int) -> dict[str, Value]:
    answers = some_answers(waiting__comment=None, waiting__importance=None, digital__importance=None)
    answers |= {f"{theme}.importance": rating for theme, rating in one.ratings.items()}
    # The number leads from a comment back to what this test wants of it.
    return answers | dict.fromkeys(one.codes, f"Comment {number}")


def code(
    session: Session, survey: tables.Survey, frame: tables.CodeFrame, writers: Sequence[Writer], *, round_: int = 0
) -> None:
    ids = {one.name: one.id for one in live_codes(session, frame_id=frame.id)}
    found = session.execute(
        select(tables.ScreenedComment.ref, tables.ScreenedComment.item_key, tables.Comment.text)
        .join(
            tables.Comment,
            (tables.Comment.survey_id == tables.ScreenedComment.survey_id)
            & (tables.Comment.response_key == tables.ScreenedComment.response_key)
            & (tables.Comment.item_key == tables.ScreenedComment.item_key),
        )
        .where(
            tables.ScreenedComment.survey_id == survey.id,
            tables.ScreenedComment.ref.not_in(select(tables.CommentState.ref)),
        )
    ).all()
    organisation = survey.organisation_id
    for ref, key, text in found:
        one = writers[int(text.split()[1])]
        if one.state:
            session.add(
                tables.CommentState(
                    ref=ref,
                    survey_id=survey.id,
                    organisation_id=organisation,
                    state=one.state,
                    read_at=NOW,
                    read_by=OFFICER,
                    state_at=NOW,
                    state_by=OFFICER,
                )
            )
        codes = one.codes[key]
        if codes is not None:
            coded = tables.CodedComment(
                ref=ref,
                frame_id=frame.id,
                round=round_,
                organisation_id=organisation,
                frame_version=frame.version,
                coded_at=NOW,
                coded_by=OFFICER,
            )
            session.add(coded)
            session.flush()
            session.add_all(
                tables.Mention(
                    ref=ref,
                    frame_id=frame.id,
                    round=round_,
                    code_id=ids[name],
                    organisation_id=organisation,
                    sentiment=sentiment,
                    suggested=False,
                )
                for name, sentiment in codes.items()
            )
    session.flush()
