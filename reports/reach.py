"""How widely did we hear? One of three grades by rule, with the reasons that are printed beside it (EXPERIENCE 4.4).

Strong: 300 people or more, several channels, and a comparison with the local population that shows no large gap.
Fair: 100 people or more and no channel over seven in ten. Weak: fewer, or one channel brought more than that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reports import printed_figures as printed
from reports.survey_figures import SurveyFigures

Grade = Literal["Strong", "Fair", "Weak", "Cannot be said"]
FAIR_FROM, STRONG_FROM = 100, 300
LARGEST_CHANNEL = 0.7


@dataclass(frozen=True, slots=True)
class Reach:
    """The grade and its reasons, each a sentence."""

    grade: Grade
    reasons: tuple[str, ...]


def reach(survey: SurveyFigures) -> Reach:
    """The grade of a survey. "Cannot be said" where even the number of people is hidden.

    No reference population is known to a report yet, so the best grade that can be justified is Fair.
    """
    people = printed.number(survey.results.everybody.responses)
    if people is None:
        return Reach("Cannot be said", ("Too few people answered to say even how many.",))
    if people == 0:
        return Reach("Cannot be said", ("Nobody has answered yet.",))
    channel, known = _largest_channel(survey)
    who = [f"{printed.count(survey.words, group.responses)} {survey.name(group)}" for group in survey.audiences]
    reasons = [f"{printed.listed(survey.words, who)} answered."]
    reasons.append("They chose to take part, so others may think differently.")
    if people < FAIR_FROM:
        reasons.append(f"Fewer than {FAIR_FROM} people answered.")
    if channel is not None:
        reasons.append(f"More than 7 in 10 came through one channel: {channel}.")
    elif known:
        reasons.append("No single channel brought more than 7 in 10.")
    else:
        reasons.append("We did not record how people found the survey.")
    reasons.append("We have not compared these people with the local population.")
    if people < FAIR_FROM or channel is not None:
        return Reach("Weak", tuple(reasons))
    if people >= STRONG_FROM:
        reasons.append("That comparison could raise the grade to “strong”.")
    return Reach("Fair", tuple(reasons))


def _largest_channel(survey: SurveyFigures) -> tuple[str | None, bool]:
    """The channel that brought more than seven in ten people, if any, and whether channels were recorded at all."""
    channels = survey.breakdown("channel")
    if channels is None:
        return None, False
    counts = {value: printed.number(figure) for value, figure in channels.counts.items() if value}
    base = printed.number(channels.base)
    known = {value: count for value, count in counts.items() if count}
    if not known or not base:
        return None, bool(counts)
    largest = max(known, key=lambda value: known[value])
    if known[largest] > LARGEST_CHANNEL * base:
        return channels.labels.get(largest, largest), True
    return None, True
