"""A flyer like those that trusts hand out: eight official titles and long-winded explanations of our own."""

from __future__ import annotations

from surveys.questionnaire import About, LongTextQuestion, Questionnaire, RatingQuestion, Scale, ScalePoint, Theme
from tests.factories import words

THEMES = (
    (
        "Reduce elective backlogs and achieve national standards",
        (
            "We want people to be seen sooner. Some have waited a long time for tests, or for an operation. "
            "We will open more clinics in the evening. We will tell you the result as soon as we know it. "
            "Nobody should wait longer than the national rules allow, whatever kind of cancer they have."
        ),
    ),
    (
        "Effective forecasting for sustainable services",
        (
            "The number of people who need us grows each year. We want to know early how many nurses, doctors and "
            "machines will be needed. Then we can train people and buy machines in good time. "
            "We will look at what happens in other regions, and learn from it for our own."
        ),
    ),
    (
        "New care models to improve utilisation of the Trusts estate and resources",
        (
            "We want to find out about a problem sooner and look after you nearer to your own home, perhaps by "
            "telephone or video. A local centre could carry out every examination in one visit, for example."
        ),
    ),
    (
        "Collaboration with system partners to maximise our collective resources",
        (
            "We work with other hospitals in the region, with GPs and with charities. Each of them knows something "
            "that the others do not. We want to share what we know, and at times our staff and machines as well. "
            "That way people get the same good care wherever they live. It also means that fewer people have to "
            "travel far for their treatment or tests."
        ),
    ),
    (
        "Translate research and innovation into better patient outcomes",
        (
            "We want to work with universities and companies, so that new medicines reach people in our area "
            "sooner than they do today. One example is an operation with a robot, which leaves only small cuts. "
            "People who agree to join in a trial can help to discover better treatments for other families."
        ),
    ),
    (
        "Use digital technologies to improve efficiency and service delivery",
        (
            "We want digital technology to help our teams to work well together, so that patients need not come "
            "to the hospital so often. A nurse could meet you first by video and order tests, or a computer could "
            "look at your scan as an additional check. After your treatment we could telephone you from time to "
            "time instead of a regular hospital appointment."
        ),
    ),
    (
        "Reduce health inequalities in access to and outcomes from cancer services",
        (
            "Some of the people find our services difficult to reach, and several do less well after treatment "
            "than others. Where they live, how much money they have, their family and their ethnicity can all "
            "matter for this. We want our hospital staff to visit communities and to encourage everybody to give "
            "up cigarettes."
        ),
    ),
    (
        "Increase the workforce and skills mix of staff",
        (
            "We need more nurses and more people who can read scans. We want to train our own, and keep them. "
            "We will help staff to learn new skills, so that a nurse can do some of what a doctor does now."
        ),
    ),
)
INTRODUCTION = (
    "We are writing our plan for cancer care. Please read the eight themes and tell us what you think. "
    "If you would like to join us for a workshop, there is a link on the final page."
)


def flyer() -> Questionnaire:
    """The flyer as it comes from an import: the official title is the plain one too, and nothing else is written."""
    return Questionnaire(
        slug="flyer",
        title=words("Our cancer strategy"),
        language="en",
        languages=("en",),
        organisation=words("Northfield Trust"),
        about=About(purpose=words(INTRODUCTION)),
        privacy=words(""),
        themes=tuple(
            Theme(id=f"theme-{number}", title=words(title), plain_title=words(title), explanation=words(explanation))
            for number, (title, explanation) in enumerate(THEMES, 1)
        ),
        ask_about_each_theme=(
            RatingQuestion(id="importance", text=words("How important is this theme to you?"), scale="importance"),
            LongTextQuestion(id="comment", text=words("What would you like to say about it?")),
        ),
        scales=(
            Scale(
                id="importance",
                points=(
                    ScalePoint("very", words("Very important"), 2, positive=True),
                    ScalePoint("not", words("Not important"), 1),
                ),
            ),
        ),
    )
