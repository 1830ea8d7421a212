"""The words that the detectors go by, read once from ``words.yaml``."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import yaml

from surveys.masking.reading import plain


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Lists of words in small letters and without accents; ``words.yaml`` says what each is for."""

    titles: frozenset[str]
    roles: frozenset[str]
    relatives: frozenset[str]
    sure_titles: frozenset[str]
    particles: frozenset[str]
    not_names: frozenset[str]
    everyday: frozenset[str]
    known_names: frozenset[str]
    not_handles: frozenset[str]
    arabic_titles: frozenset[str]
    arabic_short_titles: frozenset[str]
    arabic_particles: frozenset[str]
    arabic_not_names: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """The lists of ``words.yaml``."""
    lists = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text("utf-8"))
    return Vocabulary(**{one.name: frozenset(plain(lists[one.name]).casefold().split()) for one in fields(Vocabulary)})


@cache
def words_before_names() -> frozenset[str]:
    """Every word that a name may follow."""
    words = vocabulary()
    return words.titles | words.roles | words.relatives


@cache
def common_names() -> frozenset[str]:
    """First names and surnames in small letters: the list here, and the commonest ones of the United States."""
    # Half a megabyte that few comments need.
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    lists = (FREQUENCY_LISTS[name] for name in ("surnames", "female_names", "male_names"))
    return vocabulary().known_names.union(*lists)
