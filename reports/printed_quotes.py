"""Quotes as documents print them: the words in their own language and direction, the audience, a translation."""

from __future__ import annotations

from dataclasses import dataclass

from reports import printed_figures as printed
from reports.report_tables import Heading, Table, table
from reports.survey_figures import SurveyFigures
from reports.tabulation import QuotedWords
from reports.words import Words


@dataclass(frozen=True, slots=True)
class PrintedQuote:
    """``language`` and ``direction`` are of ``words``; ``translation`` says who translated what, "" for none."""

    words: str
    language: str
    direction: str
    audience: str
    translation: str


def quotes_on(survey: SurveyFigures, key: str) -> tuple[PrintedQuote, ...]:
    """The quotes on the open question with this key, in the order in which they were chosen."""
    quotes = survey.results.quotes
    return tuple(_printed(survey, one) for one in quotes.quoted if one.key == key) if quotes else ()


def quotes_on_theme(survey: SurveyFigures, theme_id: str) -> tuple[PrintedQuote, ...]:
    """The quotes on all open questions of a theme."""
    quotes = survey.results.quotes
    return tuple(_printed(survey, one) for one in quotes.quoted if one.theme_id == theme_id) if quotes else ()


def quote_counts(survey: SurveyFigures) -> Table | None:
    """What became of the comments that could have been quoted; None where nobody chose any."""
    quotes, words = survey.results.quotes, survey.words
    if quotes is None:
        return None
    counted = (("comments", quotes.comments), ("may_quote", quotes.may_quote), ("masked", quotes.masked))
    rows = [(Heading(words(f"quotes_{name}")), [printed.count(words, figure)]) for name, figure in counted]
    done = {"chosen": quotes.chosen, "approved": quotes.approved, "printed": len(quotes.quoted)}
    done |= {reason.replace(" ", "_"): number for reason, number in quotes.left_out.items()}
    rows += [(Heading(words(f"quotes_{name}")), [words.number(number)]) for name, number in done.items()]
    return table(words, words("quotes_counts"), (words("quotes_step"), words("quotes_number")), rows)


def _printed(survey: SurveyFigures, quote: QuotedWords) -> PrintedQuote:
    said = Words(quote.language)
    group = survey.results_group(quote.audience)
    other = quote.translations.get(survey.words.language) if quote.language != survey.words.language else None
    return PrintedQuote(
        quote.words,
        said.tag,
        said.direction,
        survey.label(group),
        survey.words("quotes_translated", by=other.translated_by, words=other.words) if other else "",
    )
