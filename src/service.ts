import type { Config } from "./config.ts";
import { makeFirstKey } from "./first-key.ts";
import { createApp } from "./http/app.ts";
import type { CoverageMetrics } from "./metrics/coverage-store.ts";
import { createSignIn, type SignIn } from "./http/access/sign-in.ts";
import { type Fetch, listen } from "./listen.ts";
import type { Logger } from "./log.ts";
import { type Observing, startObserving } from "./observing.ts";
import { configuredNotify } from "./notify-options.ts";
import { auditsOptions } from "./prober-options.ts";
import { startCommands, startRegularWork } from "./regular-work.ts";
import type { StartFacts } from "./start-text.ts";
import { createBoundaries } from "./reports/boundaries.ts";
import { createRunbooks } from "./reports/runbooks.ts";
import { prepareDataFolder } from "./store/data-folder.ts";
import type { Database } from "./store/database.ts";
import { migrate } from "./store/migrate.ts";
import { openDatabase } from "./store/open-database.ts";
import { createUnitBookSource, type UnitBookSource } from "./store/unit-book.ts";
import { createTeardown, type Teardown } from "./teardown.ts";
import { startTelling, type Telling } from "./telling.ts";
import { VERSION } from "./version.ts";
import { watchCoverage } from "./watched-coverage.ts";
import { watchIncidents } from "./watched-incidents.ts";
import { watchJobs } from "./watched-jobs.ts";
import { type WatchedPortals, watchPortals } from "./watched-portals.ts";
import { seedIfEmpty } from "../seeds/seed.ts";

/** What a service is made of beside its configuration. */
export interface ServiceOptions {
  readonly log: Logger;
  /** Fills a new database; default: the real provinces, communes and portals. */
  readonly fill?: (db: Database) => Promise<unknown>;
  /**
   * Coverage figures that may come while the service runs already; ended by the signal. That it fails is a fault of
   * ours, and nobody catches it.
   */
  readonly fillCoverage?: (db: Database, stop: AbortSignal) => Promise<void>;
}

/** One service. `stop` may be called at any time, also while it starts. */
export interface Service {
  /**
   * Resolves when everything runs, or to null where a stop came first. Throws UsageError for what the user can mend,
   * with nothing left running.
   */
  start(): Promise<StartFacts | null>;
  stop(): Promise<void>;
}

/** The composition root: puts the parts together and takes them apart in reverse order. */
export function createService(config: Config, options: ServiceOptions): Service {
  const teardown = createTeardown(options.log);
  const stopping = new AbortController();
  let starting: Promise<StartFacts | null> = Promise.resolve(null);
  const start = async () => {
    try {
      return await startParts(config, options, teardown, stopping.signal);
    } catch (error) {
      await teardown.run();
      if (stopping.signal.aborted) return null;
      throw error;
    }
  };
  return {
    start() {
      starting = start();
      return starting;
    },
    async stop() {
      stopping.abort();
      // A start under way ends at its next part: nothing is taken from under it.
      await starting.catch(() => null);
      await teardown.run();
    },
  };
}

interface Parts extends Observing {
  readonly db: Database;
  readonly units: UnitBookSource;
  readonly config: Config;
  readonly log: Logger;
  readonly watched: WatchedPortals;
  readonly telling: Telling;
  /** Coverage figures came into the register: what is made of them is made again. */
  readonly coverageChanged: () => void;
  readonly coverageMetrics: CoverageMetrics;
  /** A run of a job has ended: what is made of such runs is made again. */
  readonly jobRan: () => void;
}

