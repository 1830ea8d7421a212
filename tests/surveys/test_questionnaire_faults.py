"""Bad questionnaire files: every fault in one run, each with its line and what to do, and never a stack trace."""

from __future__ import annotations

import time

import pytest

from surveys.questionnaire_file import QuestionnaireFaults, read_questionnaire

HEAD = """\
format: 1
slug: small
title: A small survey
language: en
organisation: A trust
about: {purpose: To learn.}
privacy: We do not ask for your name.
"""
THEME = "themes: [{id: t, title: T, plain_title: P, explanation: E}]\n"
RATING = "scales: {s: {points: [{id: a, label: A, value: 2, positive: true}, {id: b, label: B, value: 1}]}}\n"


def faults_of(content: str | bytes, *, is_json: bool = False) -> list[str]:
    with pytest.raises(QuestionnaireFaults) as caught:
        read_questionnaire(content if isinstance(content, bytes) else content.encode(), is_json=is_json)
    messages = [str(fault) for fault in caught.value.faults]
    assert messages
    assert all(message.endswith((".", "?", "”")) for message in messages)
    return messages


def only_fault(content: str | bytes, *, is_json: bool = False) -> str:
    faults = faults_of(content, is_json=is_json)
    assert len(faults) == 1, faults
    return faults[0]


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "The file is empty"),
        (b"# only a comment\n", "The file is empty"),
        (b"- a\n- b\n", "The file holds a list"),
        (b"words", "The file holds a single text"),
        (b"a: 1\n---\nb: 2\n", "line 2: A second document begins here"),
        (b"title: caf\xe9\n", "line 1: This line holds bytes that are not UTF-8"),
        (b"format: 1\ntitle: \xff\n", "line 2: This line holds bytes that are not UTF-8"),
        (b"\xff\xfef\x00", "UTF-16"),
        (b"format: 1\ntitle: a\x00b\n", "line 2: This line holds a zero byte"),
        (b"format: 1\ntitle: a\x07b\n", "line 2: This line holds a character"),
        (b'format: 1\ntitle: "a\\0b"\n', "line 2: This text has a character that cannot be shown (U+0000)"),
        (b"a: [1, 2\n", "This is not valid YAML"),
        (b'a: "never closed\n', "opened and never closed"),
        (b"a:\n\t- b\n", "Indent with spaces, never tabs"),
        (b"title: What: now\n", "line 1: This is not valid YAML"),
        (b"a: *nothing\n", "line 1: The alias *nothing refers to nothing"),
        (b"a: &a [*a]\n", "The alias *a refers to nothing"),
        (b" " * (1024 * 1024 + 1), "The file is larger than 1,048,576 bytes"),
        (b"%YAML 9.9\n---\na: 1\n", "not valid YAML"),
    ],
)
def test_files_that_cannot_be_read(content: bytes, part: str) -> None:
    assert part in only_fault(content)


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "ends too early"),
        (b'{"a": 1', "line 1: The JSON ends too early"),
        (b'{\n"a": 1,\n}', "line 3: This is not valid JSON"),
        (b'{"a": nope}', "This is not valid JSON"),
        (b'{"a": 1} x', "Something stands after the end"),
        (b'{"a": 1}{"b": 2}', "Something stands after the end"),
        (b'{"a" "b"}', "This is not valid JSON"),
        (b'["a" "b"]', "This is not valid JSON"),
        (b'{"a": "\\x"}', "This text has an escape"),
        (b'{"a": "\\ud800"}', "cannot be shown (U+D800)"),
        (b'{"a": "\\u0000"}', "cannot be shown (U+0000)"),
        (b'{"a": {"b": "never closed}', "not valid JSON"),
        (b"[" * 5000, "nested more than 20 levels deep"),
        (b'{"a":' * 5000, "nested more than 20 levels deep"),
        (b"[1, 2]", "The file holds a list"),
    ],
)
def test_json_that_cannot_be_read(content: bytes, part: str) -> None:
    assert part in only_fault(content, is_json=True)


def _bomb(levels: int, width: int) -> str:
    lines = ["l0: &l0 [lol]"]
    for level in range(1, levels):
        lines.append(f"l{level}: &l{level} [{', '.join([f'*l{level - 1}'] * width)}]")
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (_bomb(9, 9), "more than 20 aliases"),
        (_bomb(12, 2), "more than 20 aliases"),
        ("a: &a [" + "x, " * 9000 + "]\n" + "".join(f"k{n}: *a\n" for n in range(19)), "more than 60,000 parts"),
        ("[" * 5000, "nested more than 20 levels deep"),
        ("{a: " * 5000, "nested more than 20 levels deep"),
        ("\n".join(" " * depth + "a:" for depth in range(400)), "nested more than 20 levels deep"),
        ("- x\n" * 70_000, "more than 60,000 parts"),
    ],
)
def test_bombs_are_refused_at_once(content: str, part: str) -> None:
    begun = time.process_time()
    assert part in only_fault(content)
    assert time.process_time() - begun < 5


