// How the editor looks: the tokens of the page's stylesheet, which reach into its shadow root.
import { HighlightStyle, LanguageSupport, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { styleTags, tags } from "@lezer/highlight";
import { SparqlLanguage } from "codemirror-lang-sparql";

const colours = {
  keyword: "light-dark(#6a3299, #cbb0f5)",
  variable: "light-dark(#0b5590, #82c0f2)",
  address: "light-dark(#8a3b12, #f0b08a)",
  number: "light-dark(#0f6647, #7fd3b0)",
  wrong: "light-dark(#b3261e, #f2a59f)",
};

const theme = EditorView.theme({
  "&": {
    color: "var(--ink)",
    backgroundColor: "var(--paper)",
    border: "1px solid var(--edge)",
    borderRadius: ".25rem",
    fontSize: ".875rem",
  },
  "&.cm-focused": { outline: "3px solid var(--link)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", minHeight: "13rem", maxHeight: "60vh" },
  ".cm-content": { caretColor: "var(--ink)", padding: ".5rem 0" },
  ".cm-gutters": { backgroundColor: "var(--wash)", color: "var(--quiet)", border: "0" },
  ".cm-content ::selection, .cm-content::selection": { backgroundColor: "light-dark(#bcd7ec, #27465f)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--mark)" },
  "&.cm-focused .cm-nonmatchingBracket": { color: colours.wrong, backgroundColor: "transparent" },
  ".cm-tooltip": {
    backgroundColor: "var(--paper)",
    color: "var(--ink)",
    border: "1px solid var(--edge)",
    borderRadius: ".25rem",
    boxShadow: "0 .25rem 1rem rgb(0 0 0 / .18)",
    maxWidth: "min(36rem, 92vw)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", fontSize: ".875rem", maxHeight: "16rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: ".25rem .5rem", lineHeight: "1.5" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    backgroundColor: "var(--button)",
    color: "var(--on-button)",
  },
  ".cm-completionDetail": { fontFamily: "var(--sans)", fontStyle: "normal", color: "var(--quiet)" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-completionMatchedText": { textDecoration: "underline" },
  ".cm-completionInfo": { padding: ".5rem .75rem", fontSize: ".8125rem", overflowWrap: "anywhere" },
  ".cm-completionInfo p": { margin: "0" },
  ".cm-diagnostic": { borderInlineStart: `4px solid ${colours.wrong}`, padding: ".375rem .75rem" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: `wavy underline ${colours.wrong}` },
  ".cm-gutter-lint": { width: "1.125rem" },
});

const highlighting = HighlightStyle.define([
  { tag: tags.keyword, color: colours.keyword, fontWeight: "600" },
  { tag: tags.variableName, color: colours.variable },
  { tag: [tags.url, tags.string], color: colours.address },
  { tag: [tags.integer, tags.float, tags.bool, tags.annotation], color: colours.number },
  { tag: tags.comment, color: "var(--quiet)", fontStyle: "italic" },
]);

/** SPARQL whose addresses look unlike its compact names. */
export const sparql = new LanguageSupport(
  SparqlLanguage.configure({ props: [styleTags({ "IriRef IriRef/...": tags.url })] }),
);

export const look = [theme, syntaxHighlighting(highlighting)];
