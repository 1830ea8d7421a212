"""The rating that stands beside a comment is its writer's own."""

from sqlalchemy.orm import Session

from surveys.comments.ratings import rating_question, ratings_beside
from tests.commented import a_comment, a_commented_survey
from tests.factories import a_questionnaire


def test_each_comment_has_the_rating_of_its_own_writer_and_theme(session: Session) -> None:
    here = a_commented_survey(session)
    given = ["very", "not_sure", None]
    comments = [a_comment(session, here, f"Comment {place}", rating=rating) for place, rating in enumerate(given)]
    named = [(one.response_key, one.item_key) for one in comments]
    found = ratings_beside(session, survey_id=here.survey.id, comments=named)
    assert found == {named[0]: "very", named[1]: "not_sure"}


def test_a_question_without_a_theme_has_no_rating_beside_it() -> None:
    questionnaire = a_questionnaire()
    beside = rating_question(questionnaire, "waiting.comment")
    assert beside is not None
    assert beside.id == "importance"
    assert rating_question(questionnaire, "missing") is None
