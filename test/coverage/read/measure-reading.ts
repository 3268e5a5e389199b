/** Reads the file that is its argument and prints rows, time and memory above idle as JSON. */
import { readFile } from "node:fs/promises";
import { openTable } from "../../../src/coverage/read/index.ts";

const name = process.argv[2] ?? "";
const bytes = await readFile(name);
const idle = process.memoryUsage.rss();
let peak = idle;
const watching = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 10);
const begun = performance.now();
const opened = await openTable({ name, bytes });
const openedAfter = performance.now() - begun;
if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
let rows = 0;
for (const sheet of opened.value.sheets) for await (const _ of sheet.rows()) rows += 1;
clearInterval(watching);
console.log(
  JSON.stringify({
    rows,
    open_ms: Math.round(openedAfter),
    total_ms: Math.round(performance.now() - begun),
    mebibytes: Math.round((peak - idle) / 1024 / 1024),
  }),
);
