"""Comments that somebody has to look at, planted among those of the last days: invented like all the others.

Numbers, addresses and names are from ranges that are kept free for examples.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from engage.demonstration.people import Person

AT_RISK = (
    "I have stopped taking my tablets. Some nights I think of ending my life and nobody asks.",
    "The man who is meant to look after my neighbour hits her. She has bruises and is afraid of him.",
    "I was given the wrong dose of my chemotherapy and told not to make a fuss about it.",
)
IDENTIFYING = (
    "Dr Anwar Example explained it all twice. More like him, please.",
    "Please ring me on 07700 900123 about my scan. I have waited for five weeks.",
    "My NHS number is 999 000 0018 and still nobody can find my letters.",
    "Write to jo.bloggs@example.org if you want to know what happened on the ward.",
    "From ZZ99 3VZ it takes two buses to get to you.",
    "Nurse O'Example held my hand during the biopsy. I shall never forget it.",
    "I was born on 12/03/1944 and I feel too old for all these screens.",
    "The form asked for my National Insurance number QQ 12 34 56 C twice. Why?",
    "I wrote about it on www.example.org/my-story because nobody here answered.",
    "Mrs Sampleton at the front desk remembers everybody's name.",
)
COMPLAINTS = (
    "I have made a formal complaint about the discharge and have heard nothing for two months.",
    "If nobody rings me back I will go to a solicitor.",
)
OTHER_LANGUAGES = (
    "Czekałam siedem tygodni na wynik. Nikt nie umiał mi powiedzieć, kiedy przyjdzie.",
    "انتظرت خمسة أسابيع ولم يتصل بي أحد. أريد أن أعرف متى ستكون نتيجة الفحص.",
)
CODED = (
    *zip(IDENTIFYING, ("kind+ told+", "waiting- appoint-", "told-", "told-", "place-"), strict=False),
    *zip(IDENTIFYING[5:], ("kind+", "digital- fair-", "appoint-", "told-", "kind+"), strict=True),
    *zip(COMPLAINTS, ("told- waiting-", "told-"), strict=True),
    *zip(OTHER_LANGUAGES, ("waiting- told-", "waiting- told-"), strict=True),
)
"""Those that may be coded, with the beginnings of their codes."""
TRANSLATIONS = {
    OTHER_LANGUAGES[0]: ("pl", "I waited seven weeks for the result. Nobody could tell me when it would come."),
    OTHER_LANGUAGES[1]: (
        "ar",
        "I waited five weeks and nobody called me. I want to know when the result of the scan will be there.",
    ),
}
"""The language that each was written in, and what it says in English."""

UNREAD_DAYS = 2
"""Comments of the last days that nobody has read yet."""


def with_unusual_comments(people: Sequence[Person], *, today: datetime.date) -> list[Person]:
    """The people with some of their last comments exchanged: those of the unread days tell of risks, earlier ones do
    not. Nobody comments who did not before, so that no figure of the demonstration changes."""
    waiting = [*AT_RISK, *IDENTIFYING[:5], *COMPLAINTS]
    read = [*IDENTIFYING[5:], *OTHER_LANGUAGES]
    since = today - datetime.timedelta(days=UNREAD_DAYS)
    changed = list(people)
    for place in range(len(changed) - 1, -1, -1):
        person = changed[place]
        left = waiting if person.sent_on >= since else read
        keys = [key for key, value in person.answers.items() if value and key.endswith(".comment")]
        if keys and left:
            changed[place] = replace(person, answers={**person.answers, keys[0]: left.pop(0)})
    return changed
