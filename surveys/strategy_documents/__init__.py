"""From a strategy document to themes: reading it safely, and finding the series of titles that it is made of."""

from __future__ import annotations

from surveys.strategy_documents.blocks import DocumentRefused
from surveys.strategy_documents.finding import Finding, FoundTheme, LeftOut, Series
from surveys.strategy_documents.reading import Reading, read_document

__all__ = ["DocumentRefused", "Finding", "FoundTheme", "LeftOut", "Reading", "Series", "read_document"]
