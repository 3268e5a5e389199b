import type { Program } from "./kit/run-program.ts";

/** One part of the benchmark: a program of its own, so that it starts with a fresh heap and also runs alone. */
export interface Section extends Program {
  readonly name: string;
  /** What it takes on two cores, for those who wait. */
  readonly minutes: number;
}

/** In the order of the table. */
export const SECTIONS: readonly Section[] = [
  { name: "scale", program: "scale.ts", args: [], postgres: true, minutes: 8 },
  { name: "probe", program: "probe.ts", args: [], postgres: true, minutes: 6 },
  { name: "store", program: "store.ts", args: [], postgres: true, minutes: 3 },
  { name: "history", program: "history.ts", args: [], postgres: true, minutes: 6 },
  { name: "exposition", program: "exposition.ts", args: [], postgres: false, minutes: 4 },
  { name: "api", program: "api.ts", args: [], postgres: true, minutes: 3 },
  { name: "start", program: "start.ts", args: [], postgres: true, minutes: 2 },
  { name: "audit", program: "audit.ts", args: [], postgres: true, minutes: 2 },
  { name: "soak", program: "soak.ts", args: [], postgres: true, minutes: 4 },
];
