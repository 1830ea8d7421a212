"""Texts, their states in further languages, and what goes public."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.editions import (
    add_language,
    digest,
    edition_status,
    editions_to_publish,
    places_of,
    questionnaire_to_publish,
    remove_language,
    texts_of,
    translations,
    with_choice,
    with_sources_noted,
    with_translations,
    without_sources,
)
from surveys.preparation import Preparation
from surveys.questionnaire import Questionnaire, Text, Theme
from tests.factories import a_questionnaire, words
from tests.surveys.strategies import questionnaires


def in_urdu(questionnaire: Questionnaire, *, but: tuple[str, ...] = ()) -> tuple[Questionnaire, Preparation]:
    """The questionnaire with every text in Urdu, but those."""
    both = add_language(questionnaire, Preparation(), "ur")
    return with_translations(
        *both, "ur", {key: f"اردو {number}" for number, (key, _) in enumerate(texts_of(both[0])) if key not in but}
    )


def reworded(questionnaire: Questionnaire, title: str) -> Questionnaire:
    """The questionnaire with another name in its own language, all translations left as they are."""
    held = dict(questionnaire.title.by_language) | {questionnaire.language: title}
    return replace(questionnaire, title=Text(tuple(held.items())))


@settings(max_examples=30, deadline=None)
@given(questionnaires())
def test_every_text_has_one_key_of_its_own(questionnaire: Questionnaire) -> None:
    keys = [key for key, _ in texts_of(questionnaire)]
    assert len(keys) == len(set(keys))
    assert all(found.where for found in places_of(questionnaire))


@settings(max_examples=30, deadline=None)
@given(questionnaires())
def test_no_text_is_forgotten(questionnaire: Questionnaire) -> None:
    found: Counter[Text] = Counter()

    def look(part: object) -> None:
        if isinstance(part, Text):
            found[part] += 1
        elif isinstance(part, tuple):
            for inner in part:
                look(inner)
        elif hasattr(part, "__dataclass_fields__"):
            for name in part.__dataclass_fields__:
                if not name.startswith("_"):
                    look(getattr(part, name))

    look(questionnaire)
    assert Counter(text for _, text in texts_of(questionnaire)) == found


@settings(max_examples=30, deadline=None)
@given(questionnaires(), st.data())
def test_words_come_back_under_the_key_that_they_were_put_under(
    questionnaire: Questionnaire, data: st.DataObject
) -> None:
    both = add_language(questionnaire, Preparation(), "ur")
    keys = data.draw(st.lists(st.sampled_from([key for key, _ in texts_of(questionnaire)]), unique=True))
    changed, preparation = with_translations(*both, "ur", {key: f"«{key}»" for key in keys})
    for key, text in texts_of(changed):
        assert text.has("ur") == (key in keys)
        assert text.in_language("ur") == (f"«{key}»" if key in keys else text.in_language(questionnaire.language))
    assert edition_status(changed, preparation.edition("ur")).ready == len(keys)
    assert remove_language(changed, preparation, "ur")[0] == remove_language(*both, "ur")[0]


def test_keys_say_where_a_text_stands() -> None:
    keys = {key for key, _ in texts_of(a_questionnaire())}
    assert {
        "title",
        "about.purpose",
        "themes.waiting.plain_title",
        "ask_about_each_theme.importance.text",
        "scales.importance.very",
        "scales.importance.not_sure",
        "questions.connection.options.patient",
        "questions.connection.options.prefer_not_to_say",
    } <= keys


def test_a_translation_is_out_of_date_once_the_own_words_change() -> None:
    questionnaire, preparation = in_urdu(a_questionnaire(), but=("privacy",))
    before = edition_status(questionnaire, preparation.edition("ur"))
    assert (before.missing, before.out_of_date) == (1, 0)
    later = edition_status(reworded(questionnaire, "Another name"), preparation.edition("ur"))
    assert (later.missing, later.out_of_date, later.ready) == (1, 1, before.ready - 1)
    assert not later.is_whole


def test_a_translation_made_from_older_words_is_out_of_date_at_once() -> None:
    both = add_language(a_questionnaire(), Preparation(), "ur")
    changed, preparation = with_translations(*both, "ur", {"title": "نام"}, made_from={"title": "What it was called"})
    assert [one.status for one in translations(changed, preparation.edition("ur")) if one.key == "title"] == [
        "out_of_date"
    ]


def test_a_translation_from_a_file_is_noted_with_the_words_beside_it() -> None:
    questionnaire = replace(
        a_questionnaire(), languages=("en", "ur"), title=Text((("en", "Our plan"), ("ur", "ہمارا منصوبہ")))
    )
    preparation = with_sources_noted(questionnaire, Preparation())
    assert preparation.edition("ur").sources == (("title", digest("Our plan")),)
    assert with_sources_noted(questionnaire, preparation) == preparation
    assert edition_status(reworded(questionnaire, "Your plan"), preparation.edition("ur")).out_of_date == 1


def test_a_file_that_replaces_a_survey_brings_its_translations_up_to_date() -> None:
    questionnaire, preparation = in_urdu(a_questionnaire())
    replaced = reworded(questionnaire, "Another name")
    assert edition_status(replaced, preparation.edition("ur")).out_of_date == 1
    assert edition_status(replaced, without_sources(preparation).edition("ur")).is_whole


def test_a_blank_text_needs_no_translation() -> None:
    blank = Theme(id="new", title=words("New"), plain_title=words("New"), explanation=words(""))
    questionnaire, preparation = in_urdu(a_questionnaire(themes=(blank,)), but=("themes.new.explanation",))
    assert edition_status(questionnaire, preparation.edition("ur")).is_whole


def test_only_the_languages_that_somebody_signed_go_public() -> None:
    both = in_urdu(a_questionnaire())
    assert questionnaire_to_publish(*both, signed_off=()).languages == ("en",)
    assert not any(text.has("ur") for _, text in texts_of(questionnaire_to_publish(*both, signed_off=())))
    published = questionnaire_to_publish(*both, signed_off=("ur",))
    assert published.languages == ("en", "ur")
    assert published == both[0]


def test_an_edition_out_of_date_is_withdrawn_or_filled_as_the_officer_chose() -> None:
    questionnaire, preparation = in_urdu(a_questionnaire(), but=("privacy",))
    questionnaire = reworded(questionnaire, "Another name")
    assert editions_to_publish(questionnaire, preparation, signed_off=("ur",)) == ()
    filled = with_choice(preparation, "ur", "fallback")
    published = questionnaire_to_publish(questionnaire, filled, signed_off=("ur",))
    assert published.languages == ("en", "ur")
    assert published.title.in_language("ur") == "Another name"
    assert published.privacy.in_language("ur") == questionnaire.privacy.in_language("en")
    assert published.about.purpose.has("ur")


def test_an_edition_without_a_single_translation_never_goes_public() -> None:
    questionnaire, preparation = add_language(a_questionnaire(), Preparation(), "ur")
    filled = with_choice(preparation, "ur", "fallback")
    assert editions_to_publish(questionnaire, filled, signed_off=("ur",)) == ()


def test_unknown_keys_and_languages_are_refused() -> None:
    both = add_language(a_questionnaire(), Preparation(), "ur")
    with pytest.raises(KeyError, match=r"themes\.none\.title"):
        with_translations(*both, "ur", {"themes.none.title": "x"})
    with pytest.raises(ValueError, match="pl is not a further language"):
        with_translations(*both, "pl", {"title": "x"})
    with pytest.raises(ValueError, match="own language"):
        remove_language(*both, "en")
