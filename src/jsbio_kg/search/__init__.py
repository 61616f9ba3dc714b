"""Search: things by their names, in English, Chinese and pinyin, right or nearly right.

In: the triples of a release. Out: :class:`Search`. The index is one SQLite file beside what the
manifest lists; it is made once for each release, and can be deleted at any time.
"""

from .asking import MOST_CHARACTERS
from .matching import How, Match, Name
from .opening import open_search, search_files, search_lines
from .searching import Facet, Found, Hit, Search, cut
from .terms import vocabulary_of

__all__ = [
    "MOST_CHARACTERS",
    "Facet",
    "Found",
    "Hit",
    "How",
    "Match",
    "Name",
    "Search",
    "cut",
    "open_search",
    "search_files",
    "search_lines",
    "vocabulary_of",
]
