import { subscribe } from "node:diagnostics_channel";
import { auditOnce, auditsIn } from "./audit/audits.ts";
import { someAtATime } from "./kit/at-once.ts";
import { bareHandshakes } from "./audit/handshakes.ts";
import { openKeeping } from "./audit/keeping.ts";
import { startLabProcess } from "./audit/lab-process.ts";
import { interleave } from "./kit/interleave.ts";
import { processCost } from "./kit/process-cost.ts";
import { median, type Row } from "./kit/row.ts";
import { conclude, tell } from "./kit/section.ts";

/**
 * Full audits of a healthy portal of the lab, which runs in a process of its own: seeing alone; and seeing, judging and
 * storing on PostgreSQL. Nothing else does the same; beside it stands what as many bare TLS handshakes cost `openssl
 * s_time`, below which nothing that makes connections can come.
 */
const PORTAL = "healthy";
const ROUNDS = 6;
const AUDITS = 60;
const AT_ONCE = 4;

/** 20,000 portals every six hours. */
const AUDITS_A_SECOND = 20_000 / 21_600;

/** What one round came to, per audit. */
interface Round {
  readonly cpuMs: number;
  readonly serverCpuMs: number;
  readonly connections: number;
  readonly tookMs: number;
}

let connections = 0;
subscribe("net.client.socket", () => (connections += 1));
const tookMs: number[] = [];

const lab = await startLabProcess([PORTAL]);
const url = lab.facts.portals.find(({ id }) => id === PORTAL)?.url ?? "";
const audit = auditsIn(lab.facts);
const see = async (at: string) => {
  const startedAt = performance.now();
  const observation = await auditOnce(audit, at);
  tookMs.push(performance.now() - startedAt);
  return observation;
};
const first = await see(url);
const address = first.facts.hosts[0]?.addresses[0]?.address.address ?? "";
const keeping =
  process.env["TEST_DATABASE_URL"] === undefined
    ? null
    : await openKeeping(url, (target) => see(target.url));

/** Makes the audits of one round. */
async function round(work: (turn: number) => Promise<void>): Promise<Round> {
  const now = async () => ({
    own: (await processCost(process.pid)).cpuMs,
    server: (await keeping?.serverCpuMs()) ?? 0,
    connections,
  });
  tookMs.length = 0;
  const before = await now();
  await someAtATime(AUDITS, AT_ONCE, work);
  const after = await now();
  return {
    cpuMs: (after.own - before.own) / AUDITS,
    serverCpuMs: (after.server - before.server) / AUDITS,
    connections: (after.connections - before.connections) / AUDITS,
    tookMs: median(tookMs),
  };
}

const limits: number[] = [];
const handshakes = async (): Promise<Round> => {
  const made = await bareHandshakes(address, Number(new URL(url).port), 3);
  if (made !== null) limits.push(made.cpuMs / made.count);
  return { cpuMs: 0, serverCpuMs: 0, connections: 0, tookMs: 0 };
};
const found = await interleave(
  [
    { name: "seeing", round: () => round(async () => void (await see(url))) },
    ...(keeping
      ? [{ name: "seeing, judging, storing", round: () => round((turn) => keeping.keep(turn)) }]
      : []),
    { name: "bare handshakes", round: handshakes },
  ],
  ROUNDS,
  tell,
);
audit.close();
await keeping?.close();
await lab.stop();

const seeing = found.get("seeing") ?? [];
const whole = found.get("seeing, judging, storing") ?? [];
/** The first one was the warm-up. */
const perHandshake = limits.slice(1);
const count = median(seeing.map((one) => one.connections));
const rows: Row[] = [
  {
    what: "connections of one audit",
    unit: "",
    values: seeing.map((one) => one.connections),
    goal: { atMost: 60 },
  },
  {
    what: "CPU of seeing, one audit",
    unit: "ms",
    values: seeing.map((one) => one.cpuMs),
    goal: { atMost: 150 },
    ...(perHandshake.length === 0
      ? {}
      : {
          peer: {
            name: "openssl s_time, as many handshakes",
            values: perHandshake.map((each) => each * count),
          },
        }),
    note: "of each audit's connections some are plain TCP, and the audit asks the DNS and reads pages beside them",
  },
  { what: "time of one audit on loopback", unit: "ms", values: seeing.map((one) => one.tookMs) },
  {
    what: "CPU of an audit seen, judged and stored, without the database's",
    unit: "ms",
    values: whole.map((one) => one.cpuMs),
    goal: { atMost: 150 },
  },
  {
    what: "CPU of the database for one audit",
    unit: "ms",
    values: whole.map((one) => one.serverCpuMs),
  },
  {
    what: "part of one core that 20,000 portals every 6 h take, the database included",
    unit: "%",
    values: whole.map((one) => ((one.cpuMs + one.serverCpuMs) * AUDITS_A_SECOND) / 10),
  },
];
const missing = [
  ...(keeping ? [] : ["storing: TEST_DATABASE_URL is not set"]),
  ...(perHandshake.length === 0 ? ["bare handshakes: no openssl s_time"] : []),
];
conclude({
  section: "audit",
  facts: { portal: PORTAL, rounds: ROUNDS, "audits a round": AUDITS, "at once": AT_ONCE },
  rows: rows.filter(({ values }) => values.length > 0),
  missing,
});
