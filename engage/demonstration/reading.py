"""What the invented staff of the demonstration did with its comments: read, translated, coded and quoted them.

Comments of the last days are left as they came, so that there is something to read first.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.demonstration.comments import MISSING, PATIENTS, STAFF, Said
from engage.demonstration.unusual_comments import CODED, TRANSLATIONS, UNREAD_DAYS
from surveys.coding.coding import Choice, Sentiment, code_comment
from surveys.coding.drawing import draw_sample
from surveys.coding.frames import live_codes, make_frame
from surveys.coding.starting import starting_frames
from surveys.comments.screening import screen_new
from surveys.comments.states import no_action_on_all, usable_comments
from surveys.comments.working_days import due_day
from surveys.publishing import current_version, load_version
from surveys.questionnaire import LongTextQuestion
from surveys.quotes.choosing import QuoteRefused, approve, draw, pass_over, propose
from surveys.quotes.reading import read_survey
from surveys.storage import tables
from surveys.triage import LEVELS

READER = "demonstration"
SECOND_READER = "second reader of the demonstration"
QUOTES = 2
"""On each question."""
# The gates cannot know that hardly anybody lives there.
_TELLS_WHO = "I live on a boat"
_SENTIMENTS: dict[str, Sentiment] = {"+": "positive", "-": "negative", "~": "mixed", "=": "neutral"}
# The beginnings of codes in comments.py, as keys of the starter frame.
_KEYS = {
    "appoint": "getting-an-appointment",
    "digital": "digital-services",
    "early": "preventing-illness-and-finding-it-early",
    "fair": "fairness",
    "joined": "services-working-together",
    "kind": "kindness-and-respect",
    "place": "distance-travel-and-place",
    "plan": "the-survey-and-the-plan-itself",
    "praise": "nothing-to-add-or-general-praise",
    "run": "money-and-running-the-service",
    "staff": "staff-numbers-and-skills",
    "support": "support-beside-treatment",
    "told": "being-told-and-understanding",
    "waiting": "waiting-and-speed",
}


def read_code_and_quote(
    session: Session, *, survey: tables.Survey, at: datetime.datetime, today: datetime.date
) -> None:
    """Bring the survey's comments as far as a team would have brought them by today."""
    while screen_new(session, survey=survey):
        pass
    _read(session, survey, before=today - datetime.timedelta(days=UNREAD_DAYS))
    _translate(session, survey, at)
    frame = code_what_is_read(session, survey=survey, at=at)
    code_again(session, frame=frame, at=at)
    quote_each_theme(session, survey=survey, at=at)


def _read(session: Session, survey: tables.Survey, *, before: datetime.date) -> None:
    """Somebody has read the comments of each day by the next working day's lunch."""
    screened, response = tables.ScreenedComment, tables.Response
    same = (response.survey_id == screened.survey_id) & (response.key == screened.response_key)
    by_day: dict[datetime.date, list[bytes]] = {}
    for day, ref in session.execute(
        select(response.submitted_on, screened.ref)
        .join(screened, same)
        .where(screened.survey_id == survey.id, response.submitted_on < before)
    ):
        by_day.setdefault(day, []).append(ref)
    for day, refs in sorted(by_day.items()):
        at = datetime.datetime.combine(due_day(day), datetime.time(11, 30), datetime.UTC)
        no_action_on_all(session, survey=survey, refs=refs, levels=LEVELS, by=READER, at=at)
    session.flush()


def _translate(session: Session, survey: tables.Survey, at: datetime.datetime) -> None:
    for comment, ref in _texts(session, survey):
        if comment.text in TRANSLATIONS:
            comment.language, english = TRANSLATIONS[comment.text]
            session.add(
                tables.CommentTranslation(
                    ref=ref,
                    language="en",
                    organisation_id=survey.organisation_id,
                    words=english,
                    translated_by="Demonstration translator (person)",
                    made_at=at,
                    made_by=READER,
                )
            )
    session.flush()


def _texts(session: Session, survey: tables.Survey) -> Iterator[tuple[tables.Comment, bytes]]:
    comment, screened = tables.Comment, tables.ScreenedComment
    same = (
        (comment.survey_id == screened.survey_id)
        & (comment.response_key == screened.response_key)
        & (comment.item_key == screened.item_key)
    )
    rows = session.execute(
        select(comment, screened.ref).join(screened, same).where(screened.survey_id == survey.id).order_by(screened.ref)
    )
    yield from ((row[0], row[1]) for row in rows)


