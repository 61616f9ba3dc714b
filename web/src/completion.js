// Completion: what fits at the cursor, with the names of the page's language, and its PREFIX.
import { pickedCompletion } from "@codemirror/autocomplete";
import { contextAt } from "./context.js";

const MOST_OPTIONS = 60;
const KEYWORDS =
  "SELECT DISTINCT WHERE OPTIONAL FILTER UNION MINUS BIND VALUES GRAPH ORDER GROUP HAVING LIMIT OFFSET PREFIX ASK CONSTRUCT DESCRIBE EXISTS NOT COUNT SUM MIN MAX AVG GROUP_CONCAT SAMPLE LANG LANGMATCHES CONTAINS STR REGEX COALESCE BOUND DATATYPE STRSTARTS LCASE IF".split(
    " ",
  );
const CHINESE = /\p{Script=Han}/u;

/** Returns a completion source. */
export function completeWith(vocabulary, suggest, language, texts) {
  return async function complete(completion) {
    const text = completion.state.doc.toString();
    const around = contextAt(text, completion.pos);
    if (!around || (!around.typed && !completion.explicit)) return null;
    const known = await vocabulary;
    const options = offered(around, known, language, texts);
    if (["object", "subject"].includes(around.place) && !isType(around) && isTelling(around.typed)) {
      options.push(...(await things(around.typed, known, suggest, language, completion)));
    }
    if (completion.aborted || !options.length) return null;
    return { from: around.from, options: options.slice(0, MOST_OPTIONS), filter: false };
  };
}

function offered(around, vocabulary, language, texts) {
  const { typed, place } = around;
  if (/^[?$]/.test(typed)) {
    return variables(around).filter((each) => each.label.startsWith(typed));
  }
  const term = (each) => termOption(each, vocabulary, language, texts);
  const classes = () => vocabulary.matchClasses(typed).map(term);
  const properties = () => vocabulary.matchProperties(typed, around.classes).map(term);
  const words = /^[A-Za-z_]*$/.test(typed) ? keywords(typed) : [];
  if (place === "predicate") return properties();
  if (place === "object" && isType(around)) return classes();
  if (place === "object") return [...variables(around).filter(() => !typed), ...(typed.includes(":") ? classes() : [])];
  if (place === "subject") return typed ? words : variables(around);
  return typed ? [...words, ...properties(), ...classes()] : words;
}

function isType({ place, predicate }) {
  return place === "object" && (predicate === "a" || predicate === "rdf:type");
}

function isTelling(typed) {
  return typed.length > 1 || CHINESE.test(typed);
}

function variables({ variables: names }) {
  return names.map((label) => ({ label, type: "variable" }));
}

function keywords(typed) {
  return KEYWORDS.filter((word) => word.startsWith(typed.toUpperCase())).map((label) => ({
    label,
    type: "keyword",
    apply: `${label} `,
  }));
}

function termOption(term, vocabulary, language, texts) {
  const other = language === "zh" ? term.en : term.zh;
  return {
    label: term.name,
    detail: (language === "zh" ? term.zh : term.en) || other,
    type: term.type,
    info: () => describe(term, vocabulary, texts),
    apply: (view, option, from, to) => insert(view, option, term.name, vocabulary.prefixes, from, to),
  };
}

async function things(typed, vocabulary, suggest, language, completion) {
  const aborter = new AbortController();
  completion.addEventListener("abort", () => aborter.abort(), { onDocChange: true });
  try {
    const address = `${suggest}?q=${encodeURIComponent(typed.replace(/^[^:]*:/, "") || typed)}`;
    const response = await fetch(address, { signal: aborter.signal });
    if (!response.ok) return [];
    return (await response.json()).map((each) => thingOption(each, vocabulary, language));
  } catch {
    return [];
  }
}

function thingOption({ iri, name, label }, vocabulary, language) {
  const isShort = /^[\w-]+:[\w-]+$/.test(name) && name.split(":")[0] in vocabulary.prefixes;
  const written = isShort ? name : `<${iri}>`;
  return {
    label: written,
    detail: label[language],
    type: "constant",
    apply: (view, option, from, to) => insert(view, option, written, vocabulary.prefixes, from, to),
  };
}

function describe(term, vocabulary, texts) {
  const box = document.createElement("div");
  const line = (text, language) => {
    const paragraph = document.createElement("p");
    paragraph.textContent = text;
    if (language) paragraph.lang = language;
    box.append(paragraph);
  };
  if (term.en) line(term.en, "en");
  if (term.zh) line(term.zh, "zh-Hans");
  const [prefix, local] = term.name.split(/:(.*)/s);
  line(term.name.startsWith("<") ? term.name.slice(1, -1) : `${vocabulary.prefixes[prefix]}${local}`);
  line(texts.used.replace("{count}", term.count));
  return box;
}

/** Puts a term in the place of what was typed, and its PREFIX at the top when it is missing. */
function insert(view, option, text, prefixes, from, to) {
  const changes = [{ from, to, insert: text }];
  const prefix = text.match(/^([\w-]+):/)?.[1];
  const declaration = prefix && missingPrefix(view.state.doc.toString(), prefix, prefixes);
  if (declaration) changes.unshift(declaration);
  const anchor = from + text.length + (declaration?.insert.length ?? 0);
  view.dispatch({
    changes,
    selection: { anchor },
    annotations: pickedCompletion.of(option),
    userEvent: "input.complete",
    scrollIntoView: true,
  });
}

/** Returns the change that declares a prefix, or nothing when it is declared or unknown. */
export function missingPrefix(text, prefix, prefixes) {
  const declared = [...text.matchAll(/^[ \t]*PREFIX[ \t]+([\w-]*)[ \t]*:[^\n]*(?:\n|$)/gim)];
  if (declared.some((match) => match[1] === prefix) || !prefixes[prefix]) return null;
  const last = declared.at(-1);
  const from = last ? last.index + last[0].length : 0;
  const start = last && !last[0].endsWith("\n") ? "\n" : "";
  return { from, insert: `${start}PREFIX ${prefix}: <${prefixes[prefix]}>\n` };
}
