// What stands around the cursor of a query: tokens, the place in the triple, the classes of subjects.
// Queries being typed do not parse, so this walks the tokens and forgives what is missing.

const TOKEN = new RegExp(
  [
    /(?<comment>#[^\n]*)/,
    /(?<iri><[^<>"{}|^`\\\s]*>)/,
    /(?<string>"""(?:[^\\]|\\.)*?(?:"""|$)|'''(?:[^\\]|\\.)*?(?:'''|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?)/,
    /(?<variable>[?$][\p{L}\p{N}_]+)/,
    /(?<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*|\^\^)/,
    /(?<name>[\p{L}_][\p{L}\p{N}_-]*(?:\.[\p{L}\p{N}_-]+)*:(?:[\p{L}\p{N}_:%-]|\.(?=[\p{L}\p{N}_:%-])|\\.)*|:(?:[\p{L}\p{N}_:%-]|\.(?=[\p{L}\p{N}_:%-]))*)/,
    /(?<word>[\p{L}\p{N}_]+)/,
    /(?<mark>[{}()[\];,.|/^*+?!=<>&-])/,
  ]
    .map((part) => part.source)
    .join("|"),
  "gsu",
);

/** Returns the tokens of a text, each with its kind and place. */
export function tokenize(text) {
  return [...text.matchAll(TOKEN)].map((match) => ({
    kind: Object.keys(match.groups).find((kind) => match.groups[kind] !== undefined),
    text: match[0],
    from: match.index,
    to: match.index + match[0].length,
  }));
}

const OPENS_PATTERN = new Set(["WHERE", "OPTIONAL", "UNION", "MINUS"]);
const TAKES_EXPRESSION =
  /^(FILTER|BIND|HAVING|GROUP|ORDER|BY|ASC|DESC|LIMIT|OFFSET|SELECT|DISTINCT|REDUCED|AS|VALUES|PREFIX|BASE|FROM|NAMED|EXISTS|NOT|IN|CONSTRUCT|DESCRIBE|ASK)$/;

const start = () => ({ place: "start", subject: null, predicate: null });
const fresh = () => ({ ...start(), place: "subject" });

/** Walks tokens; returns the place behind the last, and every stated class by subject. */
export function walk(tokens) {
  const walker = new Walker();
  for (const token of tokens) {
    if (token.kind === "mark") walker.readMark(token.text);
    else if (token.kind === "word") walker.readWord(token.text) || walker.readTerm(token.text);
    else if (token.kind !== "comment" && token.kind !== "tag") walker.readTerm(token.text);
  }
  return { ...walker.state, types: walker.types };
}

class Walker {
  state = start();
  types = new Map();
  outer = [];

  open(inner) {
    this.outer.push(this.state);
    this.state = inner;
  }

  close() {
    this.state = this.outer.pop() ?? start();
  }

  readMark(mark) {
    const { place } = this.state;
    const isExpression = place === "expression" || place === "filter";
    if (mark === "{") this.open(fresh());
    else if (mark === "}") {
      this.close();
      if (this.outer.length) this.state = fresh();
    } else if (mark === "(") {
      if (place !== "predicate") this.open({ ...this.state, place: "expression" });
    } else if (mark === ")") this.closeParenthesis();
    else if (mark === "[") this.open({ ...start(), place: "predicate" });
    else if (mark === "]") {
      this.close();
      this.advance("[]");
    } else if (isExpression) return;
    else if (mark === ".") this.state = fresh();
    else if (mark === ";") this.state.place = "predicate";
    else if (mark === ",") this.state.place = "object";
    else if ((mark === "/" || mark === "|") && place === "object") this.state.place = "predicate";
  }

  /** Leaves an expression or a list; around a path there is none to leave. */
  closeParenthesis() {
    if (this.state.place !== "expression") return;
    this.close();
    if (this.state.place === "object") this.state.place = "end";
    else if (this.state.place === "filter") this.state.place = "subject";
  }

  /** Reads a keyword, and tells whether it was one or stands where no term can. */
  readWord(word) {
    const { state } = this;
    const upper = word.toUpperCase();
    if (word === "a" && state.place === "predicate") this.advance("a");
    else if (OPENS_PATTERN.has(upper)) return true;
    else if (upper === "GRAPH" || upper === "SERVICE") state.place = "graph";
    else if (TAKES_EXPRESSION.test(upper)) state.place = this.outer.length ? "filter" : "start";
    else return ["filter", "expression", "start"].includes(state.place);
    return true;
  }

  readTerm(text) {
    const { place, subject, predicate } = this.state;
    if (place === "object" && isType(predicate) && subject) {
      this.types.set(subject, [...(this.types.get(subject) ?? []), text]);
    }
    this.advance(text);
  }

  advance(text) {
    const { state } = this;
    if (state.place === "subject") Object.assign(state, { subject: text, place: "predicate" });
    else if (state.place === "predicate") Object.assign(state, { predicate: text, place: "object" });
    else if (state.place === "object") state.place = "end";
  }
}

function isType(predicate) {
  return predicate === "a" || predicate === "rdf:type";
}

/** Returns what is being typed at a place of a text, or null inside comments, strings and IRIs. */
export function contextAt(text, position) {
  const tokens = tokenize(text);
  const inside = tokens.find((token) => token.from < position && position <= token.to);
  if (inside && ["comment", "string", "iri", "tag"].includes(inside.kind)) {
    const isBehind = inside.to === position && inside.kind !== "comment" && !isOpen(inside.text);
    if (!isBehind) return null;
  }
  const isTyped = inside && ["name", "word", "variable"].includes(inside.kind);
  const from = isTyped ? inside.from : position;
  const before = walk(tokens.filter((token) => token.to <= from));
  return {
    from,
    typed: text.slice(from, position),
    place: before.place,
    predicate: before.predicate,
    classes: walk(tokens.filter((token) => token !== inside)).types.get(before.subject) ?? [],
    variables: [...new Set(tokens.filter((each) => each.kind === "variable" && each !== inside).map((each) => each.text))],
  };
}

function isOpen(text) {
  return text.length === 1 || (/^["']/.test(text) && text.at(-1) !== text[0]);
}
