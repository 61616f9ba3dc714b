// The queries that were run on this device, kept in this browser only.

const KEY = "jsbio-kg.queries";
const MOST = 50;

export function remember(text) {
  const query = text.trim();
  if (!query) return;
  const rest = recall().filter((each) => each.query !== query);
  store([{ query, time: Date.now() }, ...rest].slice(0, MOST));
}

export function recall() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((each) => typeof each?.query === "string") : [];
  } catch {
    return []; // no storage, or not ours: the history is empty
  }
}

function store(queries) {
  try {
    localStorage.setItem(KEY, JSON.stringify(queries));
  } catch {
    // private windows and full disks keep no history
  }
}

/** Shows the history inside a details element. */
export function showHistory(box, language, choose) {
  const list = box.querySelector("ol");
  const draw = () => {
    const queries = recall();
    box.hidden = !queries.length;
    list.replaceChildren(...queries.map(({ query, time }) => row(query, time)));
  };
  const row = (query, time) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet-button";
    button.textContent = summarize(query);
    button.title = query.slice(0, 2000);
    button.addEventListener("click", () => choose(query));
    const item = document.createElement("li");
    const when = document.createElement("time");
    when.dateTime = new Date(time).toISOString();
    when.textContent = new Date(time).toLocaleString(language === "zh" ? "zh-CN" : "en-GB");
    item.append(button, " ", when);
    return item;
  };
  box.querySelector("[data-clear]").addEventListener("click", () => {
    store([]);
    draw();
  });
  draw();
  return draw;
}

/** Returns a query in one line, without its prologue and comments. */
export function summarize(query) {
  const lines = query.split("\n").filter((line) => !/^\s*(#|PREFIX\b|BASE\b|$)/i.test(line));
  const text = (lines.length ? lines : [query]).join(" ").replace(/\s+/g, " ").trim();
  return text.length > 90 ? `${text.slice(0, 89)}…` : text;
}
