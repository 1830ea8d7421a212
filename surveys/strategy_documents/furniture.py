"""What stands in a document and is never a theme nor part of one: captions, links, page numbers, invitations."""

from __future__ import annotations

import re

from surveys.strategy_documents.blocks import Block, word_count

_ADDRESS = (
    r"(?:https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.-]+|(?:[a-z0-9-]+\.)+(?:uk|org|com|net|info|eu|de|fr|io)(?:/\S*)?)"
)
_LINK_ONLY = re.compile(rf"^[\W_]*(?:[\w’' -]{{0,60}}[:–—-]\s*)?{_ADDRESS}[\W_]*$", re.IGNORECASE)
_LINK = re.compile(_ADDRESS, re.IGNORECASE)
_PICTURE = re.compile(
    r"^\W*(?:image|picture|photo|photograph|logo|graphic|diagram|bild|abbildung|abb\.|illustration)\b\s*(?:\d+\s*)?(?:[:.\]–-]|of\b|$)"
    r"|^\W*(?:figure|fig\.?|chart|table|tableau|tabelle|graph|map|box)\s*\d+(?:\.\d+)?\s*(?:[:.–—-]|$)",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"\bqr[\s-]?codes?\b|\bscan (?:me|here|this|the code|to )|\bscan\b.{0,40}\bcode\b|\bpoint (?:your|the) camera\b",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(r"^\W*(?:page|p\.|seite)?\s*\d{1,4}\s*(?:(?:of|/|von|sur)\s*\d{1,4})?\W*$", re.IGNORECASE)
_CONTENTS_LINE = re.compile(r"(?:\.{3,}|…|(?:\. ){3,}|\t|_{3,}|\s{3,})\s*\d{1,3}\s*$")
_CONTENTS_TITLE = re.compile(
    r"^\W*(?:table of )?(?:contents|contents page|inhalt(?:sverzeichnis)?|sommaire|table des matières)\W*$",
    re.IGNORECASE,
)


def _one_of(lines: str) -> str:
    """Lines of alternatives as one pattern."""
    return "|".join(line.strip() for line in lines.strip().splitlines())


_ASKS = re.compile(
    "^(?:"
    + _one_of(r"""
        thank you|many thanks|thanks for|danke|vielen dank|merci|شكرا
        (?:to )?take part|have your say|tell us what you think|pour participer|pour en savoir plus
        please (?:complete|take|fill|tell|use|visit|scan|click|follow|contact|e-?mail|call|return|send|let us|share)
        please (?:respond|give|answer|read|see)
        (?:complete|take|fill in|start|open) (?:the|our|this) (?:\w+ )?(?:survey|questionnaire|form)
        click (?:here|on|the)|follow the link|visit (?:our|us|www|http)
        if you (?:would like|want|wish|need|have (?:any )?questions|prefer|require)
        for (?:more|further) (?:information|details|help)|weitere informationen
        for a (?:large|paper|printed|translated)|(?:to|you can) (?:contact|find out more|request|ask for)\b
        contact(?: us| details| the| our)?\b|kontakt|call us|write to us|e-?mail us
        (?:telephone|tel|phone|e-?mail|website|post|address)\s*[:.]
        the survey (?:closes|is open|will)|this survey|closing date
        we (?:would|’d|'d) (?:like|love) to (?:hear|know|invite)
        you (?:can|will be able to) (?:also )?(?:sign up|register|take part|join)
        this (?:document|leaflet|flyer|booklet|information) (?:is|can be) (?:also )?available
        ©|copyright\b|published (?:by|in)\b
    """)
    + ")",
    re.IGNORECASE,
)
_NEVER_A_THEME = re.compile(
    r"^\W*(?:\d+(?:\.\d+)*[.:)]?\s+)?(?:an? |our |the )?(?:short )?(?:"
    + _one_of(r"""
        introduction|intro|foreword.*|preface|background|context|about(?: us| this.*| the .*)?|contents|welcome.*
        summary|(?:executive|plain english) summary|purpose(?: of this.*)?|why (?:we|are we|this) .*|who we are
        what is this.*|how to (?:use|read) .*|contact(?: us| details)?|contacts|have your say|get involved|take part
        how to (?:have your say|take part|respond|get involved).*|tell us .*|your (?:views|feedback|say).*
        next steps|what happens next.*|thank(?:s| you).*|further information|more information|find out more.*
        references.*|bibliography|glossary.*|appendi(?:x|ces).*|annex.*|acknowledge?ments?|conclusions?|closing.*
        feedback|survey|questions\??|notes?|sign[- ]off|(?:version|document) (?:control|history)
        einleitung|einführung|vorwort|hintergrund|kontakt|inhalt|zusammenfassung|wie geht es weiter.*|danke?.*
        avant-propos|contexte|contactez.*|merci.*|sommaire|مقدمة|تمهيد|المقدمة|شكرا.*|للتواصل.*
    """)
    + r")\W*$",
    re.IGNORECASE,
)


def reason_never_part(block: Block) -> str | None:
    """Why the block is no part of a theme wherever it stands; None for ordinary text."""
    text = block.text
    if block.kind == "contents" or (word_count(text) <= 25 and _CONTENTS_LINE.search(text)):
        return "A line of the contents list"
    if block.kind == "picture" or (_PICTURE.match(text) and word_count(text) <= 25):
        return "The caption of a picture"
    if _LINK_ONLY.match(text):
        return "A link"
    if _CODE.search(text) and word_count(text) <= 25:
        return "About a code to scan"
    if block.kind != "heading" and not block.label and _PAGE_NUMBER.match(text):
        return "A page number"
    return None


def asks_for_something(block: Block) -> bool:
    """Whether the block speaks to readers about the survey, contact or thanks rather than of a theme.

    Only trusted behind the last theme: within the document such words may belong to an explanation.
    """
    text = block.text.lstrip("“\"'*• ")
    return _ASKS.match(text) is not None or (word_count(text) <= 30 and _LINK.search(text) is not None)


def is_never_a_theme(title: str) -> bool:
    """Whether a heading is one that documents have around their themes: introduction, contents, contact and so on."""
    return _NEVER_A_THEME.match(title) is not None


def heads_contents(text: str) -> bool:
    """Whether the line heads a list of contents."""
    return _CONTENTS_TITLE.match(text) is not None
