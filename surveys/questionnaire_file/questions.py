"""The keys of every kind of question, and of the pages that hold them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, get_args

from surveys.questionnaire import (
    NON_ANSWERS,
    BaseRule,
    ChoiceQuestion,
    ChoicesQuestion,
    LongTextQuestion,
    NotScored,
    NumberQuestion,
    Option,
    Page,
    Purpose,
    RankingQuestion,
    RatingQuestion,
    Statement,
    TextQuestion,
)
from surveys.questionnaire import Place as PlaceInJourney
from surveys.questionnaire_file.conditions import Conditions
from surveys.questionnaire_file.forms import FAULTY, Amount, Flag, Identifier, OneOf, Schema, Words
from surveys.questionnaire_file.nodes import MapNode, Node, ScalarNode
from surveys.questionnaire_file.place import Place
from surveys.questionnaire_file.records import ByName, Key, Kinds, Many, Record

MOST_OPTIONS = 200
WORDS, FLAG, NAME = Words(), Flag(), Identifier()
_NUMBER = Amount(-1e12, 1e12, whole=False)

OPTIONS = ByName(
    Record(
        Option,
        (
            Key("id", NAME, "the name under which the answer is stored.", required=True),
            Key("label", WORDS, "what people read.", required=True),
            Key("hint", WORDS, "a line of help below the label."),
            Key("exclusive", FLAG, "true where choosing it rules out every other option, such as “None of these”."),
        ),
        "an option",
    ),
    "option",
    NAME,
    short="label",
    most=MOST_OPTIONS,
)

NOT_SCORED = ByName(
    Record(
        NotScored,
        (
            Key("id", OneOf(NON_ANSWERS), "which non-answer it is.", required=True),
            Key("label", WORDS, "what people read.", required=True),
        ),
        "an answer beside the scale",
    ),
    "answer beside the options",
    OneOf(NON_ANSWERS),
    short="label",
    most=len(NON_ANSWERS),
)

THEMES = "themes"


@dataclass(frozen=True, slots=True)
class OptionsOrThemes:
    """The options, or the word "themes" for all themes by their plain titles."""

    def read(self, node: Node, place: Place) -> Any:
        if isinstance(node, ScalarNode) and node.text == THEMES:
            return THEMES
        return OPTIONS.read(node, place)

    def write(self, value: Any) -> Any:
        return THEMES if value == THEMES else OPTIONS.write(value)

    def schema(self) -> Schema:
        return {"anyOf": [{"const": THEMES}, *OPTIONS.schema()["anyOf"]]}


def _fold_themes(values: dict[str, Any], node: MapNode, place: Place) -> bool:
    """Turn "options: themes" and "more_options" into what the definition holds."""
    more = values.pop("more_options", ())
    if values.get("options") == THEMES:
        values["options_are_themes"] = True
        values["options"] = more
    elif more:
        line = more_node.line if (more_node := node.get("more_options")) else node.line
        place.fault(line, "“more_options” stands only beside “options: themes”. Put them among the options.")
    return True


def _unfold_themes(question: Any) -> dict[str, Any]:
    held = {name: getattr(question, name) for name in type(question).__dataclass_fields__}
    if question.options_are_themes:
        return held | {"options": THEMES, "more_options": question.options}
    return held | {"more_options": ()}


def _record(makes: Any, kind: str, *keys: Key) -> Record:
    themes = any(isinstance(key.form, OptionsOrThemes) for key in keys)
    own = (
        Key(
            "id", NAME, "the name under which answers are stored; it never changes once people answered.", required=True
        ),
        Key("kind", OneOf((kind,)), "the kind of question.", required=True),
        Key("text", WORDS, "what is asked, or what a statement says.", required=True),
        Key("hint", WORDS, "a line of help below the question."),
        Key("show_if", Conditions(), "the question is shown only where this condition holds."),
    )
    noun = f"a {kind} question"
    if themes:
        return Record(makes, (*own, *keys), noun, _fold_themes, _unfold_themes)
    return Record(makes, (*own, *keys), noun)


_PURPOSE = Key(
    "purpose",
    OneOf(get_args(Purpose)),
    "what the software does with it: priority (the themes that matter most), clarity (themes that were hard to "
    "understand) or quote_permission (options yes and no: may we quote your words).",
)
_NOT_SCORED = Key(
    "not_scored", NOT_SCORED, "answers beside the options (not sure and so on): counted, never scored.", vital=True
)
_MORE = Key("more_options", OPTIONS, "options after the themes, such as “None of these”.", vital=True)

KINDS = Kinds(
    {
        "rating": _record(
            RatingQuestion,
            "rating",
            Key("scale", NAME, "the id of one of the scales.", required=True),
            Key("reverse", FLAG, "true where a high value means a poor result."),
            Key(
                "base",
                OneOf(get_args(BaseRule)),
                "whom percent positive counts: scored (only scale points, the default) or all (every answer, as the "
                "Friends and Family Test does).",
            ),
            Key("composite", FLAG, "true where it belongs to its theme's score."),
        ),
        "choice": _record(
            ChoiceQuestion,
            "choice",
            Key("options", OPTIONS, "what can be chosen: a list, or a map id: label.", required=True),
            _NOT_SCORED,
            _PURPOSE,
        ),
        "choices": _record(
            ChoicesQuestion,
            "choices",
            Key("options", OptionsOrThemes(), "what can be chosen: a list, a map id: label, or themes.", required=True),
            _MORE,
            Key("max", Amount(1, MOST_OPTIONS), "how many can be chosen at most."),
            _NOT_SCORED,
            _PURPOSE,
        ),
        "ranking": _record(
            RankingQuestion,
            "ranking",
            Key("options", OptionsOrThemes(), "what can be put in order: a list, a map, or themes.", required=True),
            _MORE,
            Key("top", Amount(1, MOST_OPTIONS), "how many are put in order (3 where it is not said)."),
        ),
        "number": _record(
            NumberQuestion,
            "number",
            Key("minimum", _NUMBER, "the smallest number taken."),
            Key("maximum", _NUMBER, "the largest number taken."),
            Key("whole", FLAG, "false where decimals are taken."),
            Key("unit", WORDS, "what is counted, such as weeks."),
        ),
        "text": _record(
            TextQuestion, "text", Key("max_length", Amount(1, 1000), "characters at most (200 where it is not said).")
        ),
        "long_text": _record(
            LongTextQuestion,
            "long_text",
            Key("max_length", Amount(1, 10_000), "characters at most (2,000 where it is not said)."),
        ),
        "statement": _record(Statement, "statement"),
    }
)

_PLACE = Key(
    "place", OneOf(get_args(PlaceInJourney)), "before_themes or after_themes (the default): where the page comes."
)

PAGE = Record(
    Page,
    (
        Key("page", NAME, "the page's name; it is part of its address.", required=True, attribute="id"),
        Key("title", WORDS, "the page's heading; a page with one question needs none."),
        _PLACE,
        Key("show_if", Conditions(), "the page is shown only where this condition holds."),
        Key("questions", Many(KINDS, "question", 1, 50), "what is asked on this page.", required=True),
    ),
    "a page",
)


@dataclass(frozen=True, slots=True)
class PageOrQuestion:
    """A page with its questions, or one question that stands on a page of its own."""

    def read(self, node: Node, place: Place) -> Any:
        if not isinstance(node, MapNode) or node.get("page") is not None or node.get("questions") is not None:
            return PAGE.read(node, place)
        where = node.get(_PLACE.name)
        asked = MapNode(node.line, [entry for entry in node.entries if entry[0] != _PLACE.name])
        question = KINDS.read(asked, place.under("questions", 0, line=node.line))
        held = {}
        if where is not None:
            placed = _PLACE.form.read(where, place.key(_PLACE.name, where.line))
            held = {} if placed is FAULTY else {"place": placed}
        if question is FAULTY:
            return FAULTY
        alone = replace(question, show_if=None)
        return Page(id=question.id, questions=(alone,), show_if=question.show_if, **held)

    def write(self, value: Any) -> Any:
        return PAGE.write(value)

    def schema(self) -> Schema:
        return {"anyOf": [PAGE.schema(), {"$ref": "#/$defs/question_alone"}]}


def question_alone_schema() -> Schema:
    """Any kind of question as it stands alone on a page, which may say where the page comes."""
    where = {_PLACE.name: {**_PLACE.form.schema(), "description": _PLACE.says}}
    kinds = [record.schema() for record in KINDS.records.values()]
    return {"oneOf": [{**kind, "properties": kind["properties"] | where} for kind in kinds]}
