import { Counter, Gauge, type Registry } from "prom-client";
import type { ImportFacts } from "../reports/coverage/metrics-data.ts";

/** How the metrics of coverage imports take in what the register knows of them; every outcome begins at 0. */
export function coverageImportMetrics(registry: Registry) {
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