def _frame(session: Session, survey: tables.Survey, at: datetime.datetime) -> tables.CodeFrame:
    start = starting_frames()["strategy"]
    questions = [
        item.question.id
        for item in load_version(session, current_version(session, survey=survey).id).items
        if isinstance(item.question, LongTextQuestion)
    ]
    return make_frame(
        session, survey=survey, name=start.name, questions=set(questions), codes=start.codes, at=at, by=READER
    )


def code_what_is_read(session: Session, *, survey: tables.Survey, at: datetime.datetime) -> tables.CodeFrame:
    """Code every comment that somebody has read, and that is not passed on, with the starter frame for strategies.

    KeyError for a comment that is not one of the invented ones.
    """
    frame = _frame(session, survey, at)
    codes = {one.key: one.id for one in live_codes(session, frame_id=frame.id)}
    said = _said()
    usable = set(session.scalars(select(tables.ScreenedComment.ref).where(usable_comments(survey_id=survey.id))))
    for comment, ref in list(_texts(session, survey)):
        if ref in usable:
            choices = [_choice(codes, one) for one in said[comment.text].split()]
            code_comment(session, frame=frame, ref=ref, choices=choices, seen="", at=at, by=READER)
    return frame


def _said() -> Mapping[str, str]:
    """For each invented comment the beginnings of its codes."""
    every: list[Said] = [*MISSING, *CODED]
    for by_theme in (PATIENTS, STAFF):
        every += [one for comments in by_theme.values() for one in comments]
    return dict(every)


def _choice(codes: Mapping[str, int], said: str) -> Choice:
    return Choice(codes[_KEYS[said[:-1]]], _SENTIMENTS[said[-1]])


def code_again(session: Session, *, frame: tables.CodeFrame, at: datetime.datetime) -> None:
    """A second coder, who sees some comments otherwise: one in ten has a code less, and one in ten another code."""
    chance = random.Random(f"second reader {frame.id}")
    sample = draw_sample(session, frame=frame, coder=SECOND_READER, by=READER, at=at, chance=chance)
    drawn = tables.CodingSampleComment
    rows = session.execute(
        select(drawn.ref, drawn.first_codes)
        .where(drawn.frame_id == frame.id, drawn.round == sample.round)
        .order_by(drawn.ref)
    ).all()
    told = next(one.id for one in live_codes(session, frame_id=frame.id) if one.key == _KEYS["told"])
    for ref, first in rows:
        codes = [Choice(code, sentiment) for code, sentiment in first]
        luck = chance.random()
        if luck < 0.1:
            codes = codes[:-1]
        elif luck < 0.2 and told not in {one.code_id for one in codes}:
            codes.append(Choice(told, "neutral"))
        code_comment(
            session,
            frame=frame,
            ref=ref,
            choices=codes,
            seen="",
            round_number=sample.round,
            at=at,
            by=SECOND_READER,
        )


def quote_each_theme(session: Session, *, survey: tables.Survey, at: datetime.datetime) -> None:
    """Two quotes on each theme, chosen by one reader and approved by the other."""
    questionnaire = load_version(session, current_version(session, survey=survey).id)
    for item in questionnaire.items:
        if item.theme is None or not isinstance(item.question, LongTextQuestion):
            continue
        for _ in range(QUOTES):
            _one_quote(session, survey, item.key, at)


def _one_quote(session: Session, survey: tables.Survey, item_key: str, at: datetime.datetime) -> None:
    """Quote the next comment that is drawn; one with details of a single person is passed over."""
    while drawn := draw(session, survey=survey, item_key=item_key, read=read_survey(session, survey=survey)):
        try:
            if drawn.words.startswith(_TELLS_WHO):
                raise QuoteRefused(_TELLS_WHO)
            quote = propose(session, survey=survey, ref=drawn.ref, words=drawn.words, by=READER, at=at)
        except QuoteRefused:
            pass_over(session, survey=survey, ref=drawn.ref, reason="identifies", by=READER, at=at)
            continue
        approve(session, survey=survey, quote_id=quote.id, by=SECOND_READER, at=at)
        return
