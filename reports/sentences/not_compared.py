"""On what groups are not compared, because numbers that a comparison would rest on are hidden.

How many comparisons that are leaves a board guessing: the numbers of a table may be shown where those that stand in no
table are hidden. So themes and questions are named where no group is compared on them.
"""

from __future__ import annotations

from reports import printed_figures as printed
from reports.sentences.differences import AUDIENCE, rests_on_hidden, title_of, topic_of
from reports.survey_figures import SurveyFigures

_MOST_NAMED = 3


def groups_not_compared(survey: SurveyFigures) -> tuple[str, ...]:
    """A sentence for each measure in which themes or questions are not compared, then how many comparisons else are
    not made; empty where all that was asked for could be compared or too few people answered."""
    words = survey.words
    compared = [one for one in survey.results.differences if one.field != AUDIENCE]
    told = {(one.measure, one.key) for one in compared if not rests_on_hidden(one)}
    order = {topic: place for place, topic in enumerate(survey.topics)}
    untold: dict[str, dict[int, str]] = {}
    counted = 0
    for one in compared:
        topic, title = topic_of(survey, one), title_of(survey, one)
        if not rests_on_hidden(one):
            continue
        if topic is None or title is None or (one.measure, one.key) in told:
            counted += 1
        else:
            untold.setdefault(one.measure, {})[order[topic]] = title
    said = []
    for measure, titles in untold.items():
        named = [titles[place] for place in sorted(titles)]
        several = (
            printed.listed(words, named) if len(named) <= _MOST_NAMED else words("groups_hidden_many", n=len(named))
        )
        said.append(words(f"groups_hidden_{measure}", titles=several))
    if counted:
        said.append(words("groups_hidden", n=counted))
    return tuple(said)
