import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { machineFacts } from "./kit/machine.ts";
import type { SectionReport } from "./kit/row.ts";
import { runProgram } from "./kit/run-program.ts";
import { tell } from "./kit/section.ts";
import { tableOf } from "./kit/table.ts";
import { SECTIONS } from "./sections.ts";

/**
 * Everything that has a goal, beside what people would use instead and beside the limit of the machine, in one table.
 * `npm run bench` runs all sections, `npm run bench -- probe store` some; `--json FILE` keeps the figures for a comparison
 * over time, `--table FILE` the table. The table goes to stdout, progress to stderr; exit 1 when a section failed.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "string" }, table: { type: "string" } },
});

const unknown = positionals.filter((name) => SECTIONS.every((section) => section.name !== name));
if (unknown.length > 0) {
  const names = SECTIONS.map(({ name }) => name).join(", ");
  process.stderr.write(`There is no section ${unknown.join(", ")}. There are: ${names}\n`);
  process.exit(2);
}
const chosen = SECTIONS.filter(
  ({ name }) => positionals.length === 0 || positionals.includes(name),
);
tell(
  `about ${chosen.reduce((sum, { minutes }) => sum + minutes, 0)} minutes, if nothing else runs`,
);

const machine = await machineFacts();
const reports: SectionReport[] = [];
const failed: string[] = [];
for (const section of chosen) {
  tell(`━━ ${section.name}`);
  const report = await runProgram(section);
  if (report === null) failed.push(section.name);
  else reports.push(report);
}

const head = Object.entries(machine).map(([name, value]) => `- ${name}: ${value}`);
const table = `${head.join("\n")}\n\n${tableOf(reports)}`;
process.stdout.write(table);
if (values.table !== undefined) await writeFile(values.table, table);
if (values.json !== undefined) {
  await writeFile(values.json, `${JSON.stringify({ machine, sections: reports }, null, 2)}\n`);
}
if (failed.length > 0) {
  process.stderr.write(`Failed: ${failed.join(", ")}\n`);
  process.exitCode = 1;
}
