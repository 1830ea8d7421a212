"""The two pages that stand alone: what was asked and found, how widely we heard, and what the board is to decide."""

from __future__ import annotations

from collections import Counter
from typing import Any

from reports import printed_figures as printed
from reports import report_tables as tables
from reports.board_report.without_themes import (
    main_questions,
    question_chart,
    question_findings,
    rated_share,
    ratings_chart,
)
from reports.board_report_charts import matters_most_chart
from reports.commentary import Written
from reports.findings import findings
from reports.page_charts import Chart
from reports.provenance import included
from reports.rating_tables import rated_at_a_glance
from reports.reach import reach
from reports.report_tables import Table
from reports.sentences import beside_the_themes, ratings
from reports.survey_figures import SurveyFigures
from reports.words import Words
from surveys.questionnaire import ChoiceQuestion, ChoicesQuestion, RankingQuestion, RatingQuestion

_COUNTED = ChoiceQuestion | ChoicesQuestion | RankingQuestion | RatingQuestion

# Characters of an officer's summary above which page one is set smaller; a paragraph's end takes half a line.
_LONG, _LONGEST, _PARAGRAPH = 600, 1_000, 40
# Characters of a line of the front sheet, and how many of its lines leave room on page two for what people were told.
_FRONT_LINE, _FEW_FRONT_LINES = 90, 8


