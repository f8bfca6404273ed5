// Diagrams as a JSON list on standard input; mermaid's own parser says of each what it is, or why it is none.
// NODE_PATH plays no part in imports of modules: the folder that holds node_modules comes as the first argument.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(`${process.argv[2]}/`));
const { JSDOM } = require("jsdom");
globalThis.window = new JSDOM("").window; // mermaid cleans labels with a library that wants a document
globalThis.document = window.document;
const { default: mermaid } = await import(pathToFileURL(`${process.argv[2]}/node_modules/mermaid/dist/mermaid.core.mjs`));

let text = "";
for await (const chunk of process.stdin) text += chunk;
for (const diagram of JSON.parse(text)) {
  console.log(JSON.stringify(await mermaid.parse(diagram)));
}
