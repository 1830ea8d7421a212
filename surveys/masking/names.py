"""Names after a title, a role or "my name is", in a plain reading of a text. The title itself stays.

A name alone is not looked for: too many names are words, and too many words would be hidden with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from surveys.masking.kinds import Mask
from surveys.masking.words import common_names, vocabulary, words_before_names

_LETTERS = r"[^\W\d_]+(?:['\-][^\W\d_]+)*"
_WORD = re.compile(_LETTERS)
_NEXT = re.compile(rf"[ \t]{{1,3}}({_LETTERS})(\.?)")
_NEXT_OR_JOINED = re.compile(rf"[ \t]{{0,3}}({_LETTERS})(\.?)")
_AND_ANOTHER = re.compile(r",? and|,| &")
_JOINED = re.compile(r"\b(?:Dr|Mrs|Mr|Ms|Prof)\.?(?=[A-Z][a-z])")
_INTRODUCED = re.compile(
    r"(?:name(?: is|'s| was)|name:|called|named|regards|sincerely|faithfully|signed)(?![^\W_])[:,]?", re.I
)
_WHOSE_NAME = re.compile(
    r"(?:\b(?:my|his|her|their|whose|(?:nurse|doctor|dr|consultant|porter|midwife)'s)(?: (?:full|first|last|real))? $"
    r"|^$|[.\n,] ?$)",
    re.I,
)
_WHO_IS = re.compile(
    r"\b(?:nurse|doctor|dr|porter|sister|midwife|consultant|surgeon|registrar|physio|carer|volunteer|lady|man|woman|girl|"
    r"guy|gentleman|chap|lad|receptionist|student|paramedic|hca|assistant|secretary|cleaner|patient|person|someone|"
    r"somebody)(?: was| is|,)? $",
    re.I,
)
_ARTICLE = re.compile(r"\b(?:the|a|an|my|this|that|another|each|every|any|no|our|your|his|her|their)[ \t]{1,3}$", re.I)
_ARABIC_WORD = re.compile(r"[\u0621-\u064a\u066e-\u06d3]+")
_NEXT_ARABIC = re.compile(r"[ \t]{0,3}([\u0621-\u064a\u066e-\u06d3]+)")
_SMALL_PREFIX = re.compile(r"(?:al|el|d|o|n|l|van|de|bin|ibn)['\-][^\W\d_]")
_SHORTENED = frozenset(("i", "he", "she", "it", "we", "you", "they", "who", "what", "that", "there", "here", "how"))
_DOCTORS = frozenset(("dr", "doctor", "prof", "professor"))
_MOST_WORDS = 6
_MOST_IN_A_ROW = 8


def find_names(plain: str) -> Iterator[Mask]:
    """Every such name, each with all its words."""
    before_names = words_before_names()
    for match in _WORD.finditer(plain):
        title = match[0].casefold().rpartition("-")[2]
        if title in before_names:
            yield from _after_title(plain, match, title)
    for match in _JOINED.finditer(plain):
        yield from _name(plain, match.end(), is_joined=True)
    for match in _INTRODUCED.finditer(plain):
        word = match[0][0:6].casefold()
        before = _WHOSE_NAME if word.startswith("name") and word != "named" else _WHO_IS
        if word[0] in "rsf" or before.search(plain, max(0, match.start() - 30), match.start()):
            yield from _name(plain, match.end())
    yield from _arabic_names(plain)


def _after_title(plain: str, match: re.Match[str], title: str) -> Iterator[Mask]:
    words, at = vocabulary(), match.end()
    if plain[at : at + 1] == ".":
        at += 1
    following = _NEXT.match(plain, at)
    if following is None:
        yield from _between_commas(plain, at)
        return
    if at > match.end() and (
        title not in words.titles or (_is_after_article(plain, match) and not _is_known(following[1]))
    ):
        # "Saw the Dr. Very rude man." ends a sentence there.
        return
    is_shouted = match[0].isupper() and len(match[0]) > 1
    if title in words.relatives:
        found = [] if is_shouted else list(_name(plain, at))
    elif following[1].islower() or (is_shouted and following[1].isupper()):
        found = list(_quiet_name(plain, at, title)) or ([] if is_shouted else list(_name(plain, at)))
    elif match[0] == "MS" and not _is_known(following[1]):
        # Multiple sclerosis far more often than a title in capital letters.
        found = []
    else:
        found = list(_name(plain, at))
    yield from found
    if found and title.endswith("s") and title not in ("mrs", "ms", "miss"):
        yield from _others(plain, found[0].end)


def _between_commas(plain: str, at: int) -> Iterator[Mask]:
    """The night sister, Agnieszka, made toast."""
    found = next(_name(plain, at + 1), None) if plain[at : at + 1] == "," else None
    if found and plain[found.end : found.end + 1] == ",":
        yield found


def _others(plain: str, at: int) -> Iterator[Mask]:
    """Nurses Jane, Sue and Carol."""
    for _ in range(_MOST_IN_A_ROW):
        link = _AND_ANOTHER.match(plain, at)
        found = next(_name(plain, link.end()), None) if link else None
        if found is None:
            return
        yield found
        at = found.end


def _name(plain: str, at: int, *, is_joined: bool = False) -> Iterator[Mask]:
    """The name with capital letters that follows, if one does: initials, "van der", and up to four words."""
    words = vocabulary()
    start = end = None
    for _ in range(_MOST_WORDS):
        match = (_NEXT_OR_JOINED if is_joined else _NEXT).match(plain, at)
        if match is None:
            break
        word, dot, at = match[1], match[2], match.end()
        is_initial = len(word) == 1 and word.isupper()
        # "Dr I saw" and "a Dr A&E" are no names; "Dr A. B. Jones" is. "Van" begins one, and alone is none.
        waits = (is_initial and not dot and word in "AI") or (word.islower() and word in words.particles)
        if not (waits or is_initial or _looks_like_a_name(word)):
            break
        start = match.start(1) if start is None else start
        is_joined = is_initial and bool(dot)
        if not waits:
            end = match.end(1)
        if word.casefold().endswith("'s"):
            end = match.end(1) - 2
            break
        if dot and not is_initial:
            break
    if start is not None and end is not None:
        yield Mask(start, end, "name")


def _looks_like_a_name(word: str) -> bool:
    lower = word.casefold()
    is_capital = word[0].isupper() or _SMALL_PREFIX.match(word) is not None
    return is_capital and not (
        lower in vocabulary().not_names
        or lower.removesuffix("'s") in vocabulary().not_names
        or lower.partition("'")[0] in _SHORTENED
    )


def _quiet_name(plain: str, at: int, title: str) -> Iterator[Mask]:
    """The name where capital letters say nothing: "dr smith", "NURSE KELLY"."""
    start = end = None
    for place in range(2):
        match = _NEXT.match(plain, at)
        if match is None:
            break
        word = match[1].casefold().removesuffix("'s")
        if not _may_be_quiet(word, title, is_first=place == 0):
            break
        start = match.start(1) if start is None else start
        at = end = match.start(1) + len(word)
        if match.end() > end:
            break
    if start is not None and end is not None:
        yield Mask(start, end, "name")


def _may_be_quiet(word: str, title: str, *, is_first: bool) -> bool:
    words = vocabulary()
    if word in words.not_names or word in words.particles or len(word) < 2:
        return False
    is_sure = title in words.sure_titles
    if word in words.everyday:
        return is_first and ((is_sure and len(word) > 3) or (_is_known(word) and title in _DOCTORS))
    return _is_known(word) or (is_first and is_sure)


def _is_known(word: str) -> bool:
    known, lower = common_names(), word.casefold()
    return lower in known or lower.partition("-")[0] in known


def _is_after_article(plain: str, match: re.Match[str]) -> bool:
    return _ARTICLE.search(plain, max(0, match.start() - 12), match.start()) is not None


def _arabic_names(plain: str) -> Iterator[Mask]:
    words = vocabulary()
    for match in _ARABIC_WORD.finditer(plain):
        at = match.end()
        if match[0] in words.arabic_short_titles:
            if plain[at : at + 1] not in (".", "/"):
                continue
            at += 1
        elif match[0] not in words.arabic_titles:
            continue
        start = None
        while True:
            name = _NEXT_ARABIC.match(plain, at)
            if name is None or name[1] in words.arabic_not_names or name[1] in words.arabic_titles:
                break
            is_adjective = name[1].startswith("ال") and match[0] not in words.arabic_short_titles
            if is_adjective and start is None:
                break
            start, at = (name.start(1) if start is None else start), name.end()
            if name[1] not in words.arabic_particles:
                break
        if start is not None:
            yield Mask(start, at, "name")
