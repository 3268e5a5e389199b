import { request as ask } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase } from "../support/database.ts";
import { type AppServer, startApp } from "./support/app-server.ts";

const PUBLIC_URL = "https://hatangso.example.gov.vn/so";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let app: AppServer;
beforeAll(async () => {
  opened = await openTestDatabase();
  app = await startApp(opened.db, { publicUrl: PUBLIC_URL });
});
afterAll(async () => {
  await app.stop();
  await opened.close();
});

interface Group {
  targets: string[];
  labels: Record<string, string>;
}

/** What Prometheus would read; `host`: the Host header, which fetch does not let one set. */
async function discovered(host?: string) {
  return new Promise<{ status: number | undefined; type: string | undefined; body: string }>(
    (resolve, reject) => {
      const headers = host === undefined ? {} : { Host: host };
      const asked = ask(`${app.url}/prometheus/targets`, { headers }, (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (part: string) => (body += part));
        const { statusCode: status } = response;
        response.on("end", () => resolve({ status, type: response.headers["content-type"], body }));
      });
      asked.on("error", reject).end();
    },
  );
}

const groups = async (host?: string) => JSON.parse((await discovered(host)).body) as Group[];

test("one group per job names the address that was asked, with the path that the job scrapes", async () => {
  const { status, type, body } = await discovered("hatangso:8080");
  expect([status, type]).toEqual([200, "application/json"]);
  const targets = ["hatangso:8080"];
  expect(JSON.parse(body)).toEqual([
    { targets, labels: { job: "hatangso", __metrics_path__: "/metrics" } },
    { targets, labels: { job: "hatangso-portals", __metrics_path__: "/metrics/portals" } },
    { targets, labels: { job: "hatangso-coverage", __metrics_path__: "/metrics/coverage" } },
  ]);
});

test("every path that is named is one that answers", async () => {
  const all = await groups();
  for (const { targets, labels } of all) {
    const response = await fetch(`http://${targets[0]}${labels["__metrics_path__"]}`);
    expect(response.status).toBe(200);
    await response.text();
  }
});

test.each([
  ["hatangso.internal", "hatangso.internal:80"],
  ["192.0.2.1:9000", "192.0.2.1:9000"],
  ["[fd53::1]:8080", "[fd53::1]:8080"],
])("asked as %s it names %s", async (host, target) => {
  const [first] = await groups(host);
  expect(first?.targets).toEqual([target]);
  expect(first?.labels).not.toHaveProperty("__scheme__");
});

test.each(["Hatangso.example.gov.vn", "hatangso.example.gov.vn:443"])(
  "asked by its public address as %s it names the scheme and path that lead to it",
  async (host) => {
    const [first] = await groups(host);
    expect(first).toEqual({
      targets: ["hatangso.example.gov.vn:443"],
      labels: { job: "hatangso", __metrics_path__: "/so/metrics", __scheme__: "https" },
    });
  },
);

test("a Host that is no address is refused", async () => {
  expect((await discovered("a/b@c")).status).toBe(400);
  expect((await discovered("a b")).status).toBe(400);
});
