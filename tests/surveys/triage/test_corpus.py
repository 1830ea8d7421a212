"""How well the English rules find what is in made-up comments; the figures are printed, `pytest -s` shows them."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from surveys.triage import TOPICS, sort_comment
from surveys.triage.phrases import met_in
from surveys.triage.words import words_of

CORPUS: dict[str, dict[str, dict[str, list[str]]]] = yaml.safe_load(
    (Path(__file__).parent / "corpus.yaml").read_text("utf-8")
)
TUNED, UNSEEN = ("first", "second", "third"), ("fourth",)
HARM = [topic for topic, about in TOPICS.items() if about.level == "harm"]


def comments(draws: tuple[str, ...], topic: str, which: str) -> list[str]:
    return [text for draw in draws for text in CORPUS[draw].get(topic, {}).get(which, [])]


def topics_of(text: str) -> set[str]:
    return {reason.topic for reason in sort_comment(text, "en").reasons}


def recall_and_precision(draws: tuple[str, ...], topic: str) -> tuple[float, float]:
    """Of what is about the topic, the share that is marked for it; of the topic's own comments marked, the share that
    is about it."""
    about, others = comments(draws, topic, "about"), comments(draws, topic, "not about")
    right = sum(topic in topics_of(text) for text in about)
    wrong = sum(topic in topics_of(text) for text in others)
    return right / len(about), right / (right + wrong) if right + wrong else 1.0


def harm_recall(draws: tuple[str, ...]) -> float:
    """Of everything that a person should see first, the share that stands first."""
    found = [sort_comment(text, "en").level == "harm" for topic in HARM for text in comments(draws, topic, "about")]
    return sum(found) / len(found)


def harm_of_the_rest(draws: tuple[str, ...]) -> float:
    """Of everything that is near a topic and not about it, the share that stands first all the same."""
    near = [text for topic in CORPUS[draws[0]] for text in comments(draws, topic, "not about")]
    return sum(sort_comment(text, "en").level == "harm" for text in near) / len(near)


def test_the_corpus_is_large_and_has_both_kinds_for_every_topic() -> None:
    sizes: dict[str, Any] = {
        topic: (len(comments((*TUNED, *UNSEEN), topic, "about")), len(comments((*TUNED, *UNSEEN), topic, "not about")))
        for topic in TOPICS
    }
    assert all(about >= 10 and others >= 10 for about, others in sizes.values()), sizes
    assert sum(map(sum, sizes.values())) >= 150
    every = [text for draw in CORPUS for topic in CORPUS[draw].values() for kind in topic.values() for text in kind]
    assert len(every) == len(set(every))


def test_rules_of_other_languages_do_not_take_english_words_for_theirs() -> None:
    every = [text for draw in CORPUS for topic in CORPUS[draw].values() for kind in topic.values() for text in kind]
    taken = [(text, met.phrase) for text in every for met in met_in(words_of(text)) if met.phrase.language != "en"]
    assert taken == []


@pytest.mark.parametrize("topic", TOPICS)
def test_rules_find_what_they_were_tuned_on(topic: str) -> None:
    recall, precision = recall_and_precision(TUNED, topic)
    unseen = recall_and_precision(UNSEEN, topic)
    print(f"{topic}: recall {recall:.2f}, precision {precision:.2f}; unseen {unseen[0]:.2f} and {unseen[1]:.2f}")  # noqa: T201 It is read with pytest -s.
    assert recall >= 0.9
    assert precision >= 0.85


def test_possible_harm_stands_first() -> None:
    recall, wrongly = harm_recall(TUNED), harm_of_the_rest(TUNED)
    print(f"possible harm: recall {recall:.3f}; {wrongly:.3f} of what is near it is marked wrongly")  # noqa: T201 It is read with pytest -s.
    assert recall >= 0.95
    assert wrongly <= 0.05


def test_comments_that_no_rule_was_tuned_on_are_found_less_often() -> None:
    """The figure to tell people: rules find what they have words for, so a person reads everything."""
    recall, wrongly = harm_recall(UNSEEN), harm_of_the_rest(UNSEEN)
    print(f"possible harm, unseen: recall {recall:.3f}; {wrongly:.3f} of what is near it is marked wrongly")  # noqa: T201 It is read with pytest -s.
    assert recall >= 0.2
    assert wrongly <= 0.15
