import { readNotifyConfig } from "../../src/notify/config.ts";
import { DEFAULT_POLICY, type IncidentPolicy } from "../../src/domain/incident/policy.ts";
import { FAMILIES, type Family } from "../../src/domain/family.ts";
import type { NotifyEvent, NotifyMessage } from "../../src/domain/incident/notice.ts";
import type { ProbeResult } from "../../src/domain/observation.ts";
import { addAgencies } from "../../src/store/agencies.ts";
import type { Database } from "../../src/store/database.ts";
import { putSeverities, type SeverityRow } from "../../src/store/incidents/severities.ts";
import { addPortals, type NewPortal } from "../../src/store/portal-bulk.ts";
import { saveVantageState } from "../../src/store/vantages.ts";
import { fails, fine, resultOf, type Run, type Sky } from "../incidents/support/made-up-runs.ts";
import { type Process, startProcess } from "../incidents/support/process.ts";
import {
  startWebhookReceiver,
  type WebhookReceiver,
} from "../incidents/support/webhook-receiver.ts";
import { emptyTables } from "../store/helpers/tables.ts";

/** Noon of a Tuesday in Viet Nam: a full minute, as runs are due at full minutes here. */
export const START = Date.parse("2026-11-24T05:00:00Z");
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** How often a portal is probed here. */
const INTERVAL = MINUTE;
/** When a run that fails anew is repeated. */
const CONFIRM_AFTER = [10 * SECOND, 30 * SECOND] as const;
/** Runs in a row that could not resolve a name before it is looked at again. */
const NAME_RUNS = 5;
/** So often is looked at what is open and told what waits, beside each time that something was seen. */
const LOOK_EVERY = 30 * SECOND;

const SECRET = "made-up-secret-of-32-characters!";

const SEVERITIES: readonly SeverityRow[] = [
  { kind: "down", scope: "whole", portal_kind: "*", severity: "major" },
  { kind: "down", scope: "partial", portal_kind: "*", severity: "minor" },
  { kind: "down", scope: "whole", portal_kind: "national-platform", severity: "critical" },
  { kind: "vantage_degraded", scope: "whole", portal_kind: "*", severity: "major" },
];

/** What a world is made of. */
export interface WorldPlan {
  /** How many portals, numbered from 1. */
  readonly portals: number;
  /** What is said of a portal; each has an agency of its own unless this says otherwise. */
  readonly portal?: (portal: number) => Partial<NewPortal>;
  readonly families?: readonly Family[];
  /** Names of the vantage points. */
  readonly vantages?: readonly string[];
  /** NOTIFY_FILE; the webhook `ops` is there wherever a route names it, and without routes it is told everything. */
  readonly channels?: readonly object[];
  readonly routes?: readonly object[];
  /** Of the webhook `ops`. */
  readonly rate?: object | null;
  readonly policy?: Partial<IncidentPolicy>;
  /** When it begins, a full minute; default START. */
  readonly start?: number;
  /** Variables of the environment that channels name. */
  readonly secrets?: Readonly<Record<string, string>>;
}

/** What a vantage point finds of itself. */
export type Health = Readonly<Record<Family | "resolver", boolean>>;

export const HEALTHY: Health = { ip4: true, ip6: true, resolver: true };

/** One message that the webhook took. */
export interface Told {
  readonly event: NotifyEvent;
  /** `down portal-2`, `vantage_degraded vantage`, …: kind and what it is about. */
  readonly what: string;
  /** When it arrived, milliseconds since the world began. */
  readonly after: number;
  readonly dedupeKey: string;
  readonly message: NotifyMessage;
}

/** A world of made-up portals whose hours pass in seconds; everything behind the probes is the real thing. */
export class IncidentWorld {
  readonly db: Database;
  readonly ops: WebhookReceiver;
  readonly told: Told[] = [];
  readonly plan: WorldPlan;
  readonly policy: IncidentPolicy;
  now: number;
  /** Added to the clock that the service reads, not to when things really happen. */
  clockFault = 0;
  /** What runs see. Change it at will. */
  sky: Sky = () => fine;
  /** What vantage points find of themselves. Change it at will. */
  health: (vantage: string) => Health = () => HEALTHY;
  /** Vantage points that send nothing at present. */
  readonly silent = new Set<string>();
  /** Portals that are not probed any more. */
  readonly retired = new Set<number>();
  process: Process;
  readonly #failing = new Map<string, { readonly kind: string; readonly times: number }>();
  #confirmations: Run[] = [];
  #heard = 0;

