"""What the vocabularies of others say their terms are.

In: a term. Out: the OWL kind under which an ontology within OWL 2 DL may declare it. The table is
taken from the published vocabularies; a property that is only ``rdf:Property`` there (Dublin Core)
is an annotation property here.
"""

from typing import Final

from ..vocabulary import expand

__all__ = ["KINDS_OF_TERMS", "kind_of_borrowed"]

KINDS_OF_TERMS: Final = {
    "owl:Class": """
        dcat:Dataset foaf:Agent foaf:Organization geo:Feature geo:Geometry geo:SpatialObject
        oa:Annotation oa:SpecificResource oa:TextPositionSelector oa:TextQuoteSelector
        org:FormalOrganization org:Organization org:Site prov:Activity prov:Agent prov:Collection
        prov:Entity prov:Plan sd:NamedGraph sd:Service skos:Collection skos:Concept
        skos:ConceptScheme void:Dataset void:Linkset""",
    "owl:ObjectProperty": """
        dcat:dataset dcat:distribution foaf:homepage geo:hasGeometry geo:sfContains geo:sfWithin
        oa:hasBody oa:hasSelector oa:hasSource oa:hasTarget oa:refinedBy org:classification
        org:hasSite org:subOrganizationOf prov:hadMember prov:hadPrimarySource prov:used
        prov:wasAttributedTo prov:wasDerivedFrom prov:wasGeneratedBy prov:wasQuotedFrom
        skos:broadMatch skos:broader skos:broaderTransitive skos:closeMatch skos:exactMatch
        skos:hasTopConcept skos:inScheme skos:mappingRelation skos:member skos:narrowMatch
        skos:narrower skos:narrowerTransitive skos:related skos:relatedMatch
        skos:semanticRelation skos:topConceptOf""",
    "owl:DatatypeProperty": """
        geo:asWKT oa:end oa:exact oa:prefix oa:start oa:suffix org:identifier skos:notation""",
    "owl:AnnotationProperty": """
        dcterms:abstract dcterms:bibliographicCitation dcterms:contributor dcterms:created
        dcterms:creator dcterms:description dcterms:hasPart dcterms:identifier dcterms:isPartOf
        dcterms:isReplacedBy dcterms:issued dcterms:language dcterms:license dcterms:modified
        dcterms:publisher dcterms:replaces dcterms:rights dcterms:source dcterms:spatial
        dcterms:subject dcterms:temporal dcterms:title skos:altLabel skos:changeNote
        skos:definition skos:editorialNote skos:example skos:hiddenLabel skos:historyNote skos:note
        skos:prefLabel skos:scopeNote vann:preferredNamespacePrefix vann:preferredNamespaceUri""",
}
_KIND: Final = {
    expand(name): kind for kind, names in KINDS_OF_TERMS.items() for name in names.split()
}


def kind_of_borrowed(iri: str) -> str | None:
    """Return the kind of a term of others, or None when the table does not hold it.

    >>> kind_of_borrowed("http://www.w3.org/2004/02/skos/core#broader")
    'owl:ObjectProperty'
    """
    return _KIND.get(iri)