def summary(survey: SurveyFigures, commentary: Written | None) -> dict[str, Any]:
    """What pages one and two print. An officer's summary stands in place of the findings, which are then only named."""
    words = survey.words
    written = commentary.summary if commentary else ()
    named = _named(survey, commentary) if commentary else []
    front = [(words(f"front_{key}"), text) for key, text in commentary.front] if commentary else []
    return {
        "question": _question_asked(survey),
        "period": period(survey),
        "only_some": included(survey) if _is_filtered(survey) else "",
        "who": _who(survey),
        "who_hidden": who_is_hidden(survey),
        "written": written,
        "length": _length(*written, " ".join(named)),
        "findings": findings(survey) if survey.themes else question_findings(survey),
        "nothing_found": words(_why_nothing_is_found(survey)),
        "reach": reach(survey),
        "decisions": _decisions(survey, commentary, named),
        "told": what_people_were_told(survey),
        "told_in_annex": sum(-(-len(text) // _FRONT_LINE) for _, text in front) > _FEW_FRONT_LINES,
        "chart": _chart(survey),
        "picture_of": _picture_of(survey),
        "beside": beside_the_themes(survey, survey.audiences[0]),
        "shows_chance": _shows_chance(survey),
        "glance": tables.at_a_glance(survey) if survey.themes else _ratings_at_a_glance(survey),
        "front": front,
        "state": state_in_full(words, commentary),
    }


def _why_nothing_is_found(survey: SurveyFigures) -> str:
    """The phrase that stands where findings would: nobody answered, nothing was asked that could be counted, or too few
    answered it."""
    if not _anybody(survey):
        return "board_nobody"
    counted = any(isinstance(item.question, _COUNTED) for item in survey.questionnaire.items)
    return "board_too_few" if counted else "board_own_words"


def _length(*parts: str) -> str:
    """Which setting keeps what an officer wrote on page one: "", "long" or "longest", as the style sheet has them."""
    characters = sum(map(len, parts)) + _PARAGRAPH * len(parts)
    return "longest" if characters > _LONGEST else "long" if characters > _LONG else ""


def _chart(survey: SurveyFigures) -> Chart | None:
    """The chart of page two; None where nobody answered, or too few to show anything."""
    if not printed.number(survey.results.everybody.responses):
        return None
    return matters_most_chart(survey) if survey.themes else ratings_chart(survey) or question_chart(survey)


def _ratings_at_a_glance(survey: SurveyFigures) -> Table | None:
    return rated_at_a_glance(survey) if survey.rated else None


def _picture_of(survey: SurveyFigures) -> str:
    """The phrase that says what the chart of page two counts."""
    if not survey.themes:
        return "board_picture_important" if _rates(survey) else "board_picture_question"
    question = survey.questionnaire.with_purpose("priority")
    if question is None:
        return "board_picture_important"
    # Whoever could choose one theme only put none "among" the most important.
    return (
        "board_picture_chosen_one"
        if isinstance(question, ChoicesQuestion) and question.max == 1
        else "board_picture_chosen"
    )


def _is_filtered(survey: SurveyFigures) -> bool:
    filters = survey.results.filters
    return bool(filters.where or filters.since or filters.until)


def _shows_chance(survey: SurveyFigures) -> bool:
    """Whether any bar of the chart rests on so many people that the line of chance is drawn on it."""
    if survey.themes:
        shares = (survey.main_share(group, theme) for group in survey.charted for theme in survey.themes)
        return any(printed.has_percent(base) for _, base, _ in shares)
    if _rates(survey):
        rated = (rated_share(survey, group, item) for group in survey.charted for item in survey.rated)
        return any(printed.has_percent(share.base) for share in rated)
    answered = (survey.choice(group, item.key) for item in main_questions(survey) for group in survey.charted)
    return any(one is not None and printed.has_percent(one.base) for one in answered)


def _rates(survey: SurveyFigures) -> bool:
    """Whether the chart of a survey without themes is of ratings, and not of the answers to one question."""
    return ratings(survey, survey.audiences[0]) is not None


def marks(survey: SurveyFigures, commentary: Written | None) -> str:
    """What every page is marked with: that the answers are not real, and that the report is not agreed yet."""
    words = survey.words
    marked = []
    if commentary is not None and commentary.state != "final":
        marked.append(words(f"mark_{commentary.state}", edition=commentary.edition))
    if survey.results.demonstration:
        marked.append(words("demonstration"))
    return " · ".join(marked)


def state_in_full(words: Words, commentary: Written | None) -> str:
    """In what state the commentary is, since when, and who said so; empty where nobody has written any."""
    if commentary is None:
        return ""
    return words(
        f"state_{commentary.state}",
        edition=commentary.edition,
        date=words.date(commentary.state_on),
        person=words.set_apart(commentary.state_by),
    )


def period(survey: SurveyFigures) -> str:
    """From when to when answers came in, in words."""
    days = survey.results.period
    if days is None:
        return survey.words("board_no_dates")
    return printed.dates(survey.words, *days)


def what_people_were_told(survey: SurveyFigures) -> list[tuple[str, str]]:
    """What the questionnaire says of the decision that it is for: what can change, what cannot, and who decides."""
    about = survey.questionnaire.about
    said = (
        ("board_can_change", about.can_change),
        ("board_cannot_change", about.cannot_change),
        ("board_who_decides", about.decision),
    )
    return [(survey.words(subject), survey.words.said(text)) for subject, text in said if text]


def _anybody(survey: SurveyFigures) -> bool:
    return printed.number(survey.results.everybody.responses) != 0


def _question_asked(survey: SurveyFigures) -> str:
    question = survey.questionnaire.with_purpose("priority")
    if question is None and survey.importance is not None:
        return survey.words.said(survey.importance.text)
    if question is None:
        return survey.words.said(survey.questionnaire.title)
    return survey.words.said(*filter(None, (question.text, question.hint)))


def _who(survey: SurveyFigures) -> list[tuple[str, str]]:
    """Number and name of each audience that has a number to show, side by side; never one sum of all."""
    words = survey.words
    if survey.shown_together:
        together = printed.listed(words, [survey.name(group) for group in survey.results.audiences])
        return [(printed.count(words, survey.results.everybody.responses), words("board_together", groups=together))]
    return [(printed.count(words, group.responses), survey.name(group)) for group in survey.audiences]


def who_is_hidden(survey: SurveyFigures) -> str:
    """Of whom the number is hidden, in a sentence; empty where none is. The tables say for which reason."""
    hidden = () if survey.shown_together else survey.hidden_audiences
    if not hidden:
        return ""
    return survey.words("who_hidden", groups=printed.listed(survey.words, [survey.name(group) for group in hidden]))


def who_in_words(survey: SurveyFigures) -> list[str]:
    """``319 patients and 64 staff answered.``, and whose number is hidden."""
    words, everybody = survey.words, survey.results.everybody.responses
    if printed.number(everybody) is None and survey.audiences[0].field is None:
        return [words("who_hidden", groups=words("group_everybody"))]
    named = [words("workshop_who_of", number=number, group=name) for number, name in _who(survey)]
    said = (words("who_answered", who=printed.listed(words, named)), who_is_hidden(survey))
    return [sentence for sentence in said if sentence]


def _decisions(survey: SurveyFigures, commentary: Written | None, named: list[str]) -> list[str]:
    words, promise = survey.words, survey.questionnaire.about.outcome_promise
    advised = Counter(one.advice for one in commentary.advised.values()) if commentary else Counter()
    asked = [words("board_decide_first" if survey.themes else "board_decide_answers")]
    if advised:
        counts = [words(advice_phrase(advice), n=number) for advice, number in advised.items()]
        asked = [" ".join((words("board_decide_advice", counts=printed.listed(words, counts)), *named))]
    if survey.themes:
        asked.append(words("board_decide_owner"))
    if promise:
        asked.append(words("board_decide_promise", promise=printed.quoted(words, words.said(promise))))
    else:
        asked.append(words("board_decide_when"))
    return asked


def _named(survey: SurveyFigures, commentary: Written) -> list[str]:
    """Which themes each advice is given for, in the order of the report; nothing where a long summary leaves no room
    for it on page one."""
    words = survey.words
    if _length(*commentary.summary) == "longest":
        return []
    named: dict[str, list[str]] = {}
    for theme in survey.themes:
        if theme.id in commentary.advised:
            named.setdefault(commentary.advised[theme.id].advice, []).append(survey.quoted(theme))
    return [
        words(
            "board_decide_named",
            advice=words(f"advice_{advice.replace(' ', '_')}"),
            themes=printed.listed(words, themes),
        )
        for advice, themes in named.items()
    ]


def advice_phrase(advice: str) -> str:
    """The key of the phrase that counts themes with this advice."""
    return f"advised_{advice.replace(' ', '_')}"
