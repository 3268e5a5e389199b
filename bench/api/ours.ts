import { createPortalMetrics } from "../../src/metrics/portal-store.ts";
import { openPostgres } from "../../src/store/database.ts";
import { serveApp } from "../serving/app.ts";
import { serveParent } from "../serving/serve-parent.ts";

/** The product's HTTP side over the database whose URL is the argument. */
const db = openPostgres(process.argv[2] as string);
const portalMetrics = createPortalMetrics({
  vantage: "local",
  intervalMs: 60_000,
  clock: Date.now,
});
const app = await serveApp(db, portalMetrics);
serveParent(app.url);
