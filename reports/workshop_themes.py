"""What a workshop pack says of each theme: its letter, what people said of it, and what to talk about.

The letter is the same on sheets, cards, voting sheet and capture sheet, in every language. Letters follow the
questionnaire, never the results: a number on a wall reads as a rank, and whoever votes should not be told the winner.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from reports import printed_figures as printed
from reports.board_report_charts import theme_chart
from reports.charts import Drawing
from reports.printed_mentions import top_points
from reports.printed_quotes import PrintedQuote, quotes_on_theme
from reports.sentences import clear_differences
from reports.survey_figures import SurveyFigures, asks_importance
from reports.words import Words
from surveys.questionnaire import Theme
from surveys.workshops.letters import theme_keys

_UNCLEAR_FROM = 0.1
_POINT = 25.4 / 72
_LINE_HEIGHT = 1.35
# Widths of letters as shares of the type size, on the wide side: a text that fits by these fits on paper.
_WIDE, _NARROW = 1.0, 0.53
# Inside a card of A6: millimetres to write on, points for its title and, from large to small, for its explanation.
_CARD_WIDTH, _CARD_HEIGHT, _CARD_TITLE = 83.0, 88.0, 20.0
_CARD_POINTS = (17, 16, 15, 14, 13, 12, 11)
# On a sheet of A3: millimetres to write on, those of headings, margins and the smallest field for notes; points.
_SHEET_WIDTH, _SHEET_HEIGHT, _SHEET_FURNITURE = 265.0, 386.0, 100.0
_SHEET_TITLE_WIDTH, _SHEET_TITLE, _SHEET_SMALLER_TITLE, _SHEET_TEXT = 205.0, 42.0, 30.0, 25.0
_MOST_QUOTES, _QUOTE_WIDTH, _QUOTE_MARGIN, _SHEET_SPARE = 2, 255.0, 3.0, 3.0
_SHEET_SUBHEADING, _SHEET_SUBHEADING_MARGINS, _SHEET_LESS_NOTES = 28.0, 6.5, 15.0
# On a screen: points, millimetres of one of two columns, those under the heading, and those that subheadings take.
_SCREEN_TEXT, _SCREEN_HALF, _SCREEN_HEIGHT, _SCREEN_SUBHEADINGS = 26.0, 130.0, 132.0, 20.0


@dataclass(frozen=True, slots=True)
class WorkshopTheme:
    """One theme in one language. ``chosen``: a sentence for each audience; ``chart`` None where no theme is rated;
    ``asked``: what it was rated by, empty where that is its importance, which the chart says by itself;
    ``raised``: what people raised most in comments, under ``raised_heading``; ``quotes_on_sheet``: those of ``quotes``
    for which the sheet of A3 has room.

    ``keeps_to_its_sheet``: whether its texts leave room for notes on one sheet of A3; others flow on to a second. Where
    one does not, all have a ``smaller_title``.
    ``card_points`` is the type size of the explanation on a card to sort, None where the card has no room for it.
    ``easy_read``: title and sentences, None where the questionnaire has none.
    """

    key: str
    id: str
    title: str
    official: str
    explanation: str
    chosen: tuple[str, ...]
    asked: str
    chart: Drawing | None
    raised_heading: str
    raised: tuple[str, ...]
    quotes: tuple[PrintedQuote, ...]
    quotes_on_sheet: tuple[PrintedQuote, ...]
    questions: tuple[str, str]
    keeps_to_its_sheet: bool
    smaller_title: bool
    card_points: int | None
    easy_read: tuple[str, tuple[str, ...]] | None


@dataclass(frozen=True, slots=True)
class QuoteCard:
    """A quote on a card to sort, with the letter of its theme and the type size in which it fits."""

    key: str
    quote: PrintedQuote
    points: int


def quote_cards(themes: tuple[WorkshopTheme, ...]) -> tuple[QuoteCard, ...]:
    """A card for each quote, by theme."""
    smallest = _CARD_POINTS[-1]
    return tuple(
        QuoteCard(theme.key, quote, card_points(quote.audience, f"{quote.words} {quote.translation}") or smallest)
        for theme in themes
        for quote in theme.quotes
    )


def workshop_themes(survey: SurveyFigures) -> tuple[WorkshopTheme, ...]:
    """Every theme, in the order of its letter."""
    themes = _workshop_themes(survey, smaller_title=False)
    # Sheets hang side by side, so their titles are of one size; a sheet with nothing but the field for notes on it is
    # worse than titles that are read from a little nearer.
    if all(theme.keeps_to_its_sheet for theme in themes):
        return themes
    return _workshop_themes(survey, smaller_title=True)


def _workshop_themes(survey: SurveyFigures, *, smaller_title: bool) -> tuple[WorkshopTheme, ...]:
    keys = theme_keys(survey.questionnaire)
    return tuple(
        _workshop_theme(survey, theme, keys[theme.id], smaller_title=smaller_title)
        for theme in survey.questionnaire.themes
    )


def fit_side_by_side(theme: WorkshopTheme) -> bool:
    """Whether what was raised most and the quotes have room beside each other on one screen."""
    quoted = [text for quote in theme.quotes for text in (quote.words, quote.translation, quote.audience) if text]
    columns = [(theme.raised_heading, theme.raised, 0.0), ("", quoted, _QUOTE_MARGIN * len(theme.quotes))]
    if not theme.raised or not theme.quotes:
        return False
    return all(
        _SCREEN_SUBHEADINGS + margins + sum(_height(text, _SCREEN_TEXT, _SCREEN_HALF) for text in (heading, *texts))
        <= _SCREEN_HEIGHT
        for heading, texts, margins in columns
    )


def _workshop_theme(survey: SurveyFigures, theme: Theme, key: str, *, smaller_title: bool) -> WorkshopTheme:
    said, easy = survey.words.said, theme.easy_read
    title, explanation = survey.plain(theme), said(theme.explanation)
    chosen, questions = _chosen(survey, theme), discussion_questions(survey, theme)
    chart = theme_chart(survey, theme) if survey.importance else None
    raised_heading, raised = top_points(survey, theme.id)
    asked = said(survey.importance.text) if survey.importance and not asks_importance(survey.importance) else ""
    texts = (explanation, *chosen, *([asked] if asked else []), *questions)
    height = _sheet_height(texts, chart) + _raised_height(raised_heading, raised)
    height += _height(title, _SHEET_SMALLER_TITLE if smaller_title else _SHEET_TITLE, _SHEET_TITLE_WIDTH)
    quotes = quotes_on_theme(survey, theme.id)[:_MOST_QUOTES]
    return WorkshopTheme(
        key=key,
        id=theme.id,
        title=title,
        official=survey.official(theme),
        explanation=explanation,
        chosen=chosen,
        asked=asked,
        chart=chart,
        raised_heading=raised_heading,
        raised=raised,
        quotes=quotes,
        quotes_on_sheet=_that_fit(quotes, room=_SHEET_HEIGHT - height),
        questions=questions,
        keeps_to_its_sheet=height <= _SHEET_HEIGHT,
        smaller_title=smaller_title,
        card_points=card_points(title, explanation),
        easy_read=(said(easy.title), tuple(said(sentence) for sentence in easy.sentences)) if easy else None,
    )


def _chosen(survey: SurveyFigures, theme: Theme) -> tuple[str, ...]:
    """A line per audience: who chose this theme among the most important."""
    words, lines = survey.words, []
    everybody_or_nobody = words("figure_nobody"), words("figure_everybody")
    for group in survey.audiences:
        figures = survey.theme_table(group, theme.id)
        if not survey.asks_choice or figures is None:
            continue
        count, base = figures.chosen_count, figures.chosen_base
        tenths = printed.tenths(words, count, base)
        if printed.number(count) is None or printed.number(base) is None:
            lines.append(words("workshop_chose_hidden", group=survey.label(group)))
        elif tenths and tenths not in everybody_or_nobody:
            counts = printed.counts_of(words, count, base)
            group_name = survey.name(group)
            lines.append(_sentence(words, "workshop_chose_tenths", tenths=tenths, group=group_name, counts=counts))
        else:
            said = printed.in_ten(words, count, base)
            lines.append(words("workshop_chose_counts", group=survey.label(group), counts=said))
    return tuple(lines)


def _sentence(words: Words, phrase: str, **values: str) -> str:
    said = words(phrase, **values)
    return said[:1].upper() + said[1:]


def discussion_questions(survey: SurveyFigures, theme: Theme) -> tuple[str, str]:
    """Two open questions about a theme; the second follows from what stands out in its figures."""
    words = survey.words
    first = words("workshop_question_right")
    lead = survey.audiences[0]
    figures = survey.theme_table(lead, theme.id)
    unclear, base = (
        (printed.number(figures.unclear_count), printed.number(figures.unclear_base)) if figures else (None, None)
    )
    if unclear and base and unclear / base >= _UNCLEAR_FROM:
        return first, words("workshop_question_unclear")
    for other in survey.audiences[1:]:
        if any(told.id == theme.id for told, _ in clear_differences(survey, lead, other)):
            return first, words("workshop_question_differ", first=survey.label(lead), second=survey.name(other))
    return first, words("workshop_question_first")


def card_points(title: str, explanation: str) -> int | None:
    """The largest type in which an explanation fits on a card of A6 under its title; None where none does."""
    room = _CARD_HEIGHT - _height(title, _CARD_TITLE, _CARD_WIDTH)
    return next((points for points in _CARD_POINTS if _height(explanation, points, _CARD_WIDTH) <= room), None)


def _that_fit(quotes: tuple[PrintedQuote, ...], *, room: float) -> tuple[PrintedQuote, ...]:
    """The first quotes that leave room for notes on the sheet; a wall is no place for small print."""
    used = _SHEET_SPARE
    fitting: list[PrintedQuote] = []
    for quote in quotes:
        # The audience stands behind the words, on the same line where there is room.
        texts = [text for text in (f"{quote.words} {quote.audience}", quote.translation) if text]
        used += _QUOTE_MARGIN + sum(_height(text, _SHEET_TEXT, _QUOTE_WIDTH) for text in texts)
        if used > room:
            break
        fitting.append(quote)
    return tuple(fitting)


def _sheet_height(texts: tuple[str, ...], chart: Drawing | None) -> float:
    """Millimetres that a sheet needs beneath its title."""
    height = _SHEET_FURNITURE + sum(_height(text, _SHEET_TEXT, _SHEET_WIDTH) for text in texts)
    if chart is not None:
        height += _SHEET_WIDTH * chart.height / chart.width + _height(chart.description, _SHEET_TEXT, _SHEET_WIDTH)
    return height


def _raised_height(heading: str, raised: tuple[str, ...]) -> float:
    if not raised:
        return 0.0
    points = _height(" · ".join(raised), _SHEET_TEXT, _SHEET_WIDTH)
    # They stand where otherwise there would be more room for notes.
    return _SHEET_SUBHEADING_MARGINS + _height(heading, _SHEET_SUBHEADING, _SHEET_WIDTH) + points - _SHEET_LESS_NOTES


def _height(text: str, points: float, width: float) -> float:
    """Millimetres that a text needs, ``width`` millimetres wide, reckoned by words on lines and never too few."""
    room, lines, used = width / (points * _POINT), 1, 0.0
    for word in text.split():
        length = sum(_WIDE if unicodedata.east_asian_width(letter) in "WF" else _NARROW for letter in word)
        needed = used + length + (_NARROW / 2 if used else 0)
        if needed > room and used:
            lines, used = lines + 1, 0.0
            needed = length
        # A word that is wider than the card is broken.
        lines, used = lines + int(needed // room), needed % room
    return lines * points * _POINT * _LINE_HEIGHT
