import type { Rules } from "./rules.ts";

/** Folders (and files of .ci) whose TypeScript the rules read. */
export const PLACES = [
  "src",
  "jobs",
  "migrations",
  "seeds",
  "lab",
  "dashboards",
  "bench",
  "test",
  ".ci",
];

/**
 * The architecture in one table. Imports go down only, units of one layer do not import each other;
 * a new folder needs a line here and one in ARCHITECTURE.md.
 */
export const RULES: Rules = {
  layers: {
    cli: ["demo", "commands", "main", "version"],
    demo: ["main"],
    main: ["service", "log"],
    service: ["commands", "control", "jobs", "prober", "http", "log", "config", "version"],
    commands: [
      "prober-options",
      "control",
      "http",
      "jobs",
      "seeds",
      "store",
      "probes",
      "reports",
      "version",
    ],
    "prober-options": ["config", "prober"],
    control: ["command"],
    command: ["store", "config"],
    http: ["web", "metrics", "notify", "store", "config", "version"],
    web: ["reports"],
    metrics: ["reports"],
    jobs: ["store", "checks", "coverage", "reports"],
    seeds: ["store"],
    prober: ["probes"],
    log: ["domain"],
    config: ["domain"],
    version: [],
    reports: ["database"],
    store: ["database", "expectations"],
    database: ["domain"],
    probes: ["expectations"],
    expectations: ["domain"],
    checks: ["domain"],
    coverage: ["domain"],
    notify: ["domain"],
    domain: [],
    migrations: [],
    lab: ["domain"],
    dashboards: ["domain"],
    bench: [],
    test: [],
    ".ci": [],
  },
  ownUnits: {
    // Parts of the composition root.
    ...Object.fromEntries(
      [
        "first-key",
        "listen",
        "observing",
        "start-text",
        "teardown",
        "vantage-log",
        "watched-portals",
      ].map((part) => [`src/${part}.ts`, "service"]),
    ),
    // What the socket and the commands agree on; both sides import it, neither imports the other's code.
    "src/commands/command.ts": "command",
    // The handle and its tables are shared by those who write and those who read.
    "src/store/schema.ts": "database",
    "src/store/database.ts": "database",
  },
  doors: {
    kysely: ["store", "database", "reports", "migrations"],
    pg: ["src/store/database.ts"],
    "@electric-sql/pglite": ["src/store/database.ts"],
    "node:sqlite": ["store"],
    undici: ["probes", "notify"],
    "dns-packet": ["probes", "lab"],
    "@peculiar/x509": ["probes", "lab"],
    hono: ["http", "web"],
    "@hono/zod-openapi": ["http"],
    "@hono/node-server": ["src/listen.ts", "http"],
    "swagger-ui-dist": ["http", "web"],
    "rate-limiter-flexible": ["http"],
    "prom-client": ["metrics"],
    "node-cron": ["jobs"],
    commander: ["src/cli.ts"],
    pino: ["src/log.ts"],
  },
  free: ["bench", "test", ".ci"],
  pure: ["domain"],
  lazy: { lab: "src/demo.ts" },
  environment: "src/config.ts",
  computedImports: ["src/store/migrate.ts"],
  maxLines: { code: 250, free: 400 },
  longFiles: {
    "src/store/schema.ts": "one interface per table, read as one page",
    "migrations/2026-11-22-foundation.ts": "the first schema, frozen in time",
  },
};
