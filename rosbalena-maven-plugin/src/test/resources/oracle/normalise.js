// What the JavaScript validator of @balena/compose makes of compose files.
//
//     node normalise.js FOLDER FILE...
//
// FOLDER has the installed package below node_modules. One JSON array is printed, for each file
// {"composition": …, "images": …} or {"error": "…"}.
'use strict';
const fs = require('fs');
const path = require('path');
const { createRequire } = require('module');

const [folder, ...files] = process.argv.slice(2);
const installed = createRequire(path.join(path.resolve(folder), 'package.json'));
const compose = installed('@balena/compose/dist/parse');
const yaml = createRequire(installed.resolve('@balena/compose/dist/parse'))('js-yaml');

async function normalise(file) {
  try {
    const document = yaml.load(fs.readFileSync(file, 'utf8'));
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
