import { gunzipSync } from "node:zlib";
import { request as ask } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createBoundaries } from "../../src/reports/boundaries.ts";
import { openTestDatabase } from "../support/database.ts";
import { type AppServer, makeKey, problemOf, startApp } from "./support/app-server.ts";

interface Collection {
  type: string;
  attribution: string;
  features: { id: string; geometry: { type: string } }[];
}

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let app: AppServer;
beforeAll(async () => {
  opened = await openTestDatabase();
  app = await startApp(opened.db);
});
afterAll(async () => {
  await app.stop();
  await opened.close();
});

const collection = async (path: string) => (await (await app.request(path)).json()) as Collection;
const codes = ({ features }: Collection) => features.map(({ id }) => id);

describe("the shapes for maps", () => {
  test("have the codes of their units as ids, and name where they come from", async () => {
    const boundaries = createBoundaries();
    const provinces = await boundaries.of("province");
    const all = await collection("/geo/provinces.geojson");
    expect(codes(all)).toEqual(provinces.map(({ code }) => code));
    expect(all.attribution).toContain("sapnhap.bando.com.vn");
    const communes = await boundaries.of("commune", "48");
    const own = await collection("/geo/communes/48.geojson");
    expect(codes(own)).toEqual(communes.map(({ code }) => code));
    expect(own.attribution).toContain("sapnhap.bando.com.vn");
  });

  test("have one outline of the country", async () => {
    const { features, attribution } = await collection("/geo/outline.geojson");
    expect(features).toMatchObject([{ id: "VN", geometry: { type: "MultiPolygon" } }]);
    expect(attribution).toContain("sapnhap.bando.com.vn");
  });

  test("have a place for each commune, as Grafana's gazetteers have it", async () => {
    const places = (await (await app.request("/geo/communes/gazetteer.json")).json()) as {
      key: string;
    }[];
    const communes = await createBoundaries().of("commune");
    expect(places.map(({ key }) => key)).toEqual(communes.map(({ code }) => code));
    expect(places[0]).toEqual({
      key: communes[0]?.code,
      name: communes[0]?.nameVi,
      latitude: expect.any(Number),
      longitude: expect.any(Number),
      origin: "sapnhap.bando.com.vn",
    });
  });

  test("are at most 300 kB per province", async () => {
    for (const { code } of await createBoundaries().of("province")) {
      const text = await (await app.request(`/geo/communes/${code}.geojson`)).text();
      expect([code, Buffer.byteLength(text) < 300_000]).toEqual([code, true]);
    }
  });

  test.each(["99.geojson", "01.json", "01", "..%2F01.geojson"])(
    "communes of %s are not there",
    async (file) => {
      const { status } = await problemOf(await app.request(`/geo/communes/${file}`));
      expect(status).toBe(404);
    },
  );
});

describe("maps of other sites", () => {
  test("may load them: any origin, without credentials", async () => {
    const headers = { Origin: "https://grafana.example" };
    const response = await app.request("/geo/provinces.geojson", { headers });
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(response.headers.get("access-control-allow-credentials")).toBeNull();
    const elsewhere = await app.request("/api/v1/provinces", { headers });
    expect(elsewhere.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("are told by 304 that nothing has changed, and may keep a version for a year", async () => {
    const first = await app.request("/geo/provinces.geojson");
    const tag = first.headers.get("etag") ?? "";
    expect(first.headers.get("cache-control")).toBe("no-cache");
    const again = await app.request("/geo/provinces.geojson", {
      headers: { "If-None-Match": tag },
    });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    const cached = async (version: string) =>
      (await app.request(`/geo/provinces.geojson?v=${version}`)).headers.get("cache-control");
    const version = /[0-9a-f]{12}/.exec(tag)?.[0] ?? "";
    expect(await cached(version)).toBe("public, max-age=31536000, immutable");
    expect(await cached("000000000000")).toBe("no-cache");
  });

  test("get them compressed", async () => {
    const { encoding, body } = await compressed(`${app.url}/geo/communes/01.geojson`);
    expect(encoding).toBe("gzip");
    const text = gunzipSync(body).toString();
    expect((JSON.parse(text) as Collection).features.length).toBeGreaterThan(100);
    expect(body.length).toBeLessThan(text.length / 2);
  });
});

test("nothing of them is for those who may not read", async () => {
  const closed = await startApp(opened.db, { publicRead: "none" });
  try {
    for (const path of ["/geo/outline.geojson", "/geo/communes/gazetteer.json"])
      expect((await closed.request(path)).status).toBe(401);
    const key = await makeKey(opened.db, "reader");
    expect((await closed.request("/geo/outline.geojson", { key })).status).toBe(200);
  } finally {
    await closed.stop();
  }
});

/** The bytes as they come over the wire, which fetch would unpack. */
function compressed(url: string): Promise<{ encoding: string | undefined; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const asked = ask(url, { headers: { "Accept-Encoding": "gzip" } }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () =>
        resolve({
          encoding: response.headers["content-encoding"],
          body: Buffer.concat(parts),
        }),
      );
    });
    asked.on("error", reject).end();
  });
}
