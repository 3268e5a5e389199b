import type { SectionReport } from "./row.ts";
import { tableOf } from "./table.ts";

/** Says on stderr how far a section is. */
export function tell(text: string): void {
  process.stderr.write(
    `${Math.round(performance.now() / 1000)
      .toString()
      .padStart(5)} s  ${text}\n`,
  );
}

/** How a section ends: the table for people on stderr, JSON on stdout. */
export function conclude(report: SectionReport): void {
  process.stderr.write(`\n${tableOf([report])}`);
  process.stdout.write(`${JSON.stringify(report)}\n`);
}
