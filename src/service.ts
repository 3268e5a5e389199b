import { DATABASE_COMMANDS } from "./commands/index.ts";
import type { Config } from "./config.ts";
import { startControl } from "./control/server.ts";
import { UsageError } from "./domain/usage-error.ts";
import { makeFirstKey } from "./first-key.ts";
import { createApp } from "./http/app.ts";
import { createSignIn, type SignIn } from "./http/access/sign-in.ts";
import { listen } from "./listen.ts";
import type { Logger } from "./log.ts";
import { type Observing, startObserving } from "./observing.ts";
import type { StartFacts } from "./start-text.ts";
import { prepareDataFolder } from "./store/data-folder.ts";
import type { Database } from "./store/database.ts";
import { migrate } from "./store/migrate.ts";
import { openDatabase } from "./store/open-database.ts";
import { createTeardown, type Teardown } from "./teardown.ts";
import { VERSION } from "./version.ts";
import { type WatchedPortals, watchPortals } from "./watched-portals.ts";
import { startJobs } from "../jobs/schedule.ts";
import { seedIfEmpty } from "../seeds/seed.ts";

/** What a service is made of beside its configuration. */
export interface ServiceOptions {
  readonly log: Logger;
  /** Fills a new database; default: the real provinces, communes and portals. */
  readonly fill?: (db: Database) => Promise<unknown>;
}

/** One service. `stop` may be called at any time, also while it starts. */
export interface Service {
  /** Resolves when everything runs; throws UsageError for what the user can mend, with nothing left running. */
  start(): Promise<StartFacts>;
  stop(): Promise<void>;
}

/** The composition root: puts the parts together and takes them apart in reverse order. */
export function createService(config: Config, options: ServiceOptions): Service {
  const teardown = createTeardown(options.log);
  return {
    async start() {
      try {
        return await startParts(config, options, teardown);
      } catch (error) {
        await teardown.run();
        throw error;
      }
    },
    stop: () => teardown.run(),
  };
}

interface Parts extends Observing {
  readonly db: Database;
  readonly config: Config;
  readonly log: Logger;
  readonly watched: WatchedPortals;
}

async function startParts(
  config: Config,
  { log, fill = seedIfEmpty }: ServiceOptions,
  teardown: Teardown,
): Promise<StartFacts> {
  await prepareDataFolder(config.dataDir);
  const { db, kind, close } = await openDatabase(config);
  teardown.add("database", close);
  await migrate(db);
  await fill(db);

  const observing = await startObserving(db, config, log, teardown);
  const watched = watchPortals(db, observing, log);
  teardown.add("register of portals", watched.stop);
  const parts = { ...observing, db, config, log, watched };

  const signIn = createSignIn({ clock: Date.now });
  const server = await listen(makeApp(parts, signIn).fetch, config.host, config.port);
  teardown.add("http", server.stop);
  startRegularWork(parts, teardown);
  if (kind === "embedded") await startCommands(parts, teardown);
  await watched.refresh();

  return {
    url: server.url,
    signInLink: `${server.url}/sign-in?token=${signIn.issue()}`,
    database: kind === "embedded" ? `embedded, in ${config.dataDir}` : "PostgreSQL",
    portals: watched.count(),
    intervalMs: config.probeIntervalMs,
    vantage: await observing.prober.checkVantage(),
    firstKey: await makeFirstKey(db, config.dataDir),
    madeUp: config.madeUp,
  };
}

function makeApp(parts: Parts, signIn: SignIn) {
  const { prober, writer } = parts;
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
    onPortalChanged: parts.watched.refreshSoon,
    signIn,
    clock: Date.now,
    version: VERSION,
  });
}

function startRegularWork({ db, config, log, serviceMetrics }: Parts, teardown: Teardown): void {
  const jobs = startJobs({
    db,
    settings: config,
    log,
    clock: Date.now,
    onRun(job, outcome, seconds) {
      if (outcome === "busy") return;
      serviceMetrics.recordJob({ job, outcome, durationMs: seconds * 1000 });
    },
  });
  teardown.add("jobs", () => jobs.stop());
}

/** Lets the command line work on the embedded database while this process holds it. */
async function startCommands({ db, config, log, watched }: Parts, teardown: Teardown) {
  const service = { portalsChanged: watched.refresh };
  const control = await startControl(
    config.dataDir,
    async (name, args, input, output) => {
      const command = DATABASE_COMMANDS[name];
      if (!command) throw new UsageError(`There is no command "${name}".`);
      return command({ db, config, args, input, output, actor: "command line", service });
    },
    (error) => log.error({ err: error }, "a command failed"),
  );
  teardown.add("control socket", control.stop);
}
