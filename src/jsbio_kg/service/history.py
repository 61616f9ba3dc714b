"""Releases by their version: the one that is served, and older ones that are kept.

In: the release that is served, and folders with older ones. Out: each of them, opened as a service
of its own when it is asked for; what changed between any two.
"""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..errors import NotFound, ReleaseError, Saturated
from ..i18n import message
from ..release import MANIFEST, Release, released_at
from ..store import Limits
from .background import Background
from .comparing import Comparison, Comparisons
from .site import Site

if TYPE_CHECKING:
    from .service import Service

__all__ = ["Edition", "History"]

log = logging.getLogger(__name__)

#: The characters of a version that addresses show, and the fewest that name one.
SHOWN: Final = 12
FEWEST: Final = 8
#: How many older releases are open at once.
MOST_OPEN: Final = 2
#: Seconds that somebody waits for one to open, and that one is left open for who still uses it.
PATIENCE: Final = 10.0
GRACE: Final = 30.0


@dataclass(frozen=True)
class Edition:
    """A release among others.

    :param released: when, as ISO 8601 in UTC.
    """

    release: Release
    released: str
    is_current: bool

    @property
    def name(self) -> str:
        """Return the version as addresses have it."""
        return self.release.version[:SHOWN]


class History:
    """The releases that are kept, the latest first.

    :param older: releases, or folders of releases; what is no release is passed over.
    :param open_older: opens one as a service.
    :param cache: a folder for what was worked out.
    """

    def __init__(
        self,
        current: "Service",
        release: Release,
        older: Sequence[Path],
        open_older: Callable[[Release], "Service"],
        cache: Path,
    ) -> None:
        self._current = current
        self._open_older = open_older
        self._comparisons = Comparisons(cache)
        self._background = Background("older releases")
        self._opened: OrderedDict[str, Future[Service]] = OrderedDict()
        self._opening = threading.Lock()
        self._checked: dict[str, Site] = {}
        self._checking = threading.Lock()
        self.editions = tuple(_editions(release, older))

    @property
    def current(self) -> Edition:
        """Return the release that is served."""
        return next(edition for edition in self.editions if edition.is_current)

    def find(self, name: str) -> Edition:
        """Return the release of a version, given whole or by its first characters.

        :raises NotFound: when none is kept, or more than one.
        """
        found = [each for each in self.editions if each.release.version.startswith(name)]
        if len(name) >= FEWEST and len(found) == 1:
            return found[0]
        raise NotFound(
            message("No release %(name)r is kept.", name=name[:64]),
            fix=message("The page /releases/ lists those that are."),
        )

    def before(self, edition: Edition) -> Edition | None:
        """Return the release before another."""
        place = self.editions.index(edition) + 1
        return self.editions[place] if place < len(self.editions) else None

    def changes(self, old: Edition, new: Edition) -> Comparison:
        """Return what changed between two releases; see :meth:`Comparisons.of`."""
        return self._comparisons.of(old.release, new.release)

    def known_changes(self, old: Edition, new: Edition) -> Comparison | None:
        """Return what changed between two releases, if that is worked out already."""
        return self._comparisons.known(old.release, new.release)

    def prepare(self) -> None:
        """Have each release compared with the one before it, and with the one that is served."""
        current = self.current
        for edition in self.editions:
            if previous := self.before(edition):
                self._comparisons.order(previous.release, edition.release)
            if self.editions.index(edition) > self.editions.index(current):
                self._comparisons.order(edition.release, current.release)

    def service_of(self, edition: Edition) -> "Service":
        """Return the service of a release.

        :raises Saturated: when it is not open yet.
        :raises NotFound: when its copy is damaged.
        """
        if edition.is_current:
            return self._current
        with self._opening:
            future = self._opened.get(edition.name)
            if future is None or (future.done() and future.exception() is not None):
                future = self._background.submit(lambda: self._open(edition))
                self._opened[edition.name] = future
            self._opened.move_to_end(edition.name)
            self._let_go()
        try:
            return future.result(PATIENCE)
        except NotYet:
            raise Saturated(
                message("The release is being opened."), fix=message("Ask again in a moment.")
            ) from None

    def close(self) -> None:
        """Let go of everything but the release that is served."""
        self._comparisons.close()
        for future in self._opened.values():
            _close(future)

    def site_of(self, edition: Edition) -> Site:
        """Return what a release says of itself, once its files were compared with their hashes.

        :raises NotFound: when its copy is damaged.
        """
        if edition.is_current:
            return self._current.site
        with self._checking:
            if edition.name not in self._checked:
                self._checked[edition.name] = Site.from_release(_checked(edition), Limits())
            return self._checked[edition.name]

    def _open(self, edition: Edition) -> "Service":
        self.site_of(edition)
        return self._open_older(edition.release)

    def _let_go(self) -> None:
        """Close the one that was asked least lately, when those who use it have had their time."""
        while len(self._opened) > MOST_OPEN:
            _, future = self._opened.popitem(last=False)
            later = threading.Timer(GRACE, _close, [future])
            later.daemon = True
            later.start()


def _checked(edition: Edition) -> Release:
    try:
        return Release.open(edition.release.root)
    except (ReleaseError, OSError) as error:
        log.error("%s", error)
        raise NotFound(
            message("The copy of the release %(name)s is damaged.", name=edition.name),
            fix=message("Tell the people who run the service."),
        ) from None


def _close(future: "Future[Service]") -> None:
    if not future.cancel() and future.done() and future.exception() is None:
        future.result().close()


def _editions(current: Release, older: Iterable[Path]) -> list[Edition]:
    """Return the releases, each version once, the latest first."""
    found = {current.version: Edition(current, released_at(current.root), True)}
    for root in _roots(older):
        try:
            release = Release.unchecked(root)
        except ReleaseError as error:
            log.warning("%s", error)
            continue
        found.setdefault(release.version, Edition(release, released_at(root), False))
    return sorted(found.values(), key=lambda each: (each.released, each.name), reverse=True)


def _roots(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        if (folder / MANIFEST).is_file():
            yield folder
        elif folder.is_dir():
            yield from (path.parent for path in sorted(folder.glob(f"[!.]*/{MANIFEST}")))
