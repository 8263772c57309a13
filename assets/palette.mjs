/**
 * Our own colours in the place of GOV.UK's.
 *
 * Off gov.uk the GOV.UK palette is barred, and govuk-frontend keeps its palette private. So each colour of that
 * palette is replaced in the finished stylesheet by ours: the same hue names, mixed with white or ink the same way.
 */
import { readFileSync } from "node:fs";

export const OURS = {
  blue: "#1d5680",
  green: "#1d6b47",
  teal: "#136a73",
  purple: "#5b3d8a",
  magenta: "#a03268",
  red: "#b02a20",
  orange: "#b9560f",
  yellow: "#ffc93c",
  brown: "#7a4a24",
  black: "#18222d",
  white: "#ffffff",
};

/** Mix two #rrggbb colours: `part` 0 gives the first, 1 the second. */
export function mix(one, two, part) {
  const channel = (hex, at) => parseInt(hex.slice(at, at + 2), 16);
  return (
    "#" +
    [1, 3, 5]
      .map((at) => Math.round(channel(one, at) * (1 - part) + channel(two, at) * part))
      .map((value) => value.toString(16).padStart(2, "0"))
      .join("")
  );
}

function ourColour(hue, variant) {
  const base = OURS[hue];
  if (!base) return null;
  const [kind, amount] = variant.split("-");
  if (kind === "tint") return mix(base, "#ffffff", Number(amount) / 100);
  if (kind === "shade") return mix(base, "#000000", Number(amount) / 100);
  return base;
}

/** Read GOV.UK Frontend's palette: [[hue, variant, "#rrggbb"], ...]. */
export function theirColours(paletteFile) {
  const text = readFileSync(paletteFile, "utf8");
  const found = [];
  let hue = null;
  for (const line of text.split("\n")) {
    const open = line.match(/^ {2}"(\w+)": ?\(/);
    const single = line.match(/^ {2}"(\w+)": ?(#[0-9a-f]{3,6})/);
    const variant = line.match(/^ {4}"([\w-]+)": ?(#[0-9a-f]{6})/);
    if (open) hue = open[1];
    if (single) found.push([single[1], "primary", single[2]]);
    if (variant && hue) found.push([hue, variant[1], variant[2]]);
  }
  return found.filter(([name]) => name !== "white");
}

/** Return the stylesheet with every GOV.UK colour replaced by ours. */
export function inOurColours(css, paletteFile) {
  const swap = new Map();
  for (const [hue, variant, hex] of theirColours(paletteFile)) {
    const ours = ourColour(hue, variant);
    if (!ours) throw new Error(`No colour of ours for GOV.UK's ${hue} ${variant}: add it to OURS in palette.mjs`);
    swap.set(hex.toLowerCase(), ours);
  }
  return css.replace(/#[0-9a-f]{6}\b/gi, (hex) => swap.get(hex.toLowerCase()) ?? hex);
}
