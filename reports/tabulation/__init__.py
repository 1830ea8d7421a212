"""The shape of a survey's results, before and after disclosure control. Import from here.

Every class is generic in its figure: ``Results[Raw]`` holds plain numbers and never leaves ``reports``;
``Results[Figure]`` holds ``Shown`` and ``Suppressed`` and is the only thing a renderer accepts (``DisclosedResults``).
Percentages are 0-100, scores 0-10, shares and intervals in the unit of the value beside them.
"""

from reports.tabulation.between_groups import Breakdown, Difference
from reports.tabulation.change import Change, Comparability, Series, WaveOf, WavePoint
from reports.tabulation.figures import Estimate, F, Figure, Raw, Shown, Suppressed, SuppressionReason
from reports.tabulation.mentions import (
    CodeAgreement,
    Coding,
    MentionColumn,
    MentionRow,
    MentionsBase,
    MentionTable,
    Sentiment,
)
from reports.tabulation.place_bands import Band, PlaceBand, Threshold
from reports.tabulation.quotes import QuotedWords, Quotes, QuoteTranslation
from reports.tabulation.representation import ReferenceGroup, Representation, Weighted, WeightedShare, WhyNot
from reports.tabulation.results import DisclosureRules, Filters, Results
from reports.tabulation.tables import (
    ChoiceTable,
    CommentTable,
    Group,
    NumberTable,
    QuestionTable,
    RatingTable,
    ThemeTable,
)
from reports.tabulation.workshops import ThemeAtWorkshop, WorkshopTold

__all__ = [
    "Band",
    "Breakdown",
    "Change",
    "ChoiceTable",
    "CodeAgreement",
    "Coding",
    "CommentTable",
    "Comparability",
    "Difference",
    "DisclosureRules",
    "Estimate",
    "F",
    "Figure",
    "Filters",
    "Group",
    "MentionColumn",
    "MentionRow",
    "MentionTable",
    "MentionsBase",
    "NumberTable",
    "PlaceBand",
    "QuestionTable",
    "QuoteTranslation",
    "QuotedWords",
    "Quotes",
    "RatingTable",
    "Raw",
    "ReferenceGroup",
    "Representation",
    "Results",
    "Sentiment",
    "Series",
    "Shown",
    "Suppressed",
    "SuppressionReason",
    "ThemeAtWorkshop",
    "ThemeTable",
    "Threshold",
    "WaveOf",
    "WavePoint",
    "Weighted",
    "WeightedShare",
    "WhyNot",
    "WorkshopTold",
]
