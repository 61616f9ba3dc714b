import assert from "node:assert/strict";
import { test } from "node:test";
import { missingPrefix } from "../src/completion.js";
import { contextAt } from "../src/context.js";
import { summarize } from "../src/history.js";
import { Vocabulary } from "../src/vocabulary.js";

/** Returns the context at the bar. */
function at(text) {
  const position = text.indexOf("|");
  return contextAt(text.slice(0, position) + text.slice(position + 1), position);
}

for (const [text, place, typed] of [
  ["SELECT * WHERE { ?s |", "predicate", ""],
  ["SELECT * WHERE { ?s 位|", "predicate", "位"],
  ["SELECT * WHERE { ?s jsbio:lo| }", "predicate", "jsbio:lo"],
  ["SELECT * WHERE { ?s a |", "object", ""],
  ["SELECT * WHERE { ?s a jsbio:Park ; |", "predicate", ""],
  ["SELECT * WHERE { ?s ?p ?o, |", "object", ""],
  ["SELECT * WHERE { ?s ?p ?o . |", "subject", ""],
  ["SELECT * WHERE { ?s ?p 1.5 . ?t |", "predicate", ""],
  ["SELECT * WHERE { ?s jsbio:a/|", "predicate", ""],
  ["SELECT * WHERE { ?s (jsbio:a|jsb) ?o }", "predicate", "jsbio:a"],
  ["SELECT * WHERE { ?s ^|", "predicate", ""],
  ["SELECT * WHERE { ?s jsbio:a+ |", "object", ""],
  ["SELECT * WHERE { OPTIONAL { ?s |", "predicate", ""],
  ["SELECT * WHERE { GRAPH ?g { ?s |", "predicate", ""],
  ["SELECT * WHERE { ?s ?p [ |", "predicate", ""],
  ["SELECT * WHERE { ?s ?p [ jsbio:a 1 ] ; |", "predicate", ""],
  ["SELECT * WHERE { FILTER(?x > 1) ?s |", "predicate", ""],
  ["SELECT * WHERE { FILTER(LANG(|", "expression", ""],
  ["SELECT * WHERE { { ?s ?p ?o } UNION { ?s |", "predicate", ""],
  ["SELECT * WHERE { ?s rdfs:label \"a. b; c\"@en ; |", "predicate", ""],
  ["SELECT * WHERE { ?s ?p <http://a.b/#c> ; |", "predicate", ""],
]) {
  test(`the place in ${text}`, () => {
    const { place: found, typed: begun } = at(text);
    assert.deepEqual([found, begun], [place, typed]);
  });
}

for (const text of ["# a comm|ent", 'SELECT * { ?s ?p "te|xt" }', "SELECT * { ?s ?p <http://a|b> }", "PREFIX a: <htt|p>"]) {
  test(`nothing in ${text}`, () => assert.equal(at(text), null));
}

test("classes are read before and behind the cursor", () => {
  assert.deepEqual(at("SELECT * { ?p | . ?p a jsbio:Park, jsbio:Place }").classes, ["jsbio:Park", "jsbio:Place"]);
  assert.deepEqual(at("SELECT * { ?p rdf:type jsbio:Park . ?q | }").classes, []);
});

test("properties of the class come first, then what fits best", () => {
  const vocabulary = new Vocabulary({
    prefixes: {},
    classes: [{ name: "x:Park", count: 1 }],
    properties: [
      { name: "x:locus", en: "locus", zh: "", sound: "", count: 99, of: {} },
      { name: "x:location", en: "located in", zh: "位于", sound: "weiyu", count: 5, of: { 0: 3 } },
    ],
  });
  const names = (typed, classes) => vocabulary.matchProperties(typed, classes).map((each) => each.name);
  assert.deepEqual(names("loc", ["x:Park"]), ["x:location", "x:locus"]);
  assert.deepEqual(names("loc", []), ["x:locus", "x:location"]);
  for (const typed of ["位", "于", "weiy", "located", "x:loca", "LOCA"]) assert.equal(names(typed, [])[0], "x:location");
  assert.deepEqual(names("zzz", []), []);
});

test("a term without a prefix is found by the end of its address", () => {
  const vocabulary = new Vocabulary({ prefixes: {}, classes: [{ name: "<http://a/b#Fish>", count: 1 }], properties: [] });
  assert.equal(vocabulary.matchClasses("fis").length, 1);
  assert.equal(vocabulary.matchClasses("b").length, 0);
});

test("a missing prefix is declared below the others, once", () => {
  const prefixes = { a: "http://a/", b: "http://b/" };
  assert.deepEqual(missingPrefix("SELECT", "a", prefixes), { from: 0, insert: "PREFIX a: <http://a/>\n" });
  assert.equal(missingPrefix("prefix a: <http://a/>\nSELECT", "a", prefixes), null);
  assert.deepEqual(missingPrefix("PREFIX a: <http://a/>\nSELECT", "b", prefixes), { from: 22, insert: "PREFIX b: <http://b/>\n" });
  assert.equal(missingPrefix("SELECT", "c", prefixes), null);
});

test("a query in the history is one line without its prologue", () => {
  assert.equal(summarize("PREFIX a: <b>\n# c\nSELECT *\n  { ?s ?p ?o }"), "SELECT * { ?s ?p ?o }");
});
