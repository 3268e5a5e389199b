import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { seed } from "../../seeds/seed.ts";
import { migrate } from "../../src/store/migrate.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { type ServiceProcess, startServiceProcess } from "../support/service-process.ts";
import { until } from "../real/support/child.ts";
import { startAlertReceiver, withoutHeartbeat } from "./alerts/alert-receiver.ts";
import { startMonitoring } from "./alerts/monitoring.ts";
import {
  inNumbers,
  inWords,
  play,
  type Played,
  promisesOf,
  type Scene,
  type Stage,
} from "./alerts/play.ts";
import {
  concludePromises,
  type DrillGround,
  prepareDrill,
  registerLab,
  say,
  tellLab,
} from "./drill.ts";
import { type OwnNetwork, ownNetwork } from "./own-network.ts";

/**
 * What an operator's telephone gets: a real Prometheus with our rules and a real Alertmanager with our routes watch the
 * service, which is silent itself. One portal is broken, then the hosting of an agency, then this place's network: each
 * time one page arrives, with labels and links that hold, everything that follows from it is held, and the end is told.
 * All waiting times are shortened by one factor; `--prometheus 3.x` takes the other version.
 */
const { values } = parseArgs({
  options: {
    short: { type: "boolean", default: false },
    prometheus: { type: "string", default: "2.42" },
  },
});

/** An operator's interval, for which the thresholds of incidents are written. */
const OPERATORS_INTERVAL_SECONDS = 60;

/** How often portals are probed, and how many times quicker than an operator's rules and routes are. */
const PLAN = values.short ? { intervalSeconds: 2, factor: 30 } : { intervalSeconds: 10, factor: 6 };

/** Twenty of each agency: five of them are a common cause and fewer than a province's mass outage. */
const AGENCIES = ["01", "79"];
const PORTALS_EACH = 20;
const PORTALS = AGENCIES.length * PORTALS_EACH;

/** Three anchors and the control portal have addresses too. */
const MORE_ADDRESSES = 4;

const idOf = (number: number) => `p${String(number + 1).padStart(5, "0")}`;
const numberOf = (portal: string) => Number(portal.slice(1)) - 1;
const agencyOf = (portal: string) => AGENCIES[Math.floor(numberOf(portal) / PORTALS_EACH)] ?? "";

/** Of the last agency, alone. */
const LONE = idOf(PORTALS_EACH + 3);
/** Of the first agency, five. */
const HOSTED = [0, 1, 2, 3, 4].map(idOf);

/** Durations of the incident policy go with the interval. */
const MINUTE_MS = 60_000 * (PLAN.intervalSeconds / OPERATORS_INTERVAL_SECONDS);
const POLICY = JSON.stringify({
  reopenWithinMs: 15 * MINUTE_MS,
  group: { withinMs: 5 * MINUTE_MS, waitMs: MINUTE_MS },
  vantage: { openAfterMs: MINUTE_MS, closeAfterMs: MINUTE_MS },
});

/** A machine with much else to do starts slowly. */
const STARTED_WITHIN_MS = 180_000;

/** Half an hour of an operator's. */
const TOLD_WITHIN_MS = 30 * MINUTE_MS;

/** What else an operator would be told of, within three minutes. */
const SETTLED_AFTER_MS = 180_000 / PLAN.factor;

const network = await ownNetwork(PORTALS + MORE_ADDRESSES);
if (network !== null) await drill(network);

