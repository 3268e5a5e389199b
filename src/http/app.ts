import type { OpenAPIHono } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import { compress } from "hono/compress";
import { cors } from "hono/cors";
import { methodNotAllowed } from "hono/method-not-allowed";
import { createAttempts } from "./access/attempts.ts";
import { authenticate } from "./access/authenticate.ts";
import { requireReader } from "./access/guards.ts";
import { auditLog } from "./admin/audit-log.ts";
import { jobRuns } from "./admin/job-runs.ts";
import { keys } from "./admin/keys.ts";
import { availability } from "./availability/routes.ts";
import { compliancePages } from "./compliance-pages/pages.ts";
import { COVERAGE_READS } from "./coverage/routes.ts";
import { COVERAGE_CHALLENGES } from "./coverage-challenges/routes.ts";
import { coverageDenominators } from "./coverage-denominators/routes.ts";
import { COVERAGE_IMPORTS } from "./coverage-imports/routes.ts";
import { createImportGate } from "./coverage-imports/run-import.ts";
import { coverageReadPages } from "./coverage-read-pages/pages.ts";
import { COVERAGE_ROUNDS } from "./coverage-rounds/routes.ts";
import { RELEASE_ROUTES } from "./coverage-releases/routes.ts";
import { coverageWorkPages } from "./coverage-work-pages/pages.ts";
import type { AppDeps } from "./deps.ts";
import { type AppEnv, newApi } from "./env.ts";
import { digestRecipients } from "./digest/recipients.ts";
import { COMPLIANCE_READS } from "./compliance/routes.ts";
import { errorHandler, methodNotAllowedHandler, notFoundHandler } from "./errors.ts";
import { followUpReads } from "./follow-up/read.ts";
import { recheck } from "./follow-up/recheck.ts";
import { followUpWrites } from "./follow-up/write.ts";
import { INCIDENT_ROUTES } from "./incidents/routes.ts";
import { geo } from "./geo/routes.ts";
import { live } from "./live/routes.ts";
import { maintenanceReads } from "./maintenance/read.ts";
import { maintenanceWrites } from "./maintenance/write.ts";
import { mendFirst } from "./mend-first/routes.ts";
import { confirmations } from "./names/confirmations.ts";
import { nameImport } from "./names/import.ts";
import { names } from "./names/names.ts";
import { notifications } from "./notifications/routes.ts";
import { agencyList } from "./places/agencies.ts";
import { communeList } from "./places/communes.ts";
import { provinceList } from "./places/provinces.ts";
import { vantageList } from "./places/vantage-points.ts";
import { portalLatency } from "./portals/latency.ts";
import { portalList } from "./portals/list.ts";
import { portalOne } from "./portals/one.ts";
import { portalResults } from "./portals/results.ts";
import { portalWrites } from "./portals/write.ts";
import { outagePages } from "./outage-pages/pages.ts";
import { publicStatusPage } from "./outage-pages/status.ts";
import { runbooks } from "./runbooks/pages.ts";
import { planReads } from "./plans/read.ts";
import { planWrites } from "./plans/write.ts";
import { publicStatus } from "./status/read.ts";
import { statusWrites } from "./status/write.ts";
import { securityHeaders } from "./security-headers.ts";
import { closeOnUnreadBody } from "./unread-bodies.ts";
import { assets } from "./service/assets.ts";
import { docs } from "./service/docs.ts";
import { health } from "./service/health.ts";
import { home } from "./service/home.ts";
import { metrics } from "./service/metrics.ts";
import { openapi } from "./service/openapi.ts";
import { probe } from "./service/probe.ts";
import { signIn } from "./service/sign-in.ts";
import { targets } from "./service/targets.ts";
import { units } from "./units/routes.ts";

/** Every feature of the API, one line each. */
const API = [
  portalList,
  portalOne,
  portalResults,
  portalLatency,
  portalWrites,
  agencyList,
  provinceList,
  communeList,
  units,
  vantageList,
  ...INCIDENT_ROUTES,
  maintenanceReads,
  maintenanceWrites,
  notifications,
  availability,
  statusWrites,
  live,
  ...COMPLIANCE_READS,
  planReads,
  planWrites,
  followUpReads,
  followUpWrites,
  recheck,
  mendFirst,
  confirmations,
  names,
  nameImport,
  digestRecipients,
  ...COVERAGE_READS,
  ...COVERAGE_IMPORTS,
  ...RELEASE_ROUTES,
  ...COVERAGE_CHALLENGES,
  ...COVERAGE_ROUNDS,
  coverageDenominators,
  geo,
  keys,
  auditLog,
  jobRuns,
];

/** The whole HTTP side; `fetch` of what is returned answers requests, with node-server's bindings. */
export function createApp(deps: AppDeps): OpenAPIHono<AppEnv> {
  const app = newApi();
  const attempts = createAttempts();
  app.onError(errorHandler(deps.log));
  app.notFound(notFoundHandler);
  app.use(securityHeaders());
  app.use(neverStored);
  app.use(closeOnUnreadBody);
  app.use(methodNotAllowed({ app, onMethodNotAllowed: methodNotAllowedHandler }));

  for (const path of COMPRESSED) app.use(path, compress());
  // Public shapes without figures: dashboards of other origins draw their maps with them.
  app.use("/geo/*", cors({ origin: "*", allowMethods: ["GET", "HEAD"] }));

  // The order decides who gets in: first what is open to everyone, and works while the database is lost.
  const always = [health(deps), assets(), runbooks(deps), targets(deps), signIn(deps, attempts)];
  for (const part of always) app.route("/", part);
  app.use(authenticate(deps, attempts));
  const open = [metrics(deps), probe(deps), publicStatus(deps), publicStatusPage(deps)];
  for (const part of open) app.route("/", part);
  app.use(requireReader(deps.config));
  const withGate = { ...deps, importGate: createImportGate() };
  for (const feature of API) app.route("/", feature(withGate));
  app.route("/", coverageWorkPages(withGate));
  for (const part of [
    home(deps),
    compliancePages(deps),
    coverageReadPages(deps),
    outagePages(deps),
    docs(),
    openapi(app, deps.version),
  ]) {
    app.route("/", part);
  }
  return app;
}

/** Large and asked for by browsers: the map's library and boundaries. */
const COMPRESSED = ["/assets/*", "/api/v1/coverage/boundaries", "/geo/*"];

/** Answers are about now and about who asks: caches keep none but the files that say otherwise. */
const neverStored: MiddlewareHandler = async (c, next) => {
  await next();
  if (!c.res.headers.has("Cache-Control")) c.res.headers.set("Cache-Control", "no-store");
};
