"""The workshop pack: what a facilitator needs to talk the results through with people, on paper or on a screen.

Nothing that the board report hides can be read off a wall: the pack is made from the same disclosed results.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from reports import printed_figures as printed
from reports.board_report import period
from reports.documents import html_from_template, pdf_from_html
from reports.page_digests import with_page_digests
from reports.provenance import attachment
from reports.survey_figures import SurveyFigures
from reports.tabulation import Figure, Results
from reports.thin_tables import who_answered_tables
from reports.words import Words
from reports.workshop_live import LiveSurvey, check_live_code, live_values
from reports.workshop_missing import missing_people
from reports.workshop_themes import QuoteCard, WorkshopTheme, fit_side_by_side, quote_cards, workshop_themes
from surveys.questionnaire import About, Questionnaire

Form = Literal["print", "screen"]

# Minutes, what happens, and the parts of the pack that it needs: keys of the wording.
RUNNING_ORDER: tuple[tuple[int, str, tuple[str, ...]], ...] = (
    (10, "welcome", ("facilitator",)),
    (10, "results", ("sheets",)),
    (10, "sort", ("cards",)),
    (30, "groups", ("sheets", "capture")),
    (10, "break", ()),
    (10, "tell", ("capture",)),
    (5, "vote", ("voting",)),
    (5, "close", ("evaluation",)),
)
_PREPARE = ("hang", "letters", "letters_order", "helper", "names")
_ACCESS = ("place", "hearing", "language", "reading", "quiet", "costs", "online")
_RULES = ("choice", "private", "listen", "numbers", "safe")
_EVALUATION = ("clear", "say_it", "heard", "change", "next", "needs")
# Millimetres: what the voting sheet leaves for its rows, and how high one may be.
_VOTING_HEIGHT, _VOTING_ROW = 300, (20, 38)
# So many on one page.
_CARDS_A_PAGE, _LARGE_CARDS_A_PAGE, _CAPTURED_A_PAGE = 4, 2, 4
# So many groups to invite fit on a screen beside who answered.
_ON_A_SCREEN = 5
# Screens: millimetres under the heading, those that a line of 26 points needs, and the characters on it.
_SCREEN_WIDTH, _SCREEN_HEIGHT, _SCREEN_LINE, _SCREEN_CHARACTERS = 302.0, 132.0, 12.5, 62


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the running order: when it starts in hours and minutes, how long it takes, and what it needs."""

    starts: str
    minutes: int
    title: str
    how: str
    needs: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the printed pack; ``name`` is the key of its wording and of its anchors."""

    name: str
    paper: str
    copies: str
    several_pages: bool


def workshop_pack_html(
    results: Results[Figure],
    questionnaire: Questionnaire,
    *,
    language: str,
    form: Form = "print",
    live: LiveSurvey | None = None,
) -> str:
    """The pack as HTML: A3 sheets and A4 pages to print, or 16:9 pages for a screen.

    ``live`` is the way in for people in the room; without it the facilitator reads how to make one. DocumentFailed
    where it is to be shown in a language that the questionnaire does not have.
    """
    survey = SurveyFigures(results, questionnaire, language)
    passages = Words(questionnaire.language).as_passages
    return html_from_template(f"workshop_{form}.html", passages=passages, **_values(survey, form=form, live=live))


def workshop_pack_pdf(
    results: Results[Figure],
    questionnaire: Questionnaire,
    *,
    language: str,
    form: Form = "print",
    live: LiveSurvey | None = None,
    secret: str = "",
) -> bytes:
    """The pack as a tagged PDF that carries its figures and their provenance, its code read back. DocumentFailed.

    Every theme keeps to its own sheet or screens as long as its texts allow; longer ones flow on. ``secret`` seals the
    file, as for ``board_report_pdf``.
    """
    html = workshop_pack_html(results, questionnaire, language=language, form=form, live=live)
    carries = attachment(results, questionnaire, kind="workshop", language=language)
    pdf = with_page_digests(pdf_from_html(html, attachments=(carries,)), secret=secret)
    if live is not None:
        check_live_code(pdf, live)
    return pdf


def _values(survey: SurveyFigures, *, form: Form, live: LiveSurvey | None) -> dict[str, Any]:
    words, questionnaire = survey.words, survey.questionnaire
    themes = workshop_themes(survey)
    quotes = quote_cards(themes)
    missing = missing_people(survey)
    return {
        "words": words,
        "title": words.said(questionnaire.title),
        "organisation": words.said(questionnaire.organisation),
        "demonstration": survey.results.demonstration,
        "who": words("workshop_who", who=_who(survey), period=period(survey)),
        "about": _about(words, questionnaire.about),
        "contacts": [words.said(text) for text in (questionnaire.about.contact, questionnaire.about.help_line) if text],
        "steps": _steps(words),
        "minutes": sum(minutes for minutes, *_ in RUNNING_ORDER),
        "prepare": [words(f"workshop_prepare_{name}") for name in _PREPARE],
        "access": [words(f"workshop_access_{name}") for name in _ACCESS],
        "rules": [words(f"workshop_rule_{name}") for name in _RULES],
        "evaluation": [words(f"workshop_evaluation_{name}") for name in _EVALUATION],
        "parts": _parts(words, themes, quotes, live=live),
        "themes": themes,
        "quote_cards": quotes,
        "missing": missing,
        "missing_on_screen": missing.groups[:_ON_A_SCREEN],
        "missing_is_compared": missing.compared,
        "who_tables": who_answered_tables(survey, leave_out=_of_no_help(survey)),
        "voting_row": max(_VOTING_ROW[0], min(_VOTING_ROW[1], _VOTING_HEIGHT // max(1, len(themes)))),
        "chart_widths": {theme.id: _chart_width(theme) for theme in themes},
        "side_by_side": {theme.id for theme in themes if fit_side_by_side(theme)},
        "live": live_values(live, questionnaire, language=survey.language, screen=form == "screen") if live else None,
    }


def _who(survey: SurveyFigures) -> str:
    words = survey.words
    return printed.listed(
        words,
        [
            words("workshop_who_of", number=printed.count(words, group.responses), group=survey.name(group))
            for group in survey.audiences
        ],
    )


def _about(words: Words, about: About) -> dict[str, str]:
    """What people were told, by what it is about; empty where the survey does not say it."""
    texts = {
        "purpose": about.purpose,
        "can_change": about.can_change,
        "cannot_change": about.cannot_change,
        "who_decides": about.decision,
        "promise": about.outcome_promise,
    }
    return {name: words.said(text) if text else "" for name, text in texts.items()}


def _steps(words: Words) -> list[Step]:
    steps, passed = [], 0
    for minutes, name, needed in RUNNING_ORDER:
        needs = words("figure_list_joint").join(words(f"workshop_part_{part}") for part in needed)
        how = words(f"workshop_how_{name}") if needed else ""
        starts = f"{passed // 60}:{passed % 60:02}"
        steps.append(Step(starts, minutes, words(f"workshop_step_{name}"), how, needs))
        passed += minutes
    return steps


def _parts(
    words: Words, themes: tuple[WorkshopTheme, ...], quotes: tuple[QuoteCard, ...], *, live: LiveSurvey | None
) -> list[Part]:
    """The parts that this pack has, in the order of its pages."""
    count, easy = len(themes), sum(theme.easy_read is not None for theme in themes)
    planned = (
        ("facilitator", "a4", "one", 1, True),
        ("live", "a4", "one", int(live is not None), False),
        ("sheets", "a3", "one", count, count > 1),
        ("cards", "a4_cut", "pair", count, count > _CARDS_A_PAGE),
        ("large", "a4_cut", "asked", count, count > _LARGE_CARDS_A_PAGE),
        ("easy", "a4_cut", "asked", easy, easy > _LARGE_CARDS_A_PAGE),
        ("quotes", "a4_cut", "pair", len(quotes), len(quotes) > _CARDS_A_PAGE),
        ("voting", "a3", "one", count, count * _VOTING_ROW[0] > _VOTING_HEIGHT),
        ("capture", "a4", "group", count, count > _CAPTURED_A_PAGE),
        ("evaluation", "a4", "person", 1, False),
    )
    return [
        Part(name, words(f"workshop_paper_{paper}"), words(f"workshop_copies_{copies}"), several)
        for name, paper, copies, there, several in planned
        if there
    ]


def _of_no_help(survey: SurveyFigures) -> list[str]:
    """Fields that do not help to think who is missing: those said in words, and what all people have in common."""
    alike = [one.field for one in survey.results.who_answered if len(one.counts) < 2]
    return ["audience", "week", "mode", "channel", *alike]


def _chart_width(theme: WorkshopTheme) -> int:
    """How wide a theme's chart may be on its screen, in per cent, so that the questions stand beneath it."""
    if theme.chart is None:
        return 0
    lines = sum(-(-len(text) // _SCREEN_CHARACTERS) for text in (theme.chart.description, *theme.questions))
    room = _SCREEN_HEIGHT - lines * _SCREEN_LINE
    return round(max(40.0, min(100.0, 100 * room * theme.chart.width / theme.chart.height / _SCREEN_WIDTH)))
