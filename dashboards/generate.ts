/**
 * Writes the dashboards and the rules that Grafana and Prometheus read:
 *   npm run dashboards                       the files in this folder
 *   npm run dashboards -- --check            fails if they are not what this program makes
 *   npm run dashboards -- --service URL --grafana URL --out FOLDER    with your own addresses in the alerts' links
 */
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import { generatedFiles } from "./generated-files.ts";

const HERE = fileURLToPath(new URL(".", import.meta.url));

/** The folders in which every file is generated; anything else that lies there goes. */
const OWN = ["grafana/dashboards", "grafana/dashboards-sql", "prometheus/rules"];

const { values } = parseArgs({
  options: {
    check: { type: "boolean", default: false },
    service: { type: "string", default: "http://localhost:8080" },
    grafana: { type: "string", default: "http://localhost:3000" },
    out: { type: "string", default: HERE },
  },
});

const files = generatedFiles({ service: values.service, grafana: values.grafana });
const wrong = values.check ? await differences() : await write();
for (const each of wrong) console.error(`${each}: run npm run dashboards`);
process.exitCode = wrong.length === 0 ? 0 : 1;

async function write(): Promise<string[]> {
  for (const stale of await strangers()) await rm(join(values.out, stale));
  for (const [path, content] of files) {
    await mkdir(dirname(join(values.out, path)), { recursive: true });
    await writeFile(join(values.out, path), content);
  }
  return [];
}

async function differences(): Promise<string[]> {
  const found = [...(await strangers())].map((path) => `${path} is not generated any more`);
  for (const [path, content] of files) {
    const present = await readFile(join(values.out, path), "utf8").catch(() => null);
    if (present !== content) found.push(`${path} is not what the program makes`);
  }
  return found;
}

/** Files in our folders that are not ours. */
async function strangers(): Promise<string[]> {
  const folders = await Promise.all(
    OWN.map(async (folder) => {
      const entries = await readdir(join(values.out, folder), {
        recursive: true,
        withFileTypes: true,
      }).catch(() => []);
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name));
    }),
  );
  return folders
    .flat()
    .map((path) => relative(values.out, path))
    .filter((path) => !files.has(path));
}