  constructor(db: Database, ops: WebhookReceiver, plan: WorldPlan) {
    this.db = db;
    this.ops = ops;
    this.plan = plan;
    this.now = plan.start ?? START;
    this.policy = { ...DEFAULT_POLICY, ...plan.policy };
    this.process = this.newProcess();
  }

  /** Another process on the same database, as after a start: it knows nothing but what is stored. */
  newProcess(): Process {
    return startProcess({
      db: this.db,
      policy: this.policy,
      intervalMs: INTERVAL,
      notify: this.#notify(),
      clock: () => this.now + this.clockFault,
    });
  }

  /** The process is gone without a word, and another one takes over. */
  restart(): void {
    this.process = this.newProcess();
  }

  /** Lets time pass; runs are stored when they end, and what follows from them is told. */
  async play(ms: number): Promise<void> {
    const end = this.now + ms;
    for (let next = this.#next(); next <= end; next = this.#next()) {
      this.now = next;
      await this.#store(this.#runsDue());
      await this.look();
    }
    this.now = end;
  }

  /** Looks at what is open, and sends what waits. */
  async look(): Promise<void> {
    await this.process.settle();
    await this.process.deliver();
    this.hear();
  }

  /** Stores results that were seen elsewhere or at other times. */
  store(runs: readonly Run[]): Promise<void> {
    return this.process.store(runs.map((run) => this.see(run)));
  }

  /** What a run comes to. */
  see(run: Run): ProbeResult {
    const health = this.health(run.vantage);
    if (!health.resolver) return resultOf(run, fails("resolver_unusable"));
    const gate = run.family === "ip4" ? "vantage_no_ipv4" : "vantage_no_ipv6";
    return resultOf(run, health[run.family] ? this.sky(run) : fails(gate));
  }

  /** `opened down portal-1` and so on, in the order in which it was told. */
  said(): string[] {
    return this.told.map(({ event, what }) => `${event} ${what}`);
  }

  /** Empties the list of what was told. */
  forgetTold(): void {
    this.told.length = 0;
  }

  async stop(): Promise<void> {
    await this.process.stop();
    await this.ops.stop();
  }

  #next(): number {
    const slot = (Math.floor(this.now / LOOK_EVERY) + 1) * LOOK_EVERY;
    return Math.min(slot, ...this.#confirmations.map(({ at }) => at));
  }

