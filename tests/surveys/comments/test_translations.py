"""A comment in another language: whose words it is, masked like the comment, and never ahead of a redaction."""

import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.coding.reading import shown_comment
from surveys.comments.moderating import open_for_moderation, redact
from surveys.comments.translations import (
    keep_translation,
    remove_translation,
    translation_for,
    translations_for,
    translations_of,
)
from surveys.storage import tables
from tests.commented import Commented, a_comment, a_commented_survey
from tests.factories import NOW

BY = "moderator@example.org"
LATER = NOW + datetime.timedelta(hours=1)


def translated(
    session: Session,
    screened: tables.ScreenedComment,
    words: str,
    *,
    language: str = "en",
    at: datetime.datetime = NOW,
) -> None:
    keep_translation(
        session, screened=screened, language=language, words=words, name="Amina Khan", way="person", at=at, by=BY
    )


def a_survey_with_arabic(session: Session) -> tuple[Commented, tables.ScreenedComment]:
    at = a_commented_survey(session)
    return at, a_comment(session, at, "شكرا \u2068NHS\u2069 للفريق", language="ar")


def test_a_translation_is_kept_with_whoever_made_it_and_replaced_by_the_next(session: Session) -> None:
    _, screened = a_survey_with_arabic(session)
    translated(session, screened, "Thanks to the team")
    translated(session, screened, "Thank you to the team", at=LATER)
    found = translation_for(session, screened.ref, "en")
    assert found is not None
    assert (found.words, found.translated_by, found.made_at) == ("Thank you to the team", "Amina Khan (person)", LATER)
    assert translation_for(session, screened.ref, "cy") is None
    assert remove_translation(session, screened=screened, language="en")
    assert not remove_translation(session, screened=screened, language="en")
    assert translation_for(session, screened.ref, "en") is None


def test_a_translation_is_masked_when_it_is_kept_and_carries_what_was_redacted(session: Session) -> None:
    _, screened = a_survey_with_arabic(session)
    translated(session, screened, "Ask […] at me@example.org, thanks")
    found = translation_for(session, screened.ref, "en")
    assert found is not None
    assert found.words == "Ask […] at [email address], thanks"
    assert session.scalars(select(tables.CommentTranslation.words)).all() == [found.words]


def test_a_translation_is_masked_by_the_rules_of_the_day_when_it_is_shown(session: Session) -> None:
    at, screened = a_survey_with_arabic(session)
    translated(session, screened, "Quintilla Featherstone was kind")
    session.add(
        tables.MaskingList(
            organisation_id=at.survey.organisation_id,
            hospital_number="",
            staff_names=["Quintilla Featherstone"],
            changed_at=NOW,
            changed_by=BY,
        )
    )
    session.flush()
    found = translation_for(session, screened.ref, "en")
    assert found is not None
    assert found.words == "[name] was kind"


def test_a_translation_that_was_there_before_words_were_taken_out_is_shown_to_nobody_until_it_is_saved_again(
    session: Session,
) -> None:
    at, screened = a_survey_with_arabic(session)
    translated(session, screened, "Thanks to the team of Zebedee")
    moderated = open_for_moderation(session, survey=at.survey, ref=screened.ref, changing=True)
    assert moderated is not None
    redact(session, moderated, words="للفريق", occurrences=[0], reason="could identify", at=LATER, by=BY)
    assert translation_for(session, screened.ref, "en") is None
    assert translations_for(session, refs=[screened.ref]) == {screened.ref: {}}
    assert shown_comment(session, survey=at.survey, ref=screened.ref).translations == ()
    (kept,) = translations_of(session, screened=screened)
    assert kept.overtaken
    translated(session, screened, "Thanks to the […]", at=LATER + datetime.timedelta(minutes=1))
    found = translation_for(session, screened.ref, "en")
    assert found is not None
    assert found.words == "Thanks to the […]"


def test_translations_of_many_comments_are_told_apart(session: Session) -> None:
    at, screened = a_survey_with_arabic(session)
    other = a_comment(session, at, "Diolch yn fawr", language="cy")
    translated(session, screened, "Thanks")
    translated(session, screened, "Diolch", language="cy")
    translated(session, other, "Thank you very much")
    found = translations_for(session, refs=[screened.ref, other.ref])
    assert {language: one.words for language, one in found[screened.ref].items()} == {"cy": "Diolch", "en": "Thanks"}
    assert {language: one.words for language, one in found[other.ref].items()} == {"en": "Thank you very much"}
