// Colours code in READMEs. The app loads this file when there is code in sight and hands it one element at a time.
//
// lowlight runs highlight.js's grammars and gives a tree, not markup: the tree becomes spans with text in them, so nothing a
// README says is ever parsed again. Grammars are those that READMEs of crates are written with; every other language stays
// plain. Colours are the style sheet's (`readme_code.css`).

import { createLowlight } from "lowlight";
import bash from "highlight.js/lib/languages/bash";
import c from "highlight.js/lib/languages/c";
import cpp from "highlight.js/lib/languages/cpp";
import css from "highlight.js/lib/languages/css";
import diff from "highlight.js/lib/languages/diff";
import dockerfile from "highlight.js/lib/languages/dockerfile";
import ini from "highlight.js/lib/languages/ini";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import makefile from "highlight.js/lib/languages/makefile";
import python from "highlight.js/lib/languages/python";
import rust from "highlight.js/lib/languages/rust";
import shell from "highlight.js/lib/languages/shell";
import sql from "highlight.js/lib/languages/sql";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";

const lowlight = createLowlight({
  bash, c, cpp, css, diff, dockerfile, ini, javascript, json, makefile, python, rust, shell, sql, typescript, xml, yaml,
});
// Names that are in use beside those the grammars know: `toml`, `sh`, `rs` and many more are theirs already.
lowlight.registerAlias({ rust: ["ron"], json: ["json5", "jsonc"], bash: ["fish", "nu"] });

const nodes = (tree) =>
  tree.children.map((node) => {
    if (node.type === "text") return node.value;
    const span = document.createElement("span");
    span.className = (node.properties?.className ?? []).join(" ");
    span.append(...nodes(node));
    return span;
  });

/** Colours the text of `element` as `language`; leaves it as it is when the language is not known. */
export const highlight = (element, language) => {
  if (!lowlight.registered(language)) return;
  element.replaceChildren(...nodes(lowlight.highlight(language, element.textContent)));
};
