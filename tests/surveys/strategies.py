"""Hypothesis strategies: answers as forms post them, and whole questionnaires."""

from __future__ import annotations

import unicodedata

from hypothesis import strategies as st

from surveys.answers import AnswerFault, Answers, parse_answer
from surveys.questionnaire import (
    About,
    ChoiceQuestion,
    ChoicesQuestion,
    Comparison,
    Condition,
    Item,
    LongTextQuestion,
    Not,
    NotScored,
    NumberQuestion,
    Option,
    Page,
    Questionnaire,
    RankingQuestion,
    RatingQuestion,
    Scale,
    ScalePoint,
    Statement,
    Text,
    TextQuestion,
    Theme,
)

readable = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12).map(
    lambda text: unicodedata.normalize("NFC", text)
)
names = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,8}", fullmatch=True).filter(
    lambda name: name not in ("prefer_not_to_say", "not_applicable", "not_sure")
)


def posted(questionnaire: Questionnaire, item: Item) -> st.SearchStrategy[list[str]]:
    """What a form could post for this item, sensible or not."""
    question = item.question
    if isinstance(question, TextQuestion | LongTextQuestion):
        return st.lists(st.text(max_size=30), max_size=1)
    if isinstance(question, NumberQuestion):
        number = st.one_of(st.integers(-10, 400).map(str), st.floats(-5, 5, width=32).map(str), st.just(""))
        return st.lists(number, max_size=1)
    options = [option.id for option in questionnaire.options(question)]
    offered = options + [beside.id for beside in questionnaire.not_scored(question)] + ["", "no such option"]
    return st.lists(st.sampled_from(offered), max_size=4)


@st.composite
def answers_to(draw: st.DrawFn, questionnaire: Questionnaire) -> Answers:
    """Answers in normal form to any of the items, whether or not the path reaches them."""
    answers: Answers = {}
    for item in questionnaire.items:
        raw = draw(st.none() | posted(questionnaire, item))
        if raw is not None:
            try:
                answers[item.key] = parse_answer(questionnaire, item, raw)
            except AnswerFault:
                answers[item.key] = None
    return answers


def texts(languages: tuple[str, ...]) -> st.SearchStrategy[Text]:
    """A text in the default language, or in all of them."""
    one = readable.map(lambda words: Text(((languages[0], words),)))
    every = st.tuples(*(readable for _ in languages)).map(lambda all_: Text(tuple(zip(languages, all_, strict=True))))
    return one | every


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """A valid questionnaire: themes, every kind of question, and conditions on earlier questions."""
    languages = draw(st.sampled_from([("en",), ("en", "cy"), ("ar", "en", "pt-BR")]))
    words = texts(languages)
    scale = Scale(
        "agree",
        tuple(
            ScalePoint(name, Text(((languages[0], f"{name} {place}"),)), float(place), positive=place == 0)
            for place, name in enumerate(draw(st.lists(names, min_size=2, max_size=5, unique=True)))
        ),
        draw(st.sampled_from([(), (NotScored("not_sure", Text(((languages[0], "?"),))),)])),
    )
    # Longer than any name drawn, so that a theme never has the name or the title of an option beside it.
    themes = tuple(
        Theme(
            id=f"the-theme-{place}",
            title=draw(words),
            plain_title=Text(((languages[0], f"The plain title {place}"),)),
            explanation=draw(words),
        )
        for place in range(draw(st.integers(1, 3)))
    )
    pages: list[Page] = []
    earlier: list[ChoiceQuestion] = []
    for name in draw(st.lists(names.map(lambda name: f"q-{name}"), min_size=1, max_size=8, unique_by=str.casefold)):
        condition: Condition | None = None
        if earlier and draw(st.booleans()):
            asked = draw(st.sampled_from(earlier))
            condition = Comparison(asked.id, "equals", draw(st.sampled_from(asked.options)).id)
            condition = draw(
                st.sampled_from([condition, Not(condition), Comparison(asked.id, "answered", value=False)])
            )
        question = draw(_question(name, words, languages[0], scale))
        if isinstance(question, ChoiceQuestion):
            earlier.append(question)
        pages.append(Page(id=name, title=draw(st.none() | words), show_if=condition, questions=(question,)))
    return Questionnaire(
        slug="made-up",
        title=draw(words),
        language=languages[0],
        languages=languages,
        organisation=draw(words),
        about=About(purpose=draw(words), help_line=draw(st.none() | words)),
        privacy=draw(words),
        partners=tuple(draw(st.lists(words, max_size=2))),
        themes=themes,
        ask_about_each_theme=(
            RatingQuestion(id="importance", text=draw(words), scale="agree", composite=True),
            LongTextQuestion(
                id="why", text=draw(words), show_if=Comparison("importance", "equals", scale.points[0].id)
            ),
        ),
        pages=tuple(pages),
        scales=(scale,),
        journey=draw(st.sampled_from(["short_first", "themes_first"])),
        demonstration=draw(st.booleans()),
    )


@st.composite
def _question(draw: st.DrawFn, name: str, words: st.SearchStrategy[Text], language: str, scale: Scale):
    options = tuple(
        Option(each, Text(((language, f"{each} {place}"),)), draw(st.none() | words))
        for place, each in enumerate(draw(st.lists(names, min_size=2, max_size=5, unique=True)))
    )
    text, hint = draw(words), draw(st.none() | words)
    return draw(
        st.sampled_from(
            [
                RatingQuestion(id=name, text=text, hint=hint, scale=scale.id, base="all"),
                ChoiceQuestion(id=name, text=text, options=options),
                ChoicesQuestion(id=name, text=text, options=options, max=2),
                ChoicesQuestion(id=name, text=text, options=options[:1], options_are_themes=True),
                RankingQuestion(id=name, text=text, options=options, top=2),
                NumberQuestion(id=name, text=text, minimum=-1.5, maximum=200, whole=False, unit=hint),
                TextQuestion(id=name, text=text, max_length=40),
                LongTextQuestion(id=name, text=text),
                Statement(id=name, text=text),
            ]
        )
    )
