"""Disclosed results beside the questionnaire that they belong to: what every report asks of them, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from reports import labels
from reports import printed_figures as printed
from reports.short_places import shared_beginning
from reports.splitting.crossing import BETWEEN
from reports.tabulation import (
    Breakdown,
    ChoiceTable,
    CommentTable,
    Estimate,
    Figure,
    Group,
    QuestionTable,
    RatingTable,
    Results,
    Shown,
    ThemeTable,
)
from reports.words import Words
from surveys.questionnaire import Item, Questionnaire, RatingQuestion, ScalePoint, Theme

IMPORTANCE = "importance"
"""The id of a rating question, or of its scale, that asks how important something is."""

Topic = Theme | Item
"""What the tables of a report have a row for: a theme or, in a survey without themes, a rating question."""

CHARTED_GROUPS = 3
"""Charts show the largest audiences, side by side; tables show all."""


def asks_importance(question: RatingQuestion) -> bool:
    """Whether a rating asks how important something is, and not how good, how true or whether people agree."""
    return IMPORTANCE in (question.id, question.scale)


@dataclass(frozen=True)
class SurveyFigures:
    """``results`` of ``questionnaire`` in one language. Every figure has passed disclosure control."""

    results: Results[Figure]
    questionnaire: Questionnaire
    language: str

    def __post_init__(self) -> None:
        printed.number(self.results.everybody.responses)

    @cached_property
    def words(self) -> Words:
        return Words(self.language, self._variants)

    @property
    def _variants(self) -> tuple[str, ...]:
        """Which phrases to prefer: of themes nothing is said where there are none, and of importance nothing unless
        people were asked about it, and of average importance nothing where the scores hold another rating too."""
        if not self.questionnaire.themes:
            return ("themeless", "rated")
        by_importance = self.importance is None or asks_importance(self.importance)
        if by_importance and not self._scores_more_than_importance:
            return ()
        variants = ("scored",) if by_importance else ("rated", "scored")
        return variants if self.asks_choice else ("ordered", *variants)

    @property
    def _scores_more_than_importance(self) -> bool:
        rated = [item.question for item in self.questionnaire.items if item.theme is not None]
        return not all(asks_importance(one) for one in rated if isinstance(one, RatingQuestion) and one.composite)

    @cached_property
    def audiences(self) -> tuple[Group[Figure], ...]:
        """The audiences with figures to show, largest first; everybody where no audience can be told apart."""
        shown = [group for group in self.results.audiences if printed.number(group.responses)]
        if len(self.results.audiences) < 2 or not shown:
            return (self.results.everybody,)
        return tuple(sorted(shown, key=lambda group: -(printed.number(group.responses) or 0)))

    @cached_property
    def hidden_audiences(self) -> tuple[Group[Figure], ...]:
        """Audiences beside the others of which nothing can be shown; one alone is everybody and has no such place."""
        if len(self.results.audiences) < 2:
            return ()
        return tuple(group for group in self.results.audiences if printed.number(group.responses) is None)

    @cached_property
    def groups(self) -> tuple[Group[Figure], ...]:
        """The groups asked for that anybody belongs to, hidden ones included."""
        return tuple(group for group in self.results.groups if printed.number(group.responses) != 0)

    @property
    def shown_together(self) -> bool:
        """Whether several audiences answered and none of them can be shown apart from the others."""
        return len(self.results.audiences) > 1 and self.audiences[0].field is None

    @property
    def charted(self) -> tuple[Group[Figure], ...]:
        """The audiences that charts show side by side."""
        return self.audiences[:CHARTED_GROUPS]

    @cached_property
    def themes(self) -> tuple[Theme, ...]:
        """The themes in the order of the report: by rank among the largest audience, ties as in the questionnaire."""
        lead = self.audiences[0]
        order = {theme.id: place for place, theme in enumerate(self.questionnaire.themes)}

        def rank(theme: Theme) -> tuple[float, float, int]:
            table = self.theme_table(lead, theme.id)
            if table is None:
                return (len(order), 0.0, order[theme.id])
            place = printed.number(table.rank)
            value = printed.number(table.chosen.value) if table.chosen else None
            return (len(order) if place is None else place, -(value or 0.0), order[theme.id])

        return tuple(sorted(self.questionnaire.themes, key=rank))

    @cached_property
    def importance(self) -> RatingQuestion | None:
        """The rating asked of every theme: the one in the composite, else the first; None where none is asked."""
        ratings = [asked for asked in self.questionnaire.ask_about_each_theme if isinstance(asked, RatingQuestion)]
        return next((asked for asked in ratings if asked.composite), ratings[0] if ratings else None)

    @cached_property
    def rated(self) -> tuple[Item, ...]:
        """The rating questions of a survey without themes, as far as some answer to them is positive; else none."""
        if self.questionnaire.themes:
            return ()
        return tuple(item for item in self.questionnaire.items if self.positive_points(item))

    @property
    def topics(self) -> tuple[Topic, ...]:
        """What tables have a row for: the themes or, where there are none, the rating questions."""
        return self.themes or self.rated

    @cached_property
    def asks_choice(self) -> bool:
        """Whether people were asked to choose the themes that matter most."""
        return self.questionnaire.with_purpose("priority") is not None

    @cached_property
    def asks_clarity(self) -> bool:
        """Whether people were asked which themes were hard to understand."""
        return self.questionnaire.with_purpose("clarity") is not None

    def plain(self, theme: Theme) -> str:
        """The theme's name for people."""
        return self.words.said(theme.plain_title)

    def quoted(self, theme: Theme) -> str:
        """The theme's name for people inside a sentence."""
        return printed.quoted(self.words, self.plain(theme))

    def official(self, theme: Theme) -> str:
        """The theme's name for the board."""
        return self.words.said(theme.title)

    def quoted_question(self, item: Item) -> str:
        """A question inside a sentence, without the full stop that would end it."""
        return printed.quoted(self.words, self.words.said(item.question.text).rstrip("."))

    def name(self, group: Group[Figure]) -> str:
        """A group inside a sentence: ``patients``, ``staff``; ``people`` for everybody."""
        return self.shortened(group, labels.group_in_sentence(self.words, self.questionnaire, group))

    def label(self, group: Group[Figure]) -> str:
        """A group at the head of a column or the start of a sentence."""
        return self.shortened(group, self.full_label(group))

    def full_label(self, group: Group[Figure]) -> str:
        """As ``label``, with the whole path of a place: for data, which stand beside those of other surveys."""
        name = labels.group_label(self.words, self.questionnaire, group)
        return name[:1].upper() + name[1:]

    def place(self, label: str) -> str:
        """A place in print, without what the paths of all places begin with; the table of who answered has it whole."""
        return self.words.set_apart(label.removeprefix(self._shared_by_places))

    def shortened(self, group: Group[Figure], name: str) -> str:
        """What a group or one of its values is called, as ``place`` shortens it."""
        of_places = any(field.startswith("place") for field in (group.field or "").split(BETWEEN))
        return name.replace(self._shared_by_places, "") if of_places and self._shared_by_places else name

    @cached_property
    def _shared_by_places(self) -> str:
        return shared_beginning(self.results)

    def field(self, breakdown: Breakdown[Figure]) -> str:
        """What a breakdown tells people apart by."""
        return labels.field_label(self.words, self.questionnaire, breakdown.field, breakdown.label)

    def value(self, breakdown: Breakdown[Figure], value: str) -> str:
        """One value of a breakdown, as a row is headed."""
        stored = breakdown.labels.get(value, value)
        return labels.value_label(self.words, self.questionnaire, breakdown.field, value, stored)

    def results_group(self, audience: str) -> Group[Figure]:
        """The audience with this id; KeyError if nobody of it answered."""
        for group in self.results.audiences:
            if group.value == audience:
                return group
        raise KeyError(audience)

    def main_share(
        self, group: Group[Figure], topic: Topic
    ) -> tuple[Figure | None, Figure | None, Estimate[Figure] | None]:
        """Who chose a theme, or answered its rating or a rating question positively: the people, among whom, the
        interval."""
        if isinstance(topic, Theme) and self.asks_choice:
            figures = self.theme_table(group, topic.id)
            return (figures.chosen_count, figures.chosen_base, figures.chosen) if figures else (None, None, None)
        rating = self.rating(group, topic) if isinstance(topic, Theme) else self.rated_by(group, topic.key)
        return (self.positive(rating), rating.base, rating.percent_positive) if rating else (None, None, None)

    def theme_table(self, group: Group[Figure], theme_id: str) -> ThemeTable[Figure] | None:
        """What a group said about a theme as a whole."""
        return next((table for table in group.themes if table.theme_id == theme_id), None)

    def question(self, group: Group[Figure], key: str) -> QuestionTable[Figure] | None:
        """What a group answered to the item with this key."""
        return next((table for table in group.questions if table.key == key), None)

    def rating(self, group: Group[Figure], theme: Theme) -> RatingTable[Figure] | None:
        """What a group answered to the importance question of a theme."""
        return self.rated_by(group, f"{theme.id}.{self.importance.id}") if self.importance else None

    def rated_by(self, group: Group[Figure], key: str) -> RatingTable[Figure] | None:
        """What a group answered to the rating question with this key."""
        table = self.question(group, key)
        return table if isinstance(table, RatingTable) else None

    def choice(self, group: Group[Figure], key: str) -> ChoiceTable[Figure] | None:
        """What a group answered to a choice, choices or ranking question."""
        table = self.question(group, key)
        return table if isinstance(table, ChoiceTable) else None

    def comments(self, group: Group[Figure]) -> tuple[CommentTable[Figure], ...]:
        """How many people of a group wrote something, per open question."""
        return tuple(table for table in group.questions if isinstance(table, CommentTable))

    def breakdown(self, field: str) -> Breakdown[Figure] | None:
        """Who answered, by one field."""
        return next((table for table in self.results.who_answered if table.field == field), None)

    def positive_points(self, item: Item) -> list[ScalePoint]:
        """The points of a rating question's scale that count as positive; none for any other question."""
        question = item.question
        if not isinstance(question, RatingQuestion):
            return []
        return [point for point in self.questionnaire.scale(question.scale).points if point.positive]

    def positive(self, table: RatingTable[Figure] | None) -> Figure | None:
        """How many people chose a positive point of the scale, from the share that disclosure control let through."""
        if table is None:
            return None
        figures = [table.counts[point.id] for point in self.positive_points(self.questionnaire.item(table.key))]
        hidden = next((figure for figure in figures if printed.number(figure) is None), None)
        if hidden is not None or not figures:
            return hidden
        return Shown(sum(printed.number(figure) or 0 for figure in figures))
