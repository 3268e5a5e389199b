import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Database } from "../../src/store/database.ts";
import { fails, fine } from "../incidents/support/made-up-runs.ts";
import { openTestDatabase } from "../support/database.ts";
import { freePort } from "../support/free-port.ts";
import { type IncidentWorld, makeWorld, MINUTE } from "../support/incident-world.ts";
import { programs } from "./programs.ts";
import { type Child, inFolder, startChild } from "./support/child.ts";

let db: Database;
let close: () => Promise<void>;
let url: string;
let alertmanager: Child;
let world: IncidentWorld;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
  url = `http://127.0.0.1:${await freePort()}`;
  alertmanager = await inFolder("alertmanager", async (home) => {
    const config = join(home, "alertmanager.yml");
    await writeFile(config, "route:\n  receiver: nobody\nreceivers:\n  - name: nobody\n");
    return startChild(
      `${programs().alertmanager["0.25"]}/prometheus-alertmanager`,
      [
        `--config.file=${config}`,
        `--storage.path=${join(home, "data")}`,
        `--web.listen-address=${new URL(url).host}`,
        "--cluster.listen-address=",
      ],
      `${url}/-/ready`,
    );
  });
});
afterAll(async () => {
  await world.stop();
  await alertmanager.stop();
  await close();
});

const alerts = z.array(
  z.object({
    labels: z.record(z.string(), z.string()),
    startsAt: z.string(),
    endsAt: z.string(),
    status: z.object({ state: z.string() }),
  }),
);

test("the real Alertmanager shows what is down now, since when, and not what has ended", async () => {
  // Its clock is the real one: fifty minutes are played up to now.
  const now = Math.floor(Date.now() / MINUTE) * MINUTE;
  const start = now - 50 * MINUTE;
  world = await makeWorld(db, {
    portals: 3,
    start,
    channels: [
      { name: "alerts", kind: "alertmanager", peers: [url], allow_networks: ["127.0.0.0/8"] },
    ],
    routes: [{ channels: ["alerts"] }],
  });
  world.sky = ({ portal, at }) => {
    const isEnded = portal === 1 && at >= start + 5 * MINUTE && at < start + 30 * MINUTE;
    const isDown = portal === 2 && at >= start + 10 * MINUTE;
    return isEnded || isDown ? fails("connect_refused") : fine;
  };
  await world.play(now - start);

  const response = await fetch(`${url}/api/v2/alerts?active=true`);
  const shown = alerts.parse(await response.json());
  expect(shown.map(({ labels }) => labels["portal"])).toEqual(["portal-002"]);
  expect(shown[0]?.status.state).toBe("active");
  expect(Date.parse(shown[0]?.startsAt ?? "")).toBe(start + 10 * MINUTE);
  expect(Date.parse(shown[0]?.endsAt ?? "")).toBeGreaterThan(Date.now());
});
