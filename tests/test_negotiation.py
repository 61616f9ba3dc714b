"""The addresses of the ontology, asked for in every form, as a part of `jsbio-kg check`."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, Triple, parse, serialize

from jsbio_kg.build.project import read_project
from jsbio_kg.cli import main
from jsbio_kg.cli.negotiation import check_negotiation, negotiate

Edit = Callable[[str, str, str], None]
ADDRESS = "https://w3id.org/jsbio/ontology"
TRIPLES = tuple(
    quad.triple for quad in parse("<urn:a> a <urn:b> ; <urn:p> [ <urn:q> 1 ] .", RdfFormat.TURTLE)
)


def site(triples: Iterable[Triple], page: bool = True, vary: str = "Accept") -> Any:
    """Return a site that gives these triples, as Turtle or as a page, under one address."""

    def answer(environ: dict[str, Any], start: Any) -> list[bytes]:
        wanted = environ.get("HTTP_ACCEPT", "")
        known = {
            "text/turtle": RdfFormat.TURTLE,
            "application/n-triples": RdfFormat.N_TRIPLES,
            "application/rdf+xml": RdfFormat.RDF_XML,
            "application/ld+json": RdfFormat.JSON_LD,
        }
        if wanted not in known and not page:
            start("406 Not Acceptable", [("Content-Type", "text/plain")])
            return [b""]
        kind = wanted if wanted in known else "text/html"
        start("200 OK", [("Content-Type", kind), ("Vary", vary)])
        return [serialize(triples, format=known[kind]) if kind in known else b"<p>"]

    return answer


def said(application: Any, address: str = ADDRESS) -> list[str]:
    return [str(finding) for finding in negotiate(application, address, TRIPLES, "here:1")]


def test_the_site_gives_the_real_ontology_in_every_form(root: Path) -> None:
    assert list(check_negotiation(read_project(root)[0])) == []


def test_a_site_that_answers_as_it_should_has_no_findings() -> None:
    assert said(site(TRIPLES)) == []


def test_a_site_without_a_page_is_found() -> None:
    assert said(site(TRIPLES, page=False)) == [
        f"here:1: Asked for text/html, <{ADDRESS}> answers 406, text/plain. "
        "Correct the IRI, or what serves it."
    ]


def test_an_answer_that_is_not_whole_is_found() -> None:
    found = said(site(TRIPLES[:1]))
    assert len(found) == 4
    assert found[0].startswith(f"here:1: As text/turtle, <{ADDRESS}> is not whole.")


def test_an_answer_that_caches_may_confuse_is_found() -> None:
    assert len(said(site(TRIPLES, vary="Origin"))) == 5


def test_an_address_elsewhere_is_found() -> None:
    assert said(site(TRIPLES), "https://a.example/terms") == [
        "here:1: <https://a.example/terms> lies outside of https://w3id.org/jsbio/. "
        "Name an address that the site serves."
    ]


@pytest.mark.parametrize("name", ["terms", "ontology/9.9.9"])
def test_check_tells_of_an_ontology_that_the_site_does_not_serve(
    name: str, tiny: Path, edit: Edit
) -> None:
    if name == "terms":
        old, new = (
            f"<{ADDRESS}>\n    a owl:Ontology",
            "<https://w3id.org/jsbio/terms>\n    a owl:Ontology",
        )
    else:
        old, new = f"owl:versionIRI <{ADDRESS}/0.1.0>", f"owl:versionIRI <{ADDRESS}/9.9.9>"
    edit("ontology/jsbio.ttl", old, new)
    result = CliRunner().invoke(main, ["check", "--project", str(tiny)])
    assert result.exit_code == 1
    assert f"Asked for text/turtle, <https://w3id.org/jsbio/{name}> answers 404" in result.stderr
