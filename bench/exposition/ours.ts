import { openPostgres } from "../../src/store/database.ts";
import { createWorld } from "../queries/world.ts";
import { serveApp } from "../serving/app.ts";
import { serveParent } from "../serving/serve-parent.ts";

/** The product's store with so many portals behind the product's HTTP side; nothing of a scrape needs the database. */
const portals = Number(process.argv[2]);

const PROVINCES = 34;
const BODIES_BESIDE = 1000;

/** A sixtieth of all portals is probed each second, in batches as threads hand them over. */
const ROUND_SECONDS = 60;
const BATCHES_PER_SECOND = 10;

const provinces = Array.from({ length: PROVINCES }, (_, n) => String(n + 1).padStart(2, "0"));
const world = createWorld({ portals, provinces, others: BODIES_BESIDE });
world.probe(0, portals);

let batch = 0;
let results: NodeJS.Timeout | undefined;
const takeIn = () => {
  const count = ROUND_SECONDS * BATCHES_PER_SECOND;
  const part = batch % count;
  world.probe(Math.round((part / count) * portals), Math.round(((part + 1) / count) * portals));
  batch += 1;
};

const app = await serveApp(openPostgres("postgres://nobody@127.0.0.1:1/none"), world.metrics);
globalThis.gc?.();
serveParent(
  app.url,
  {},
  {
    everything: () => world.probe(0, portals),
    results: () => void (results = setInterval(takeIn, 1000 / BATCHES_PER_SECOND)),
    quiet: () => clearInterval(results),
    settle: () => globalThis.gc?.(),
  },
);
