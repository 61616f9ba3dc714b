"""Loading: a release into another store, and whether it arrived.

In: a release and the address of a store. Out: the store filled, graph by graph or in batches,
taken up again after a failure; and every difference between what is there and what was published.
"""

from .comparing import compare
from .target import Credentials, Target, check_address, opener_for
from .transfer import Transfer, load_graphs, load_updates

__all__ = [
    "Credentials",
    "Target",
    "Transfer",
    "check_address",
    "compare",
    "load_graphs",
    "load_updates",
    "opener_for",
]
