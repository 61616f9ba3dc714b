"""The proofs of a release: for each triple that follows, the last step of why it does.

In: ``proofs.json`` of a release, written by the build. Out: the steps of a proof, down to what is
asserted. Terms are texts as in N-Triples, so that no RDF library is needed to read them.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final, TypeAlias

from ..errors import ReleaseError
from ..i18n import message

__all__ = ["PROOFS", "Proofs", "Step", "TripleText"]

PROOFS: Final = "proofs.json"
FORMAT: Final = "jsbio-kg proofs 1"

#: Subject, predicate and object as N-Triples writes them.
TripleText: TypeAlias = tuple[str, str, str]


@dataclass(frozen=True)
class Step:
    """A triple, the rule that gives it, and the triples that the rule takes.

    :param rule: its name in OWL 2 Profiles, tables 4 to 9; empty when the triple is asserted.
    """

    triple: TripleText
    rule: str = ""
    premises: tuple[TripleText, ...] = ()

    @property
    def is_asserted(self) -> bool:
        """Tell whether the triple needs no proof."""
        return not self.rule


@dataclass(frozen=True)
class Proofs:
    """The last step of each triple that follows; what has none is asserted."""

    last: Mapping[TripleText, Step] = field(default_factory=dict)

    @classmethod
    def of(cls, steps: Iterable[Step]) -> "Proofs":
        """Return proofs made of steps; of two steps to one triple the first counts.

        Whole proofs are given one after another, so what an earlier one rests on is known when a
        later one is added, and no proof ever leads back to itself.
        """
        last: dict[TripleText, Step] = {}
        for step in steps:
            if not step.is_asserted:
                last.setdefault(step.triple, step)
        return cls(last)

    @classmethod
    def read(cls, path: Path) -> "Proofs":
        """Read the proofs of a release.

        :raises ReleaseError: when the file is missing or of another kind.
        """
        try:
            content = json.loads(path.read_bytes())
            if content["format"] != FORMAT:
                raise ValueError
            terms, rules = content["terms"], content["rules"]
            steps = {}
            for rule, *numbers in content["steps"]:
                first, *others = _triples(numbers, terms)
                steps[first] = Step(first, rules[rule], tuple(others))
            return cls(steps)
        except (OSError, ValueError, KeyError, TypeError, IndexError):
            raise ReleaseError(
                message("The release holds no proofs."),
                str(path),
                message('Make it anew with "jsbio-kg build".'),
            ) from None

    def to_json(self) -> str:
        """Return the proofs as JSON, the same text for the same proofs."""
        steps = sorted(self.last.values(), key=lambda step: step.triple)
        held = [(step, [t for triple in _all(step) for t in triple]) for step in steps]
        terms = sorted({term for _, texts in held for term in texts})
        rules = sorted({step.rule for step in steps})
        number = {term: place for place, term in enumerate(terms)}
        lines = [
            json.dumps([rules.index(step.rule), *(number[text] for text in texts)])
            for step, texts in held
        ]
        head = json.dumps(
            {"format": FORMAT, "rules": rules, "terms": terms}, ensure_ascii=False, indent=0
        )
        return head.removesuffix("\n}") + ',\n"steps": [\n' + ",\n".join(lines) + "\n]\n}\n"

    def steps(self, triple: TripleText) -> list[Step]:
        """Return the proof of a triple: each of its triples once, conclusions before premises.

        The first is the triple itself; when nothing proves it, it is alone and asserted, for all
        that is known here.
        """
        return list(self._walk(triple))

    def _walk(self, goal: TripleText) -> Iterator[Step]:
        """Yield the steps breadth first, except that a premise waits for all who use it."""
        order = [goal]
        for triple in order:
            step = self.last.get(triple)
            order += [p for p in (step.premises if step else ()) if p not in order]
        depth = self._depths(goal)
        for triple in sorted(order, key=lambda each: depth[each]):
            yield self.last.get(triple) or Step(triple)

    def _depths(self, goal: TripleText) -> dict[TripleText, int]:
        """Return how many steps at most lead from the goal to each triple of its proof."""
        depth: dict[TripleText, int] = {}
        waiting = [(goal, 0)]
        while waiting:
            triple, steps = waiting.pop()
            if steps >= depth.get(triple, 0):
                depth[triple] = steps
                step = self.last.get(triple)
                waiting += [(p, steps + 1) for p in (step.premises if step else ())]
        return depth

    @cached_property
    def rules(self) -> tuple[str, ...]:
        """Return the rules that any of the proofs uses."""
        return tuple(sorted({step.rule for step in self.last.values()}))


def _all(step: Step) -> tuple[TripleText, ...]:
    return (step.triple, *step.premises)


def _triples(numbers: list[int], terms: list[str]) -> Iterator[TripleText]:
    texts = [terms[number] for number in numbers]
    yield from zip(texts[::3], texts[1::3], texts[2::3], strict=True)
