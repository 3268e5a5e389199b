import { access, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { programs } from "../../test/real/programs.ts";
import { startBenchPrometheus } from "../queries/prometheus.ts";
import { type ServerProcess, startServer } from "../serving/child.ts";

/** What a real Prometheus found within some minutes, scraping every 30 s. */
export interface RealScrapes {
  readonly scrapes: number;
  readonly failed: number;
  readonly longestMs: number;
  /** Of the service, all threads, per second of the whole time: results coming in are a part of it. */
  readonly cpuMsPerSecond: number;
}

/** Lets it scrape a server of its own, into which results come; null where Prometheus is not installed. */
export async function scrapedByPrometheus(
  portals: string,
  minutes: number,
): Promise<RealScrapes | null> {
  const folderOfPrograms = programs().prometheus["2.42"];
  const isThere = access(join(folderOfPrograms, "prometheus")).then(
    () => true,
    () => false,
  );
  if (!(await isThere)) return null;
  const folder = await mkdtemp(join(tmpdir(), "hatangso-exposition-"));
  const server = await startServer(new URL("./ours.ts", import.meta.url), [portals]);
  try {
    return await scrapes(server, { folder, programs: folderOfPrograms, minutes });
  } finally {
    await server.stop();
    await rm(folder, { recursive: true });
  }
}

async function scrapes(
  server: ServerProcess,
  { folder, programs, minutes }: { folder: string; programs: string; minutes: number },
): Promise<RealScrapes> {
  await server.ask("results");
  const prometheus = await startBenchPrometheus({ folder, programs, serviceUrl: server.url });
  try {
    const before = await server.cost();
    await sleep(minutes * 60_000);
    const after = await server.cost();
    const one = async (what: string) => {
      const { result } = await prometheus.now(what);
      return Number(result[0]?.value?.[1] ?? Number.NaN);
    };
    const range = `{job="hatangso-portals"}[${minutes}m]`;
    const made = await one(`count_over_time(up${range})`);
    return {
      scrapes: made,
      failed: made - (await one(`sum_over_time(up${range})`)),
      longestMs: (await one(`max_over_time(scrape_duration_seconds${range})`)) * 1000,
      cpuMsPerSecond: (after.cpuMs - before.cpuMs) / (minutes * 60),
    };
  } finally {
    await prometheus.stop();
  }
}
