import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import type { Family } from "../../../src/domain/family.ts";
import { createLiveBus, type LiveBus } from "../../../src/domain/live.ts";
import type { ProbeResult } from "../../../src/domain/observation.ts";
import { createSignIn, type SignIn } from "../../../src/http/access/sign-in.ts";
import { createApp } from "../../../src/http/app.ts";
import type { AppDeps, Health, ProbeNowTarget } from "../../../src/http/deps.ts";
import { createCoverageMetrics } from "../../../src/metrics/coverage-store.ts";
import { createPortalMetrics } from "../../../src/metrics/portal-store.ts";
import { createServiceMetrics } from "../../../src/metrics/service-metrics.ts";
import { createBoundaries } from "../../../src/reports/boundaries.ts";
import { createRunbooks } from "../../../src/reports/runbooks.ts";
import { createKey } from "../../../src/store/api-keys.ts";
import type { Database } from "../../../src/store/database.ts";
import type { KeyRole } from "../../../src/store/schema.ts";
import { createUnitBookSource } from "../../../src/store/unit-book.ts";
import { vantageState } from "../../reports/vantage-state.ts";
import { VIEW } from "../../reports/world.ts";
import { result } from "../../store/helpers/results.ts";

/** What a test sets before, or changes while, the server runs. */
export interface AppOptions {
  readonly publicRead?: "none" | "summary" | "all";
  readonly metricsToken?: string;
  readonly madeUp?: boolean;
  readonly country?: string;
  readonly secondApproval?: boolean;
  readonly channels?: AppDeps["channels"];
  readonly publicUrl?: string;
  /** Where the runbooks are; default: ours. */
  readonly runbooks?: URL;
  readonly probeNow?: (target: ProbeNowTarget, family: Family) => Promise<ProbeResult>;
  readonly auditNow?: AppDeps["auditNow"];
}

/** A request as fetch takes it, with plain headers and a key. */
type Init = Omit<RequestInit, "headers"> & { headers?: Record<string, string>; key?: string };

/** A listening server of the whole HTTP side, on loopback. */
export interface AppServer {
  readonly url: string;
  readonly routes: readonly { readonly method: string; readonly path: string }[];
  readonly signIn: SignIn;
  readonly portalMetrics: AppDeps["portalMetrics"];
  readonly coverageMetrics: AppDeps["coverageMetrics"];
  /** What /readyz is told; change it at will. */
  readonly health: { -readonly [Name in keyof Health]: Health[Name] };
  /** What the service tells those who listen; publish at will. */
  readonly live: LiveBus;
  /** The clock of the service; move it at will. */
  readonly clock: { now: number };
  /** Portals that were told to have changed, in order. */
  readonly changed: string[];
  /** How often coverage figures were told to have come. */
  readonly coverage: { readonly changes: number };
  /** Probes that were asked for, in order. */
  readonly probed: { target: ProbeNowTarget; family: Family }[];
  /** What was logged as failed. */
  readonly logged: object[];
  readonly request: (path: string, init?: Init) => Promise<Response>;
  readonly stop: () => Promise<void>;
}

/** Starts the HTTP side over a database on a free port. */
export async function startApp(db: Database, options: AppOptions = {}): Promise<AppServer> {
  const clock = { now: VIEW.now };
  const health = { databaseReachable: true, proberBeating: true, spoolDepth: 0 };
  const changed: string[] = [];
  const coverage = { changes: 0 };
  const probed: AppServer["probed"] = [];
  const logged: object[] = [];
  const live = createLiveBus();
  const stopping = new AbortController();
  const signIn = createSignIn({ clock: () => clock.now });
  const portalMetrics = createPortalMetrics({
    vantage: VIEW.vantage,
    intervalMs: VIEW.intervalMs,
    clock: () => clock.now,
  });
  const coverageMetrics = createCoverageMetrics();
  const app = createApp({
    db,
    config: {
      publicRead: options.publicRead ?? "summary",
      metricsToken: options.metricsToken ?? null,
      reportTimezone: "Asia/Ho_Chi_Minh",
      madeUp: options.madeUp ?? false,
      coverageSecondApproval: options.secondApproval ?? false,
      coverageLicence: "https://creativecommons.org/licenses/by/4.0/",
      probeIntervalMs: VIEW.intervalMs,
      auditIntervalMs: 6 * 3_600_000,
      incidentsToldBy: "channels",
      publicUrl: options.publicUrl ?? null,
    },
    portalMetrics,
    coverageMetrics,
    serviceMetrics: createServiceMetrics({
      vantage: VIEW.vantage,
      gauges: {
        inflight: () => 0,
        auditsInflight: () => 0,
        auditsWaiting: () => 0,
        spool: () => ({ depth: 0, oldestAt: null, dropped: 0 }),
        databaseReachable: () => health.databaseReachable,
        provinceResults: () => portalMetrics.provinceResults(),
      },
    }),
    vantage: () => vantageState({ country: options.country ?? null }),
    health: () => health,
    probeNow: (target, family) => {
      probed.push({ target, family });
      return options.probeNow?.(target, family) ?? Promise.resolve(result({ family }));
    },
    auditNow: (slug, trigger) =>
      options.auditNow?.(slug, trigger) ?? Promise.reject(new Error("No audits here")),
    onPortalChanged: (slug) => void changed.push(slug),
    onCoverageChanged: () => void coverage.changes++,
    live,
    channels: options.channels ?? [],
    stopping: stopping.signal,
    units: createUnitBookSource(db),
    boundaries: createBoundaries(),
    runbooks: createRunbooks(options.runbooks),
    signIn,
    log: { error: (facts) => void logged.push(facts) },
    clock: () => clock.now,
    version: "0.0.0-test",
  });
  const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 });
  await new Promise((resolve) => server.once("listening", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    routes: app.routes,
    url,
    signIn,
    portalMetrics,
    coverageMetrics,
    health,
    live,
    clock,
    changed,
    coverage,
    probed,
    logged,
    request: (path, { key, ...init } = {}) =>
      fetch(url + path, {
        redirect: "manual",
        ...init,
        headers: { ...init.headers, ...(key ? { Authorization: `Bearer ${key}` } : {}) },
      }),
    stop: () =>
      new Promise((resolve) => {
        stopping.abort();
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}

/** Makes a key and returns its text. */
export async function makeKey(
  db: Database,
  role: KeyRole,
  limit: { agency?: string; province?: string } = {},
): Promise<string> {
  const actor = { keyId: null, name: "test" };
  const made = await createKey({ db, actor }, { label: `${role} for tests`, role, ...limit });
  if (!made.ok) throw new Error(`no key: ${made.problem.kind}`);
  return made.value.key;
}

/** An init for a JSON body. */
export function json(method: string, body: unknown, key?: string): Init {
  return {
    method,
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json" },
    ...(key === undefined ? {} : { key }),
  };
}

/** The problem that an answer carries; throws where it carries none. */
export async function problemOf(response: Response): Promise<{
  status: number;
  detail: string;
  errors?: { field: string; detail: string }[];
}> {
  const type = response.headers.get("content-type");
  if (type !== "application/problem+json; charset=utf-8") throw new Error(`not a problem: ${type}`);
  const problem = (await response.json()) as Awaited<ReturnType<typeof problemOf>>;
  if (problem.status !== response.status) throw new Error("status and problem differ");
  return problem;
}
