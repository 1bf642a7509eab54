// Sum of what a browser may have to fetch, compressed; the page budget is 1.2 MB of script.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const folder = new URL("../dist/assets/", import.meta.url);
const budget = 1.2e6;
const sizes = readdirSync(folder)
  .filter((name) => /\.(js|css)$/.test(name))
  .map((name) => ({ name, bytes: gzipSync(readFileSync(new URL(name, folder))).length }))
  .sort((a, b) => b.bytes - a.bytes);
for (const { name, bytes } of sizes) console.log(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${name}`);
const script = sizes.filter(({ name }) => name.endsWith(".js")).reduce((sum, { bytes }) => sum + bytes, 0);
console.log(`${(script / 1000).toFixed(1).padStart(8)} kB  all script (at most ${budget / 1000} kB)`);
if (script > budget) process.exit(1);
