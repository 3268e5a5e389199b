import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { FOLLOWED, valueOf } from "./growth/figures.ts";
import { type Curve, plotOf } from "./growth/plot.ts";
import { runProgram } from "./kit/run-program.ts";
import { tell } from "./kit/section.ts";

/**
 * How cost grows: the same figures at several numbers of portals, as a table on stdout and a picture (`--plot FILE`).
 * Some 25 minutes.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { plot: { type: "string" } },
});
const sizes = positionals.length > 0 ? positionals.map(Number) : [1000, 5000, 20_000];
if (!sizes.every((size) => Number.isInteger(size) && size > 0)) {
  process.stderr.write(`Numbers of portals are wanted: ${positionals.join(" ")}\n`);
  process.exit(2);
}

const curves: Curve[] = [];
for (const { figures, ...program } of FOLLOWED) {
  const found = figures.map((figure) => ({ ...figure, values: [] as (number | null)[] }));
  for (const size of sizes) {
    tell(`━━ ${program.program} with ${size} portals`);
    const args = ["--portals", String(size), ...program.args];
    const report = await runProgram({ ...program, args });
    if (report === null) process.exitCode = 1;
    for (const curve of found) curve.values.push(valueOf(report, curve));
  }
  curves.push(...found);
}

const cells = [
  ["", ...sizes.map((size) => `${size.toLocaleString("en")} portals`)],
  ["---", ...sizes.map(() => "---:")],
  ...curves.map(({ title, unit, values: of }) => [
    `${title}, ${unit}`,
    ...of.map((value) => (value === null ? "–" : String(Number(value.toPrecision(3))))),
  ]),
];
process.stdout.write(`${cells.map((row) => `| ${row.join(" | ")} |`).join("\n")}\n`);
if (values.plot !== undefined) await writeFile(values.plot, plotOf(sizes, curves));
