"""Search: what people type finds what they mean, says why, and does no harm."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jsbio_kg.errors import ParameterError
from jsbio_kg.release import Release
from jsbio_kg.search import MOST_CHARACTERS, Hit, Search, open_search, search_files, vocabulary_of
from jsbio_kg.search.pinyin import syllables
from jsbio_kg.search.spelling import distance, most_errors, stumps
from jsbio_kg.search.words import fold
from jsbio_kg.vocabulary import PREFIXES, shrink

WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=12)


@pytest.fixture(scope="session")
def search(release: Release) -> Iterator[Search]:
    with closing(open_search(release)) as search:
        yield search


@pytest.fixture(scope="session")
def labels(search: Search) -> list[tuple[str, str]]:
    """Every Chinese label with its thing."""
    rows = search.index.rows("SELECT iri, label_zh FROM thing WHERE label_zh <> '' ORDER BY id")
    return [(iri, label) for iri, label in rows]


def names(hits: tuple[Hit, ...] | list[Hit]) -> list[str]:
    return [shrink(hit.iri) for hit in hits]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Suzhou", "city:suzhou"),
        ("suzhou industrial park", "park:suzhou-industrial-park"),
        ("SUZHOU  Industrial parks", "park:suzhou-industrial-park"),
        ("苏州", "city:suzhou"),
        ("苏州工业园", "park:suzhou-industrial-park"),
        ("工业园区 苏州", "park:suzhou-industrial-park"),
        ("苏", "province:jiangsu"),
        ("BioBAY", "park:biobay"),
        ("细胞治疗", "sector:cell-therapy"),
        ("cell therapies", "sector:cell-therapy"),
        ("JS", "province:jiangsu"),
        ("Kiangsu", "province:jiangsu"),
        ("320000", "province:jiangsu"),
        ("D1.67", "passage:D1.67"),
        ("located in", "jsbio:locatedIn"),
        ("locatedIn", "jsbio:locatedIn"),
        ("jsbio:locatedIn", "jsbio:locatedIn"),
        ("位于", "jsbio:locatedIn"),
    ],
)
def test_a_name_in_either_language_finds_its_thing_first(
    search: Search, typed: str, first: str
) -> None:
    assert names(search.find(typed).hits)[0] == first


@pytest.mark.parametrize(
    "typed",
    [
        "suzhougongyeyuanqu",
        "su zhou gong ye yuan qu",
        "sūzhōu gōngyè yuánqū",
        "su1zhou1 gong1ye4",
        "suzhougongy",
        "gongyeyuanqu suzhou",
        "szgyyq",
    ],
)
def test_pinyin_finds_with_and_without_tones_and_spaces(search: Search, typed: str) -> None:
    assert "park:suzhou-industrial-park" in names(search.find(typed).hits)[:3]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("suzhuo", "city:suzhou"),
        ("biobai", "park:biobay"),
        ("pharmaceuticl port", "park:china-pharmaceutical-port"),
        ("suzhou industral parq", "park:suzhou-industrial-park"),
        ("细胞智疗", "sector:cell-therapy"),
        ("蘇州工業園區", "park:suzhou-industrial-park"),
    ],
)
def test_typing_errors_are_forgiven(search: Search, typed: str, expected: str) -> None:
    assert expected in names(search.find(typed).hits)[:3]


def test_a_question_is_read_for_its_words(search: Search) -> None:
    assert search.find("江苏的生物医药产业有哪些园区").hits
    assert search.find("which parks are in the plan?").hits


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_every_part_of_a_chinese_name_finds_it(
    search: Search, labels: list[tuple[str, str]], data: st.DataObject
) -> None:
    iri, label = data.draw(st.sampled_from(labels))
    start = data.draw(st.integers(0, len(label) - 1))
    part = label[start : data.draw(st.integers(start + 1, len(label)))]
    assume(any("\u4e00" <= character <= "\u9fff" for character in part))
    assert iri in _all(search, part)


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_the_pinyin_of_every_chinese_name_finds_it(
    search: Search, labels: list[tuple[str, str]], data: st.DataObject
) -> None:
    iri, label = data.draw(st.sampled_from(labels))
    sounds = syllables(label)
    assume(len(sounds) == len(fold(label).replace(" ", "")) and len("".join(sounds)) <= 60)
    joint = data.draw(st.sampled_from(["", " "]))
    assert iri in _all(search, joint.join(sounds))


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_one_typing_error_in_a_word_is_mended(search: Search, data: st.DataObject) -> None:
    words = [row[0] for row in search.index.rows("SELECT text FROM word WHERE LENGTH(text) > 4")]
    word = data.draw(st.sampled_from(words))
    place = data.draw(st.integers(0, len(word) - 2))
    letter = data.draw(st.sampled_from("aeioutrnslx"))
    wrong = data.draw(
        st.sampled_from(
            [
                word[:place] + word[place + 1 :],
                word[:place] + letter + word[place:],
                word[:place] + letter + word[place + 1 :],
                word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            ]
        )
    )
    found = search.find(wrong)
    assert found.hits
    if found.spellings:  # else it is a word, or begins one
        assert min(distance(wrong, other, 2) for other in found.spellings[wrong]) == 1


@given(one=WORDS, other=WORDS)
def test_words_within_reach_share_a_stump(one: str, other: str) -> None:
    reach = min(most_errors(one), most_errors(other))
    assert distance(one, other, 2) == distance(other, one, 2)
    if distance(one, other, 2) <= reach:
        assert stumps(one) & stumps(other)


# -- why, how many, in which order -----------------------------------------------------------------


def test_a_hit_says_which_name_matched_and_where(search: Search) -> None:
    hit = search.find("kiangsu").hits[0]
    assert (hit.match.role, hit.match.name.language) == ("alias", "en")
    assert hit.pieces == [("Kiangsu", True)]
    hit = search.find("gongye suzhou").hits[0]
    assert hit.match.name.language == "zh"
    assert [text for text, is_marked in hit.pieces if is_marked] == ["苏州工业"]


def test_facets_count_every_kind_and_a_kind_narrows(search: Search) -> None:
    found = search.find("suzhou")
    assert sum(facet.count for facet in found.facets) == found.total == len(_all(search, "suzhou"))
    for facet in found.facets:
        narrow = search.find("suzhou", facet.kind, limit=500)
        assert narrow.total == len(narrow.hits) == facet.count
        assert {hit.kind for hit in narrow.hits} == {facet.kind}
        assert narrow.facets == found.facets


def test_pages_hold_each_hit_once(search: Search) -> None:
    total = search.find("a").reachable
    paged = [hit.iri for at in range(0, total, 20) for hit in search.find("a", "", at, 20).hits]
    assert len(paged) == len(set(paged)) == total


def test_searches_are_quick(search: Search) -> None:
    for typed in ("a", "park", "苏州", "suzhougongye", "pharmaceuticl", "生物医药 nanjing"):
        times = []
        for _ in range(5):
            started = time.thread_time()
            search.find(typed)
            times.append(time.thread_time() - started)
        assert min(times) < 0.05, typed


# -- hostile input, files of one's own -------------------------------------------------------------


@given(text=st.text(st.characters(), max_size=MOST_CHARACTERS))
@settings(max_examples=200, deadline=None)
def test_any_text_at_all_is_searched_for(search: Search, text: str) -> None:
    for hit in search.find(text).hits:
        places = [place for span in hit.spans for place in span]
        assert places == sorted(places)
        assert not places or 0 <= places[0] <= places[-1] <= len(hit.match.name.text)


@pytest.mark.parametrize(
    "text",
    [
        *('"', "'", "*", "names:park", "park NEAR(5)", "park AND", "NOT OR", "^park", "{names}: x"),
        *("\x00", "park\x00", "\ud800", "😀", "%", "_", "苏州' OR 1=1 --", "a" * 200, "苏" * 200),
    ],
)
def test_the_syntax_of_others_is_text(search: Search, text: str) -> None:
    search.find(text)


def test_a_text_longer_than_any_name_is_refused(search: Search) -> None:
    with pytest.raises(ParameterError, match="201 characters"):
        search.find("a" * 201)


def test_files_of_the_readers_own_are_searched(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(
        "<http://example.org/b> a <http://example.org/Fish> ; "
        '<http://www.w3.org/2000/01/rdf-schema#label> "Herring"@en, "鲱鱼"@zh .'
    )
    with closing(search_files([(str(path), "text/turtle", "")], "v")) as search:
        assert search.find("鲱").hits[0].kind == "fish"
        assert search.find("hering").hits[0].labels["en"] == "Herring"
        classes = vocabulary_of(search, PREFIXES)["classes"]
        assert [term["name"] for term in classes] == ["<http://example.org/Fish>"]


def test_many_search_at_once(search: Search) -> None:
    typed = ["park", "苏州", "suzhuo", "gongye"] * 10
    expected = [search.find(text) for text in typed]
    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(search.find, typed)) == expected


def test_the_release_is_whole_beside_its_index(release: Release, search: Search) -> None:
    assert Release.open(release.root).version == release.version


def _all(search: Search, text: str) -> list[str]:
    return [hit.iri for hit in search.find(text, limit=1000).hits]