def test_a_file_of_nothing_but_unknown_keys_is_answered_soon_and_shortly() -> None:
    begun = time.process_time()
    faults = faults_of(HEAD + "".join(f"titel{n}: x\n" for n in range(25_000)))
    assert time.process_time() - begun < 20
    assert len(faults) == 501
    assert "more faults" in faults[-1]


def test_few_aliases_are_welcome() -> None:
    text = "questions:\n  - {id: a, kind: text, text: &same How was it?}\n  - {id: b, kind: text, text: *same}\n"
    questions = [page.questions[0] for page in read_questionnaire((HEAD + text).encode()).pages]
    assert questions[0].text == questions[1].text


@pytest.mark.parametrize("number", ["9" * 5000, "1e999", "-1", "3.5", "three", '"3"', "0x3", "[3]", ".inf", "1_0"])
def test_numbers_that_are_none_or_giants(number: str) -> None:
    questions = f"questions:\n  - id: q\n    kind: text\n    text: T\n    max_length: {number}\n"
    message = only_fault(HEAD + questions)
    assert message.startswith("line 12: question 1 (q), max_length: ")
    assert len(message) < 250


@pytest.mark.parametrize("value", ["maybe", '"true"', "1", "[]", ""])
def test_what_is_neither_true_nor_false(value: str) -> None:
    assert "demonstration: " in only_fault(
        HEAD + f"demonstration: {value}\nquestions: [{{id: q, kind: text, text: T}}]\n"
    )


def test_duplicate_keys_name_both_lines() -> None:
    message = only_fault(HEAD + "questions: [{id: q, kind: text, text: T}]\ntitle: Another\n")
    assert message == "line 9: “title” is here twice; the first is on line 3. Keep one of them."


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system", "!mine", "!!binary", "!!str", "!"])
def test_tags_are_refused_and_run_nothing(tag: str) -> None:
    assert "Tags such as" in only_fault(HEAD + f"audience: {tag} echo\nquestions: [{{id: q, kind: text, text: T}}]\n")


def test_an_unknown_key_is_told_which_was_meant() -> None:
    faults = faults_of(HEAD + THEME + "quesions: []\nabuot: x\n")
    assert any(fault == "line 9: there is no key “quesions”. Did you mean “questions”?" for fault in faults)
    assert any("“abuot”. Did you mean “about”?" in fault for fault in faults)
    assert "<<" in faults_of(HEAD + "questions: [{id: q, kind: text, text: T, <<: {a: b}}]\n")[0]


@pytest.mark.parametrize("key", ["[a, b]: c", "{a: b}: c", "? [a]\n: b", "? *x\n: b"])
def test_a_key_that_is_no_word(key: str) -> None:
    faults = faults_of(f"audience: &x X\n{key}\n" + HEAD + "questions: [{id: q, kind: text, text: T}]\n")
    assert any("A key must be a single word" in fault for fault in faults)


def test_missing_languages_are_named_with_their_place() -> None:
    head = HEAD.replace("title: A small survey", "title: {en: A small survey}")
    text = head.replace("language: en", "language: en\nlanguages: [cy, ar]")
    faults = faults_of(text + "questions:\n  - {id: q, kind: text, text: {cy: Cymraeg, fr: Bonjour}}\n")
    assert [fault[:60] for fault in faults if "missing" in fault] == [
        "line 3: title: the text in cy is missing, and cy is one of t"[:60],
        "line 3: title: the text in ar is missing, and ar is one of t"[:60],
        "line 10: question 1 (q), text: the text in en is missing, an"[:60],
        "line 10: question 1 (q), text: the text in ar is missing, an"[:60],
    ]
    assert any("there is no key “fr”" in fault for fault in faults)


@pytest.mark.parametrize("code", ["EN", "english", "en_GB", "e", "en-gb", "../x"])
def test_what_is_no_language(code: str) -> None:
    text = HEAD.replace("language: en", f"language: {code}") + "questions: [{id: q, kind: text, text: T}]\n"
    assert "is not a language code" in only_fault(text)


@pytest.mark.parametrize("name", ["my theme", "thème", "-a", "a.b", "a/b", "x" * 61, "not_sure", "''"])
def test_names_that_cannot_be(name: str) -> None:
    only_fault(HEAD + f"questions: [{{id: {name}, kind: text, text: T}}]\n")


