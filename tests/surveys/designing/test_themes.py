"""Themes of a design: names made once from titles, words that change beside their translations, order, removal."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.designing.reading import count_hint, long_words_hint, score_hint, theme_flags
from surveys.designing.texts import new_id
from surveys.designing.themes import (
    MOST_THEMES,
    ThemeWords,
    TooMany,
    change_theme,
    move_theme,
    remove_theme,
    theme_words,
    with_themes,
)
from surveys.questionnaire import (
    ChoiceQuestion,
    Comparison,
    EasyRead,
    LongTextQuestion,
    Option,
    Page,
    Questionnaire,
    Text,
)
from surveys.questionnaire_file import canonical_json, from_document
from surveys.questionnaire_rules import check_rules
from tests.factories import a_questionnaire, a_theme, words

LEGAL = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
WELSH = Text((("en", "Waiting less"), ("cy", "Aros llai")))


def ids(questionnaire: Questionnaire) -> list[str]:
    return [theme.id for theme in questionnaire.themes]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("3: Faster tests", "3-faster-tests"),
        ("Naïve café’s", "naive-cafes"),
        ("研究", "theme"),
        ("Waiting", "waiting-2"),
        ("None", "none-2"),
        ("Collaboration with system partners to maximise our resources", "collaboration-with-system-partners-to"),
        ("x" * 90, "x" * 40),
    ],
)
def test_a_new_themes_name_is_made_from_its_title(title: str, name: str) -> None:
    grown = with_themes(a_questionnaire(), [(title, "")], keep_existing=True)
    assert ids(grown) == ["waiting", "digital", "staff", name]


def test_a_new_theme_has_its_official_title_as_the_plain_one_until_it_is_changed() -> None:
    theme = with_themes(
        a_questionnaire(themes=()), [("Faster\n tests", "Why.\r\n\r\nHow.")], keep_existing=True
    ).themes[0]
    assert theme.title == theme.plain_title == words("Faster tests")
    assert theme.explanation == words("Why.\n\nHow.")


def test_themes_in_the_place_of_others_keep_what_belongs_to_the_same_title() -> None:
    before = a_questionnaire()
    after = with_themes(before, [("New", "Words"), ("WAITING LESS strategy", "Other words")], keep_existing=False)
    assert ids(after) == ["new", "waiting"]
    assert after.themes[1].plain_title == before.themes[0].plain_title
    assert after.themes[1].explanation == words("Other words")


def test_there_are_at_most_a_hundred_themes() -> None:
    full = with_themes(a_questionnaire(), [("A", "")] * (MOST_THEMES - 3), keep_existing=True)
    with pytest.raises(TooMany):
        with_themes(full, [("One more", "")], keep_existing=True)


def test_changed_words_leave_translations_in_place() -> None:
    theme = a_theme("waiting", "Waiting less")
    theme = type(theme)(id="waiting", title=WELSH, plain_title=WELSH, explanation=WELSH)
    before = a_questionnaire(themes=(theme,), languages=("en", "cy"))
    typed = ThemeWords(title="Sooner", plain_title="", explanation="Why", easy_title="Soon", easy_sentences=("One.",))
    after = change_theme(before, "waiting", typed).themes[0]
    assert after.title == Text((("en", "Sooner"), ("cy", "Aros llai")))
    assert after.plain_title == Text((("en", ""), ("cy", "Aros llai")))
    assert after.easy_read == EasyRead(words("Soon"), (words("One."),))
    assert theme_words(change_theme(before, "waiting", typed), "waiting") == typed


def test_an_easy_read_edition_goes_when_all_its_words_are_gone() -> None:
    before = change_theme(
        a_questionnaire(), "waiting", ThemeWords(title="A", plain_title="B", explanation="C", easy_title="D")
    )
    assert before.themes[0].easy_read == EasyRead(words("D"), (words(""),))
    after = change_theme(before, "waiting", ThemeWords(title="A", plain_title="B", explanation="C"))
    assert after.themes[0].easy_read is None


def test_a_theme_moves_one_place_and_stops_at_the_ends() -> None:
    before = a_questionnaire()
    assert ids(move_theme(before, "waiting", 1)) == ["digital", "waiting", "staff"]
    assert ids(move_theme(before, "staff", -1)) == ["waiting", "staff", "digital"]
    assert ids(move_theme(before, "waiting", -1)) == ids(move_theme(before, "staff", 1)) == ids(before)


def test_with_a_theme_go_the_conditions_on_it() -> None:
    asked = ChoiceQuestion(
        id="why",
        text=words("Why?"),
        options=(Option("a", words("A")), Option("b", words("B"))),
        show_if=Comparison("most_important", "contains", "staff"),
    )
    other = Page(id="last", questions=(asked,), show_if=Comparison("staff.importance", "equals", "very"))
    before = a_questionnaire(pages=(*a_questionnaire().pages, other))
    assert check_rules(before) == []
    after = remove_theme(before, "staff")
    assert (after.pages[-1].show_if, after.pages[-1].questions[0].show_if) == (None, None)
    assert check_rules(after) == []
    assert remove_theme(before, "digital").pages[-1] == other


def test_without_any_theme_questions_about_them_keep_their_conditions() -> None:
    condition = Comparison("importance", "equals", "very")
    each = a_questionnaire().ask_about_each_theme
    before = a_questionnaire(
        ask_about_each_theme=(each[0], LongTextQuestion(id="c", text=words("?"), show_if=condition))
    )
    after = before
    for name in ids(before):
        after = remove_theme(after, name)
    assert after.ask_about_each_theme[1].show_if == condition


@given(st.lists(st.tuples(st.text(max_size=80), st.text(max_size=30)), max_size=8), st.booleans())
@settings(max_examples=60, deadline=None)
def test_whatever_the_titles_names_are_legal_unlike_and_kept_by_the_codec(
    themes: list[tuple[str, str]], keep: bool
) -> None:
    grown = with_themes(a_questionnaire(), themes, keep_existing=keep)
    found = ids(grown)
    assert all(LEGAL.fullmatch(name) for name in found)
    assert len(set(found)) == len(found) == len(themes) + 3 * keep
    assert from_document(json.loads(canonical_json(grown)), blanks=True) == grown


@given(st.text(max_size=200), st.sets(st.sampled_from(["theme", "theme-2", "a", "a-2"])))
def test_a_new_name_is_legal_and_not_taken(title: str, taken: set[str]) -> None:
    name = new_id(title, taken, "theme")
    assert LEGAL.fullmatch(name)
    assert name not in taken


def test_hints_count_words_and_name_long_ones_once() -> None:
    text = "Utilisation of utilisation and collaboration. It helps."
    assert count_hint(text) == "7 words of 60 at most."
    assert count_hint("word " * 61) == "61 words: 1 more than the 60 that people read easily."
    assert long_words_hint(text, "en") == "Long words: utilisation, collaboration."
    assert score_hint(text, "en").startswith("Reading score (SMOG) 9.7: most people can read it.")
    assert (
        score_hint("Utilisation collaboration organisation. " * 3, "en-GB").count("hard to read for many people") == 1
    )
    assert score_hint(text, "cy") == long_words_hint(text, "cy") == score_hint("", "en") == ""


def test_flags_say_what_is_missing() -> None:
    new = with_themes(a_questionnaire(themes=()), [("Faster tests", "")], keep_existing=True)
    assert theme_flags(new, new.themes[0]) == ("The plain title is still the official one", "No explanation yet")
    done = a_questionnaire()
    assert theme_flags(done, done.themes[0]) == ()
