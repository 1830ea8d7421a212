"""What one part of a questionnaire must be to another: names, references, limits and conditions.

The structure itself (which keys there are, what they hold) is the codec's; here every part is already well formed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches

from surveys.questionnaire import (
    NON_ANSWERS,
    ChoiceQuestion,
    ChoicesQuestion,
    NumberQuestion,
    Option,
    Question,
    Questionnaire,
    RankingQuestion,
    RatingQuestion,
    Scale,
    Text,
    Theme,
)
from surveys.questionnaire_conditions import check_conditions

Path = tuple[str | int, ...]
Found = Iterator[tuple[Path, str]]

_THEMES_TO_COME = 20
_NO_WORDS = Text((("en", ""),))
MOST_OPTIONS = 200
MOST_ITEMS = 1_000
MOST_BYTES = 10_000
"""Bytes of one response's vector; a large survey of 25 questions needs about 60."""


def check_rules(questionnaire: Questionnaire, *, unreadable: frozenset[str] = frozenset()) -> list[tuple[Path, str]]:
    """Everything that is wrong, each with the path of the part in the file and a message that says what to do.

    ``unreadable`` are ids of parts that the codec could not read and has reported; nothing is said about references
    to them.
    """
    found: list[tuple[Path, str]] = []
    for check in (_names, _scales, _questions, _purposes, _themes, _whole):
        found += check(questionnaire, unreadable)
    return found + check_conditions(questionnaire, unreadable)


def check_unfinished(
    questionnaire: Questionnaire, *, unreadable: frozenset[str] = frozenset()
) -> list[tuple[Path, str]]:
    """As ``check_rules``, without what is only not done yet: too few themes, and nothing that is asked."""
    stand_ins = tuple(
        Theme(id=f"_{number}", title=_NO_WORDS, plain_title=_NO_WORDS, explanation=_NO_WORDS)
        for number in range(_THEMES_TO_COME)
    )
    filled = replace(questionnaire, themes=(*questionnaire.themes, *stand_ins))
    found = check_rules(filled, unreadable=unreadable)
    return found if questionnaire.items else [one for one in found if one[0]]


def each_question(questionnaire: Questionnaire) -> Iterator[tuple[Path, Question]]:
    """Every question once, with its path in the file."""
    for position, asked in enumerate(questionnaire.ask_about_each_theme):
        yield ("ask_about_each_theme", position), asked
    for place, page in enumerate(questionnaire.pages):
        for position, asked in enumerate(page.questions):
            yield ("questions", place, "questions", position), asked


def _names(questionnaire: Questionnaire, unreadable: frozenset[str]) -> Found:
    yield from _repeated("theme", ((("themes", i), theme.id) for i, theme in enumerate(questionnaire.themes)))
    of_themes = enumerate(questionnaire.ask_about_each_theme)
    yield from _repeated("question about each theme", ((("ask_about_each_theme", i), q.id) for i, q in of_themes))
    of_pages = ((path, q.id) for path, q in each_question(questionnaire) if path[0] == "questions")
    yield from _repeated("question", of_pages)
    yield from _repeated("page", ((("questions", i), page.id) for i, page in enumerate(questionnaire.pages)))
    yield from _repeated("scale", ((("scales", scale.id), scale.id) for scale in questionnaire.scales))
    yield from _repeated("equality topic", ((("equality", i), topic) for i, topic in enumerate(questionnaire.equality)))
    offers = enumerate(questionnaire.sign_up)
    yield from _repeated("sign-up offer", ((("sign_up", i), offer.kind) for i, offer in offers))


def _repeated(noun: str, named: Iterable[tuple[Path, str]]) -> Found:
    known: set[str] = set()
    for path, name in named:
        if name in known:
            yield path, f"{noun} “{name}”: this name is used twice. Give one of the two another name."
        known.add(name)


def _scales(questionnaire: Questionnaire, unreadable: frozenset[str]) -> Found:
    for scale in questionnaire.scales:
        path: Path = ("scales", scale.id)
        yield from _repeated(
            f"scale “{scale.id}”, point", (((*path, "points", i), point.id) for i, point in enumerate(scale.points))
        )
        yield from _same_labels(f"scale “{scale.id}”", path, [Option(p.id, p.label) for p in scale.points])
        if not _one_direction(scale):
            message = f"scale “{scale.id}”: the values must rise or fall from each point to the next, never repeat."
            yield (*path, "points"), f"{message} Correct the values or the order of the points."
        if not any(point.positive for point in scale.points):
            message = (
                f"scale “{scale.id}”: no point counts towards percent positive. Add “positive: true” to those that do."
            )
            yield (*path, "points"), message


def _one_direction(scale: Scale) -> bool:
    steps = [after.value - before.value for before, after in zip(scale.points, scale.points[1:], strict=False)]
    return all(step > 0 for step in steps) or all(step < 0 for step in steps)


def _questions(questionnaire: Questionnaire, unreadable: frozenset[str]) -> Found:
    scales = {scale.id for scale in questionnaire.scales}
    for path, asked in each_question(questionnaire):
        where = f"question “{asked.id}”"
        match asked:
            case RatingQuestion():
                if asked.scale not in scales | unreadable:
                    hint = closest(asked.scale, scales)
                    yield (*path, "scale"), f"{where}: there is no scale “{asked.scale}”. {hint}"
                if asked.composite and path[0] == "questions":
                    message = f"{where}: only a question about each theme can belong to a theme's score."
                    yield (*path, "composite"), f"{message} Take “composite” out."
            case ChoiceQuestion() | ChoicesQuestion() | RankingQuestion():
                yield from _options(questionnaire, path, where, asked, unreadable)
            case NumberQuestion(minimum=low, maximum=high) if low is not None and high is not None and low > high:
                yield (*path, "minimum"), f"{where}: the minimum is above the maximum. Correct one of them."


