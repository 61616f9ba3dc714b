"""Where on this site a thing is: the one place that turns IRIs into addresses and back.

In: IRIs and names. Out: paths. A path mirrors its IRI, so that the site works the same on a laptop
and behind the public address. The language of a page travels in the address only when the address
asked for it; otherwise the browser's own preference decides each time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from ..store import DATASETS, GRAPHS
from ..vocabulary import BORROWED

__all__ = ["SPACES", "Urls", "link_header"]

#: Spaces of fragment IRIs under the base: the segment of their pages, and what stands before it.
SPACES = {"ontology": "ontology#", "shapes": "shapes#", "graph": "graph/"}


@dataclass(frozen=True)
class Urls:
    """Addresses for one request.

    :param base: the address under which the things have their IRIs.
    :param language: the language that the request's own address asked for, or empty.
    :param prefix: what stands before every path: empty, or where an older release is.
    """

    base: str
    language: str = ""
    prefix: str = ""

    def to(self, path: str, fragment: str = "", **fields: str | int) -> str:
        """Return a path with these fields, and with the language where it was asked for.

        >>> Urls("https://w3id.org/jsbio/", "zh").to("/queries/", "plan", page=2)
        '/queries/?page=2&lang=zh#plan'
        """
        held = {name: str(value) for name, value in fields.items() if value != ""}
        if self.language:
            held["lang"] = self.language
        search = urlencode(held)
        path = quote(path, safe="/:@!$&'()*+,;=~-._%")
        mark = "#" + quote(fragment) if fragment else ""
        return self.prefix + path + ("?" + search if search else "") + mark

    def page(self, iri: str, fragment: str = "", **fields: str | int) -> str:
        """Return where a page shows a thing.

        >>> Urls("https://w3id.org/jsbio/").page("https://w3id.org/jsbio/id/park/biobay")
        '/page/park/biobay'
        """
        name = self.name(iri)
        if name.startswith("queries/"):
            return self.to("/" + name.partition("#")[0], fragment, **fields)
        if name == "ontology":
            return self.to("/ontology", fragment, **fields)
        if name:
            return self.to("/page/" + name, fragment, **fields)
        return self.to("/page", fragment, iri=iri, **fields)

    def data(self, iri: str, extension: str) -> str:
        """Return where the data about a thing are, in the format of an extension."""
        name = self.name(iri)
        if name and not name.startswith("queries/") and name != "ontology":
            return f"{self.prefix}/data/" + quote(f"{name}.{extension}", safe="/:@!$&'()*+,;=~-._")
        return f"{self.prefix}/data?" + urlencode({"iri": iri, "format": extension})

    def name(self, iri: str) -> str:
        """Return the name of one of our own things, as paths use it; empty for others."""
        if not iri.startswith(self.base):
            return ""
        rest = iri[len(self.base) :]
        if rest.startswith("id/"):
            return rest[3:]
        for name, start in SPACES.items():
            if rest.startswith(start):
                return f"{name}/{rest[len(start) :]}"
        return rest if rest == "ontology" or rest.startswith("queries/") else ""

    def iri(self, name: str) -> str:
        """Return the IRI of a name.

        >>> Urls("https://w3id.org/jsbio/").iri("ontology/Park")
        'https://w3id.org/jsbio/ontology#Park'
        """
        first, _, rest = name.partition("/")
        if first in SPACES and rest:
            return f"{self.base}{SPACES[first]}{rest}"
        return f"{self.base}id/{name}"

    def is_outside(self, iri: str) -> bool:
        """Tell whether a link to an IRI leads off the site: another's thing, not a term."""
        is_term = iri.startswith(tuple(BORROWED.values()))
        return not iri.startswith(self.base) and not is_term and iri.startswith(("http:", "https:"))

    def link(self, iri: str) -> str:
        """Return where a link to an IRI leads; empty when nothing can be linked to."""
        if self.is_outside(iri):
            return iri
        return self.page(iri) if iri.startswith(("http:", "https:")) else ""

    def sparql(self, text: str) -> str:
        """Return the editor with a query in it."""
        return self.to("/sparql", query=text)

    def same(self, path: str, fields: Mapping[str, str], language: str) -> str:
        """Return this very page in a language."""
        held = {name: value for name, value in fields.items() if name != "lang"}
        return self.prefix + quote(path) + "?" + urlencode({**held, "lang": language})


def link_header(urls: Urls, iri: str, page: str, canonical: str = "") -> tuple[str, str]:
    """Return the Link header of a page or a document: the other forms of the same thing.

    :param canonical: the one address to know it by; the IRI of the thing when there is no other.
    """
    links = [f'<{page}>; rel="alternate"; type="text/html"']
    links += [
        f'<{urls.data(iri, each.extension)}>; rel="alternate"; type="{each.media_type}"'
        for each in (*GRAPHS, *DATASETS)
    ]
    links.append(f'<{urls.data(iri, "ttl")}>; rel="describedby"; type="text/turtle"')
    links.append(f'<{canonical or quote(iri, safe="/:@?#&=%")}>; rel="canonical"')
    return "Link", ", ".join(links)