async function drill(own: OwnNetwork): Promise<void> {
  const ground = await prepareDrill(PORTALS, PLAN.intervalSeconds, {
    labFlags: ["--apart", ...own.ip6.flatMap((address) => ["--ip6", address])],
    ownerType: "province",
    agencyOf,
  });
  const service = await startSilentService(ground);
  const receiver = await startAlertReceiver();
  const monitoring = await startMonitoring({
    folder: ground.folder,
    version: values.prometheus === "3.x" ? "3.x" : "2.42",
    serviceUrl: service.url,
    receiverUrl: receiver.url,
    factor: PLAN.factor,
  });
  const stage = { receiver, monitoring, withinMs: TOLD_WITHIN_MS };
  const beats = await allIsWell(stage);
  const before = withoutHeartbeat(receiver.notifications).length;

  const played: Played[] = [];
  for (const scene of scenesOf(ground)) played.push(await play(scene, stage));
  // What else is said is said by then.
  await sleep(SETTLED_AFTER_MS);
  const told = withoutHeartbeat(receiver.notifications);
  const inScenes = played.reduce((sum, { notifications }) => sum + notifications.length, 0);
  await monitoring.stop();
  await receiver.close();
  await service.stop();
  await ground.end();
  concludePromises(
    "alerts",
    {
      network: own.missing ?? `its own, with ${own.ip6.length} IPv6 addresses`,
      prometheus: values.prometheus,
      ...PLAN,
      notifications: told.map(inWords),
      scenes: played.map(inNumbers),
    },
    [
      { promise: "the heartbeat is heard", kept: beats },
      ...played.flatMap(promisesOf),
      { promise: "nothing is told afterwards", kept: told.length === before + inScenes },
    ],
  );
}

/** The service with the lab's portals, all seen to be well; it tells nobody itself. */
async function startSilentService(ground: DrillGround): Promise<ServiceProcess> {
  await addProvinces(ground);
  await registerLab(ground);
  const policyFile = join(ground.folder, "policy.json");
  await writeFile(policyFile, POLICY);
  const service = await startServiceProcess({
    ...ground.env,
    INCIDENT_POLICY_FILE: policyFile,
    INCIDENTS_TOLD_BY: "prometheus",
    PUBLIC_READ: "all",
  });
  await allAreUp(service.url);
  return service;
}

/** Waits for the heartbeat, and until nothing else fires; says whether it was heard. */
async function allIsWell({ receiver, monitoring, withinMs }: Stage): Promise<boolean> {
  const beats = await receiver.until(
    () => receiver.notifications.length > withoutHeartbeat(receiver.notifications).length,
    withinMs,
  );
  // Prometheus takes some seconds to find what it scrapes, which are minutes here.
  await until("nothing else is told", withinMs, async () => {
    const alerts = await monitoring.alerts();
    return alerts.every(({ labels }) => labels["severity"] === "none") ? true : null;
  });
  say(beats ? "all is well, and the heartbeat is heard" : "no heartbeat");
  return beats;
}

/** The lab's agencies are provinces, which the database has to know before it takes them. */
async function addProvinces({ env }: DrillGround): Promise<void> {
  const { db, close } = await openDatabase({ databaseUrl: null, dataDir: env["DATA_DIR"] ?? "" });
  await migrate(db);
  await seed(db, { portals: false, published: false });
  await close();
}

/** Waits until every portal was seen to be well. */
async function allAreUp(serviceUrl: string): Promise<void> {
  const isUp = /^portal_state\{.*\} 1$/gm;
  await until("every portal is up", STARTED_WITHIN_MS, async () => {
    const text = await (await fetch(`${serviceUrl}/metrics/portals`)).text();
    return text.match(isUp)?.length === PORTALS ? true : null;
  });
}

function scenesOf(ground: DrillGround): Scene[] {
  const set = (portals: readonly string[], broken: boolean) => async () => {
    for (const portal of portals) await tellLab(ground, `portals/${portal}`, { broken });
  };
  const cut = (isCut: boolean) => () => tellLab(ground, "network", { cut: isCut });
  return [
    {
      name: "one portal",
      breakIt: set([LONE], true),
      mend: set([LONE], false),
      told: {
        alertname: "PortalDown",
        portal: LONE,
        // Of an ordinary portal, over both families or one: it is no other alert when the second one fails too.
        severity: "warning",
        category: "portal",
        agency: `province-${agencyOf(LONE)}`,
        province: agencyOf(LONE),
      },
      held: [],
    },
    {
      name: "an agency's hosting",
      breakIt: set(HOSTED, true),
      mend: set(HOSTED, false),
      told: { alertname: "CommonCauseOutage", severity: "warning", category: "portal" },
      held: [
        {
          labels: { alertname: "PortalDown", province: agencyOf(HOSTED[0] ?? "") },
          count: HOSTED.length,
        },
      ],
    },
    {
      name: "this place's network",
      breakIt: cut(true),
      mend: cut(false),
      told: { alertname: "VantageDegraded", severity: "critical", category: "prober" },
      held: [],
    },
  ];
}
