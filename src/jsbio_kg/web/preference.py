"""Whether a client wants a page or data.

In: the Accept header of the request. Out: yes or no.
"""

from ..store import DATASETS, GRAPHS, SOLUTIONS
from .bridge import accept
from .negotiation import choose_type

__all__ = ["DATA_TYPES", "wants_page"]

DATA_TYPES = tuple(each.media_type for each in (*SOLUTIONS, *GRAPHS, *DATASETS))


def wants_page(*types: str) -> bool:
    """Tell whether the client likes a page better than data."""
    return bool(accept()) and choose_type(accept(), (*(types or DATA_TYPES), "text/html")) == (
        "text/html"
    )
