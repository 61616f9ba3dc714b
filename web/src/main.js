// The SPARQL editor: CodeMirror in a shadow root over the plain textarea, which stays the truth of
// the form. Without this script the page does the same with a plain form.
import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentService, indentUnit } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import { EditorView, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { Runner, placeOf } from "./answer.js";
import { completeWith } from "./completion.js";
import { remember, showHistory } from "./history.js";
import { look, sparql } from "./theme.js";
import { loadVocabulary } from "./vocabulary.js";

function mount(form) {
  const textarea = form.querySelector("textarea");
  const label = form.querySelector("label[for]");
  const texts = JSON.parse(form.dataset.texts);
  const runner = new Runner(form, texts);
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  textarea.before(host);

  const run = async () => {
    const query = view.state.doc.toString();
    textarea.value = query;
    remember(query);
    redraw();
    markError(view, await runner.run(query));
  };
  const extensions = [keys(run), completion(form.dataset, texts), naming(label, texts), ...editing];
  const state = EditorState.create({ doc: textarea.value, extensions });
  const view = new EditorView({ parent: root, root, state });
  const redraw = showHistory(document.querySelector("[data-history]"), form.dataset.language, (query) => {
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: query }, scrollIntoView: true });
    view.focus();
  });
  textarea.hidden = true;
  form.querySelector("[data-keys]").hidden = false;
  label.addEventListener("click", () => view.focus());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  addEventListener("popstate", () => location.reload());
  markError(view, placeOf(document.getElementById("answer")));
}

function keys(run) {
  const runs = { run: () => (run(), true) };
  return [
    Prec.highest(
      keymap.of([
        { key: "Mod-Enter", ...runs },
        { key: "Ctrl-Enter", ...runs },
        { key: "Tab", run: acceptCompletion },
      ]),
    ),
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...lintKeymap, ...defaultKeymap, indentWithTab]),
  ];
}

function completion({ vocabulary, suggest, language }, texts) {
  return autocompletion({
    override: [completeWith(loadVocabulary(vocabulary), suggest, language, texts)],
    icons: false,
  });
}

function naming(label, texts) {
  return [
    EditorView.contentAttributes.of({
      "aria-label": label.textContent.trim(),
      "aria-description": texts.leave,
      lang: "en",
      spellcheck: "false",
    }),
    EditorState.phrases.of(texts.phrases),
  ];
}

const editing = [
  lineNumbers(),
  lintGutter(),
  history(),
  highlightSpecialChars(),
  bracketMatching(),
  closeBrackets(),
  indentUnit.of("  "),
  indentService.of(indentLikeBefore),
  sparql,
  EditorView.lineWrapping,
  look,
];

/** Indents a new line like the one before, two deeper behind an opening brace. */
function indentLikeBefore(context, position) {
  const before = context.lineAt(position, -1).text.slice(0, position - context.lineAt(position, -1).from);
  const spaces = before.match(/^ */)[0].length;
  return spaces + (/[{([]\s*$/.test(before) ? 2 : 0);
}

/** Marks where the error of the last answer is. */
function markError(view, place) {
  const { doc } = view.state;
  if (!place || place.line > doc.lines) {
    view.dispatch(setDiagnostics(view.state, []));
    return;
  }
  const line = doc.line(place.line);
  const said = Math.min(line.from + place.column - 1, line.to);
  const end = Math.min(said + place.length, line.to);
  const from = end > said ? said : Math.max(0, said - 1); // at the end, the last character
  const diagnostic = { from, to: Math.max(end, said), severity: "error", message: place.message };
  view.dispatch(setDiagnostics(view.state, [diagnostic]), { selection: { anchor: from }, scrollIntoView: true });
}

const form = document.querySelector("form[data-vocabulary]");
if (form) mount(form);
