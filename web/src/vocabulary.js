// The terms of the graph, and which of them a few typed characters may mean.

/** Loads the vocabulary; without it the editor still edits. */
export async function loadVocabulary(address) {
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    if (response.ok) return new Vocabulary(await response.json());
  } catch {
    // offline: the rest of the page says so when a query is run
  }
  return new Vocabulary({ prefixes: {}, classes: [], properties: [] });
}

export class Vocabulary {
  constructor({ prefixes, classes, properties }) {
    this.prefixes = prefixes;
    this.classes = classes.map((term) => ({ ...term, type: "class" }));
    this.properties = properties.map((term) => ({ ...term, type: "property" }));
    this.places = new Map(classes.map((term, place) => [term.name, String(place)]));
  }

  /** Returns classes that fit what was typed, the best first. */
  matchClasses(typed) {
    return rank(this.classes, typed, (term) => [term.count]);
  }

  /** Returns properties that fit, those that things of the given classes have before others. */
  matchProperties(typed, classNames) {
    const places = classNames.map((name) => this.places.get(name)).filter(Boolean);
    const used = (term) => Math.max(0, ...places.map((place) => term.of[place] ?? 0));
    return rank(this.properties, typed, (term) => [used(term), term.count]);
  }
}

/** Returns how well a term fits, 0 the best, or -1. */
export function fit(term, typed) {
  if (!typed) return 0;
  const wanted = typed.toLowerCase();
  const name = term.name.toLowerCase();
  if (name.startsWith(wanted)) return 0;
  if (wanted.includes(":")) return -1;
  const local = name.startsWith("<") ? name.match(/[^/#]*$/)[0] : name.slice(name.indexOf(":") + 1);
  const english = (term.en ?? "").toLowerCase();
  if (local.startsWith(wanted) || english.startsWith(wanted)) return 1;
  if ((term.zh ?? "").startsWith(typed)) return 1;
  if ((term.zh ?? "").includes(typed)) return 2;
  if (wanted.length > 1 && (term.sound ?? "").startsWith(wanted)) return 2;
  if (english.split(/\s+/).some((word) => word.startsWith(wanted))) return 2;
  return wanted.length > 2 && local.includes(wanted) ? 3 : -1;
}

function rank(terms, typed, weigh) {
  return terms
    .map((term) => ({ term, fitness: fit(term, typed), weights: weigh(term) }))
    .filter(({ fitness }) => fitness >= 0)
    .sort(compare)
    .map(({ term }) => term);
}

function compare(one, other) {
  const hasOne = one.weights[0] > 0;
  const hasOther = other.weights[0] > 0;
  if (hasOne !== hasOther && one.weights.length > 1) return hasOne ? -1 : 1;
  if (one.fitness !== other.fitness) return one.fitness - other.fitness;
  for (const [place, weight] of one.weights.entries()) {
    if (weight !== other.weights[place]) return other.weights[place] - weight;
  }
  return one.term.name < other.term.name ? -1 : 1;
}
