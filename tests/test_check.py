"""Every check finds its fault and says where, what and how to fix it, in one line."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from jsbio_kg.build.check import check_project
from jsbio_kg.cli import main
from jsbio_kg.errors import SourceError
from jsbio_kg.i18n import Message

Edit = Callable[[str, str, str], None]


def quiet(done: int, total: int, step: Message) -> None:
    assert 0 <= done <= total


def findings(project: Path) -> list[str]:
    return [str(finding) for finding in check_project(project, quiet)[1]]


def test_the_small_project_has_no_findings(tiny: Path) -> None:
    assert findings(tiny) == []


PARK = "park:biobay\n    a jsbio:Park ;\n"
FAULTS = {
    "a syntax error": (
        ("data/entities.ttl", '"BioBAY"@en ,', '"BioBAY@en ,'),
        r"data/entities\.ttl:\d+:\d+: This is not Turtle: .+\. Correct the line '\"BioBAY@en ,",
    ),
    "an undeclared prefix": (
        ("data/entities.ttl", "a jsbio:Park", "a jsx:Park"),
        r"data/entities\.ttl:\d+:\d+: This is not Turtle: The prefix jsx: has not been declared\.",
    ),
    "a file that is declared and missing": (
        ("data/sources.ttl", '"data/readings.ttl"', '"data/reading.ttl"'),
        r"data/sources\.ttl:\d+: data/reading\.ttl, declared for graph:readings, is missing\. Add",
    ),
    "a file that is not declared": (
        ("data/sources.ttl", '"data/readings.ttl"', '"data/reading.ttl"'),
        r"data/readings\.ttl: The file belongs to no declared graph\. Declare",
    ),
    "a computed graph with a file": (
        (
            "data/sources.ttl",
            "graph:inferred\n    a jsbio:InferredGraph ;\n",
            'graph:inferred\n    a jsbio:InferredGraph ;\n    jsbio:file "data/entities.ttl" ;\n',
        ),
        r"data/sources\.ttl:\d+: graph:inferred is computed by the build and has a file\. Remove",
    ),
    "another layout": (
        ("data/entities.ttl", PARK, "park:biobay a jsbio:Park ;\n"),
        r'data/entities\.ttl:\d+: The file is not in canonical form\. Run "jsbio-kg fmt',
    ),
    "a blank node in data": (
        ("data/readings.ttl", "jsbio:licenses park:china", "jsbio:licenses [] , park:china"),
        r"data/readings\.ttl:\d+: There is a blank node in the data\. Give it an IRI\.",
    ),
    "a triple in two graphs": (
        (
            "data/entities.ttl",
            "city:lianyungang\n",
            "city:lianyungang\n    jsbio:locatedIn province:jiangsu ;\n",
        ),
        r"data/reference\.ttl:\d+: city:lianyungang jsbio:locatedIn province:jiangsu stands in "
        r"data/entities\.ttl too\. Keep",
    ),
    "a term without a label": (
        ("ontology/jsbio.ttl", '"Park"@en ,\n', ""),
        r"ontology/jsbio\.ttl:\d+: jsbio:Park: There is no English label\. Add an rdfs:label",
    ),
    "an entity without a Chinese description": (
        ("data/entities.ttl", ' ,\n        "面向初创企业的园区。"@zh', ""),
        r"data/entities\.ttl:\d+: park:biobay has no description @zh\. Add it\.",
    ),
    "an entity with two labels": (
        ("data/entities.ttl", '"BioBAY"@en ,', '"BioBAY"@en ,\n        "Biobay"@en ,'),
        r"data/entities\.ttl:\d+: park:biobay has 2 labels @en\. Keep one",
    ),
    "an entity without a type": (
        ("data/entities.ttl", PARK, "park:biobay\n"),
        r"data/(entities|reference)\.ttl:\d+: park:biobay has no type\. Say what it is",
    ),
    "a thing that is used and nowhere described": (
        ("data/readings.ttl", "passage:D9.4 ,", "passage:D9.44 ,"),
        r"data/readings\.ttl:\d+: passage:D9\.44 is used and nowhere described\. Describe",
    ),
    "a property that the ontology does not declare": (
        ("data/reference.ttl", "jsbio:locatedIn province", "jsbio:liesIn province"),
        r"data/reference\.ttl:\d+: The ontology does not declare jsbio:liesIn\. Declare",
    ),
    "a triple without evidence": (
        ("data/note/facts.ttl", "jsbio:year 2023 ;", "jsbio:year 2024 ;"),
        r"data/note/facts\.ttl:\d+: There is no evidence for statistic:note-parks jsbio:year 2024"
        r"\. Add evidence:[0-9a-f]{16}, or have \"jsbio-kg cite\" write it\.",
    ),
    "evidence without a triple": (
        ("data/note/facts.ttl", "    jsbio:year 2023 ;\n", ""),
        r"data/note/evidence\.ttl:\d+: The triple of this record \(statistic:note-parks "
        r"jsbio:year 2023\) is not in data/note/facts\.ttl\. Remove",
    ),
    "a record that names no triple": (
        ("data/note/evidence.ttl", "    rdf:predicate jsbio:year ;\n", ""),
        r"data/note/evidence\.ttl:\d+: The record does not name one triple in one graph\. Give",
    ),
    "a record under another IRI": (
        ("data/note/evidence.ttl", "\nevidence:", "\nevidence:0"),
        r"data/note/evidence\.ttl:\d+: The IRI of the record is not made from its triple\. Call "
        r"it evidence:[0-9a-f]{16}\.",
    ),
    "a record of another graph": (
        ("data/note/evidence.ttl", "jsbio:inGraph graph:note ;", "jsbio:inGraph graph:reference ;"),
        r"data/note/evidence\.ttl:\d+: graph:reference has its evidence elsewhere\. Move",
    ),
    "a record without a passage": (
        ("data/note/evidence.ttl", "    jsbio:citesPassage passage:D9.1 ;\n", ""),
        r"data/note/evidence\.ttl:\d+: The record cites no passage\. Name one",
    ),
    "a record that cites a passage nobody knows": (
        (
            "data/note/evidence.ttl",
            "jsbio:citesPassage passage:D9.1 ;",
            "jsbio:citesPassage passage:D9.7 ;",
        ),
        r"data/note/evidence\.ttl:\d+: There is no passage:D9\.7\. Correct the name, or add it\.",
    ),
    "a passage of another document": (
        (
            "data/sources.ttl",
            "dcterms:source document:note ;\n    jsbio:evidencedBy",
            "jsbio:evidencedBy",
        ),
        r"data/note/evidence\.ttl:\d+: passage:D9\.\d is of another document\. Cite",
    ),
    "a reading that applies elsewhere": (
        ("data/readings.ttl", "        passage:D9.4 ,\n        passage:D9.5 ;", " passage:D9.1 ;"),
        r"data/note/evidence\.ttl:\d+: reading:the-port does not apply to this passage\. Add",
    ),
    "a reading nobody knows": (
        (
            "data/note/evidence.ttl",
            "jsbio:restsOn reading:the-port",
            "jsbio:restsOn reading:a-port",
        ),
        r"data/note/evidence\.ttl:\d+: There is no reading:a-port\.",
    ),
    "reference data without a source": (
        ("data/reference-evidence.ttl", "    jsbio:citesSource reference:codes ;\n", ""),
        r"data/reference-evidence\.ttl:\d+: The record cites no source\. Name one",
    ),
    "reference data that nobody checked": (
        ("data/reference-evidence.ttl", "    jsbio:verification jsbio:Verified ;\n", ""),
        r"data/reference-evidence\.ttl:\d+: The record does not say how well it was checked\. Add",
    ),
    "facts without an evidence graph": (
        ("data/sources.ttl", "    jsbio:evidencedBy graph:note-evidence ;\n", ""),
        r"data/note/facts\.ttl: The graph has no evidence graph\. Name one",
    ),
    "a wrong fact number": (
        (
            "data/note/evidence.ttl",
            "jsbio:citesPassage passage:D9.5 ;",
            "jsbio:citesPassage passage:D9.2 ;",
        ),
        r"data/note/evidence\.ttl:\d+: The record cites passage:D9\.2, and its node is stated in "
        r"passage:D9\.5\. Correct the fact number",
    ),
    "a wrong fact number of the same sentence": (
        (
            "data/note/evidence.ttl",
            "jsbio:citesPassage passage:D9.5 ;",
            "jsbio:citesPassage passage:D9.4 ;",
        ),
        r"data/note/evidence\.ttl:\d+: The record cites passage:D9\.4, and its node is stated in "
        r"passage:D9\.5\. Correct the fact number",
    ),
    "a node that is stated nowhere": (
        ("data/note/facts.ttl", "    jsbio:statedIn passage:D9.2 ;\n", ""),
        r"data/note/facts\.ttl:\d+: statistic:note-parks does not say where it is stated\. Add",
    ),
    "a node that is stated where nothing of it stands": (
        ("data/note/facts.ttl", "jsbio:statedIn passage:D9.2 ;", "jsbio:statedIn passage:D9.3 ;"),
        r"data/note/facts\.ttl:\d+: No other triple of statistic:note-parks rests on "
        r"passage:D9\.3\. Correct",
    ),
    "a passage with another number": (
        ("data/note/evidence.ttl", 'jsbio:factNumber "D9.1"', 'jsbio:factNumber "D9.9"'),
        r"data/note/evidence\.ttl:\d+: The passage has another fact number\. Write",
    ),
    "a passage without a sentence": (
        ("data/note/evidence.ttl", "    jsbio:inSentence sentence:D9.T ;\n", ""),
        r"data/note/evidence\.ttl:\d+: The passage lacks a sentence, or offsets\. Give",
    ),
    "a sentence selector beside its sentence": (
        (
            "data/note/evidence.ttl",
            "oa:end 16 ;\n    oa:hasSource",
            "oa:end 17 ;\n    oa:hasSource",
        ),
        r"data/note/evidence\.ttl:\d+: Its sentence selector has other offsets than its sentence\.",
    ),
    "a phrase that does not fit its offsets": (
        ("data/note/evidence.ttl", '"over 200 firms"', '"over 200 firm"'),
        r"data/note/evidence\.ttl:\d+: The offsets of its phrase do not fit",
    ),
    "a long quotation": (
        ("data/note/evidence.ttl", '"over 200 firms"', '"a b c d e f g h i"'),
        r"data/note/evidence\.ttl:\d+: A locating phrase has one to 8 words\. Quote less\.",
    ),
    "a value against a shape": (
        ("data/readings.ttl", "jsbio:confidence 0.9 ;", "jsbio:confidence 1.9 ;"),
        r"data/readings\.ttl:\d+: reading:the-port: .+ See jsbio:confidence '1\.9'\.",
    ),
    "a contradiction": (
        (
            "data/entities.ttl",
            PARK,
            "park:biobay\n    a\n        jsbio:City ,\n        jsbio:Park ;\n",
        ),
        r"data/entities\.ttl:\d+: By rule cax-adc these triples contradict each other: park:biobay "
        r"rdf:type jsbio:City; park:biobay rdf:type jsbio:Park; .+\. Correct",
    ),
    "a broken query": (
        ("queries/parks-of-a-province.rq", "#+ summary: Parks of a province\n", ""),
        r"queries/parks-of-a-province\.rq:\d+",
    ),
    "a syntax error in a query": (
        ("queries/parks-of-a-province.rq", "ORDER BY ?park", "ORDER BYE ?park"),
        r"queries/parks-of-a-province\.rq:\d+(:\d+)?: ",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_where_it_is(name: str, tiny: Path, edit: Edit) -> None:
    change, expected = FAULTS[name]
    edit(*change)
    found = findings(tiny)
    assert any(re.search(expected, line) for line in found), "\n".join(found)
    assert all("\n" not in line for line in found)


def test_a_file_that_cannot_be_read_is_told_before_what_follows_from_it(
    tiny: Path, edit: Edit
) -> None:
    edit("data/entities.ttl", '"BioBAY"@en ,', '"BioBAY@en ,')
    edit("data/readings.ttl", "jsbio:confidence", "jsx:confidence")
    assert [line.split(":")[0] for line in findings(tiny)] == [
        "data/entities.ttl",
        "data/readings.ttl",
    ]


def test_a_project_without_its_register_is_one_error(tiny: Path) -> None:
    (tiny / "data" / "sources.ttl").unlink()
    with pytest.raises(SourceError, match=r"data/sources\.ttl: There is no such file"):
        check_project(tiny, quiet)


def test_a_byte_that_is_not_utf8_has_line_and_column(tiny: Path) -> None:
    path = tiny / "data" / "readings.ttl"
    path.write_bytes(b"# one\n# tw\xff\n")
    assert any("data/readings.ttl:2:5: A byte is not UTF-8." in line for line in findings(tiny))


def test_the_command_counts_its_findings_and_exits_with_one(tiny: Path, edit: Edit) -> None:
    edit("data/entities.ttl", ' ,\n        "面向初创企业的园区。"@zh', "")
    result = CliRunner().invoke(main, ["check", "--project", str(tiny)])
    assert result.exit_code == 1
    assert "park:biobay has no description @zh" in result.stderr
    assert re.search(r"Findings: \d+\.", result.stderr)


def test_a_folder_that_is_no_project_is_told_in_one_line(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["check", "--project", str(tmp_path)])
    assert result.exit_code == 1
    assert "There is no project here" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_wrong_usage_exits_with_two() -> None:
    assert CliRunner().invoke(main, ["check", "--nonsense"]).exit_code == 2
