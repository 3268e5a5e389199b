import { databaseCommand } from "./commands/index.ts";
import type { Config } from "./config.ts";
import { startControl } from "./control/server.ts";
import type { Logger } from "./log.ts";
import type { ServiceMetrics } from "./metrics/service-metrics.ts";
import type { Database } from "./store/database.ts";
import type { UnitBookSource } from "./store/unit-book.ts";
import type { Teardown } from "./teardown.ts";
import type { WatchedPortals } from "./watched-portals.ts";
import { startJobs } from "../jobs/schedule.ts";

/** The parts that jobs and commands work on. */
interface WorkParts {
  readonly db: Database;
  readonly units: UnitBookSource;
  readonly config: Config;
  readonly log: Logger;
  readonly serviceMetrics: ServiceMetrics;
  readonly watched: WatchedPortals;
  readonly coverageChanged: () => void;
  /** A run of a job has ended, here or in another process on the same database. */
  readonly jobRan: () => void;
}

/** Starts the jobs. `alone`: no other process can be on this database, so a job that is called running is a killed one. */
export function startRegularWork(
  { db, units, config, log, serviceMetrics, coverageChanged, jobRan }: WorkParts,
  alone: boolean,
  teardown: Teardown,
): void {
  const jobs = startJobs({
    db,
    units,
    alone,
    settings: config,
    log,
    clock: Date.now,
    onCoverageChanged: coverageChanged,
    onRun(job, outcome, seconds) {
      jobRan();
      if (outcome === "busy") return;
      serviceMetrics.recordJob({ job, outcome, durationMs: seconds * 1000 });
    },
  });
  teardown.add("jobs", () => jobs.stop());
}

/** Lets the command line work on the embedded database while this process holds it. */
export async function startCommands(parts: WorkParts, teardown: Teardown): Promise<void> {
  const { db, units, config, log, watched, coverageChanged } = parts;
  const service = { units, portalsChanged: watched.refresh, coverageChanged };
  const control = await startControl(
    config.dataDir,
    async (name, args, input, output) => {
      const command = databaseCommand(name);
      return command({ db, config, args, input, output, actor: "command line", service });
    },
    (error) => log.error({ err: error }, "a command failed"),
  );
  teardown.add("control socket", control.stop);
}
