"""The board report: two pages that stand alone, then the detail, then the annex (DESIGN 11, EXPERIENCE 4.1).

The HTML is the master; ``board_report_pdf`` prints the same HTML. Only disclosed results are accepted.
"""

from __future__ import annotations

import datetime
from typing import Any

from reports import printed_figures as printed
from reports import report_tables as tables
from reports.answer_tables import answers
from reports.board_report_charts import importance_charts, matters_most_chart
from reports.commentary import Written
from reports.documents import html_from_template, pdf_from_html
from reports.findings import findings
from reports.provenance import attachment, statements
from reports.reach import reach
from reports.sentences import clear_differences
from reports.survey_figures import SurveyFigures
from reports.tabulation import Figure, Results, Suppressed
from reports.thin_tables import Tables, notes_of, who_answered_tables, with_figures
from surveys.questionnaire import LongTextQuestion, Questionnaire, Statement, TextQuestion, Theme


def board_report_html(
    results: Results[Figure], questionnaire: Questionnaire, *, language: str, commentary: Written | None = None
) -> str:
    """The report as one HTML document that holds its own style and pictures and refers to nothing outside itself.

    ``commentary`` is what an officer wrote; without it the generated sentences stand. TypeError for results that have
    not passed disclosure control.
    """
    survey = SurveyFigures(results, questionnaire, language)
    return html_from_template("board_report.html", commentary=commentary, **_values(survey))


def board_report_pdf(
    results: Results[Figure], questionnaire: Questionnaire, *, language: str, commentary: Written | None = None
) -> bytes:
    """The same report as a tagged PDF that carries its figures and their provenance as a file. DocumentFailed."""
    html = board_report_html(results, questionnaire, language=language, commentary=commentary)
    return pdf_from_html(html, attachments=(attachment(results, questionnaire, kind="board", commentary=commentary),))


def _values(survey: SurveyFigures) -> dict[str, Any]:
    results, words = survey.results, survey.words
    first, *others = survey.audiences
    return {
        "survey": survey,
        "words": words,
        "title": words.said(survey.questionnaire.title),
        "organisation": words.said(survey.questionnaire.organisation),
        "demonstration": results.demonstration,
        "question": _question_asked(survey),
        "period": period(survey),
        "who": _who(survey),
        "who_in_words": printed.listed(survey.words, [f"{number} {name}" for number, name in _who(survey)]),
        "findings": findings(survey),
        "nobody": printed.number(results.everybody.responses) == 0,
        "reach": reach(survey),
        "decisions": _decisions(survey),
        "told": _what_people_were_told(survey),
        "section": _numbered_sections(survey),
        "notes_of": notes_of,
        "chart": matters_most_chart(survey),
        "glance": tables.at_a_glance(survey),
        "who_tables": who_answered_tables(survey),
        "matters_table": tables.what_matters(survey),
        "importance_order": _order_by_importance(survey) if results.headline_order == "chosen" else "",
        "importance": [
            (survey.name(group), chart, tables.importance(survey, group))
            for group, chart in zip(survey.charted, importance_charts(survey), strict=False)
        ],
        "differences": [
            (tables.differences(survey, first, other), _difference_sentence(survey, other)) for other in others
        ],
        "groups": tables.groups(survey) if survey.groups else None,
        "group_label": next((one.label for one in results.who_answered if one.field == results.filters.by), ""),
        "comments": tables.comments(survey),
        "cautions": _cautions(survey),
        "heard_columns": [
            *(["Chose it"] if survey.asks_choice else []),
            *(["Call it important"] if survey.importance else []),
        ],
        "heard_by_theme": [(survey.plain(theme), heard(survey, theme)) for theme in survey.themes],
        "provenance": statements(survey),
        "annex_questions": _questions_as_asked(survey),
        "annex_tables": _annex_tables(survey),
        "method": results.method,
    }


def period(survey: SurveyFigures) -> str:
    """From when to when answers came in, in words."""
    days = survey.results.period
    if days is None:
        return "No dates to show"
    return dates(survey, *days)


def dates(survey: SurveyFigures, first: datetime.date, last: datetime.date) -> str:
    """``1 to 21 November 2026``, saying the month and the year twice only where they differ."""
    if first == last:
        return survey.words.date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {survey.words.date(last)}"
    if first.year == last.year:
        return f"{survey.words.day_and_month(first)} to {survey.words.date(last)}"
    return f"{survey.words.date(first)} to {survey.words.date(last)}"


def _question_asked(survey: SurveyFigures) -> str:
    question = survey.questionnaire.with_purpose("priority")
    if question is None:
        return survey.words.said(survey.questionnaire.title)
    hint = f" {survey.words.said(question.hint)}" if question.hint else ""
    return f"{survey.words.said(question.text)}{hint}"


def _who(survey: SurveyFigures) -> list[tuple[str, str]]:
    """Number and name of each audience, side by side; never one sum of all."""
    if survey.shown_together:
        together = printed.listed(survey.words, [survey.name(group) for group in survey.results.audiences])
        return [(printed.count(survey.words, survey.results.everybody.responses), f"people ({together} together)")]
    groups = [*survey.audiences, *survey.hidden_audiences]
    return [(printed.count(survey.words, group.responses), survey.name(group)) for group in groups]


def _order_by_importance(survey: SurveyFigures) -> str:
    """The first three themes by the largest audience's average importance; empty where a score is hidden."""
    scored = [
        (score, survey.plain(theme))
        for theme in survey.themes
        if (table := survey.theme_table(survey.audiences[0], theme.id))
        and table.score_0_10
        and (score := printed.number(table.score_0_10.value)) is not None
    ]
    if len(scored) < len(survey.themes):
        return ""
    return printed.listed(
        survey.words, [printed.quoted(survey.words, title) for _, title in sorted(scored, key=lambda one: -one[0])[:3]]
    )


