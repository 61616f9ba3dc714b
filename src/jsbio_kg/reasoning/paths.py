"""Rules that follow paths: transitive properties, chains of properties."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from . import steps as s
from .facts import Facts, Pairs
from .join import EMPTY, News, Stateless
from .terms import SPAN

__all__ = ["ChainJoin", "TransitiveJoin"]


class TransitiveJoin:
    """Transitivity, each path extended by one edge at its end.

    An edge is a pair that some other rule, or the input, gives: the pairs that this rule itself
    makes need not be edges, so a path of n nodes costs n² steps and not n³.
    """

    classes: Collection[int] = ()

    def __init__(self, step: s.Transitive) -> None:
        self.property = step.property
        self.properties: Collection[int] = (step.property,)
        self._edges: defaultdict[int, list[int]] | None = None
        self._own: set[int] = set()

    def renamed(self, facts: Facts) -> None:
        """Rename the edges."""
        edges: defaultdict[int, list[int]] = defaultdict(list)
        for start, ends in (self._edges or {}).items():
            edges[facts.find(start)] += map(facts.find, ends)
        self._edges = edges

    def run(self, facts: Facts, pairs: News, members: News) -> None:
        """Extend all paths by new edges, then new paths by all edges."""
        edges = self._edges
        frontier: Iterable[int]
        if edges is None:
            edges = self._edges = defaultdict(list)
            frontier = news = facts.of(self.property)
        else:
            news = pairs.get(self.property, EMPTY) - self._own
            before = facts.by_object(self.property, {pair // SPAN for pair in news})
            frontier = {
                start * SPAN + pair % SPAN
                for pair in news
                for start in before.get(pair // SPAN, ())
            }.union(news)
        for pair in news:
            edges[pair // SPAN].append(pair % SPAN)
        self._own = self._extend(facts, edges, frontier)
        facts.add_pairs(self.property, self._own)

    def _extend(
        self, facts: Facts, edges: dict[int, list[int]], frontier: Iterable[int]
    ) -> set[int]:
        known = facts.of(self.property)
        known = known if isinstance(known, set) else set(known)
        found = set(frontier) - known
        while frontier:
            frontier = {
                pair - pair % SPAN + end for pair in frontier for end in edges.get(pair % SPAN, ())
            }
            frontier -= known
            frontier -= found
            found |= frontier
        return found


class ChainJoin(Stateless):
    """A chain of properties, extended to both sides of each new pair."""

    classes: Collection[int] = ()

    def __init__(self, step: s.Chain) -> None:
        self.parts = step.parts
        self.property = step.property
        self.properties: Collection[int] = frozenset(step.parts)
        self._begun = False

    def run(self, facts: Facts, pairs: News, members: News) -> None:
        """Extend the new pairs of each part; at first, all pairs of the smallest."""
        parts = self.parts
        if not self._begun:
            self._begun = True
            at = min(range(len(parts)), key=lambda i: len(facts.of(parts[i])))
            self._extend(facts, at, facts.of(parts[at]))
            return
        for at, part in enumerate(parts):
            if part in pairs:
                self._extend(facts, at, pairs[part])

    def _extend(self, facts: Facts, at: int, paths: Pairs) -> None:
        for part in self.parts[at + 1 :]:
            after = facts.by_subject(part, {path % SPAN for path in paths})
            paths = {
                path - path % SPAN + end for path in paths for end in after.get(path % SPAN, ())
            }
        for part in reversed(self.parts[:at]):
            before = facts.by_object(part, {path // SPAN for path in paths})
            paths = {
                start * SPAN + path % SPAN
                for path in paths
                for start in before.get(path // SPAN, ())
            }
        facts.add_pairs(self.property, paths)
