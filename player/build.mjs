// Builds the player: src/main.ts -> ../scormkit/render/assets/player.js, one classic script. `--check` builds aside and
// fails when the committed file is not what the sources give.
import { build } from "esbuild";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const target = path("../scormkit/render/assets/player.js");

const { outputFiles } = await build({
  absWorkingDir: path("."),
  entryPoints: ["src/main.ts"],
  bundle: true,
  format: "iife",
  minify: true,
  charset: "utf8",
  legalComments: "none",
  target: ["es2019", "chrome80", "edge80", "firefox78", "safari13"],
  // esbuild counts this as missing from Safari 13, which fails at a few exotic patterns only; ours are plain.
  supported: { destructuring: true },
  write: false,
});
const script = outputFiles[0].text;

if (process.argv.includes("--check")) {
  if (!existsSync(target) || readFileSync(target, "utf8") !== script) {
    console.error("scormkit/render/assets/player.js is not what player/src gives; run `npm run build` in player/ and commit it");
    process.exit(1);
  }
} else {
  writeFileSync(target, script);
  console.log(`player.js: ${script.length} characters`);
}
