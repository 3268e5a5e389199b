/** One part of the benchmark: a program of its own, so that it starts with a fresh heap and also runs alone. */
export interface Section {
  readonly name: string;
  /** Under bench/; it prints a `SectionReport` as JSON on stdout. */
  readonly program: string;
  readonly args: readonly string[];
  /** Whether it needs TEST_DATABASE_URL: a server of its own is started for it. */
  readonly postgres: boolean;
  /** What it takes on two cores, for those who wait. */
  readonly minutes: number;
}

/** In the order of the table. */
export const SECTIONS: readonly Section[] = [
  { name: "scale", program: "scale.ts", args: [], postgres: true, minutes: 8 },
  { name: "probe", program: "probe.ts", args: [], postgres: true, minutes: 6 },
  { name: "store", program: "store.ts", args: [], postgres: true, minutes: 3 },
  { name: "exposition", program: "exposition.ts", args: [], postgres: false, minutes: 4 },
  { name: "api", program: "api.ts", args: [], postgres: true, minutes: 3 },
  { name: "start", program: "start.ts", args: [], postgres: true, minutes: 2 },
  { name: "audit", program: "audit.ts", args: [], postgres: true, minutes: 2 },
  { name: "soak", program: "soak.ts", args: [], postgres: true, minutes: 4 },
];
