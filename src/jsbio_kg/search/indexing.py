"""Indexing: from the triples of a release to the one file that is searched.

In: N-Quads lines, subject by subject. Out: an SQLite file, whole or not at all. It is a cache: the
same triples give the same bytes, and it can be deleted at any time.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Final

from ..vocabulary import BASE, shrink
from .gathering import Gathered, covering, local_name
from .pinyin import initials, syllables
from .quads import read_blocks
from .schema import ABOUT, ADDRESS, FORMAT, LABEL, create, finish
from .spelling import stumps
from .words import fold, spell_out, split, tokens

__all__ = ["write_index"]

#: The longest part of a text that is indexed.
_LONGEST: Final = 2000
_THINGS: Final = """
INSERT INTO thing SELECT
    ROW_NUMBER() OVER (
      ORDER BY SUBSTR(t.iri, 1, LENGTH(?1)) <> ?1, COALESCE(d.count, 0) DESC, t.iri
    ),
    t.iri, t.kind, NULL, NULL, NULL, NULL
  FROM (SELECT DISTINCT iri, kind FROM raw_thing) t LEFT JOIN degree d ON d.iri = t.iri
"""
_NAMES: Final = """
SELECT thing.id, thing.iri, role, language, text FROM raw_name JOIN thing USING (iri)
UNION SELECT thing.id, thing.iri, ?, language, text FROM raw_about JOIN thing USING (iri)
ORDER BY 1, 3, 4, 5
"""
Row = tuple[int, str, int, str, str]


def write_index(path: Path, lines: Iterable[bytes], version: str, base: str = BASE) -> None:
    """Write the index of some triples.

    :param version: of the dataset, to tell later whether the index is still of it.
    :raises sqlite3.Error: when SQLite cannot write there, or has no FTS5.
    :raises OSError: when the folder cannot be written to.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(new)) as connection:
            connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
            connection.execute("BEGIN")
            _write(connection, lines, base)
            meta = (("format", FORMAT), ("version", version), ("base", base))
            connection.executemany("INSERT INTO meta VALUES (?, ?)", meta)
            connection.commit()
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _write(connection: sqlite3.Connection, lines: Iterable[bytes], base: str) -> None:
    create(connection)
    gathered = Gathered(connection, base)
    gathered.read(read_blocks(lines))
    connection.execute("CREATE TEMP TABLE degree (iri TEXT PRIMARY KEY, count INTEGER)")
    connection.executemany("INSERT INTO degree VALUES (?, ?)", sorted(gathered.degrees.items()))
    gathered.degrees.clear()
    connection.execute(_THINGS, (base + "id/",))
    words: Counter[str] = Counter()
    known: set[str] = set()
    rows = connection.cursor().execute(_NAMES, (ABOUT,))
    for _, group in groupby(rows, itemgetter(0)):
        _write_thing(connection, list(group), words, known)
    connection.executemany("INSERT INTO syllable VALUES (?)", ((each,) for each in sorted(known)))
    _write_words(connection, words)
    _write_terms(connection, gathered)
    finish(connection)


def _write_thing(
    connection: sqlite3.Connection, rows: list[Row], words: Counter[str], known: set[str]
) -> None:
    thing, iri = rows[0][:2]
    named = [*rows, *_addresses(thing, iri)]
    names: list[str] = []
    sounds: list[str] = []
    short: list[str] = []
    about: list[str] = []
    stored = []
    for _, _, role, language, text in named:
        text = text[:_LONGEST]
        if role == ABOUT:
            about += tokens(text)
            continue
        sound = syllables(text)
        names += tokens(spell_out(text) if role == ADDRESS else text)
        known.update(sound)
        if sound:
            sounds += [*sound, "0"]  # no phrase reaches from one name into the next
            short.append(initials(sound))
        if role == LABEL or (role != ADDRESS and language != "zh"):
            words.update(term.text for term in split(fold(text)) if _is_word(term.text))
        stored.append((thing, role, language, text, fold(text), " ".join(sound)))
    connection.executemany(
        "INSERT INTO name(thing, role, language, text, key, sound) VALUES (?, ?, ?, ?, ?, ?)",
        stored,
    )
    columns = (" ".join(each) for each in (names, sounds, short, about))
    connection.execute(
        "INSERT INTO words(rowid, names, sounds, initials, about) VALUES (?, ?, ?, ?, ?)",
        (thing, *columns),
    )
    _write_labels(connection, thing, rows)


def _write_labels(connection: sqlite3.Connection, thing: int, rows: list[Row]) -> None:
    """Write what a result shows of a thing: the first label and description of each language."""
    shown = {(role, language): text for _, _, role, language, text in reversed(rows)}
    texts = [
        shown.get((role, language), shown.get((role, ""), ""))
        for role in (LABEL, ABOUT)
        for language in ("en", "zh")
    ]
    connection.execute(
        "UPDATE thing SET label_en = ?, label_zh = ?, about_en = ?, about_zh = ? WHERE id = ?",
        (*texts, thing),
    )


def _addresses(thing: int, iri: str) -> Iterator[Row]:
    """Yield the compact name and the local name, which people paste and type."""
    for text in dict.fromkeys((shrink(iri), local_name(iri))):
        if text and text != iri:
            yield thing, iri, ADDRESS, "", text


def _is_word(text: str) -> bool:
    return 4 <= len(text) <= 40 and text.isascii() and text.isalpha()


def _write_words(connection: sqlite3.Connection, words: Counter[str]) -> None:
    for number, (text, count) in enumerate(sorted(words.items()), 1):
        connection.execute("INSERT INTO word VALUES (?, ?, ?)", (number, text, count))
        connection.executemany(
            "INSERT INTO stump VALUES (?, ?)", ((stump, number) for stump in sorted(stumps(text)))
        )


def _write_terms(connection: sqlite3.Connection, gathered: Gathered) -> None:
    """Write the kinds with their names, and what classes and properties are used together."""
    labels = {
        iri: (en, zh)
        for iri, en, zh in connection.execute("SELECT iri, label_en, label_zh FROM thing")
        if iri in gathered.terms or iri in gathered.classes or iri in gathered.properties
    }
    counts = dict(connection.execute("SELECT kind, COUNT(*) FROM thing GROUP BY kind"))
    classes = covering(gathered.kinds, gathered.classes)
    for kind, count in sorted(counts.items()):
        label = labels.get(classes.get(kind, ""), ("", ""))
        connection.execute("INSERT INTO kind VALUES (?, ?, ?, ?)", (kind, *label, count))
    used = {
        **dict.fromkeys(gathered.classes, True),
        **dict.fromkeys(gathered.properties, False),
        **gathered.terms,
    }
    numbers = {iri: number for number, iri in enumerate(sorted(used), 1)}
    for iri, number in numbers.items():
        count = (gathered.classes if used[iri] else gathered.properties)[iri]
        en, zh = labels.get(iri, ("", ""))
        connection.execute(
            "INSERT INTO term VALUES (?, ?, ?, ?, ?, ?, ?)",
            (number, iri, used[iri], en, zh, "".join(syllables(zh)), count),
        )
    connection.executemany(
        "INSERT INTO usage VALUES (?, ?, ?)",
        ((numbers[one], numbers[other], n) for (one, other), n in sorted(gathered.usage.items())),
    )