@pytest.mark.parametrize("slug", ["Cancer", "a b", "a--b", "-a", "a_b", "../etc", "é"])
def test_slugs_that_cannot_be(slug: str) -> None:
    text = HEAD.replace("slug: small", f"slug: {slug}") + "questions: [{id: q, kind: text, text: T}]\n"
    assert only_fault(text).startswith("line 2: slug: ")


@pytest.mark.parametrize("link", ["javascript:alert(1)", "http://x.org/a.png", "../../etc/passwd", "//x.org", "a b"])
def test_pictures_come_from_https_or_from_a_file(link: str) -> None:
    theme = f"themes: [{{id: t, title: T, plain_title: P, explanation: E, picture: {link}, alt: A}}]\n"
    assert "picture" in faults_of(HEAD + theme + "questions: [{id: q, kind: text, text: T}]\n")[0]


def test_every_fault_of_a_file_is_told_in_one_run() -> None:
    content = """\
format: 2
slug: My Survey
title: [a, list]
language: en
languages: [cy]
organisation: {en: A trust}
about: {purpose: To learn., helpline: 999}
themes:
  - {id: one, title: T, plain_title: P}
  - {id: one, title: T, plain_title: P, explanation: E, picture: p.png}
  - just a text
ask_about_each_theme:
  - {id: importance, kind: rating, text: T, scale: importence}
scales:
  importance:
    points:
      - {id: a, label: A, value: 1}
      - {id: b, label: B, value: 1}
questions:
  - {id: q, kind: grid, text: T}
  - {id: c, kind: choice, text: T, options: {a: A, b: B}, show_if: {field: imporance, operator: equals, value: x}}
  - {id: d, kind: choices, text: T, options: {a: A, b: B}, max: 3, show_if: {field: c, operator: equals, value: z}}
  - {id: send, kind: text, text: T, show_if: {field: q, operator: answered}}
equality: [aeg]
colour: blue
"""
    faults = faults_of(content)
    for line, part in [
        (1, "format: “2” is out of range"),
        (1, "“privacy” is missing"),
        (2, "slug: “My Survey”"),
        (3, "title: this is a list"),
        (6, "organisation: the text in cy is missing"),
        (7, "there is no key “helpline”. Did you mean “help_line”?"),
        (9, "theme 1 (one): “explanation” is missing"),
        (10, "theme “one”: this name is used twice"),
        (10, "the picture has no “alt”"),
        (11, "theme 3: this must be a theme"),
        (13, "there is no scale “importence”. Did you mean “importance”?"),
        (16, "the values must rise or fall"),
        (16, "no point counts towards percent positive"),
        (20, "“grid” is no kind of question"),
        (22, "“max” is 3, more than its 2 options"),
        (24, "the question bank has no topic “aeg”. Did you mean “age”?"),
        (25, "there is no key “colour”"),
    ]:
        assert any(fault.startswith(f"line {line}: ") and part in fault for fault in faults), (line, part, faults)
    # The question that could not be read is not reported again where a condition names it.
    assert not any("show_if names “q”" in fault for fault in faults)


@pytest.mark.parametrize("wrong", ["field: LONG, operator: answered", "field: c, operator: equals, value: LONG"])
def test_a_huge_name_in_a_condition_is_not_repeated(wrong: str) -> None:
    content = f"""format: 1
slug: a
questions:
  - {{id: c, kind: choice, text: T, options: {{a: A, b: B}}}}
  - {{id: d, kind: text, text: T, show_if: {{{wrong.replace("LONG", "x" * 60_000)}}}}}
"""
    (fault,) = [fault for fault in faults_of(content) if fault.startswith("line 5: ")]
    assert "longer than any name can be" in fault
    assert len(fault) < 300


def test_conditions_are_told_once_names_are_right() -> None:
    content = (
        HEAD
        + """\
questions:
  - {id: c, kind: choice, text: T, options: {a: A, b: B}, show_if: {field: imporance, operator: equals, value: x}}
  - {id: d, kind: choices, text: T, options: {a: A, b: B}, show_if: {field: c, operator: equals, value: z}}
  - {id: e, kind: text, text: T, show_if: {field: d, operator: at_least, value: 1}}
  - {id: f, kind: text, text: T, show_if: {field: g, operator: answered}}
  - {id: g, kind: text, text: T, show_if: {field: c, operater: equals, value: a}}
"""
    )
    faults = faults_of(content)
    for part in (
        "line 9: question “c”: show_if names “imporance”",
        "show_if waits for “z”, which “c” does not offer. It has: a, b.",
        "“at_least” does not fit “d”, a question of the kind choices. Use contains, answered.",
        "show_if looks at “g”, which is asked later",
        "there is no key “operater”. Did you mean “operator”?",
    ):
        assert any(part.split(": ", 1)[-1] in fault for fault in faults), (part, faults)
