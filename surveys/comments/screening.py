"""Screening comments: masking them, sorting them for whoever reads them, and keeping what everybody may see."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence

from sqlalchemy import Row, and_, exists, select
from sqlalchemy.orm import Session

from surveys import masking, triage
from surveys.collecting import visible_comments
from surveys.comments.showing import Passage, shown_words
from surveys.masking import Mask, OwnDetails, find_masks
from surveys.storage import tables
from surveys.triage import sort_comment

AT_ONCE = 500


def own_details(session: Session, *, organisation_id: int) -> OwnDetails:
    """What the organisation adds to the detectors."""
    own = session.get(tables.MaskingList, organisation_id)
    return OwnDetails(own.hospital_number, tuple(own.staff_names)) if own else OwnDetails()


def rules_in_force(own: OwnDetails) -> str:
    """A version of everything that decides how a comment is screened; it does not tell what the organisation added."""
    added = hashlib.sha256(repr((own.hospital_number, sorted(own.staff_names))).encode()).hexdigest()[:16]
    return f"{masking.VERSION}.{triage.VERSION}.{added}"


def screen_new(session: Session, *, survey: tables.Survey, most: int = AT_ONCE) -> int:
    """Screen comments that were not screened yet, at most that many; how many there were."""
    comment, screened = tables.Comment, tables.ScreenedComment
    same = and_(
        screened.survey_id == comment.survey_id,
        screened.response_key == comment.response_key,
        screened.item_key == comment.item_key,
    )
    waiting = session.execute(
        select(comment.response_key, comment.item_key, comment.organisation_id, comment.text, comment.language)
        .where(visible_comments(session, survey_id=survey.id), ~exists().where(same))
        .limit(most)
    ).all()
    own = own_details(session, organisation_id=survey.organisation_id)
    session.add_all(_screened(survey.id, row, own) for row in waiting)
    session.flush()
    return len(waiting)


def _screened(survey_id: int, row: Row[bytes, str, int, str, str], own: OwnDetails) -> tables.ScreenedComment:
    screened = tables.ScreenedComment(
        ref=secrets.token_bytes(16),
        survey_id=survey_id,
        response_key=row.response_key,
        item_key=row.item_key,
        organisation_id=row.organisation_id,
        search_id=secrets.randbits(62),
    )
    screen(screened, text=row.text, language=row.language, own=own)
    return screened


def screen(
    screened: tables.ScreenedComment, *, text: str, language: str, own: OwnDetails, passages: Sequence[Passage] = ()
) -> None:
    """Fill in what screening finds in the comment's own text, with what people decided about its passages."""
    masks = find_masks(text, own)
    where = sort_comment(text, language, masked_kinds={mask.kind for mask in masks})
    screened.masks = [[mask.start, mask.end, mask.kind] for mask in masks]
    screened.words = shown_words(text, masks, passages)
    screened.level = where.level
    screened.reasons = [[reason.topic, reason.phrase] for reason in where.reasons]
    screened.rules = rules_in_force(own)


def masks_of(screened: tables.ScreenedComment) -> tuple[Mask, ...]:
    """The masks in the comment's own text."""
    return tuple(Mask(*one) for one in screened.masks)
