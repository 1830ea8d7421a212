"""The rules for conditions: what they look at exists, comes earlier, and can give the answer they wait for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from surveys.questionnaire import (
    AllOf,
    AnyOf,
    ChoiceQuestion,
    ChoicesQuestion,
    Comparison,
    Condition,
    LongTextQuestion,
    Not,
    NumberQuestion,
    Questionnaire,
    RankingQuestion,
    RatingQuestion,
    TextQuestion,
    Theme,
)
from surveys.routing import JourneyPage, item_key, journey

Path = tuple[str | int, ...]
Found = Iterator[tuple[Path, str]]

OPERATORS_OF: dict[str, tuple[str, ...]] = {
    "rating": ("equals", "not_equals", "one_of", "at_least", "at_most", "answered"),
    "choice": ("equals", "not_equals", "one_of", "answered"),
    "choices": ("contains", "answered"),
    "ranking": ("contains", "answered"),
    "number": ("at_least", "at_most", "answered"),
    "text": ("answered",),
    "long_text": ("answered",),
}


def check_conditions(questionnaire: Questionnaire, unreadable: frozenset[str]) -> list[tuple[Path, str]]:
    """Everything that is wrong with the conditions; ``unreadable`` as in ``questionnaire_rules.check_rules``."""
    checking = _Checking(questionnaire, unreadable)
    found: list[tuple[Path, str]] = []
    passed: set[str] = set()
    for page in journey(questionnaire):
        path = _path_of(questionnaire, page)
        if page.page is not None and page.page.show_if is not None:
            alone = [asked.id for asked in page.questions] == [page.id]
            where = f"{'question' if alone else 'page'} “{page.id}”"
            found += checking.check(page.page.show_if, where, (*path, "show_if"), None, passed)
        here = set(passed)
        for position, asked in enumerate(page.questions):
            inside = (*path, position) if page.theme else (*path, "questions", position)
            if asked.show_if is not None:
                where = f"question “{asked.id}”"
                found += checking.check(asked.show_if, where, (*inside, "show_if"), page.theme, here)
            here.add(f"{page.theme.id}.{asked.id}" if page.theme else asked.id)
        passed |= set(page.item_keys)
    # A question about each theme is met once for every theme, and its faults are the same each time.
    return list(dict.fromkeys(found))


def _path_of(questionnaire: Questionnaire, page: JourneyPage) -> Path:
    if page.page is None:
        return ("ask_about_each_theme",)
    return ("questions", next(i for i, each in enumerate(questionnaire.pages) if each is page.page))


@dataclass(frozen=True, slots=True)
class _Checking:
    questionnaire: Questionnaire
    unreadable: frozenset[str]

    def check(self, condition: Condition, where: str, path: Path, theme: Theme | None, passed: set[str]) -> Found:
        match condition:
            case AllOf(parts) | AnyOf(parts):
                for part in parts:
                    yield from self.check(part, where, path, theme, passed)
            case Not(part):
                yield from self.check(part, where, path, theme, passed)
            case Comparison():
                yield from self._comparison(condition, where, path, theme, passed)

    def _comparison(self, wanted: Comparison, where: str, path: Path, theme: Theme | None, passed: set[str]) -> Found:
        key = item_key(self.questionnaire, theme, wanted.field)
        if not self.unreadable.isdisjoint({key, *key.split(".")}):
            return
        if key not in self._keys():
            yield (
                path,
                f"{where}: show_if names “{wanted.field}”, which no question is called. {self._nearest(wanted.field)}",
            )
        elif key not in passed:
            message = (
                f"{where}: show_if looks at “{wanted.field}”, which is asked later. Ask it earlier, or change show_if."
            )
            yield path, message
        else:
            yield from self._fitting(wanted, key, where, path)

    def _fitting(self, wanted: Comparison, key: str, where: str, path: Path) -> Found:
        asked = self.questionnaire.item(key).question
        allowed = OPERATORS_OF[asked.kind]
        if wanted.operator not in allowed:
            message = (
                f"{where}: “{wanted.operator}” does not fit “{wanted.field}”, a question of the kind {asked.kind}."
            )
            yield path, f"{message} Use {', '.join(allowed)}."
            return
        if wanted.operator in ("answered", "at_least", "at_most"):
            return
        if isinstance(asked, TextQuestion | LongTextQuestion | NumberQuestion):
            return
        offered = self._offered(asked)
        for value in wanted.value if isinstance(wanted.value, tuple) else (wanted.value,):
            if offered is not None and value not in offered and value not in self.unreadable:
                near = get_close_matches(str(value), offered, 1)
                hint = f"Did you mean “{near[0]}”?" if near else f"It has: {', '.join(offered[:20])}."
                yield path, f"{where}: show_if waits for “{value}”, which “{wanted.field}” does not offer. {hint}"

    def _offered(self, asked: RatingQuestion | ChoiceQuestion | ChoicesQuestion | RankingQuestion) -> list[str] | None:
        """Ids that the question can give; None where its scale was not readable, which has been said."""
        if isinstance(asked, RatingQuestion) and asked.scale not in {scale.id for scale in self.questionnaire.scales}:
            return None
        options = [option.id for option in self.questionnaire.options(asked)]
        return options + [beside.id for beside in self.questionnaire.not_scored(asked)]

    def _keys(self) -> set[str]:
        return {item.key for item in self.questionnaire.items}

    def _nearest(self, field: str) -> str:
        keys = sorted(self._keys())
        near = get_close_matches(field, keys, 1)
        return f"Did you mean “{near[0]}”?" if near else "Write the id of an earlier question, or THEME.QUESTION."
