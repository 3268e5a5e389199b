import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Database } from "../../src/store/database.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { startServiceProcess } from "../support/service-process.ts";
import {
  concludePromises,
  type DrillGround,
  prepareDrill,
  registerLab,
  say,
  tellLab,
} from "./drill.ts";
import { incidentsStored } from "./stored-incidents.ts";
import { type OwnNetwork, ownNetwork, routedWire, type Wire } from "./own-network.ts";
import { type Received, startWebhookReceiver } from "./webhook-receiver.ts";

/**
 * Nobody is told of what is no outage, and everybody of what is: healthy portals whose connections are dropped at random,
 * two total losses of this place's network on the way, and no incident of a portal; then ten that have nothing in common
 * are really broken, and all ten are told in time, and nothing else.
 */
const { values } = parseArgs({
  options: {
    short: { type: "boolean", default: false },
    /** Decides which connections are dropped. */
    seed: { type: "string", default: "1" },
  },
});

const PLAN = values.short
  ? { portals: 60, intervalSeconds: 2, quietMs: 15_000, lossMs: 3_000, toldWithinMs: 15_000 }
  : { portals: 300, intervalSeconds: 60, quietMs: 600_000, lossMs: 20_000, toldWithinMs: 120_000 };
const BROKEN = 10;
const DROPS = { ratio: 0.02, seed: Number(values.seed) };

/** Three anchors and the control portal have addresses too. */
const MORE_ADDRESSES = 4;

const network = await ownNetwork(PLAN.portals + MORE_ADDRESSES);
if (network !== null) await drill(network);

async function drill(own: OwnNetwork): Promise<void> {
  const ground = await prepareDrill(PLAN.portals, PLAN.intervalSeconds, {
    labFlags: ["--apart", ...own.ip6.flatMap((address) => ["--ip6", address])],
    agencyOf: (portal) => portal,
  });
  const { wire, wireBy } = await wireOf(own, ground);
  const receiver = await startWebhookReceiver(ground.folder);
  await registerLab(ground);
  await tellLab(ground, "network", { drops: DROPS });
  const service = await startServiceProcess({ ...ground.env, ...receiver.env });

  say("all is well but for drops and two losses");
  await quiet(wire);
  const before = receiver.received.length;
  const counts = await (await fetch(`${ground.lab.controlUrl}/counts`)).json();
  await tellLab(ground, "network", { drops: { ...DROPS, ratio: 0 } });
  // Spread over all of them, so that they share no piece of any order.
  const broken = ground.lab.portals.filter((_, i) => i % (PLAN.portals / BROKEN) === 3);
  for (const { id } of broken) await tellLab(ground, `portals/${id}`, { broken: true });
  const brokenAt = Date.now();
  say(`${BROKEN} are broken`);
  const isTold = () => broken.every(({ id }) => receiver.of(id).length > 0);
  await receiver.until(isTold, PLAN.intervalSeconds * 1000 + PLAN.toldWithinMs);
  // What else is said comes within a few looks at what is open.
  await sleep(3_000);
  await service.stop();

  const dataDir = ground.env["DATA_DIR"] ?? "";
  const runs = await storedRuns(dataDir);
  const { incidents } = await incidentsStored(null, dataDir);
  const delays = broken.flatMap(({ id }) => receiver.of(id).slice(0, 1).map(delayOf));
  const ids = broken.map(({ id }) => id);
  const others = receiver.received.slice(before).filter((one) => !isAbout(one, ids));
  concludePromises(
    "precision",
    {
      network: own.missing ?? `its own, with ${own.ip6.length} IPv6 addresses`,
      wire: wireBy,
      ...PLAN,
      drops: DROPS,
      connections: counts,
      ...runs,
      told: delays.length,
      toldAfterFirstFailingRunMs: delays,
      toldAfterBreakingMs: broken.flatMap(({ id }) =>
        receiver
          .of(id)
          .slice(0, 1)
          .map(({ at }) => at - brokenAt),
      ),
      incidents: incidents.map(({ kind, subject, cause, scope, held }) =>
        [kind, subject, cause, scope, held].join(" "),
      ),
    },
    [
      { promise: "connections were dropped, and runs failed by it", kept: runs.failed > 0 },
      { promise: "no message while nothing was broken", kept: before === 0 },
      {
        promise: "no incident of a portal that was not broken",
        kept: incidents.every(({ portal }) => portal === null || ids.includes(portal)),
      },
      { promise: `all ${BROKEN} broken portals were told`, kept: delays.length === BROKEN },
      {
        promise: `each within ${PLAN.toldWithinMs / 1000} s of its first failing run`,
        kept: delays.every((delay) => delay <= PLAN.toldWithinMs),
      },
      { promise: "nothing else was told", kept: others.length === 0 },
    ],
  );
  await receiver.close();
  await ground.end();
}

/** The time in which nothing is broken, with a loss after each third of it. */
async function quiet(wire: Wire): Promise<void> {
  for (let loss = 0; loss < 2; loss += 1) {
    await sleep(PLAN.quietMs / 3);
    await wire.cut();
    await sleep(PLAN.lossMs);
    await wire.mend();
  }
  await sleep(PLAN.quietMs / 3);
}

async function wireOf(
  own: OwnNetwork,
  ground: DrillGround,
): Promise<{ wire: Wire; wireBy: string }> {
  const switched = { cut: () => setCut(ground, true), mend: () => setCut(ground, false) };
  if (own.missing !== null) return { wire: switched, wireBy: `the lab's switch: ${own.missing}` };
  const { portals, dnsServer } = ground.lab;
  const ports = [new URL(portals[0]?.url ?? "").port, dnsServer.split(":").at(-1) ?? ""];
  try {
    return { wire: await routedWire(ports), wireBy: "routing rules that lose every answer" };
  } catch (error) {
    return { wire: switched, wireBy: `the lab's switch: ${String(error)}` };
  }
}

function setCut(ground: DrillGround, cut: boolean): Promise<void> {
  return tellLab(ground, "network", { cut });
}

function delayOf({ at, message: { incident } }: Received): number {
  return at - Date.parse(incident?.opened_at ?? "");
}

function isAbout({ message: { incident } }: Received, portals: readonly string[]): boolean {
  return portals.includes(incident?.portal?.id ?? "");
}

async function storedRuns(dataDir: string) {
  const { db, close } = await openDatabase({ databaseUrl: null, dataDir });
  const runs = await runsOf(db);
  await close();
  return runs;
}

async function runsOf(db: Database) {
  const rows = await db
    .selectFrom("probe_result")
    .select(({ fn }) => ["attempt", "outcome", fn.countAll<number>().as("count")])
    .groupBy(["attempt", "outcome"])
    .execute();
  const sum = (which: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(which).reduce((total, { count }) => total + count, 0);
  return {
    scheduled: sum(({ attempt }) => attempt === 0),
    failed: sum(({ attempt, outcome }) => attempt === 0 && outcome === "fail"),
    unknown: sum(({ attempt, outcome }) => attempt === 0 && outcome === "unknown"),
    skipped: sum(({ attempt, outcome }) => attempt === 0 && outcome === "skipped"),
    confirmations: sum(({ attempt }) => attempt > 0),
  };
}
