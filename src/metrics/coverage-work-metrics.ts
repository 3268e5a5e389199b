import { Counter, Gauge, type Registry } from "prom-client";
import type { ImportFacts } from "../reports/coverage/metrics-data.ts";
import { type RoundCount, ROUND_STATES } from "../reports/coverage-rounds/counts.ts";

/** The metrics of what provinces send: imports, what waits for a person, reporting rounds. */
export interface CoverageWorkMetrics {
  /** Takes in what the register of coverage knows of imports. */
  setCoverageImports(facts: ImportFacts): void;
  /** Takes in how many files have rows that wait for review. */
  setCoverageWaiting(files: number): void;
  /** Takes in how the rounds stand; one that is not among them is shown no more. */
  setCoverageRounds(rounds: readonly RoundCount[]): void;
}

/** Defines them in a registry; imports and what waits begin at 0, rounds with nothing. */
export function coverageWorkMetrics(registry: Registry): CoverageWorkMetrics {
  const waiting = new Gauge({
    name: "coverage_imports_waiting",
    help: "Files with coverage figures of which rows are held for review",
    registers: [registry],
  });
  const rounds = new Gauge({
    name: "coverage_round_provinces",
    help: "Provinces by how they stand in the two latest reporting rounds; those that are excused are not counted",
    labelNames: ["round", "state"],
    registers: [registry],
  });
  return {
    ...importMetrics(registry),
    setCoverageWaiting: (files) => waiting.set(files),
    setCoverageRounds(counts) {
      rounds.reset();
      for (const { round, provinces } of counts)
        for (const state of ROUND_STATES) rounds.set({ round, state }, provinces[state]);
    },
  };
}

/** Every outcome begins at 0. */
function importMetrics(registry: Registry) {
  const imports = new Counter({
    name: "coverage_imports_total",
    help: "Files with coverage figures by what came of them, as the register has them: a restart changes nothing",
    labelNames: ["outcome"],
    registers: [registry],
  });
  const last = new Gauge({
    name: "coverage_last_import_timestamp_seconds",
    help: "When the last file with coverage figures came, in Unix seconds; absent before the first",
    registers: [registry],
  });
  const show = ({ outcomes, lastAt }: ImportFacts) => {
    imports.reset();
    for (const [outcome, count] of Object.entries(outcomes)) imports.inc({ outcome }, count);
    if (lastAt === null) last.remove();
    else last.set(lastAt.getTime() / 1000);
  };
  show({ outcomes: { accepted: 0, held: 0, refused: 0 }, lastAt: null });
  return { setCoverageImports: show };
}
