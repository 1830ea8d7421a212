"""Charts as marks on a sheet, which one template macro writes as SVG. Import from here.

Lengths are units of the view box, one unit being one CSS pixel at full width. A hidden figure has no length: its place
says in words why nothing is drawn, and a share of nobody is never drawn as 0 %. Every colour stands beside a word.
"""

from reports.charts.bars import Share, bar_chart, reach_chart
from reports.charts.drawing import (
    NARROW,
    PANEL,
    SERIES_COLOURS,
    WIDE,
    Box,
    Dot,
    Drawing,
    Line,
    Sheet,
    Word,
    mirrored,
)
from reports.charts.panels import TimePoint, bar_panel, time_panel
from reports.charts.spots import Spot, spot_chart
from reports.charts.stacked import Stack, stacked_chart

__all__ = [
    "NARROW",
    "PANEL",
    "SERIES_COLOURS",
    "WIDE",
    "Box",
    "Dot",
    "Drawing",
    "Line",
    "Share",
    "Sheet",
    "Spot",
    "Stack",
    "TimePoint",
    "Word",
    "bar_chart",
    "bar_panel",
    "mirrored",
    "reach_chart",
    "spot_chart",
    "stacked_chart",
    "time_panel",
]
