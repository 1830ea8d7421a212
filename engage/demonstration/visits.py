"""Visits for the demonstration: more people open a survey than send it, and some stop at each page."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable

from engage.respond.page_counts import ABOUT_YOU, CHECK, OPENED, PAGE, SENT, STARTED, Counted
from surveys.questionnaire import Questionnaire
from surveys.routing import journey
from surveys.storage import tables

# Visits for each hundred answers: made up, falling from page to page as they do in any survey.
_OPENED, _STARTED, _FIRST_PAGE, _LAST_PAGE, _CHECK, _ABOUT_YOU = 176, 138, 132, 109, 104, 71


def visits_for(
    answers: Iterable[datetime.date], collector: tables.Collector, questionnaire: Questionnaire
) -> Counter[Counted]:
    """What the visits behind these answers, by the day on which each was sent, would have been counted as."""
    pages = journey(questionnaire)
    step = (_FIRST_PAGE - _LAST_PAGE) / max(len(pages) - 1, 1)
    shares = {OPENED: _OPENED, STARTED: _STARTED, CHECK: _CHECK, SENT: 100, ABOUT_YOU: _ABOUT_YOU}
    shares |= {PAGE + page.id: round(_FIRST_PAGE - step * place) for place, page in enumerate(pages)}
    counts: Counter[Counted] = Counter()
    for day, number in Counter(answers).items():
        for page, share in shares.items():
            key = Counted(collector.survey_id, collector.id, day, page, questionnaire.language)
            counts[key] = (number * share + 50) // 100
    return counts
