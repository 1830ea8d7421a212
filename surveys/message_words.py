"""Words to send an address with, as a text message and as an email, and what a text message costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# The letters of a text message's own alphabet (GSM 03.38); those of its extension take the room of two.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("^{}\\[~]|€\f")
_ONE_PART = {True: 160, False: 70}
_EACH_OF_MANY = {True: 153, False: 67}
# Typographic signs that look almost the same in the cheap alphabet.
_PLAINER = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "})

# Our own words around a survey's, by language. A speaker of the language is to read them before they are sent.
_PHRASES = {
    "en": {
        "minutes": "About {minutes} minutes",
        "closes": "closes {day}",
        "join": ", ",
        "asking": "{sender} is asking: {title}",
        "takes": "It takes about {minutes} minutes. You can skip any question. We do not ask for your name.",
        "until": "You can answer until {day}.",
        "answer": "Answer here: {address}",
        "coarse": "This link tells us where you picked it up, not who you are.",
        "other_ways": "Other ways to take part:",
        "ignore": "You do not have to answer. You can ignore this email.",
    },
    "ar": {
        "minutes": "المدة بالدقائق: {minutes}",
        "closes": "يُغلق يوم {day}",
        "join": "، ",
        "asking": "{sender} تسأل: {title}",
        "takes": "المدة بالدقائق: {minutes}. يمكنك تخطي أي سؤال. لا نسأل عن اسمك.",
        "until": "يمكنك الإجابة حتى {day}.",
        "answer": "أجب هنا: {address}",
        "coarse": "يخبرنا هذا الرابط بالمكان الذي وجدته فيه، ولا يخبرنا من أنت.",
        "other_ways": "طرق أخرى للمشاركة:",
        "ignore": "لست مضطرًا إلى الإجابة. يمكنك تجاهل هذه الرسالة.",
    },
}
LANGUAGES = tuple(_PHRASES)
"""Languages in which our own words exist; others get them in English."""


@dataclass(frozen=True, slots=True)
class MessageCount:
    """How long a text message is. ``left``: characters that still fit in its last part.

    ``costly``: a letter that is not in the cheap alphabet, so that all parts hold less; None where there is none.
    """

    characters: int
    parts: int
    left: int
    costly: str | None


@dataclass(frozen=True, slots=True)
class Subject:
    """What the words are about, in one language. ``closes`` is a date in words; ``address`` is the full address.

    ``telephone`` says in the survey's own words how to take part by telephone.
    """

    language: str
    sender: str
    title: str
    purpose: str
    minutes: int
    closes: str
    closes_short: str
    address: str
    telephone: str = ""
    other_ways: Sequence[str] = ()
    contact: str = ""


def count_message(text: str) -> MessageCount:
    """Characters and parts of a text message as networks charge it; nothing is one empty part."""
    costly = next((letter for letter in text if letter not in _BASIC and letter not in _EXTENSION), None)
    cheap = costly is None
    sizes = [_size(letter, cheap) for letter in text]
    total = sum(sizes)
    if total <= _ONE_PART[cheap]:
        return MessageCount(total, 1, _ONE_PART[cheap] - total, costly)
    parts, used, room = 1, 0, _EACH_OF_MANY[cheap]
    for size in sizes:
        # A letter that takes two places is never cut in half.
        if used + size > room:
            parts, used = parts + 1, 0
        used += size
    return MessageCount(total, parts, room - used, costly)


def count_in_words(text: str) -> str:
    """The count as a page says it."""
    count = count_message(text)
    characters = f"{count.characters:,} {'character' if count.characters == 1 else 'characters'}"
    parts = "1 text message" if count.parts == 1 else f"{count.parts} text messages"
    said = f"{characters}: sent and charged as {parts}. {count.left} more characters fit."
    if count.costly is not None:
        said += f" The letter “{count.costly}” makes each message hold 70 characters in place of 160."
    return said


def text_message(about: Subject) -> str:
    """A text message: who asks what, how long, until when, the full address, and a telephone number if there is one."""
    phrases = _phrases(about)
    facts = [phrases["minutes"]] + ([phrases["closes"]] if about.closes else [])
    said = [f"{about.sender}: {_sentence(about.title)}", phrases["join"].join(facts) + ".", about.address]
    if about.telephone:
        said.append(about.telephone[:1].upper() + about.telephone[1:])
    return " ".join(said).translate(_PLAINER)


def email_words(about: Subject) -> str:
    """The body of an email; its subject is the survey's title. The first line says who asks and why."""
    phrases = _phrases(about)
    paragraphs = [phrases["asking"], about.purpose, phrases["takes"]]
    if about.closes:
        paragraphs.append(phrases["until"])
    paragraphs += [phrases["answer"], phrases["coarse"]]
    if about.other_ways:
        paragraphs.append("\n".join((phrases["other_ways"], *(f"- {way}" for way in about.other_ways))))
    paragraphs += [about.contact, phrases["ignore"], about.sender]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _phrases(about: Subject) -> dict[str, str]:
    values = {
        "sender": about.sender,
        "title": _sentence(about.title),
        "minutes": about.minutes,
        "address": about.address,
    }
    texts = _PHRASES.get(about.language, _PHRASES["en"])
    days = {"closes": about.closes_short, "until": about.closes}
    filled = {name: text.format(**values, day=days.get(name, "")) for name, text in texts.items()}
    if about.minutes == 1:
        filled |= {name: text.replace(" 1 minutes", " 1 minute") for name, text in filled.items()}
    return filled


def _sentence(title: str) -> str:
    return title if title[-1:] in "?!.؟" else f"{title}."


def _size(letter: str, cheap: bool) -> int:
    if cheap:
        return 2 if letter in _EXTENSION else 1
    return 2 if ord(letter) > 0xFFFF else 1
