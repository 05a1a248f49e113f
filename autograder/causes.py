"""Puts an author's mistakes in order: a misspelt name first, and what follows from it as a number."""

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from enum import IntEnum
from typing import NamedTuple


class Rank(IntEnum):
    """What a mistake may follow from: anything of a smaller rank about the same exercise."""

    REFERENCE = 0  # the master names no function
    CHECK = 1  # a check judges no exercise
    ANSWER = 2  # an answer is to no exercise
    FOLLOWS = 3  # too few of something, or a name that a misspelt check took away
    OWN = 4  # follows from nothing


class Mistake(NamedTuple):
    """What is wrong, with file and line, and the exercise that it is about as the author spells it."""

    text: str
    about: str = ""
    rank: Rank = Rank.OWN


def summary(mistakes: Iterable[Mistake], exercises: Collection[str]) -> list[str]:
    """The mistakes' texts; those that follow from another one are counted behind it."""
    groups: dict[str, list[Mistake]] = {}
    for mistake in mistakes:
        groups.setdefault(_meant(mistake.about, exercises), []).append(mistake)
    return [text for group in groups.values() for text in _summary(sorted(group, key=lambda m: m.rank))]


def _meant(name: str, exercises: Collection[str]) -> str:
    near = [name] if name in exercises else get_close_matches(name, list(exercises), n=1)
    return near[0] if near else name


def _summary(group: list[Mistake]) -> Iterator[str]:
    follows = [mistake for mistake in group if mistake.rank is not Rank.OWN]
    causes = list(_causes(follows))
    yield from (mistake.text for mistake in causes)
    if len(follows) > len(causes):
        count = len(follows) - len(causes)
        yield f"    and {count} more that {'follows' if count == 1 else 'follow'} from {_these(causes)}"
    yield from (mistake.text for mistake in group if mistake.rank is Rank.OWN)


def _causes(follows: list[Mistake]) -> Iterator[Mistake]:
    """Of the first rank all, but each misspelling once; without a misspelt name nothing follows from anything."""
    seen = set[str]()
    for mistake in follows:
        first = follows[0].rank
        if first is Rank.FOLLOWS or (first is Rank.REFERENCE and mistake.rank is first):
            yield mistake
        elif first > Rank.REFERENCE and mistake.rank < Rank.FOLLOWS and mistake.about not in seen:
            seen.add(mistake.about)
            yield mistake


def _these(causes: list[Mistake]) -> str:
    return "it" if len(causes) == 1 else "these"
