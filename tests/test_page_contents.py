"""What the pages of the real release say, and how they say what it rests on."""

import json
import os
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from page_reader import BASE, read

from jsbio_kg.errors import SourceError
from jsbio_kg.service import Service, read_texts
from jsbio_kg.web.app import create_app
from jsbio_kg.web.context import Options


def test_the_headline_is_the_pattern(site: FlaskClient) -> None:
    text = read(site, "/")[0].replace("\N{NO-BREAK SPACE}", " ")
    assert ">One Valley, One City, One Port, One Park, Multiple Poles</h1>" in text
    assert ">一谷、一城、一港、一园、多极</h1>" in read(site, "/", "zh")[0]


def test_counts_of_the_overview_come_from_the_graph(
    site: FlaskClient, real_service: Service
) -> None:
    passage = f"<{BASE}ontology#Passage>"
    text = f"SELECT (COUNT(DISTINCT ?p) AS ?n) {{ GRAPH ?g {{ ?p a {passage} }} }}"
    cell = real_service.table(text).rows[0][0]
    assert cell and f"{cell.value} numbered facts" in read(site, "/")[0]


def test_a_value_shows_its_evidence(site: FlaskClient) -> None:
    text, page = read(site, "/page/park/biobay")
    assert "e1" in page.ids and "#e1" in page.links
    assert "D1.87" in text and "reference" in text and "inferred" in text


def test_a_repaired_place_shows_reading_and_confidence(site: FlaskClient) -> None:
    text, _ = read(site, "/page/group/multiple-poles")
    assert "rests on the reading" in text and "confidence 0.75" in text


def test_long_lists_of_links_are_paged(site: FlaskClient) -> None:
    path = "/page/graph/jiangsu-introduction?by=https://w3id.org/jsbio/ontology%23inGraph"
    first, second = read(site, path)[0], read(site, path + "&page=2")[0]
    assert 'aria-current="page">2' in second and first != second


def test_a_table_sorts_and_filters_by_its_address(site: FlaskClient) -> None:
    up, _ = read(site, "/queries/cities?sort=code&order=ascending")
    down, _ = read(site, "/queries/cities?sort=code&order=descending")
    assert up.index("320100") < up.index("321300") and down.index("321300") < down.index("320100")
    assert 'aria-sort="descending"' in down
    one, _ = read(site, "/queries/strengths?only=level~leads+the+nation")
    assert "show all again" in one and "antibody drugs</a></td>" not in one


def test_an_empty_answer_says_that_the_documents_do_not_say(site: FlaskClient) -> None:
    assert "do not say" in read(site, "/queries/plan-target-figures")[0]


def test_an_answer_says_what_it_rests_on(site: FlaskClient) -> None:
    text, _ = read(site, "/queries/park-ranks")
    assert "What the answer rests on" in text and ">D1.73</a>" in text


def test_fixed_choices_are_named_in_the_language_of_the_page(site: FlaskClient) -> None:
    text, _ = read(site, "/queries/statistics-of-kind", "zh")
    assert '<option value="jsbio:Count" selected>计数</option>' in text
    assert ">jsbio:" not in text.partition("</form>")[0].partition('class="panel"')[2]


def test_an_evidence_record_is_called_by_its_triple(site: FlaskClient) -> None:
    text, _ = read(site, "/page/passage/D1.67")
    assert "Number of Jiangsu parks in the national top 50, 2023 · exact value · 13</a>" in text


def test_a_part_of_a_document_is_named_in_chinese(site: FlaskClient) -> None:
    text, _ = read(site, "/page/passage/D2.9", "zh")
    assert "第 1 组" in text and "Group 1，" not in text


def test_cities_without_a_row_keep_their_tile(site: FlaskClient) -> None:
    text, _ = read(site, "/queries/cities-in-documents")
    tiles = text.partition('<figure class="tiles">')[2].partition("</figure>")[0]
    assert tiles.count('<rect class="tile') == 13
    assert tiles.count(">–</text>") == 4


def test_an_iri_can_be_copied_by_pointer_and_by_keyboard(site: FlaskClient) -> None:
    text, _ = read(site, "/page/park/biobay")
    iri = BASE + "id/park/biobay"
    assert f'<code aria-hidden="true">{iri}</code>' in text
    assert f'<input readonly aria-label="IRI" aria-describedby="iri-hint" value="{iri}">' in text


def test_search_engines_read_json_ld(site: FlaskClient) -> None:
    for path, kind in (("/", "Dataset"), ("/page/city/suzhou", "City")):
        text, _ = read(site, path)
        match = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
        assert match
        assert json.loads(match[1])["@type"] == kind


def test_report_this_is_there_only_with_an_address(
    site: FlaskClient, real_service: Service
) -> None:
    assert "example.org/report?about=https%3A%2F%2Fw3id.org" in read(site, "/page/park/biobay")[0]
    text, page = read(site, "/page/park/biobay")
    facts = {link for link in page.links if "jsbio%2Fid%2Fevidence%2F" in link}
    assert len(facts) == text.count('aria-label="Report this fact"') > 3
    plain = create_app(real_service).test_client()
    assert "Report" not in read(plain, "/page/park/biobay")[0]


def test_a_folder_without_the_documents_is_refused(real_service: Service, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("Something else.", "utf-8")
    with pytest.raises(SourceError, match="none of the documents"):
        read_texts(real_service, tmp_path)


@pytest.mark.skipif("JSBIO_SOURCES" not in os.environ, reason="the documents are not at hand")
def test_the_sentence_is_shown_where_the_document_is_at_hand(real_service: Service) -> None:
    texts = read_texts(real_service, Path(os.environ["JSBIO_SOURCES"]))
    client = create_app(real_service, Options(texts=texts)).test_client()
    assert "<mark>" in read(client, "/page/passage/D1.67")[0]


@pytest.mark.parametrize(
    "path, english, chinese",
    [
        ("/page/ontology/Park", "Shape LocatedPlace", "形状 LocatedPlace"),
        ("/page/ontology/Park", "Whole dataset · Park", "整个数据集 · 园区"),
        ("/page/ontology/locatedIn", "holds for everything with", "适用于有此属性的事物"),
        ("/page/graph/description%23dataset", "number of triples", "三元组数目"),
    ],
)
def test_what_describes_the_graph_has_names(
    site: FlaskClient, path: str, english: str, chinese: str
) -> None:
    for language, words in (("en", english), ("zh", chinese)):
        text = read(site, path, language)[0]
        assert words in text
        assert not re.search(r">(sh|void|dcat):\w+</a>", text)


def test_what_only_follows_is_folded_away_below_what_is_stated(site: FlaskClient) -> None:
    text = read(site, "/page/sector/medical-devices")[0]
    links = text[text.index('id="links"') : text.index('id="evidence"')]
    stated, _, implied = links.partition("<details>")
    assert ">broader<" in stated and ">concerns sector<" in implied
    assert "inferred" not in stated
    chosen = read(site, "/page/sector/medical-devices?by=https://w3id.org/jsbio/ontology%23about")[
        0
    ]
    assert "<details>" not in chosen[chosen.index('id="links"') :]


def test_a_thing_of_others_is_a_click_away(site: FlaskClient) -> None:
    text = read(site, "/page?iri=http://www.wikidata.org/entity/Q42622")[0]
    assert 'rel="external" href="http://www.wikidata.org/entity/Q42622"' in text
    assert 'rel="external"' not in read(site, "/page/ontology/Park")[0]
