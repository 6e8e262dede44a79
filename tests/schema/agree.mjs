// Judges documents with ajv: agree.mjs SCHEMA DOCUMENTS, with node_modules in the current folder.
// DOCUMENTS is an array of JSON texts in one JSON file. It prints an array: null where a document
// is valid, else the first error.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "package.json"));
const Ajv = require("ajv/dist/2020").default;

const [schema, documents] = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, "utf8")));
const ajv = new Ajv({ strict: true, allErrors: true });
const validate = ajv.compile(schema);
const verdicts = documents.map((text) => {
  if (validate(JSON.parse(text))) return null;
  const { instancePath, message } = validate.errors[0];
  return `${instancePath} ${message}`;
});
console.log(JSON.stringify(verdicts));
