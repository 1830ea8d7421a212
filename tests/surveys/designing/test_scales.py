"""Scales of a design: the bank is sound, points keep their names, and a scale in use stays."""

import pytest

from surveys.designing.scales import (
    InUse,
    ScaleWords,
    add_scale,
    change_scale,
    remove_scale,
    scale_name,
    scale_words,
    used_by,
    with_ready_scale,
)
from surveys.questionnaire import NotScored, Scale, ScalePoint, Text
from surveys.questionnaire_rules import check_rules
from surveys.ready_parts import ready_scales
from tests.factories import a_questionnaire, words
from tests.surveys.designing.test_questions import EVERY_KIND


def test_every_ready_scale_is_balanced_labelled_and_can_be_taken() -> None:
    taken = a_questionnaire(scales=(a_questionnaire().scale("importance"),))
    for name, (known_as, scale) in ready_scales().items():
        taken = with_ready_scale(taken, name)
        assert known_as
        assert 4 <= len(scale.points) <= 5
        assert 2 * sum(point.positive for point in scale.points) in (4, len(scale.points) - 1)
        assert [beside.id for beside in scale.not_scored] == ["not_sure"]
    assert check_rules(taken) == []
    assert with_ready_scale(taken, "agreement") == taken
    assert with_ready_scale(taken, "no such scale") == taken


def test_the_friends_and_family_test_has_the_words_of_nhs_england() -> None:
    scale = ready_scales()["friends-and-family"][1]
    said = [point.label.in_language("en") for point in scale.points]
    assert said == ["Very good", "Good", "Neither good nor poor", "Poor", "Very poor"]
    assert scale.not_scored == (NotScored("not_sure", words("Don't know")),)


def test_a_ready_scale_stands_in_the_questionnaires_own_language() -> None:
    scale = with_ready_scale(a_questionnaire(language="cy", scales=()), "quality").scales[0]
    assert scale.points[0].label == Text((("cy", "Very good"),))


def test_an_own_scale_gives_its_best_point_the_highest_value() -> None:
    after = add_scale(a_questionnaire(), ScaleWords(["Often", "At times", "Never"], 1, not_sure=True))
    assert after.scales[-1] == Scale(
        "often",
        (
            ScalePoint("often", words("Often"), 3.0, positive=True),
            ScalePoint("at-times", words("At times"), 2.0),
            ScalePoint("never", words("Never"), 1.0),
        ),
        (NotScored("not_sure", words("I am not sure")),),
    )
    assert check_rules(after) == []


def test_corrected_points_keep_names_values_and_translations() -> None:
    point = ScalePoint("a", Text((("en", "Allways"), ("cy", "Bob amser"))), 1.0, positive=True)
    scale = Scale("often", (point, ScalePoint("n", words("Never"), 2.0)))
    before = a_questionnaire(scales=(*a_questionnaire().scales, scale))
    after = change_scale(before, "often", ScaleWords(["Always", "Never"], 1, not_sure=False)).scale("often")
    assert after.points[0] == ScalePoint("a", Text((("en", "Always"), ("cy", "Bob amser"))), 1.0, positive=True)
    assert after.points[1].value == 2.0
    longer = change_scale(before, "often", ScaleWords(["Always", "At times", "Never"], 2, not_sure=False))
    assert [(p.id, p.value, p.positive) for p in longer.scale("often").points] == [
        ("a", 3.0, True),
        ("at-times", 2.0, True),
        ("n", 1.0, False),
    ]


def test_a_scale_has_at_least_two_points() -> None:
    with pytest.raises(ValueError, match="two points"):
        change_scale(a_questionnaire(), "importance", ScaleWords(["Yes"], 1, not_sure=False))


@pytest.mark.parametrize("questionnaire", [a_questionnaire(), EVERY_KIND], ids=lambda one: one.slug)
def test_saving_what_was_there_changes_nothing(questionnaire: object) -> None:
    assert isinstance(questionnaire, type(EVERY_KIND))
    for scale in questionnaire.scales:
        assert change_scale(questionnaire, scale.id, scale_words(questionnaire, scale.id)) == questionnaire


def test_a_scale_in_use_is_not_removed() -> None:
    with pytest.raises(InUse) as met:
        remove_scale(a_questionnaire(), "importance")
    assert met.value.names == used_by(a_questionnaire(), "importance") == ("How important is this to you?",)
    grown = with_ready_scale(a_questionnaire(), "ease")
    assert remove_scale(grown, "ease") == a_questionnaire()


def test_a_scale_is_known_by_its_name_in_the_bank_and_its_ends() -> None:
    assert scale_name(ready_scales()["ease"][1], "en") == "Ease: Very easy … Not at all easy"
    own = add_scale(a_questionnaire(), ScaleWords(["Yes", "No"], 1, not_sure=False)).scales[-1]
    assert scale_name(own, "en") == "Yes … No"
