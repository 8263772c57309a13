/**
 * Build Moothall's stylesheets and scripts.
 *
 *   node build.mjs OUT
 *
 * writes OUT/ui/<name>.<12 hex digits>.<css|js|woff2> and OUT/ui/manifest.json, which says what each name became.
 * The digits are the content's, so that browsers may keep the files for ever.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";
import { inOurColours } from "./palette.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const out = join(process.argv[2], "ui");
const manifest = {};
const TARGET = ["chrome100", "firefox100", "safari15"];

/** Write one file under a name that carries its content's digest; return that name. */
function keep(name, content) {
  const digest = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const dot = name.lastIndexOf(".");
  const hashed = `${name.slice(0, dot)}.${digest}${name.slice(dot)}`;
  writeFileSync(join(out, hashed), content);
  manifest[name] = hashed;
  return hashed;
}

function buildFonts() {
  const files = join(modules, "@fontsource", "atkinson-hyperlegible-next", "files");
  const fonts = {};
  for (const part of ["latin", "latin-ext"]) {
    for (const weight of [400, 700]) {
      const file = `atkinson-hyperlegible-next-${part}-${weight}-normal.woff2`;
      fonts[`font-${part}-${weight}`] = keep(`${part}-${weight}.woff2`, readFileSync(join(files, file)));
    }
  }
  for (const weight of [400, 700]) {
    fonts[`font-welsh-${weight}`] = keep(`welsh-${weight}.woff2`, readFileSync(join(here, "fonts", `welsh-${weight}.woff2`)));
  }
  return fonts;
}

async function buildStyles(fonts) {
  for (const name of ["moothall", "places"]) {
    const compiled = sass.compile(join(here, "scss", `${name}.scss`), {
      loadPaths: [modules, join(here, "scss")],
      importers: [{ findFileUrl: (url) => (url.startsWith("~") ? new URL(url.slice(1), pathToFileURL(modules + "/")) : null) }],
      quietDeps: true,
      silenceDeprecations: ["import", "if-function"],
    });
    let css = inOurColours(compiled.css, join(modules, "govuk-frontend/dist/govuk/settings/_colours-palette--internal.scss"));
    css = css.replace(/url\(["']?(font-[\w-]+)["']?\)/g, (_, font) => `url("${fonts[font]}")`);
    const small = await esbuild.transform(css, { loader: "css", minify: true, target: TARGET });
    keep(`${name}.css`, small.code);
  }
}

/** The map comes first: the script that sends for it when it is wanted has to know its name. */
async function buildScripts() {
  const names = readdirSync(join(here, "js")).filter((file) => /^[a-z]+\.js$/.test(file));
  for (const file of ["map.js", ...names.filter((name) => name !== "map.js")]) {
    const built = await esbuild.build({
      entryPoints: [join(here, "js", file)],
      nodePaths: [modules],
      bundle: true,
      minify: true,
      write: false,
      format: "iife",
      target: TARGET,
      define: { MAP: JSON.stringify(manifest["map.js"] ?? "") },
      legalComments: "none",
      logLevel: "warning",
    });
    keep(file, built.outputFiles[0].text);
  }
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const fonts = buildFonts();
await Promise.all([buildStyles(fonts), buildScripts()]);
writeFileSync(join(out, "manifest.json"), JSON.stringify(manifest, Object.keys(manifest).sort(), 1));
