"""The workshop pack: what a facilitator needs to talk the results through with people, on paper or on a screen.

Nothing that the board report hides can be read off a wall: the pack is made from the same disclosed results.
"""

from __future__ import annotations

from typing import Any, Literal

from reports import printed_figures as printed
from reports.board_report import period
from reports.board_report_charts import theme_chart
from reports.documents import DoesNotFit, html_from_template, pdf_from_html, pdf_that_fits
from reports.findings import clear_differences
from reports.provenance import attachment
from reports.survey_figures import SurveyFigures
from reports.tabulation import CommentTable, Figure, Results
from reports.thin_tables import who_answered_tables
from surveys.questionnaire import Questionnaire, Theme

Form = Literal["print", "screen"]

# What is said at the workshop, and for how many minutes.
RUNNING_ORDER = (
    (10, "Welcome. Why we are here, what can change, what cannot, and who decides."),
    (15, "What people told us. Walk past the theme sheets and read them."),
    (40, "Small groups. Each group takes two themes, ten minutes for each question."),
    (10, "Each group tells the others one thing that it agreed on and one that it did not."),
    (10, "Vote. Everybody has three dots."),
    (5, "What happens next, and thanks."),
)
_UNCLEAR_FROM = 0.1
# Room to try on each theme's page, the most generous first: millimetres for notes; per cent of the width for the chart.
_ROOM: dict[Form, tuple[int, ...]] = {"print": (110, 95, 80, 70, 60, 45), "screen": (88, 76, 64, 52)}
# Long lists of who answered may take another page before notes have to shrink to nothing.
_SPARE_PAGES = 1
# Pages for each theme, and all others.
_PAGES: dict[Form, tuple[int, int]] = {"print": (1, 5), "screen": (2, 3)}


def workshop_pack_html(
    results: Results[Figure], questionnaire: Questionnaire, *, language: str, form: Form = "print"
) -> str:
    """The pack as HTML: A3 sheets and A4 pages to print, or 16:9 pages for a screen."""
    survey = SurveyFigures(results, questionnaire, language)
    return html_from_template(f"workshop_{form}.html", room=_ROOM[form][0], **_values(survey))


def workshop_pack_pdf(
    results: Results[Figure], questionnaire: Questionnaire, *, language: str, form: Form = "print"
) -> bytes:
    """The pack as a tagged PDF that carries its figures and their provenance. DocumentFailed.

    Every theme keeps to its own sheet or screens as long as its texts allow; longer ones flow on.
    """
    values = _values(SurveyFigures(results, questionnaire, language))
    candidates = [html_from_template(f"workshop_{form}.html", room=room, **values) for room in _ROOM[form]]
    attached = (attachment(results, questionnaire, kind="workshop"),)
    themes, others = _PAGES[form]
    wanted = themes * len(questionnaire.themes) + others
    for pages in (wanted, wanted + _SPARE_PAGES):
        try:
            return pdf_that_fits(candidates, pages=pages, attachments=attached).pdf
        except DoesNotFit:
            continue
    return pdf_from_html(candidates[-1], attachments=attached)


def _values(survey: SurveyFigures) -> dict[str, Any]:
    words, questionnaire = survey.words, survey.questionnaire
    about = questionnaire.about
    return {
        "survey": survey,
        "words": words,
        "title": words.said(questionnaire.title),
        "organisation": words.said(questionnaire.organisation),
        "demonstration": survey.results.demonstration,
        "period": period(survey),
        "who": printed.listed(
            survey.words,
            [f"{printed.count(survey.words, group.responses)} {survey.name(group)}" for group in survey.audiences],
        ),
        "aims": [words.said(text) for text in (about.purpose, about.can_change, about.cannot_change) if text],
        "decision": words.said(about.decision) if about.decision else "",
        "promise": words.said(about.outcome_promise) if about.outcome_promise else "",
        "contacts": [words.said(text) for text in (about.contact, about.help_line) if text],
        "running_order": RUNNING_ORDER,
        "minutes": sum(minutes for minutes, _ in RUNNING_ORDER),
        "themes": [_theme(survey, theme) for theme in survey.themes],
        "who_tables": who_answered_tables(survey, leave_out=_of_no_help(survey)),
    }


def _of_no_help(survey: SurveyFigures) -> list[str]:
    """Fields that do not help to think who is missing: those said in words, and what all people have in common."""
    alike = [one.field for one in survey.results.who_answered if len(one.counts) < 2]
    return ["audience", "week", "mode", *alike]


def _theme(survey: SurveyFigures, theme: Theme) -> dict[str, Any]:
    return {
        "id": theme.id,
        "title": survey.plain(theme),
        "official": survey.official(theme),
        "explanation": survey.words.said(theme.explanation),
        "chosen": _chosen(survey, theme),
        "commented": _commented(survey, theme),
        "chart": theme_chart(survey, theme) if survey.importance else None,
        "questions": discussion_questions(survey, theme),
    }


def _chosen(survey: SurveyFigures, theme: Theme) -> list[str]:
    """A line per audience: who chose this theme among the most important."""
    lines = []
    for group in survey.audiences:
        figures = survey.theme_table(group, theme.id)
        if survey.asks_choice and figures is not None:
            said, _, counts = printed.in_ten(survey.words, figures.chosen_count, figures.chosen_base).partition(" (")
            if printed.number(figures.chosen_count) is None:
                lines.append(f"{survey.label(group)}: how many chose it cannot be shown.")
            elif counts and said not in ("nobody", "everybody"):
                lines.append(f"{said[:1].upper()}{said[1:]} {survey.name(group)} chose it ({counts}.")
            else:
                lines.append(f"{survey.label(group)} who chose it: {said}{f' ({counts}' if counts else ''}.")
    return lines


def _commented(survey: SurveyFigures, theme: Theme) -> str:
    """How many people wrote about this theme, by audience; empty where no comment is asked."""
    parts = []
    for group in survey.audiences:
        table: CommentTable[Figure] | None = next(
            (one for one in survey.comments(group) if one.theme_id == theme.id), None
        )
        if table is not None:
            parts.append(f"{survey.name(group)}, {printed.count(survey.words, table.commented)}")
    return f"People who wrote a comment: {'; '.join(parts)}." if parts else ""


def discussion_questions(survey: SurveyFigures, theme: Theme) -> tuple[str, str]:
    """Two open questions about a theme; the second follows from what stands out in its figures."""
    first = f"What would “{survey.plain(theme)}” look like if we got it right?"
    lead = survey.audiences[0]
    figures = survey.theme_table(lead, theme.id)
    unclear, base = (
        (printed.number(figures.unclear_count), printed.number(figures.unclear_base)) if figures else (None, None)
    )
    if unclear and base and unclear / base >= _UNCLEAR_FROM:
        return first, "Some people found this theme hard to understand. How would you say it?"
    for other in survey.audiences[1:]:
        if any(told.id == theme.id for told, _ in clear_differences(survey, lead, other)):
            return first, f"{survey.label(lead)} and {survey.name(other)} see this differently. Why might that be?"
    return first, "What should we do first, and what could wait?"
