"""Scales of a design: taken over from the bank, written, changed and taken out. A point keeps its name in answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from surveys.designing.finding import each_found
from surveys.designing.lines import ids_of_lines
from surveys.designing.references import in_order
from surveys.designing.texts import new_id, one_line, own_words, with_words
from surveys.questionnaire import NotScored, Questionnaire, RatingQuestion, Scale, ScalePoint, Text
from surveys.ready_parts import ready_scales

LEAST_POINTS, MOST_POINTS, MOST_SCALES = 2, 20, 200
NOT_SURE = "I am not sure"


class InUse(ValueError):
    """A scale cannot be taken out while a question uses it; ``names`` are the words of those questions."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(", ".join(names))
        self.names = names


@dataclass(frozen=True, slots=True)
class ScaleWords:
    """What an officer writes about a scale: its points best first, and how many of the first ones are positive."""

    points: Sequence[str]
    positive: int
    not_sure: bool


def with_ready_scale(questionnaire: Questionnaire, scale_id: str) -> Questionnaire:
    """The questionnaire with the bank's scale of this id; as it is where it has a scale of this id already."""
    if scale_id not in ready_scales() or any(scale.id == scale_id for scale in questionnaire.scales):
        return questionnaire
    scale = _said_in(ready_scales()[scale_id][1], questionnaire.language)
    return replace(questionnaire, scales=(*questionnaire.scales, scale))


def add_scale(questionnaire: Questionnaire, words: ScaleWords) -> Questionnaire:
    """The questionnaire with one more scale, at the end."""
    taken = {scale.id for scale in questionnaire.scales} | set(ready_scales())
    scale = Scale(id=new_id(next(iter(words.points), ""), taken, "scale"), points=())
    grown = replace(questionnaire, scales=(*questionnaire.scales, scale))
    return change_scale(grown, scale.id, words)


def change_scale(questionnaire: Questionnaire, scale_id: str, words: ScaleWords) -> Questionnaire:
    """The questionnaire with these points for the scale; translations stay. KeyError: no such scale.

    Where the points stay the same ones in the same order, so do their values; else the best gets the highest.
    ValueError for fewer than two points.
    """
    if len(words.points) < LEAST_POINTS:
        raise ValueError("a scale has at least two points")
    scale, language = questionnaire.scale(scale_id), questionnaire.language
    lines = [one_line(line) for line in words.points]
    known = {point.id: point for point in scale.points}
    names = ids_of_lines(lines, [(point.id, own_words(point.label, language)) for point in scale.points], "point")
    same = names == [point.id for point in scale.points]
    as_many = same and words.positive == sum(point.positive for point in scale.points)
    points = tuple(
        ScalePoint(
            id=name,
            label=with_words(known[name].label if name in known else None, line, language),
            value=known[name].value if same else float(len(lines) - place),
            positive=known[name].positive if as_many else place < words.positive,
        )
        for place, (name, line) in enumerate(zip(names, lines, strict=True))
    )
    changed = replace(scale, points=points, not_scored=_beside(scale, words.not_sure, language))
    scales = tuple(changed if one is scale else one for one in questionnaire.scales)
    return in_order(replace(questionnaire, scales=scales))


def scale_words(questionnaire: Questionnaire, scale_id: str) -> ScaleWords:
    """What stands in the scale, in the questionnaire's own language. KeyError: no such scale."""
    scale, language = questionnaire.scale(scale_id), questionnaire.language
    return ScaleWords(
        tuple(own_words(point.label, language) for point in scale.points),
        sum(point.positive for point in scale.points),
        any(one.id == "not_sure" for one in scale.not_scored),
    )


def remove_scale(questionnaire: Questionnaire, scale_id: str) -> Questionnaire:
    """The questionnaire without the scale. KeyError: no such scale. Raises InUse where a question needs it."""
    scale = questionnaire.scale(scale_id)
    names = used_by(questionnaire, scale_id)
    if names:
        raise InUse(names)
    return replace(questionnaire, scales=tuple(one for one in questionnaire.scales if one is not scale))


def used_by(questionnaire: Questionnaire, scale_id: str) -> tuple[str, ...]:
    """The words of the questions that use the scale."""
    return tuple(
        own_words(found.question.text, questionnaire.language)
        for found in each_found(questionnaire)
        if isinstance(found.question, RatingQuestion) and found.question.scale == scale_id
    )


def scale_name(scale: Scale, language: str) -> str:
    """The scale as officers know it: its name in the bank where it comes from there, and its ends."""
    ends = [own_words(point.label, language) for point in scale.points]
    said = f"{ends[0]} … {ends[-1]}" if ends else "no points"
    known = ready_scales().get(scale.id)
    if known and {point.id for point in known[1].points} == {point.id for point in scale.points}:
        return f"{known[0]}: {said}"
    return said


def _beside(scale: Scale, not_sure: bool, language: str) -> tuple[NotScored, ...]:
    if not not_sure:
        return tuple(one for one in scale.not_scored if one.id != "not_sure")
    if any(one.id == "not_sure" for one in scale.not_scored):
        return scale.not_scored
    return (*scale.not_scored, NotScored("not_sure", with_words(None, NOT_SURE, language)))


def _said_in(scale: Scale, language: str) -> Scale:
    """A scale of the bank for a questionnaire in any language; its words are English until somebody writes others."""

    def said(text: Text) -> Text:
        return with_words(None, own_words(text, "en"), language)

    return replace(
        scale,
        points=tuple(replace(point, label=said(point.label)) for point in scale.points),
        not_scored=tuple(replace(one, label=said(one.label)) for one in scale.not_scored),
    )
