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

/** Walks tokens; returns the place behind the last, and every stated class by subject. */
export function walk(tokens) {
  const types = new Map();
  let state = { place: "start", subject: null, predicate: null };
  const stack = [];
  const open = (inner) => {
    stack.push(state);
    state = inner;
  };
  const close = () => {
    state = stack.pop() ?? { place: "start", subject: null, predicate: null };
  };
  for (const token of tokens) {
    if (token.kind === "comment") continue;
    if (token.kind === "mark") {
      readMark(token.text);
      continue;
    }
    if (token.kind === "word" && readWord(token.text)) continue;
    if (token.kind !== "tag") readTerm(token);
  }
  return { ...state, types };

  function readMark(mark) {
    if (mark === "{") open({ place: "subject", subject: null, predicate: null });
    else if (mark === "}") {
      close();
      if (stack.length) state = { place: "subject", subject: null, predicate: null };
    } else if (mark === "(") {
      if (state.place !== "predicate") open({ ...state, place: "expression" });
    } else if (mark === ")") {
      if (state.place === "expression") {
        close();
        if (state.place === "object") state.place = "end";
        else if (state.place === "filter") state.place = "subject";
      }
    } else if (mark === "[") {
      open({ place: "predicate", subject: null, predicate: null });
    } else if (mark === "]") {
      close();
      advance("[]");
    } else if (state.place === "expression" || state.place === "filter") return;
    else if (mark === ".") state = { place: "subject", subject: null, predicate: null };
    else if (mark === ";") state.place = "predicate";
    else if (mark === ",") state.place = "object";
    else if ((mark === "/" || mark === "|") && state.place === "object") state.place = "predicate";
  }

  function readWord(word) {
    const upper = word.toUpperCase();
    if (word === "a" && state.place === "predicate") {
      state.predicate = "a";
      state.place = "object";
      return true;
    }
    if (OPENS_PATTERN.has(upper)) return true;
    if (upper === "GRAPH" || upper === "SERVICE") {
      state.place = "graph";
      return true;
    }
    if (TAKES_EXPRESSION.test(upper)) {
      state.place = stack.length ? "filter" : "start";
      return true;
    }
    return state.place === "filter" || state.place === "expression" || state.place === "start";
  }

  function readTerm(token) {
    if (state.place === "object" && isType(state.predicate) && state.subject) {
      types.set(state.subject, [...(types.get(state.subject) ?? []), token.text]);
    }
    advance(token.text);
  }

  function advance(text) {
    if (state.place === "subject") {
      state.subject = text;
      state.place = "predicate";
    } else if (state.place === "predicate") {
      state.predicate = text;
      state.place = "object";
    } else if (state.place === "object") state.place = "end";
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
