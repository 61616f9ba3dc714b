"""Random ontologies and data, small and dense, for hypothesis.

Few names and many axioms, so that the rules meet: each axiom of OWL 2 RL, nested class expressions,
sameness among individuals and among classes and properties, literals; and, in the wild kind, the
vocabulary of OWL itself used as data.
"""

from hypothesis import strategies as st

CLASSES = [f":C{i}" for i in range(5)]
PROPERTIES = [f":p{i}" for i in range(5)]
THINGS = [f":i{i}" for i in range(7)]
LITERALS = ['"a"', '"b"@en', "1"]


def graphs(wild: bool = False) -> st.SearchStrategy[str]:
    """Return Turtle, without prefixes, of up to eight axioms and ten facts."""
    class_ = st.sampled_from([*CLASSES, "owl:Thing", "owl:Nothing"] if wild else CLASSES)
    property_ = st.sampled_from(
        [*PROPERTIES, "rdf:type", "owl:sameAs", "rdfs:subClassOf"] if wild else PROPERTIES
    )
    thing, literal = st.sampled_from(THINGS), st.sampled_from(LITERALS)
    anything = st.one_of(class_, property_, thing)
    value = st.one_of(thing, thing, literal)
    axiom = _axioms(class_, property_, thing, anything, _expressions(class_, property_, value))
    fact = st.one_of(
        _line("{} {} {}", thing, property_, thing),
        _line("{} {} {}", thing, property_, value),
        _line("{} a {}", thing, class_),
    )
    lines = st.tuples(st.lists(axiom, min_size=1, max_size=8), st.lists(fact, max_size=10))
    return lines.map(lambda both: " .\n".join([*both[0], *both[1]]) + " .")


def _line(form: str, *parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map(lambda chosen: form.format(*chosen))


def _expressions(class_, property_, value) -> st.SearchStrategy[str]:
    """Return a class, or an expression that stands for one."""
    filler = st.one_of(class_, st.just("owl:Thing"))
    number, thing = st.sampled_from("01"), st.sampled_from(THINGS)
    on = "[ owl:onProperty {} ; "
    return st.one_of(
        class_,
        class_,
        class_,
        _line(on + "owl:someValuesFrom {} ]", property_, filler),
        _line(on + "owl:allValuesFrom {} ]", property_, class_),
        _line(on + "owl:hasValue {} ]", property_, value),
        _line(on + "owl:maxCardinality {} ]", property_, number),
        _line(on + "owl:onClass {} ; owl:maxQualifiedCardinality {} ]", property_, filler, number),
        _line("[ owl:intersectionOf ( {} {} ) ]", class_, class_),
        _line("[ owl:unionOf ( {} {} ) ]", class_, class_),
        _line("[ owl:oneOf ( {} {} ) ]", thing, thing),
    )


def _axioms(class_, property_, thing, anything, expression) -> st.SearchStrategy[str]:
    """Return an axiom of any kind that the rules know."""
    properties = st.lists(property_, min_size=1, max_size=3).map(" ".join)
    kinds = (
        "Functional InverseFunctional Symmetric Transitive Irreflexive Asymmetric Object Datatype"
    )
    kind = st.sampled_from(kinds.split())
    apart = "[ a owl:{} ; owl:{} ( {} {} {} ) ]"
    different = st.sampled_from(["members", "distinctMembers"])
    members = st.just("members")
    target = st.sampled_from(["owl:targetIndividual", "owl:targetValue"])
    denied = "[ owl:sourceIndividual {} ; owl:assertionProperty {} ; {} {} ]"
    return st.one_of(
        _line("{} rdfs:subClassOf {}", expression, expression),
        _line("{} rdfs:subClassOf {}", class_, expression),
        _line("{} owl:equivalentClass {}", class_, expression),
        _line("{} rdfs:subPropertyOf {}", property_, property_),
        _line("{} owl:equivalentProperty {}", property_, property_),
        _line("{} rdfs:domain {}", property_, expression),
        _line("{} rdfs:range {}", property_, expression),
        _line("{} a owl:{}Property", property_, kind),
        _line("{} owl:inverseOf {}", property_, property_),
        _line("{} owl:propertyChainAxiom ( {} )", property_, properties),
        _line("{} owl:hasKey ( {} )", class_, properties),
        _line("{} owl:disjointWith {}", class_, expression),
        _line("{} owl:complementOf {}", class_, class_),
        _line("{} owl:propertyDisjointWith {}", property_, property_),
        _line(apart, st.just("AllDisjointProperties"), members, property_, property_, property_),
        _line(apart, st.just("AllDisjointClasses"), members, class_, class_, class_),
        _line(apart, st.just("AllDifferent"), different, thing, thing, thing),
        _line("{} a owl:Class", class_),
        _line("{} owl:sameAs {}", thing, thing),
        _line("{} owl:sameAs {}", anything, anything),
        _line("{} owl:differentFrom {}", thing, thing),
        _line(denied, thing, property_, target, thing),
    )
