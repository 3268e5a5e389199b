/**
 * A whole service on the embedded database of the folder that is its argument, with the real units and no portals, that
 * reaches nothing outside. Prints its process id when it runs, and ends with SIGTERM.
 */
import { readConfig } from "../../../src/config.ts";
import { createLogger } from "../../../src/log.ts";
import { createService } from "../../../src/service.ts";
import { registerIsEmpty } from "../../../src/store/register-is-empty.ts";
import { seed } from "../../../seeds/seed.ts";

const config = readConfig({
  PORT: "0",
  DATA_DIR: process.argv[2] ?? "",
  DNS_SERVERS: "127.0.0.1:1",
  VANTAGE_ANCHORS: "127.0.0.1:1",
  PROBE_WORKERS: "1",
});
const service = createService(config, {
  log: createLogger("error"),
  fill: async (db) => {
    if ((await registerIsEmpty(db)).units) await seed(db, { portals: false });
  },
});
process.once("SIGTERM", () => void service.stop());
const facts = await service.start();
process.stdout.write(`${JSON.stringify({ pid: process.pid, url: facts?.url })}\n`);
