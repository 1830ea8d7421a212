"""The codes of a frame with their numbers of comments, and as a table to be kept or published."""

from __future__ import annotations

import csv
import io

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.answers_file import neutralised
from surveys.coding.frames import all_codes, in_frame
from surveys.comments.states import usable_comments
from surveys.storage import tables

COLUMNS = (
    "key",
    "name",
    "definition",
    "include",
    "exclude",
    "example",
    "added in version",
    "retired in version",
    "merged into",
)


def comments_per_code(session: Session, *, frame: tables.CodeFrame) -> dict[int, int]:
    """How many comments have each code in the round that counts, by its id; codes that none has are not there.

    Comments that were passed on meanwhile are left out.
    """
    mention, screened = tables.Mention, tables.ScreenedComment
    rows = session.execute(
        select(mention.code_id, func.count().label("comments"))
        .join(screened, screened.ref == mention.ref)
        .where(
            mention.frame_id == frame.id,
            mention.round == 0,
            usable_comments(survey_id=frame.survey_id),
            in_frame(frame),
        )
        .group_by(mention.code_id)
    )
    return {row.code_id: row.comments for row in rows}


def code_list_csv(session: Session, *, frame: tables.CodeFrame) -> str:
    """Every code that the frame ever had as CSV with ``COLUMNS``, those in use first; no cell can act as a formula."""
    codes = all_codes(session, frame_id=frame.id)
    ordered = sorted(codes.values(), key=lambda one: (one.retired_in or 0, one.position, one.id))
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for one in ordered:
        texts = (one.key, one.name, one.definition, one.include, one.exclude, one.example)
        into = codes[one.merged_into_id].key if one.merged_into_id else ""
        writer.writerow([*map(neutralised, texts), one.added_in, one.retired_in or "", into])
    return written.getvalue()
