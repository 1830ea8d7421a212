"""The bank of equality questions: dated, sourced, optional, and asked like any other questionnaire."""

from __future__ import annotations

from dataclasses import replace

import pytest

from surveys.library import library_files
from surveys.question_bank import BANK_VERSION, equality_questionnaire, topics
from surveys.questionnaire_file import read_questionnaire
from surveys.questionnaire_rules import check_rules
from surveys.routing import on_path

SHIPPED = read_questionnaire(library_files()["cancer-strategy-themes"].read_bytes())


@pytest.mark.parametrize("topic", topics().values(), ids=lambda topic: topic.id)
def test_every_topic_is_dated_and_sourced_and_can_be_declined(topic) -> None:
    assert topic.source
    assert topic.licence
    assert topic.why.in_language("en").endswith(".")
    assert topic.taken < topic.review
    assert topic.questions[0].id == topic.id
    for question in topic.questions:
        assert [beside.id for beside in question.not_scored] == ["prefer_not_to_say"]


def test_the_whole_bank_obeys_the_rules_of_a_questionnaire() -> None:
    asked = equality_questionnaire(replace(SHIPPED, equality=tuple(topics())))
    assert asked is not None
    assert check_rules(asked) == []


@pytest.mark.parametrize("topic", topics().values(), ids=lambda topic: topic.id)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_text_is_in_every_language_of_reports(topic, language: str) -> None:
    texts = [topic.title, topic.why]
    for question in topic.questions:
        texts += [question.text, *([question.hint] if question.hint else [])]
        texts += [option.label for option in (*question.options, *question.not_scored)]
    assert [text.in_language("en") for text in texts if not text.has(language)] == []
    answers = [[option.label.in_language(language) for option in one.options] for one in topic.questions]
    assert all(len(set(labels)) == len(labels) for labels in answers)


def test_a_translation_is_no_new_version_of_the_bank() -> None:
    """Answers are stored under the version of the bank; what was asked, and the ids of what was said, are as before."""
    assert BANK_VERSION == "2026-11"
    assert topics()["age"].questions[0].text.by_language[0] == ("en", "How old are you?")


def test_there_are_nineteen_ethnic_groups() -> None:
    detailed = topics()["ethnic_group"].questions[1:]
    assert sum(len(question.options) for question in detailed) == 19


def test_a_person_meets_only_the_detail_that_belongs_to_their_answer() -> None:
    asked = equality_questionnaire(SHIPPED)
    assert asked is not None
    assert set(on_path(asked, {})) == {"age", "sex", "ethnic_group", "disability"}
    kept = on_path(asked, {"ethnic_group": "asian", "ethnic_group_white": "irish", "disability": "yes"})
    assert set(kept) == {"age", "sex", "ethnic_group", "ethnic_group_asian", "disability", "disability_effect"}


def test_nothing_is_asked_where_nothing_is_named() -> None:
    assert equality_questionnaire(replace(SHIPPED, equality=())) is None


def test_the_bank_has_a_version() -> None:
    assert BANK_VERSION