async function startParts(
  config: Config,
  { log, fill = seedIfEmpty, fillCoverage }: ServiceOptions,
  teardown: Teardown,
  stopAsked: AbortSignal,
): Promise<StartFacts> {
  // Root hints and channels that can't be read are found out before anything is made.
  auditsOptions(config);
  configuredNotify(config);
  // The port comes next: that it is in use should not take a database to find out.
  let serve: Fetch = answerWhileStarting;
  const server = await listen((request, env) => serve(request, env), config.host, config.port);
  teardown.add("http", server.stop);
  await prepareDataFolder(config.dataDir);
  const { db, kind, close } = await openDatabase(config);
  teardown.add("database", close);
  stopAsked.throwIfAborted();
  await migrate(db);
  stopAsked.throwIfAborted();
  await fill(db);
  stopAsked.throwIfAborted();

  let telling: Telling | null = null;
  const observing = await startObserving(db, config, log, teardown, (results) =>
    telling?.record(results),
  );
  stopAsked.throwIfAborted();
  observing.serviceMetrics.setAbout({
    version: VERSION,
    publicUrl: config.publicUrl ?? server.url,
    toldBy: config.incidentsToldBy,
    probeIntervalMs: config.probeIntervalMs,
    auditIntervalMs: config.auditIntervalMs,
  });
  const watched = watchPortals(db, observing, log);
  teardown.add("register of portals", watched.stop);
  telling = startTelling(
    db,
    {
      config,
      log,
      metrics: observing.serviceMetrics,
      portals: watched.count,
      alone: kind === "embedded",
      live: observing.live,
    },
    teardown,
  );
  const incidents = watchIncidents(db, observing, { log, clock: Date.now });
  teardown.add("series of incidents", incidents.stop);
  const coverage = watchCoverage(db, observing, { config, log, clock: Date.now });
  teardown.add("coverage metrics", coverage.stop);
  const { metrics: coverageMetrics, refreshSoon: coverageChanged } = coverage;
  const jobs = watchJobs(db, observing, { config, log, clock: Date.now });
  teardown.add("metrics of jobs", jobs.stop);
  const units = createUnitBookSource(db);
  const parts = {
    ...observing,
    db,
    units,
    config,
    log,
    watched,
    telling,
    coverageMetrics,
    coverageChanged,
    jobRan: jobs.refreshSoon,
  };

  const signIn = createSignIn({ clock: Date.now });
  serve = makeApp(parts, signIn, stopAsked).fetch;
  // Before the parts that answer go, nobody may be asking them any more.
  teardown.add("http", server.stop);
  startRegularWork(parts, kind === "embedded", teardown);
  if (kind === "embedded") await startCommands(parts, teardown);
  await Promise.all([watched.refresh(), incidents.refresh(), observing.prober.auditsBegun()]);
  if (fillCoverage) startFilling(parts, fillCoverage, teardown);

  return {
    url: server.url,
    signInLink: `${server.url}/sign-in?token=${signIn.issue()}`,
    database: kind === "embedded" ? `embedded, in ${config.dataDir}` : "PostgreSQL",
    portals: watched.count(),
    intervalMs: config.probeIntervalMs,
    auditIntervalMs: config.auditIntervalMs,
    vantage: await unlessAborted(observing.prober.checkVantage(), stopAsked),
    firstKey: await makeFirstKey(db, config.dataDir),
    madeUp: config.madeUp,
    telling: { toldBy: config.incidentsToldBy, channels: telling.channels.length },
  };
}

/** Begins what the start does not wait for; a stop waits for its end, before the database goes. */
function startFilling(
  { db, coverageChanged }: Parts,
  fillCoverage: NonNullable<ServiceOptions["fillCoverage"]>,
  teardown: Teardown,
): void {
  const stopping = new AbortController();
  const filled = fillCoverage(db, stopping.signal).then(coverageChanged);
  teardown.add("coverage figures", async () => {
    stopping.abort();
    await filled;
  });
}

/** What `work` comes to, or the signal's reason where that comes first. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  return Promise.race([work, promise]).finally(() => signal.removeEventListener("abort", abort));
}

/** The process is alive (/healthz) and not ready yet (everything else). */
function answerWhileStarting(request: Request): Response {
  if (new URL(request.url).pathname === "/healthz") return new Response("starting\n");
  return new Response("The service is starting.\n", {
    status: 503,
    headers: { "retry-after": "5" },
  });
}

function makeApp(parts: Parts, signIn: SignIn, stopping: AbortSignal) {
  const { auditing, prober, writer } = parts;
  return createApp({
    ...parts,
    vantage: () => prober.vantage(),
    health: () => ({
      databaseReachable: writer.status().databaseReachable,
      proberBeating: prober.status().beating,
      spoolDepth: writer.status().spoolDepth,
    }),
    probeNow: (target, family) =>
      prober.probeNow(
        "portal" in target ? target : { portal: 0, slug: "", expectation: {}, url: target.url },
        family,
      ),
    auditNow: (slug, trigger) => auditing.auditNow(slug, trigger),
    onPortalChanged: parts.watched.refreshSoon,
    onCoverageChanged: parts.coverageChanged,
    channels: parts.telling.channels,
    stopping,
    boundaries: createBoundaries(),
    runbooks: createRunbooks(),
    signIn,
    clock: Date.now,
    version: VERSION,
  });
}