def heard(survey: SurveyFigures, theme: Theme) -> list[list[str]]:
    """What was heard about a theme: who chose it, then who called it important, each a line per audience."""
    chose, called = [], []
    for group in survey.audiences:
        figures, rating = survey.theme_table(group, theme.id), survey.rating(group, theme)
        chosen = printed.share(survey.words, figures.chosen_count, figures.chosen_base) if figures else printed.NONE
        important = printed.share(survey.words, survey.positive(rating), rating.base) if rating else printed.NONE
        chose.append(f"{survey.label(group)}: {chosen}")
        called.append(f"{survey.label(group)}: {important}")
    return [*([chose] if survey.asks_choice else []), *([called] if survey.importance else [])]


def _what_people_were_told(survey: SurveyFigures) -> list[tuple[str, str]]:
    """What the questionnaire says of the decision that it is for: what can change, what cannot, and who decides."""
    about = survey.questionnaire.about
    said = (
        ("What can change", about.can_change),
        ("What cannot", about.cannot_change),
        ("Who decides", about.decision),
    )
    return [(subject, survey.words.said(text)) for subject, text in said if text]


_SECTIONS = (
    ("who", "Who answered, and who we cannot see"),
    ("matters", "What matters most, in full"),
    ("importance", "How important each theme is"),
    ("differences", "Differences between groups"),
    ("comments", "What people said in their own words"),
    ("cautions", "Cautions"),
    ("decisions", "Decisions asked for"),
    ("method", "How this report was made"),
)


def _numbered_sections(survey: SurveyFigures) -> dict[str, str]:
    """The headings of the detail by their ids, numbered without a gap."""
    missing = {"importance"} if survey.importance is None else set()
    there = [(section, title) for section, title in _SECTIONS if section not in missing]
    return {
        **{section: f"{place}. {title}" for place, (section, title) in enumerate(there, start=1)},
        "annex-questions": "Annex A. The questions as asked",
        "annex-answers": "Annex B. All answers",
    }


def _decisions(survey: SurveyFigures) -> list[str]:
    asked = [
        "Agree which themes go first in the plan.",
        "Agree an owner and a date for every theme, the least popular included.",
    ]
    if survey.questionnaire.about.outcome_promise:
        promise = survey.words.said(survey.questionnaire.about.outcome_promise)
        asked.append(f"Keep the promise made to everybody who took part: “{promise}”")
    else:
        asked.append("Agree when and how people will hear what was decided.")
    return asked


def _difference_sentence(survey: SurveyFigures, other: Any) -> str:
    first = survey.audiences[0]
    told = clear_differences(survey, first, other)
    if not told:
        return "No theme shows a gap that is larger than chance alone would explain."
    names = [printed.quoted(survey.words, survey.plain(theme)) for theme, _ in told]
    if len(names) > 3:
        return f"On {len(names)} themes the gap is larger than chance alone would explain."
    return f"The gap is larger than chance alone would explain for {printed.listed(survey.words, names)}."


def _cautions(survey: SurveyFigures) -> list[str]:
    results = survey.results
    cautions = ["People chose themselves whether to answer. Their views may differ from those of people who did not."]
    if survey.breakdown("age") is None:
        cautions.append("We do not know how people’s backgrounds compare with the local population.")
    if survey.shown_together and printed.number(results.everybody.responses) != 0:
        cautions.append("Too few people answered to show the groups apart, so all are shown together.")
    elif len(survey.audiences) > 1:
        cautions.append("Audiences are shown side by side. They are never added together in a headline.")
    for group in survey.hidden_audiences:
        if isinstance(group.responses, Suppressed) and group.responses.reason == "small base":
            cautions.append(f"Too few {survey.name(group)} answered to show what they said.")
    if results.orders_disagree:
        cautions.append("Ordering the themes by the importance answers gives another order. Both are in this report.")
    if len(results.versions) > 1:
        cautions.append(
            "The questionnaire was edited while it was open. Only edits that keep its meaning are combined."
        )
    by_mode = survey.breakdown("mode")
    if by_mode is not None and len(by_mode.counts) > 1:
        cautions.append("People answered in different ways, for example online and on paper.")
    cautions.append("The thin lines and ranges say only what chance could do. They cannot tell who is missing.")
    return cautions


def _annex_tables(survey: SurveyFigures) -> Tables:
    """Every closed question but the importance of themes, whose counts stand in full in the chapter on it."""
    made = [
        answers(survey, item)
        for item in survey.questionnaire.items
        if not (item.theme and survey.importance and item.question.id == survey.importance.id)
    ]
    return with_figures(survey.words, [table for table in made if table])


def _questions_as_asked(survey: SurveyFigures) -> list[tuple[str, str, list[str]]]:
    """Text, hint and options of every question; a question asked of each theme stands once."""
    asked = [question for question in survey.questionnaire.ask_about_each_theme if question.kind != "statement"]
    asked += [
        question for page in survey.questionnaire.pages for question in page.questions if question.kind != "statement"
    ]
    listed = []
    for question in asked:
        options = []
        if not isinstance(question, TextQuestion | LongTextQuestion | Statement):
            options = [survey.words.said(option.label) for option in survey.questionnaire.options(question)]
            options += [survey.words.said(answer.label) for answer in survey.questionnaire.not_scored(question)]
        hint = survey.words.said(question.hint) if question.hint else ""
        listed.append((survey.words.said(question.text), hint, options))
    return listed
