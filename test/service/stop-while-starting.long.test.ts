import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig } from "../../src/config.ts";
import { createLogger } from "../../src/log.ts";
import { createService } from "../../src/service.ts";
import { lockFolder } from "../../src/store/folder-lock.ts";
import { fillDataFolder } from "../support/database.ts";
import { freePort } from "../support/free-port.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hatangso-start-"));
  await fillDataFolder(folder);
});
afterAll(() => rm(folder, { recursive: true }));

function service(onFill: () => void | Promise<void>, port = 0) {
  const config = readConfig({
    PORT: String(port),
    DATA_DIR: folder,
    DNS_SERVERS: "127.0.0.1:1",
    VANTAGE_ANCHORS: "127.0.0.1:1",
  });
  return createService(config, {
    log: createLogger("silent"),
    fill: async () => onFill(),
  });
}

test("a stop that comes before the start is over ends it, and leaves the folder free", async () => {
  let stopped: Promise<void> = Promise.resolve();
  const one = service(() => {
    stopped = one.stop();
  });
  expect(await one.start()).toBeNull();
  await stopped;
  lockFolder(folder).release();
});

test("a start that fails leaves nothing behind, and is told as what failed", async () => {
  const one = service(() => {
    throw new TypeError("a bug");
  });
  await expect(one.start()).rejects.toThrow("a bug");
  lockFolder(folder).release();
});

test("a stop without a start, and a second stop, do nothing", async () => {
  const one = service(() => undefined);
  await one.stop();
  await one.stop();
  expect(await one.start()).toBeNull();
});

test("while it starts it says that it lives and is not ready, and it answers once it has started", async () => {
  const port = await freePort();
  const status = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
  const seen: number[] = [];
  const one = service(async () => {
    seen.push(await status("/healthz"), await status("/readyz"), await status("/api/v1/portals"));
  }, port);
  await one.start();
  expect(seen).toEqual([200, 503, 503]);
  expect(await status("/api/v1/portals")).toBe(200);
  await one.stop();
});
