"""Which chapters and annexes a report has, and how they are numbered."""

from __future__ import annotations

from reports import printed_figures as printed
from reports.board_report.by_place import places_compared
from reports.board_report.over_time import has_changes
from reports.survey_figures import SurveyFigures
from reports.thin_tables import who_answered_in_full

_CHAPTERS = (
    "who",
    "matters",
    "importance",
    "themes",
    "differences",
    "change",
    "places",
    "comments",
    "workshops",
    "cautions",
)
# The last page, after every annex, so that a board finds what it fills in.
_LAST = "decisions"
_ANNEXES = (
    "questions",
    "who-in-full",
    "answers",
    "mentions",
    "places-in-full",
    "weighted",
    "method",
    "accessibility",
)


def headings(survey: SurveyFigures) -> dict[str, str]:
    """The heading of every chapter, then of every annex, by id, numbered without a gap; last that of the decisions."""
    words, missing = survey.words, _missing(survey)
    letters = words("annex_letters").split()
    chapters = [one for one in _CHAPTERS if one not in missing]
    annexes = [one for one in _ANNEXES if one not in missing]
    numbered = {
        one: words("chapter_heading", number=place, title=words(f"chapter_{one}"))
        for place, one in enumerate(chapters, start=1)
    }
    lettered = {
        one: words("annex_heading", letter=letter, title=words(f"annex_{one.replace('-', '_')}"))
        for letter, one in zip(letters, annexes, strict=False)
    }
    last = {} if _LAST in missing else {_LAST: words(f"chapter_{_LAST}")}
    return numbered | lettered | last


def _tells_who_answered(survey: SurveyFigures) -> bool:
    """Whether anything is left for the annex on who answered, beside what is the same for everybody."""
    tables = who_answered_in_full(survey)
    return bool(tables.shown or tables.left_out)


def _missing(survey: SurveyFigures) -> set[str]:
    results = survey.results
    answered = bool(printed.number(results.everybody.responses))
    there = {
        "who-in-full": _tells_who_answered(survey),
        "importance": answered and survey.importance is not None,
        # One measure of one audience is all in the first chart.
        "themes": answered and sum((survey.asks_choice, survey.importance is not None, survey.asks_clarity)) > 1,
        "matters": answered and bool(survey.themes),
        "differences": answered and (len(results.audiences) > 1 or bool(survey.groups)),
        "decisions": bool(survey.themes),
        "comments": answered and any(survey.comments(group) for group in survey.audiences),
        "change": has_changes(survey),
        "places": places_compared(survey),
        "places-in-full": places_compared(survey),
        "weighted": results.weighted is not None,
        "workshops": bool(results.workshops),
        "mentions": any(one.rows for one in results.mentions),
    }
    return {one for one, is_there in there.items() if not is_there}
