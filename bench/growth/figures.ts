import type { Program } from "../kit/run-program.ts";
import { median, type SectionReport } from "../kit/row.ts";

/** A figure that is followed as the number of portals grows. */
export interface Figure {
  readonly title: string;
  readonly unit: string;
  /** What the row is called in its section's report. */
  readonly what: string;
  /** What it is to be kept under; drawn as a line. */
  readonly limit: number | null;
}

/** A program that takes `--portals`, and the figures that are taken from it. */
export interface Followed extends Omit<Program, "args"> {
  readonly args: readonly string[];
  readonly figures: readonly Figure[];
}

/** What is followed; a row more is a line here. */
export const FOLLOWED: readonly Followed[] = [
  {
    program: "scale.ts",
    args: ["--minutes", "1"],
    postgres: true,
    figures: [
      figure("CPU of the service", "cores", "cores of the service", 2),
      figure("CPU per run", "ms", "CPU per run, whole service", null),
      figure("Memory at most", "MB", "resident memory, at most", 700),
      figure("Schedule lag, 99 %", "ms", "schedule lag, 99 %", 500),
    ],
  },
  {
    program: "exposition.ts",
    args: ["--rounds", "5", "--prometheus-minutes", "0"],
    postgres: false,
    figures: [
      figure("/metrics/portals", "ms", "to the last octet", 400),
      figure("Event loop held by a scrape", "ms", "event loop held, longest", 25),
    ],
  },
  {
    program: "start.ts",
    args: ["--rounds", "5"],
    postgres: true,
    figures: [figure("Start to the first probe", "ms", "to the first probe", 5000)],
  },
];

function figure(title: string, unit: string, what: string, limit: number | null): Figure {
  return { title, unit, what, limit };
}

/** The middle of what a report says of a figure; null where it says nothing. */
export function valueOf(report: SectionReport | null, { what }: Figure): number | null {
  const values = report?.rows.find((row) => row.what === what)?.values ?? [];
  return values.length === 0 ? null : median(values);
}