  #runsDue(): Run[] {
    const due = this.#confirmations.filter(({ at }) => at <= this.now);
    this.#confirmations = this.#confirmations.filter(({ at }) => at > this.now);
    if (this.now % INTERVAL !== 0) return due;
    const { portals, vantages = ["local"], families = FAMILIES } = this.plan;
    const numbers = Array.from({ length: portals }, (_, index) => index + 1);
    const scheduled = numbers.flatMap((portal) =>
      vantages.flatMap((vantage) =>
        families.map((family) => ({
          portal,
          family,
          vantage,
          scheduledAt: this.now,
          attempt: 0,
          at: this.now,
        })),
      ),
    );
    return [...due, ...scheduled];
  }

  async #store(due: readonly Run[]): Promise<void> {
    const runs = due.filter(
      ({ vantage, portal }) => !this.silent.has(vantage) && !this.retired.has(portal),
    );
    if (runs.length === 0) return;
    for (const vantage of new Set(runs.map((run) => run.vantage))) await this.#selfTest(vantage);
    const results = runs.map((run) => this.see(run));
    for (const [at, result] of results.entries()) this.#confirm(runs[at] as Run, result);
    await this.process.store(results);
  }

  /** As the prober does: a new failure is looked at twice more, a name after its fifth unresolved run. */
  #confirm(run: Run, { outcome, failure }: ProbeResult): void {
    const key = keyOf(run);
    const unresolved = outcome === "unknown" && failure?.source === "resolver";
    if (outcome === "fail" || unresolved) {
      if (run.attempt > 0) return;
      const kind = failure?.kind ?? "";
      const known = this.#failing.get(key);
      const times = known?.kind === kind ? known.times + 1 : 1;
      this.#failing.set(key, { kind, times });
      if (times === (unresolved ? NAME_RUNS : 1)) this.#confirmations.push(...repeats(run));
    } else if (outcome !== "unknown") {
      this.#failing.delete(key);
      this.#confirmations = this.#confirmations.filter((each) => keyOf(each) !== key);
    }
  }

  async #selfTest(name: string): Promise<void> {
    const health = this.health(name);
    const family = (healthy: boolean) => ({
      healthy,
      anchorsAnswered: healthy ? 3 : 0,
      anchorsTried: 3,
      sourceAddress: null,
      why: "made up",
    });
    await saveVantageState(this.db, {
      name,
      country: "VN",
      checkedAt: this.now + this.clockFault,
      families: { ip4: family(health.ip4), ip6: family(health.ip6) },
      resolver: { usable: health.resolver, why: "made up" },
      dns64Prefix: null,
    });
  }

  hear(): void {
    const calls = this.ops.calls.slice(this.#heard);
    this.#heard = this.ops.calls.length;
    for (const { message, headers, answered } of calls) {
      if (answered === null || answered >= 300) continue;
      const { incident, digest } = message;
      const about = incident?.portal?.id ?? incident?.subject.type ?? `of ${digest?.total ?? 0}`;
      this.told.push({
        event: message.event,
        what: `${incident?.kind ?? "messages"} ${about}`,
        after: this.now - (this.plan.start ?? START),
        dedupeKey: String(headers["idempotency-key"]),
        message,
      });
    }
  }

  #notify() {
    const { channels = [], routes = [{ channels: ["ops"] }], rate = null, secrets } = this.plan;
    const variables: Readonly<Record<string, string>> = { ...secrets, SECRET };
    const ops = {
      name: "ops",
      kind: "webhook",
      url: this.ops.url,
      secret: { env: "SECRET" },
      rate,
      allow_networks: ["127.0.0.0/8"],
    };
    const isTold = JSON.stringify(routes).includes('"ops"');
    const all = isTold ? [ops, ...channels] : channels;
    return readNotifyConfig(JSON.stringify({ channels: all, routes }), {
      path: "notify.json",
      toldBy: "channels",
      mail: null,
      variable: (name) => variables[name] ?? null,
    });
  }
}

/** Empties the database and puts a world into it. */
export async function makeWorld(db: Database, plan: WorldPlan): Promise<IncidentWorld> {
  await emptyTables(db);
  await db.transaction().execute((trx) => putSeverities(trx, SEVERITIES));
  const numbers = Array.from({ length: plan.portals }, (_, index) => index + 1);
  const portals = numbers.map((number) => ({ ...usualPortal(number), ...plan.portal?.(number) }));
  const agencies = [...new Set(portals.map(({ agency }) => agency))];
  await addAgencies(
    db,
    agencies.map((slug) => ({
      ownerType: "test",
      ownerCode: slug.replace("test-", ""),
      nameVi: `Cơ quan ${slug}`,
    })),
  );
  await addPortals(db, portals, new Date((plan.start ?? START) - 24 * HOUR));
  return new IncidentWorld(db, await startWebhookReceiver(), plan);
}

function keyOf({ portal, family, vantage }: Run): string {
  return `${portal} ${family} ${vantage}`;
}

/** The confirmations of a scheduled run. */
function repeats(run: Run): Run[] {
  return CONFIRM_AFTER.map((after, index) => ({
    ...run,
    attempt: index + 1,
    at: run.at + after,
  }));
}

function usualPortal(number: number): NewPortal {
  const host = `p${number}.example.gov.vn`;
  return {
    slug: `portal-${String(number).padStart(3, "0")}`,
    url: `https://${host}/`,
    host,
    nameVi: `Cổng ${number}`,
    nameEn: null,
    kind: "portal",
    agency: `test-agency-${number}`,
    province: null,
    lifecycle: "active",
    source: null,
    madeUp: true,
  };
}