def _options(
    questionnaire: Questionnaire,
    path: Path,
    where: str,
    asked: ChoiceQuestion | ChoicesQuestion | RankingQuestion,
    unreadable: frozenset[str],
) -> Found:
    themes = not isinstance(asked, ChoiceQuestion) and asked.options_are_themes
    if themes and not questionnaire.themes:
        if not unreadable:
            yield (*path, "options"), f"{where}: its options are the themes, and there are none. Add themes or options."
        return
    options = questionnaire.options(asked)
    yield from _repeated(f"{where}, option", (((*path, "options"), option.id) for option in options))
    yield from _same_labels(where, (*path, "options"), options)
    if not isinstance(asked, RankingQuestion):
        yield from _repeated(f"{where}, answer", (((*path, "not_scored"), beside.id) for beside in asked.not_scored))
    fewest = 1 if isinstance(asked, ChoicesQuestion) else 2
    if not fewest <= len(options) <= MOST_OPTIONS:
        message = f"{where}: it has {len(options)} options; it needs at least {fewest} and at most {MOST_OPTIONS}."
        yield (*path, "options"), f"{message} Correct the list."
    most = asked.max if isinstance(asked, ChoicesQuestion) else getattr(asked, "top", None)
    if most is not None and most > len(options):
        key = "max" if isinstance(asked, ChoicesQuestion) else "top"
        message = f"{where}: “{key}” is {most}, more than its {len(options)} options. Make it smaller"
        yield (*path, key), f"{message}{', or leave “max” out' if key == 'max' else ''}."


def _same_labels(where: str, path: Path, options: Iterable[Option]) -> Found:
    read: dict[tuple[str, str], str] = {}
    for option in options:
        for language, words in option.label.by_language:
            other = read.setdefault((language, words.casefold()), option.id)
            if words and other != option.id:
                message = (
                    f"{where}: “{option.id}” and “{other}” read the same in {language}. Nobody can tell them apart;"
                )
                yield path, f"{message} change one of them."


def _purposes(questionnaire: Questionnaire, unreadable: frozenset[str]) -> Found:
    serving = Counter[str]()
    for path, asked in each_question(questionnaire):
        if not isinstance(asked, ChoiceQuestion | ChoicesQuestion) or asked.purpose is None:
            continue
        where, here = f"question “{asked.id}”, purpose {asked.purpose}", (*path, "purpose")
        serving[asked.purpose] += 1
        if serving[asked.purpose] > 1:
            yield here, f"{where}: another question has this purpose already. Keep it on one of them."
        if path[0] == "ask_about_each_theme":
            yield here, f"{where}: this is asked once, not about each theme. Move the question to “questions”."
        if asked.purpose == "quote_permission":
            ids = {option.id for option in asked.options}
            if not isinstance(asked, ChoiceQuestion) or ids != {"yes", "no"}:
                yield here, f"{where}: this must be a choice with the options yes and no, and no other."
        elif not isinstance(asked, ChoicesQuestion) or not asked.options_are_themes:
            yield here, f"{where}: this must be of the kind choices with “options: themes”."


def _themes(questionnaire: Questionnaire, unreadable: frozenset[str]) -> Found:
    for position, theme in enumerate(questionnaire.themes):
        if theme.picture and not theme.alt:
            message = f"theme “{theme.id}”: the picture has no “alt”. Add it: what the picture shows, in a few words."
            yield ("themes", position, "picture"), message
    asked = questionnaire.ask_about_each_theme
    composite = sum(isinstance(question, RatingQuestion) and question.composite for question in asked)
    if questionnaire.min_items > max(composite, 1) and not unreadable:
        message = f"min_items is {questionnaire.min_items}, but {composite} questions have “composite: true”."
        yield ("min_items",), f"{message} Nobody could be scored; make it smaller."
    if asked and not questionnaire.themes and not unreadable:
        message = "ask_about_each_theme: there are no themes to ask about. Add “themes”, or move the questions."
        yield ("ask_about_each_theme",), message


def _whole(questionnaire: Questionnaire, unreadable: frozenset[str]) -> Found:
    # Imported late because the bank is data on disk, which the definitions themselves do not need.
    from surveys.question_bank import topics

    for position, topic in enumerate(questionnaire.equality):
        if topic not in topics():
            message = f"equality: the question bank has no topic “{topic}”. {closest(topic, topics())}"
            yield ("equality", position), message
    items = len(questionnaire.items)
    if not items and not unreadable:
        yield (), "Nothing is asked: there is no question to answer. Add “questions” or “ask_about_each_theme”."
    if items > MOST_ITEMS:
        message = f"There are {items:,} questions, counted once for each theme; at most {MOST_ITEMS:,} can be stored."
        yield (), f"{message} Nobody would answer them; divide the survey."
    if _codes(questionnaire) > MOST_BYTES:
        yield (), "All options of all questions together are too many to store. Divide the survey."


def _codes(questionnaire: Questionnaire) -> int:
    """Bytes of a vector, without the scales, which may not all exist here."""
    several = (item.question for item in questionnaire.items)
    return sum(
        len(questionnaire.options(asked)) if isinstance(asked, ChoicesQuestion | RankingQuestion) else 9
        for asked in several
    )


def closest(name: str, known: Iterable[str]) -> str:
    """A sentence that says which name was probably meant, or which there are."""
    names = sorted({*known} - {*NON_ANSWERS})
    near = get_close_matches(name, names, 1)
    if near:
        return f"Did you mean “{near[0]}”?"
    return f"There are: {', '.join(names[:20])}." if names else "There are none yet."
