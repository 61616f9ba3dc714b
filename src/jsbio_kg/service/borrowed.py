"""Words for the terms of describing vocabularies, which our own vocabulary does not declare anew.

In: the IRI of a term of RDF, RDFS, OWL, SHACL, VoID or DCAT. Out: what to call it, as a message.
"""

from ..i18n import message
from ..vocabulary import PREFIXES

__all__ = ["BORROWED_NAMES"]

_RDF = {
    "type": message("kind"),
    "Statement": message("evidence record"),
    "subject": message("subject of the triple"),
    "predicate": message("property of the triple"),
    "object": message("value of the triple"),
}
_RDFS = {
    "domain": message("domain"),
    "isDefinedBy": message("defined by"),
    "label": message("label"),
    "range": message("range"),
    "seeAlso": message("see also"),
    "subClassOf": message("kind of"),
    "subPropertyOf": message("special case of"),
}
_OWL = {
    "AllDisjointClasses": message("classes without a common member"),
    "AnnotationProperty": message("annotation"),
    "Class": message("class"),
    "DatatypeProperty": message("property with literals as values"),
    "FunctionalProperty": message("property with one value"),
    "NamedIndividual": message("individual"),
    "ObjectProperty": message("property with things as values"),
    "Ontology": message("ontology"),
    "SymmetricProperty": message("symmetric property"),
    "TransitiveProperty": message("transitive property"),
    "deprecated": message("deprecated"),
    "disjointWith": message("has no member in common with"),
    "versionIRI": message("address of this version"),
    "versionInfo": message("version"),
}
_SH = {
    "IRI": message("an IRI"),
    "NodeShape": message("shape"),
    "Parameter": message("parameter"),
    "SPARQLAskExecutable": message("query answered by yes or no"),
    "SPARQLConstraint": message("constraint written as a query"),
    "SPARQLConstructExecutable": message("query that makes a graph"),
    "SPARQLDescribeExecutable": message("query that describes"),
    "SPARQLExecutable": message("saved query"),
    "SPARQLSelectExecutable": message("query answered by a table"),
    "ask": message("text of the ASK query"),
    "class": message("values of the class"),
    "closed": message("allows no other property"),
    "construct": message("text of the CONSTRUCT query"),
    "datatype": message("values of the datatype"),
    "describe": message("text of the DESCRIBE query"),
    "equals": message("same values as"),
    "ignoredProperties": message("other properties allowed"),
    "in": message("one of"),
    "languageIn": message("languages allowed"),
    "lessThan": message("less than"),
    "lessThanOrEquals": message("at most"),
    "maxCount": message("values at most"),
    "maxExclusive": message("value below"),
    "maxInclusive": message("value no more than"),
    "message": message("what is said when it is broken"),
    "minCount": message("values at least"),
    "minExclusive": message("value above"),
    "minInclusive": message("value no less than"),
    "minLength": message("characters at least"),
    "name": message("name"),
    "nodeKind": message("kind of value"),
    "optional": message("may be left out"),
    "parameter": message("parameter"),
    "path": message("asks of the property"),
    "pattern": message("pattern of the text"),
    "prefixes": message("prefixes"),
    "property": message("asks"),
    "select": message("text of the SELECT query"),
    "sparql": message("asks by a query"),
    "targetClass": message("holds for every"),
    "targetObjectsOf": message("holds for every value of"),
    "targetSubjectsOf": message("holds for everything with"),
    "uniqueLang": message("one value in each language"),
}
_VOID = {
    "Dataset": message("dataset"),
    "Linkset": message("set of links"),
    "class": message("counts the things of"),
    "classPartition": message("part with the things of one class"),
    "classes": message("number of classes"),
    "dataDump": message("file that holds it"),
    "distinctObjects": message("number of distinct values"),
    "distinctSubjects": message("number of distinct subjects"),
    "entities": message("number of things"),
    "linkPredicate": message("links by"),
    "objectsTarget": message("links to"),
    "properties": message("number of properties"),
    "property": message("counts the triples with"),
    "propertyPartition": message("part with the triples of one property"),
    "sparqlEndpoint": message("SPARQL endpoint"),
    "subjectsTarget": message("links from"),
    "subset": message("has the part"),
    "triples": message("number of triples"),
    "uriSpace": message("IRIs begin with"),
    "vocabulary": message("uses the vocabulary"),
}
_DCAT = {
    "DataService": message("data service"),
    "Dataset": message("dataset"),
    "Distribution": message("file of a dataset"),
    "distribution": message("file that holds it"),
    "downloadURL": message("address to download from"),
    "endpointDescription": message("description of the endpoint"),
    "endpointURL": message("address of the endpoint"),
    "mediaType": message("media type"),
    "servesDataset": message("serves the dataset"),
}

#: What to call the terms that describe the graph, its vocabulary, its shapes and its queries.
BORROWED_NAMES = {
    PREFIXES[prefix] + name: words
    for prefix, terms in (
        ("rdf", _RDF),
        ("rdfs", _RDFS),
        ("owl", _OWL),
        ("sh", _SH),
        ("void", _VOID),
        ("dcat", _DCAT),
    )
    for name, words in terms.items()
}
