"""What a reader should bear in mind: a sentence for each caution that holds for these figures."""

from __future__ import annotations

from reports import printed_figures as printed
from reports.sentences import mix_warnings
from reports.survey_figures import SurveyFigures
from reports.tabulation import Suppressed


def cautions(survey: SurveyFigures) -> list[str]:
    """The cautions that hold, in the order of print."""
    return [*_about_people(survey), *_about_audiences(survey), *_about_answers(survey), survey.words("caution_ranges")]


def _about_people(survey: SurveyFigures) -> list[str]:
    words, results = survey.words, survey.results
    said = [words("caution_self_selected")]
    if not results.representation:
        said.append(words("caution_not_compared"))
    elif results.weighted is not None and results.weighted.usable:
        said.append(words("caution_weighted"))
    else:
        said.append(words("caution_unweighted"))
    return said


def _about_audiences(survey: SurveyFigures) -> list[str]:
    words, results = survey.words, survey.results
    said = []
    if survey.shown_together and printed.number(results.everybody.responses) != 0:
        said.append(words("caution_together"))
    elif len(survey.audiences) > 1:
        said.append(words("caution_side_by_side"))
    for group in survey.hidden_audiences:
        if isinstance(group.responses, Suppressed) and group.responses.reason == "small base":
            said.append(words("caution_too_few", group=survey.name(group)))
    return said


def _about_answers(survey: SurveyFigures) -> list[str]:
    words, results = survey.words, survey.results
    said = []
    if results.orders_disagree:
        said.append(words("caution_two_orders"))
    if results.order_by_channel_agrees is False:
        said.append(words("caution_channels"))
    if len(results.versions) > 1:
        said.append(words("caution_edited"))
    by_mode = survey.breakdown("mode")
    if by_mode is not None and len(by_mode.counts) > 1:
        said.append(words("caution_modes"))
    if results.change is not None:
        said.append(words("caution_other_people"))
    return [*said, *mix_warnings(survey)]
