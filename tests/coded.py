"""A commented survey whose comments have been coded, with one code that they share."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from surveys.storage import tables
from tests.commented import Commented, a_comment, a_commented_survey
from tests.factories import NOW

CODER = "analyst@example.org"


@dataclass
class Coded:
    """A survey with a frame of one code."""

    here: Commented
    frame_id: int
    code_id: int

    @property
    def survey(self) -> tables.Survey:
        return self.here.survey


def a_coded_survey(session: Session) -> Coded:
    here = a_commented_survey(session)
    owner = here.survey.organisation_id
    frame = tables.CodeFrame(
        survey_id=here.survey.id,
        organisation_id=owner,
        name="What people say",
        kind="codes",
        questions=["comment"],
        version=1,
        made_at=NOW,
        made_by=CODER,
    )
    session.add(frame)
    session.flush()
    code = tables.Code(
        frame_id=frame.id,
        organisation_id=owner,
        key="results",
        name="Results",
        definition="",
        include="",
        exclude="",
        example="",
        position=1,
        added_in=1,
    )
    session.add(code)
    session.flush()
    return Coded(here, frame.id, code.id)


def a_coded_comment(
    session: Session, coded: Coded, text: str, *, sentiment: str | None = "negative", **given: object
) -> tables.ScreenedComment:
    """A comment, coded in this sentiment unless it is None; ``given`` as for ``a_comment``."""
    comment = a_comment(session, coded.here, text, **given)  # type: ignore[arg-type]
    if sentiment is not None:
        keys = {"ref": comment.ref, "frame_id": coded.frame_id, "round": 0}
        owner = {"organisation_id": coded.survey.organisation_id}
        session.add(tables.CodedComment(**keys, **owner, frame_version=1, coded_at=NOW, coded_by=CODER))
        session.flush()
        session.add(tables.Mention(**keys, **owner, code_id=coded.code_id, sentiment=sentiment, suggested=False))
        session.flush()
    return comment


def many_comments(session: Session, coded: Coded, ratings: dict[str, int], **given: object) -> None:
    """As many comments of each rating as are asked for, all different."""
    for rating, number in ratings.items():
        for place in range(number):
            a_coded_comment(
                session, coded, f"Ring us with results, {rating} {place} of us say.", rating=rating, **given
            )
