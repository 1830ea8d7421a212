"""How many people gave each answer to a question about themselves, such as their connection to the service.

They are the numbers of people in the groups that the question makes, so they are hidden where those are. In an audience
or a group they would be numbers by two fields at once, for every such question beside every other one: they are not
shown there, and results by the two fields crossed give them, as far as they may be known.
"""

from __future__ import annotations

import numpy as np

from reports.divisions import RESPONSES, Survey
from reports.question_rules import OPTION, asks_about_people
from reports.results import Computed
from reports.splitting import Split
from reports.suppression import Hidden, Verdict
from reports.tabulation import SuppressionReason
from reports.whole_survey import WholeSurvey


def questions_about_people(survey: Survey) -> dict[str, Split]:
    """The questions that ``asks_about_people`` names, by key, with the groups that they divide people into."""
    questionnaire = survey.people.questionnaire
    keys = [item.key for item in questionnaire.items if asks_about_people(questionnaire, item)]
    found = {key: survey.divisions.get(f"answer:{key}") or survey.divisions.get(key) for key in keys}
    return {key: one for key, one in found.items() if one is not None}


def hidden_tables(computed: Computed, whole: WholeSurvey) -> dict[str, Verdict]:
    """By the key of each such question, in which of the populations of these results its whole table is hidden.

    A single audience is everybody, and is treated as such.
    """
    survey = whole.survey
    several = len(np.unique(survey.audience.codes)) > 1
    found = {}
    for key, about in questions_about_people(survey).items():
        everybody: SuppressionReason | None = "secondary" if computed.kept else _not_in_base(whole, about)
        parts = "secondary" if several else everybody
        audiences: Hidden = dict.fromkeys(range(len(survey.audience.values)), parts) if parts else {}
        groups: Hidden = dict.fromkeys(range(len(computed.split.values)), "secondary") if computed.split else {}
        found[key] = Verdict(everybody, audiences, groups)
    return found


def hidden_options(computed: Computed, whole: WholeSurvey) -> dict[tuple[str, str], Verdict]:
    """By set of answers, as ``cell_sets`` names them, and key of the question: why it is hidden for everybody."""
    found = {}
    for key, about in questions_about_people(whole.survey).items():
        for name, why in _options(whole, about).items() if key in computed.questions else ():
            found[name, key] = Verdict(why, dict.fromkeys(range(len(whole.survey.audience.values)), why))
    return found


def _not_in_base(whole: WholeSurvey, about: Split) -> SuppressionReason | None:
    """The base tells how many are not in it: the table is hidden where those who skipped the question, or preferred not
    to say, are."""
    hidden = whole.of_field(about.field)[RESPONSES].groups
    beside = [place for place, value in enumerate(about.values) if value in about.beside]
    return next((hidden[place] for place in (len(about.values), *beside) if place in hidden), None)


def _options(whole: WholeSurvey, about: Split) -> dict[str, SuppressionReason]:
    verdict = whole.of_field(about.field)[RESPONSES]
    people = np.bincount(about.codes[about.codes >= 0], minlength=len(about.values))
    options = [place for place, value in enumerate(about.values) if value not in about.beside]
    hidden = {place: verdict.groups[place] for place in options if place in verdict.groups}
    shown = sorted((place for place in options if people[place] and place not in hidden), key=lambda one: people[one])
    # The base of the table is shown, so the hidden ones together must be enough.
    while shown and 0 < people[list(hidden)].sum() < whole.survey.thresholds.max():
        hidden[shown.pop(0)] = "secondary"
    return {f"{OPTION}{about.values[place]}": why for place, why in hidden.items()}
