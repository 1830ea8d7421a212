"""What the score of a theme is called in sentences."""

from __future__ import annotations

import dataclasses

import pytest

from reports import sentences
from tests.reports.bare_survey import patients, two_ratings


@pytest.mark.parametrize(
    ("composite", "said"),
    [
        (False, ("matters most to patients", "has the highest average importance", "by the importance answers")),
        (True, ("is rated highest by patients", "has the highest average score", "by their average scores")),
    ],
    ids=["importance alone", "importance and ease"],
)
def test_a_score_is_called_importance_only_where_it_holds_nothing_else(composite: bool, said: tuple[str, ...]) -> None:
    shown = two_ratings(composite=composite)
    assert said[2] in shown.words("caution_two_orders")
    asking, priority = shown.questionnaire, shown.questionnaire.with_purpose("priority")
    pages = tuple(
        dataclasses.replace(page, questions=tuple(one for one in page.questions if one is not priority))
        for page in asking.pages
    )
    unchosen = dataclasses.replace(shown, questionnaire=dataclasses.replace(asking, pages=pages))
    found = sentences.matters_most(unchosen, patients())
    assert found is not None
    assert said[0] in found.headline
    assert said[1] in found.sentences[0]
    important = sentences.importance(unchosen, patients())
    assert important is not None
    assert "important" in important.headline
