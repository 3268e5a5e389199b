import { programs } from "../programs.ts";
import { startQuietAlertmanager } from "./quiet-alertmanager.ts";
import { type Child, until } from "./child.ts";
import { type DashboardPrometheus, startDashboardPrometheus } from "./dashboard-prometheus.ts";
import { type Demo, startDemo } from "./demo.ts";
import { parseExposition, type Sample } from "./exposition.ts";
import { makePast, type Past } from "./past.ts";

/** The demo with its lab, an Alertmanager, and any Prometheus that scrapes both and remembers a made-up week. */
export interface DashboardWorld extends Child {
  readonly demo: Demo;
  readonly prometheus: (version: "2.42" | "3.x") => Promise<DashboardPrometheus>;
}

/** The paths of the service's metrics, by the job that scrapes them. */
const PATHS = {
  hatangso: "/metrics",
  "hatangso-portals": "/metrics/portals",
  "hatangso-coverage": "/metrics/coverage",
} as const;

/** The demo audits its hundred portals once in two minutes. */
const AUDITED_WITHIN_MS = 180_000;

/** Enough of them that there is a portal of most levels and grades. */
const AUDITED = 20;

export async function startDashboardWorld(): Promise<DashboardWorld> {
  const demo = await startDemo();
  const alertmanager = await startQuietAlertmanager();
  const stop = async () => {
    await Promise.all([demo.stop(), alertmanager.stop()]);
  };
  const places = { service: new URL(demo.url).host, alertmanager: alertmanager.host };
  try {
    await until("audits and figures of the demo", AUDITED_WITHIN_MS, () =>
      hasSomethingToTell(demo),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  // Made once, by whichever version comes first: blocks are the same to both, and take longer than all questions.
  let made: Promise<Past> | null = null;
  const pastBy = async (folder: string) => {
    const [end, live] = [Math.floor(Date.now() / 1000), await everything(demo)];
    return makePast(folder, { end, live, instance: places.service }, places);
  };
  return {
    demo,
    async prometheus(version) {
      const folder = programs().prometheus[version];
      const past = await (made ??= pastBy(folder));
      return startDashboardPrometheus({ folder, places, blocks: past.folder, scraping: true });
    },
    stop: async () => {
      await stop();
      await (await made)?.remove();
    },
  };
}

async function hasSomethingToTell(demo: Demo): Promise<true | null> {
  const { "hatangso-portals": portals = [], "hatangso-coverage": coverage = [] } =
    await everything(demo);
  const audited = portals.filter(({ name }) => name === "portal_last_audit_timestamp_seconds");
  const figures = coverage.some(({ name }) => name === "coverage_ratio");
  return audited.length >= AUDITED && figures ? true : null;
}

async function everything(demo: Demo): Promise<Record<string, readonly Sample[]>> {
  const read = Object.entries(PATHS).map(
    async ([job, path]) => [job, parseExposition(await demo.read(path))] as const,
  );
  return Object.fromEntries(await Promise.all(read));
}
