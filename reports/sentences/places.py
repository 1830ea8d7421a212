"""Places beside one another: which stand out from what chance and the usual spread would leave, and from thresholds."""

from __future__ import annotations

from reports import printed_figures as printed
from reports.sentences.finding import people_of
from reports.statistics.expected_range import SMALLEST_BASE
from reports.survey_figures import SurveyFigures
from reports.tabulation import Figure, PlaceBand

_STAND_OUT = {"higher": "more", "lower": "fewer"}


def places(survey: SurveyFigures) -> tuple[str, ...]:
    """A sentence for each place and theme that is clearly outside what was expected, what to do about it, and what may
    be said of the rest; empty where places were not compared."""
    words, bands = survey.words, survey.results.places
    if not bands:
        return ()
    clear = [band for band in bands if band.words in _STAND_OUT and band.share is not None]
    said = [_of_place(survey, band, f"place_{band.measure}_{_STAND_OUT[band.words]}") for band in clear]
    compared = [band for band in bands if band.band != "too few to say"]
    outside = sum(band.band != "as expected" and band.words not in _STAND_OUT for band in compared)
    if said:
        said.append(words("places_challenge"))
    elif compared and not outside:
        said.append(words("places_as_expected"))
    if outside:
        phrase = "places_by_chance_too" if clear else "places_by_chance"
        said.append(words(phrase, n=outside, compared=words.number(len(compared))))
    return (*said, *_not_compared(survey, [band for band in bands if band.band == "too few to say"]))


def _not_compared(survey: SurveyFigures, bands: list[PlaceBand[Figure]]) -> list[str]:
    """Why nothing is said of these: numbers are hidden, too few people answered, or too few places had enough."""
    shown = [band for band in bands if not _rests_on_hidden(band)]
    few = sum((printed.number(band.base) or 0) < SMALLEST_BASE for band in shown)
    reasons = {
        "places_too_few": few,
        "places_too_few_places": len(shown) - few,
        "groups_hidden": len(bands) - len(shown),
    }
    return [survey.words(reason, n=n) for reason, n in reasons.items() if n]


def _rests_on_hidden(band: PlaceBand[Figure]) -> bool:
    if printed.number(band.base) is None:
        return True
    return band.share is not None and printed.number(band.share.value) is None


def below_acceptable(survey: SurveyFigures) -> tuple[str, ...]:
    """A sentence for each place and theme below the level that the survey's owner calls acceptable."""
    return tuple(
        _of_place(survey, band, f"place_{band.measure}_{'below' if band.direction == 'higher is better' else 'worse'}")
        for band in survey.results.places
        if band.threshold == "below acceptable" and band.share is not None
    )


def _of_place(survey: SurveyFigures, band: PlaceBand[Figure], phrase: str) -> str:
    return survey.words(
        phrase,
        place=survey.place(band.label),
        share=printed.share(survey.words, people_of(band.share, band.base), band.base),
        title=survey.quoted(survey.questionnaire.theme(band.theme_id)),
    )
