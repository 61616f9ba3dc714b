"""The service: everything that can be asked of a graph, by whoever asks.

In: a store and a site. Out: answers, tables, descriptions. Knows queries, knows no HTTP.
"""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence

from ..errors import JsbioError, NotFound, StoreError
from ..i18n import message
from ..queries import SavedQuery
from ..release import Release
from ..search import Search, open_search
from ..store import GRAPHS, SOLUTIONS, Answer, Format, Query, Store
from .cache import ByteCache, is_volatile
from .history import History
from .prepared import Prepared
from .readiness import check_default, check_graphs
from .site import Site
from .table import Table, read_table
from .terms import Vocabulary, read_vocabulary

__all__ = ["Service"]

log = logging.getLogger(__name__)

#: How many rows a page shows.
MOST_ON_PAGE = 1000


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
