"""Comments coded by one person, from which a second coder's sample is drawn."""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.coding.coding import Sentiment
from surveys.coding.drawing import draw_sample, sampled_comments
from surveys.coding.samples import SampleAgreement, agreement_tables
from surveys.comments.screening import screen_new
from surveys.storage import tables
from tests.coding import a_frame, code_named, give
from tests.commented import STAFF, a_commented_survey
from tests.factories import NOW, a_response, some_answers

FIRST, SECOND, BOSS = "first@example.org", "second@example.org", "boss@example.org"
HOUR = datetime.timedelta(hours=1)
Said = Mapping[str, Sentiment]


@dataclass(frozen=True)
class Sampled:
    """A frame, and comments of its survey that somebody has read, in the order of their random names."""

    session: Session
    frame: tables.CodeFrame
    comments: list[tables.ScreenedComment]

    def code(self, name: str) -> tables.Code:
        return code_named(self.session, self.frame, name)

    def say_all(self, said: Sequence[Said]) -> None:
        for comment, one in zip(self.comments, said, strict=True):
            give(self.session, self.frame, comment, one, by=FIRST)

    def draw(self, coder: str = SECOND, seed: int = 1) -> tables.CodingSample:
        return draw_sample(
            self.session, frame=self.frame, coder=coder, by=BOSS, at=NOW + HOUR, chance=random.Random(seed)
        )

    def drawn(self, sample: tables.CodingSample) -> list[tables.ScreenedComment]:
        where = sampled_comments(frame_id=self.frame.id, round_number=sample.round)
        return list(self.session.scalars(select(tables.ScreenedComment).where(where)))

    def say_again(self, comment: tables.ScreenedComment, said: Said, *, hours: float = 2) -> None:
        give(self.session, self.frame, comment, said, by=SECOND, round_number=1, at=NOW + hours * HOUR)

    def finish(self, sample: tables.CodingSample, said: Mapping[bytes, Said]) -> SampleAgreement:
        more = {"round_number": sample.round, "by": sample.coder, "at": NOW + 2 * HOUR}
        for comment in self.drawn(sample):
            give(self.session, self.frame, comment, said.get(comment.ref, {}), **more)
        return self.measured()

    def measured(self) -> SampleAgreement:
        return agreement_tables(self.session, frame_id=self.frame.id)[0]

    def by_ref(self, said: Sequence[Said]) -> dict[bytes, Said]:
        return {comment.ref: one for comment, one in zip(self.comments, said, strict=True)}


def comments_to_sample(session: Session, comments: int, *names: str) -> Sampled:
    at = a_commented_survey(session)
    for number in range(comments):
        a_response(session, at.collector, some_answers(waiting__comment=f"Comment number {number} of many."))
    screen_new(session, survey=at.survey, most=comments)
    found = list(session.scalars(select(tables.ScreenedComment).order_by(tables.ScreenedComment.ref)))
    for one in found:
        read(session, one)
    return Sampled(session, a_frame(session, at, *names), found)


def read(session: Session, comment: tables.ScreenedComment) -> None:
    """Somebody has read it and found nothing to act on."""
    session.add(
        tables.CommentState(
            ref=comment.ref,
            survey_id=comment.survey_id,
            organisation_id=comment.organisation_id,
            level=comment.level,
            state="no action",
            read_at=NOW,
            read_by=STAFF,
            state_at=NOW,
            state_by=STAFF,
        )
    )
    session.flush()


def escalate(session: Session, comment: tables.ScreenedComment) -> None:
    session.get_one(tables.CommentState, comment.ref).state = "escalated"
    session.flush()
