// Style sheets and scripts: Sass, then only the selectors that our pages use, then minified, then mirrored for
// right-to-left scripts, then named by content so that a browser may keep them for ever.
//
// Writes engage/static/built/ and its manifest.json. Fails when a respondent's style sheet passes its budget, moves
// anything, or reaches for another host.

import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { Features, transform } from "lightningcss";
import { PurgeCSS } from "purgecss";
import rtlcss from "rtlcss";
import * as sass from "sass";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, "engage", "static", "source");
const built = join(root, "engage", "static", "built");

// The first page of a survey, all that a phone fetches, is to stay under 14 KB; the rest is its HTML and the logo.
const budgets = { "respond.css": 6656, "respond.rtl.css": 6656, "respond.js": 1024 };

// Where the pages that link to a sheet begin, and the code that hands them words; a page's frame and macros follow.
// Documents carry their own style.
const users = {
  preview: /^templates\/preview\//,
  respond: /^(templates\/(respond|errors)\/|engage\/respond\/|engage\/[^/]+\.py$)/,
  staff: /^(templates\/(?!documents\/)|engage\/)/,
};

// Browsers of about 2020: older phones show the page plainly, and newer ones need no prefixes.
const targets = { safari: 13 << 16, ios_saf: 13 << 16, chrome: 80 << 16, firefox: 78 << 16 };

function compile(name) {
  return sass.compile(join(source, `${name}.scss`), {
    loadPaths: [join(root, "node_modules")],
    quietDeps: true,
    style: "expanded",
  }).css;
}

function composedNames(texts, names) {
  // A macro may put a class together, "nhsuk-{{ kind }}__item"; what it puts in stands in quotation marks somewhere.
  const all = texts.join("\n");
  const parts = [...new Set(all.match(/(?<=["'])[a-z0-9]+(?=["'])/g))].join("|");
  const composed = all.match(/(?:nhsuk|engage)-[\w-]*(?:\{\{[^}]*\}\}[\w-]*)+/g) ?? [];
  const forms = [...new Set(composed)].map((form) => new RegExp(`^${form.replace(/\{\{[^}]*\}\}/g, `(${parts})`)}$`));
  return names.filter((name) => forms.some((form) => form.test(name)));
}

async function textsOf(pattern) {
  const waiting = [];
  for (const folder of ["engage", "templates"]) {
    for (const name of await readdir(join(root, folder), { recursive: true })) {
      const path = `${folder}/${name}`;
      if (/\.(html|py)$/.test(path) && pattern.test(path)) waiting.push(path);
    }
  }
  const texts = new Map();
  for (const path of waiting) {
    if (texts.has(path)) continue;
    const text = await readFile(join(root, path), "utf8");
    texts.set(path, text);
    // The loop goes on to what is added here.
    for (const used of text.matchAll(/\{%-?\s*(?:extends|include|import|from)\s+["']([^"']+)["']/g)) {
      waiting.push(`templates/${used[1]}`);
    }
  }
  return [...texts.values()];
}

async function keepUsed(css, texts) {
  const names = [...new Set(css.match(/(?<=\.)(?:nhsuk|engage)-[\w-]+/g))];
  const [result] = await new PurgeCSS().purge({
    content: texts.map((raw) => ({ raw, extension: "html" })),
    css: [{ raw: css }],
    // Class names are whole words of letters, digits, "-" and "_", in templates and in Python alike.
    defaultExtractor: (text) => text.match(/[A-Za-z0-9_-]+/g) ?? [],
    // The others are set by the language of a page and by its scripts, never written in a template.
    safelist: { standard: ["rtl", "ltr", "ur", "hidden", ...composedNames(texts, names)] },
    variables: false,
  });
  return result.css;
}

function mirror(css) {
  // rtlcss turns sides and transforms, and leaves the corners of a clipped shape where they were.
  const turned = (shape) => shape.replace(/(\d+)%(\s+\d+%)/g, (_, x, y) => `${100 - Number(x)}%${y}`);
  return rtlcss.process(css).replace(/clip-path: *polygon\([^)]*\)/g, turned);
}

function minify(css) {
  const { code } = transform({
    filename: "sheet.css",
    code: Buffer.from(css),
    minify: true,
    targets,
    // All targets know start and end; rewriting them by language would double the size.
    exclude: Features.LogicalProperties | Features.DirSelector | Features.LangSelectorList,
  });
  return code.toString();
}

function refuseWhatPhonesMustNotGet(name, text) {
  const size = gzipSync(text, { level: 9 }).length;
  const faults = [];
  if (size > (budgets[name] ?? Infinity)) faults.push(`${size} bytes compressed, over its budget of ${budgets[name]}`);
  if (name.endsWith(".css") && /url\(["']?(https?:)?\/\//.test(text)) faults.push("fetches from another host");
  if (name.startsWith("respond") && /@keyframes|transition:|animation:/.test(text)) faults.push("moves something");
  if (faults.length) throw new Error(`${name}: ${faults.join("; ")}`);
  return size;
}

async function styleSheets() {
  const files = {};
  for (const [name, pattern] of Object.entries(users)) {
    const used = await keepUsed(compile(name), await textsOf(pattern));
    files[`${name}.css`] = minify(used);
    files[`${name}.rtl.css`] = minify(mirror(used));
  }
  return files;
}

async function scripts() {
  const files = {};
  for (const name of (await readdir(source)).filter((file) => file.endsWith(".js"))) {
    const text = await readFile(join(source, name), "utf8");
    // Comments and indentation go; nothing else is rewritten, so that what runs can be read.
    files[name] = text.replace(/^\s*\/\/.*\n/gm, "").replace(/^\s+/gm, "");
  }
  return files;
}

async function write(files) {
  const manifest = {};
  await mkdir(built, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    const size = refuseWhatPhonesMustNotGet(name, text);
    const hash = createHash("sha256").update(text).digest("hex").slice(0, 8);
    const dot = name.lastIndexOf(".");
    manifest[name] = `${name.slice(0, dot)}.${hash}${name.slice(dot)}`;
    await writeFile(join(built, manifest[name]), text);
    console.error(`  ${name.padEnd(16)} ${String(size).padStart(6)} bytes compressed`);
  }
  // A server that reads the manifest meanwhile finds the old one or the new one, and the files of both.
  const draft = join(built, "manifest.json.new");
  await writeFile(draft, `${JSON.stringify(manifest, null, 2)}\n`);
  await rename(draft, join(built, "manifest.json"));
  const kept = new Set([...Object.values(manifest), "manifest.json"]);
  for (const file of await readdir(built)) if (!kept.has(file)) await rm(join(built, file));
}

await write({ ...(await styleSheets()), ...(await scripts()) });
