import { failure, type FailureKind, FAILURES } from "../../../src/domain/failure.ts";
import type { ProbeResult } from "../../../src/domain/observation.ts";
import type { ProbeTarget } from "../../../src/domain/portal.ts";
import type { VantageState } from "../../../src/domain/vantage.ts";
import { Confirmation } from "../../../src/prober/confirmation.ts";
import { createSlotTable } from "../../../src/prober/address-slots.ts";
import { Limits } from "../../../src/prober/limits.ts";
import { LiveVantage } from "../../../src/prober/live-vantage.ts";
import { Runs } from "../../../src/prober/runs.ts";
import type { RunOrder } from "../../../src/probes/index.ts";
import { result, vantage } from "./states.ts";

/** Long beside a test, so that nothing is due by itself and nothing is late. */
const INTERVAL_MS = 60_000;

/** What a run comes to: `ok`, or the kind that it fails by; a promise of that takes its time. */
export type Step = "ok" | FailureKind | Promise<"ok" | FailureKind>;

/** The runs of a thread whose probe follows a script. */
export interface Scripted {
  readonly runs: Runs;
  /** What was recorded, in order. */
  readonly records: ProbeResult[];
  /** What the probe was asked to do, in order. */
  readonly orders: RunOrder[];
  /** Brings a slot: the next scheduled run of portal 1 over IPv4. */
  readonly due: () => void;
  /** What the vantage point is from now on. */
  readonly vouch: (state: VantageState) => void;
  /** Questions for a self-test so far. */
  readonly asked: number[];
  /** Resolves when so many are recorded; all of them, as `told` says it. */
  readonly recorded: (count: number) => Promise<readonly string[]>;
  /** Resolves when so many have begun. */
  readonly begun: (count: number) => Promise<void>;
}

/** Starts them; the script's last step repeats. Self-tests answer at once. */
export function scripted(script: readonly Step[], confirmAfterMs: readonly number[]): Scripted {
  const records: ProbeResult[] = [];
  const orders: RunOrder[] = [];
  const asked: number[] = [];
  const gate = new LiveVantage(vantage(true, true));
  const waiting = new Set<() => void>();
  const said = () => waiting.forEach((look) => look());
  const until = (condition: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!condition()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  const confirmation = new Confirmation(0, (question) => {
    asked.push(question);
    queueMicrotask(() => confirmation.answer(gate, question));
  });
  const limits = limitsFor();
  const run = async (target: ProbeTarget, order: RunOrder): Promise<ProbeResult> => {
    const startedAt = Date.now();
    const step = script[Math.min(orders.length, script.length - 1)] ?? "ok";
    orders.push(order);
    said();
    return toResult(await step, { ...order, portal: target.portal, startedAt });
  };
  const runs = new Runs({
    probe: { run, faults: 0, close: () => undefined },
    limits,
    confirmation,
    gate,
    intervalMs: INTERVAL_MS,
    confirmAfterMs,
    record: (one) => {
      records.push(one);
      said();
    },
  });
  let slots = 0;
  return {
    runs,
    records,
    orders,
    asked,
    due: () => runs.due({ target: TARGET, family: "ip4", scheduledAt: Date.now() + slots++ }),
    vouch: (state) => gate.update(state),
    recorded: async (count) => {
      await until(() => records.length >= count);
      return records.map(told);
    },
    begun: (count) => until(() => orders.length >= count),
  };
}

const TARGET: ProbeTarget = {
  portal: 1,
  slug: "portal",
  url: "http://192.0.2.1/",
  expectation: {},
};

/** Attempt and outcome or kind: `0 connect_refused`. */
export function told({ attempt, outcome, failure: why, skipReason }: ProbeResult): string {
  return `${attempt} ${why?.kind ?? skipReason ?? outcome}`;
}

function toResult(
  step: "ok" | FailureKind,
  { scheduledAt, attempt, startedAt, portal }: Pick<ProbeResult, "portal" | "startedAt"> & RunOrder,
): ProbeResult {
  const key = { portal, scheduledAt, attempt, startedAt };
  if (step === "ok") return result(key);
  const outcome = FAILURES[step].source === "target" ? "fail" : "unknown";
  return result({ ...key, outcome, failure: failure(step) });
}

function limitsFor(): Limits {
  const limits = { inFlight: 100, newConnectionsPerSecond: 1000, perAddress: 100, lagLimitMs: 500 };
  return new Limits({
    options: {
      vantage: { name: "test", country: null, anchors: null },
      dnsServers: [],
      allowedNetworks: [],
      timeoutMs: 1000,
      intervalMs: INTERVAL_MS,
      extraRoots: [],
      contact: null,
      limits,
    },
    thread: 0,
    threads: 1,
    targets: [],
    slots: createSlotTable(1),
    from: null,
    lastQuestion: 0,
    questions: [],
  });
}
