"""The service: everything that can be asked of a graph, by whoever asks.

In: a store and a site. Out: answers, tables, descriptions. Knows queries, knows no HTTP.
"""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ..errors import JsbioError, NotFound, StoreError
from ..i18n import message
from ..queries import SavedQuery, serialize_iri
from ..release import Release
from ..search import Search, open_search
from ..store import GRAPHS, SOLUTIONS, Answer, Format, Query, Store
from .cache import ByteCache, is_volatile
from .history import History
from .prepared import Prepared
from .readiness import check_default, check_graphs
from .site import Site
from .table import Table, Term, read_table
from .terms import Vocabulary, read_vocabulary

__all__ = ["Entity", "Property", "Service"]

log = logging.getLogger(__name__)

#: How many rows a page shows, and how many neighbours a thing.
MOST_ON_PAGE = 1000
MOST_INCOMING = 500

_DESCRIBE = """CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  {{ {iri} ?p ?o . BIND({iri} AS ?s) }} UNION {{ GRAPH ?g {{ {iri} ?p ?o }} BIND({iri} AS ?s) }}
  UNION {{ SELECT ?s ?p ?o {{ {{ ?s ?p {iri} }} UNION {{ GRAPH ?g {{ ?s ?p {iri} }} }}
    BIND({iri} AS ?o) }} LIMIT {most} }}
}}"""
_PROPERTIES = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?direction ?p ?value ?label ?pLabel WHERE {{
  {{ SELECT DISTINCT ?direction ?p ?value {{
    {{ {iri} ?p ?value BIND("out" AS ?direction) }}
    UNION {{ GRAPH ?g {{ {iri} ?p ?value }} BIND("out" AS ?direction) }}
    UNION {{ SELECT DISTINCT ?p ?value ?direction {{ {{ ?value ?p {iri} }} UNION
      {{ GRAPH ?g {{ ?value ?p {iri} }} }} BIND("in" AS ?direction) }} LIMIT {most} }} }} }}
  OPTIONAL {{ ?value rdfs:label ?label FILTER LANGMATCHES(LANG(?label), "{language}") }}
  OPTIONAL {{ ?p rdfs:label ?pLabel FILTER LANGMATCHES(LANG(?pLabel), "{language}") }}
}} ORDER BY DESC(?direction) ?p ?label ?value"""


@dataclass(frozen=True)
class Property:
    """One property of a thing with the values it has, or the things that have it as value."""

    iri: str
    label: str
    is_incoming: bool
    values: tuple[tuple[Term, str], ...]


@dataclass(frozen=True)
class Entity:
    """A thing: its IRI, its name in the language asked for, its properties."""

    iri: str
    label: str
    properties: tuple[Property, ...]


class Service:
    """One graph, ready to be asked.

    :param make_search: makes the search of a graph that is no release.
    :param prepared: answers that were worked out before.
    """

    def __init__(
        self,
        store: Store,
        site: Site,
        cache: int = 64 << 20,
        make_search: Callable[[], Search] | None = None,
        prepared: Prepared | None = None,
    ) -> None:
        self.store = store
        self.site = site
        #: The releases that are kept; none when files are served.
        self.history: History | None = None
        self.answers: ByteCache[Answer] = ByteCache(cache)
        self._make_search = make_search
        self._prepared = prepared
        self._search: Search | None = None
        self._searching = threading.Lock()
        self._vocabulary: Vocabulary | None = None

    def answer(self, query: Query) -> Answer:
        """Answer a query, from the cache when it was answered before.

        See :meth:`jsbio_kg.store.Store.answer`; a deadline is not part of what was asked.
        """
        key = (query.text, query.solutions, query.graph, query.dataset)
        if answer := self.answers.get(key):
            return answer
        if self._prepared is None or (answer := self._prepared.get(query)) is None:
            answer = self.store.answer(query)
        if self.site.is_fixed and not is_volatile(query.text):
            self.answers.put(key, answer, len(answer.body) + len(query.text))
        return answer

    @property
    def search(self) -> Search:
        """Return what finds things by their names; the first call makes it ready.

        :raises StoreError: when there is nothing to make it from.
        """
        with self._searching:
            if self._search is None:
                if self._make_search is not None:
                    self._search = self._make_search()
                elif self.site.folder is not None:
                    self._search = open_search(Release.open(self.site.folder, verify=False))
                else:
                    raise StoreError(
                        message("This graph cannot be searched by name."),
                        fix=message("Ask for names with SPARQL."),
                    )
            return self._search

    @property
    def vocabulary(self) -> Vocabulary:
        """Return the vocabulary with its use; of a graph that does not change, read once."""
        if self._vocabulary is None or not self.site.is_fixed:
            self._vocabulary = read_vocabulary(self)
        return self._vocabulary

    def warm(self) -> int:
        """Make ready what takes long: search, answers of saved queries, changes."""
        try:
            self.search.find("a")
        except JsbioError as error:
            log.warning("%s", error)
        for query in self.site.queries.values():
            try:
                self.answer(Query(query.text))
            except JsbioError as error:
                log.warning("%s: %s", query.name, error)
        if self.history is not None:
            self.history.prepare()
        return len(self.site.queries)

    def check(self) -> None:
        """Ask whether the graph answers; a remote store, whether it holds this release.

        :raises StoreError: when it does not.
        """
        self.store.answer(Query("ASK {}"))
        if self.site.is_fixed:
            return
        check_graphs(self.table, self.site.graphs)
        if not self.site.is_named:
            check_default(self.table, self.site.graphs)

    def close(self) -> None:
        """Let go of the store and of the search."""
        self.store.close()
        if self._prepared is not None:
            self._prepared.close()
        if self.history is not None:
            self.history.close()
        if self._search is not None:
            self._search.close()

    def query(self, name: str) -> SavedQuery:
        """Return a saved query.

        :raises NotFound: when there is none of the name.
        """
        try:
            return self.site.queries[name]
        except KeyError:
            raise NotFound(
                message("There is no query %(name)r.", name=name[:100]),
                fix=message("The page /queries/ lists the queries."),
            ) from None

    def answer_saved(
        self,
        query: SavedQuery,
        values: Mapping[str, Sequence[str]],
        solutions: Format | None = SOLUTIONS[0],
        graph: Format | None = GRAPHS[0],
        limit: int | None = None,
        offset: int = 0,
    ) -> Answer:
        """Answer a saved query with these values in place of its example.

        :raises ParameterError: when a parameter is unknown or a value is not of its type.
        """
        return self.answer(Query(query.bind(values, limit, offset), solutions, graph))

    def has_more(self, query: SavedQuery, values: Mapping[str, Sequence[str]], offset: int) -> bool:
        """Tell whether a saved query has rows from an offset on."""
        answer = self.answer(Query(query.bind(values, 1, offset)))
        return bool(answer.rows)

    def table(self, text: str, most: int = MOST_ON_PAGE) -> Table:
        """Answer a SELECT as a table."""
        return read_table(self.answer(Query(text)).body, most)

    def describe(self, iri: str, format: Format) -> Answer:
        """Return the triples about a thing: those it is the subject of, and what points to it.

        :raises NotFound: when the graph says nothing of it.
        """
        term = serialize_iri(f"<{iri}>", "iri")
        text = _DESCRIBE.format(iri=term, most=MOST_INCOMING)
        answer = self.answer(Query(text, graph=format))
        if not self._is_known(term):
            raise self._unknown(iri)
        return answer

    def entity(self, iri: str, language: str) -> Entity:
        """Return a thing with its properties, named in a language.

        :raises NotFound: when the graph says nothing of it.
        """
        term = serialize_iri(f"<{iri}>", "iri")
        text = _PROPERTIES.format(iri=term, most=MOST_INCOMING, language=language)
        grouped: dict[tuple[str, bool], list[tuple[Term, str]]] = {}
        labels: dict[str, str] = {}
        for row in self.table(text, MOST_ON_PAGE * 5).dicts():
            key = (row["p"].value, row["direction"].value == "in")
            labels[row["p"].value] = row["pLabel"].value if "pLabel" in row else ""
            label = row["label"].value if "label" in row else ""
            grouped.setdefault(key, []).append((row["value"], label))
        if not grouped:
            raise self._unknown(iri)
        properties = tuple(
            Property(p, labels[p], incoming, tuple(values))
            for (p, incoming), values in grouped.items()
        )
        return Entity(iri, _name(properties, language) or iri, properties)

    def _is_known(self, term: str) -> bool:
        text = (
            f"ASK {{ {{ {term} ?p ?o }} UNION {{ ?s ?p {term} }} UNION "
            f"{{ GRAPH ?g {{ {term} ?p ?o }} }} UNION {{ GRAPH ?g {{ ?s ?p {term} }} }} }}"
        )
        return b"true" in self.answer(Query(text)).body

    def _unknown(self, iri: str) -> NotFound:
        return NotFound(
            message("The graph says nothing of %(iri)s.", iri=iri[:200]),
            fix=message("Check the address, or look for the name with a query."),
        )


def _name(properties: Sequence[Property], language: str) -> str:
    for each in properties:
        if each.iri == "http://www.w3.org/2000/01/rdf-schema#label" and not each.is_incoming:
            names = {term.language: term.value for term, _ in each.values}
            return names.get(language) or next(iter(names.values()), "")
    return ""
