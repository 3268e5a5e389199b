import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { KnownSeries, SeriesFacts } from "./series.ts";

const PAGE = fileURLToPath(new URL("../../../docs/metrics.md", import.meta.url));

/** A row of the page's tables: name, type, labels. */
const ROW = /^\| `(\w+)`\s*\| (gauge|counter|histogram)\s*\| ([^|]*)\|/gm;

/** Labels of Node.js' own metrics, which the page does not tell. */
const OF_NODE: readonly (readonly [name: RegExp, labels: readonly string[]])[] = [
  [/^nodejs_gc_duration_seconds$/, ["kind"]],
  [/^nodejs_heap_space_/, ["space"]],
  [/^nodejs_active_/, ["type"]],
  [/^nodejs_version_info$/, ["version", "major", "minor", "patch"]],
];

/** The series that the service exposes, by name, as docs/metrics.md says, which its own test compares with the service. */
export const EXPOSED: KnownSeries = new Map(
  Array.from(readFileSync(PAGE, "utf8").matchAll(ROW), ([, name = "", type, labels = ""]) => [
    name,
    {
      type: type as SeriesFacts["type"],
      labels: new Set([
        ...Array.from(labels.matchAll(/`(\w+)`/g), ([, label = ""]) => label),
        ...OF_NODE.filter(([own]) => own.test(name)).flatMap(([, own]) => own),
      ]),
    },
  ]),
);
