import { createHash } from "node:crypto";
import { Ajv2020 } from "ajv/dist/2020.js";
import { readXlsx } from "hucre/xlsx";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listAudit } from "../../src/store/audit-log.ts";
import type { Database } from "../../src/store/database.ts";
import { openCoverageDatabase } from "../support/coverage-database.ts";
import {
  communesOf,
  householdFigure,
  recordFigures,
  withoutValue,
} from "../support/coverage-figures.ts";
import { type AppServer, json, makeKey, problemOf, startApp } from "./support/app-server.ts";

const RELEASES = "/api/v1/coverage/releases";
const Q3 = `${RELEASES}/2026-Q3`;

let opened: Awaited<ReturnType<typeof openCoverageDatabase>>;
let db: Database;
let app: AppServer;
let communes: { id: number; code: string }[];
const keys = { admin: "", operator: "", hue: "" };
beforeAll(async () => {
  opened = await openCoverageDatabase();
  db = opened.db;
  communes = await communesOf(db, "46");
  keys.admin = await makeKey(db, "admin");
  keys.operator = await makeKey(db, "operator");
  keys.hue = await makeKey(db, "admin", { province: "46" });
  await recordFigures(db, [
    ...[0, 1, 2].map((index) => householdFigure(unit(index), { note: "=1+1" })),
    householdFigure(unit(3), withoutValue("not_collected")),
    householdFigure(unit(0), { asOf: "2026-06-30", numerator: 70 }),
  ]);
  app = await startApp(db);
  app.clock.now = Date.parse("2026-10-20T03:00:00Z");
  await published({ as_of: "2026-06-30" });
  await published({ as_of: "2026-09-30", note_vi: "Lần đầu", note_en: "The first" });
});
afterAll(async () => {
  await app.stop();
  await opened.close();
});

const unit = (index: number) => communes[index]?.id ?? 0;
const publish = (body: object, key = keys.admin) => app.request(RELEASES, json("POST", body, key));
const published = async (body: object) => {
  const response = await publish(body);
  expect(response.status).toBe(201);
  return (await response.json()) as Record<string, unknown>;
};
const get = async <Body>(path: string): Promise<Body> => {
  const response = await app.request(path);
  expect([path, response.status]).toEqual([path, 200]);
  return (await response.json()) as Body;
};
const bytes = async (path: string) => Buffer.from(await (await app.request(path)).arrayBuffer());
const sha256 = (content: Buffer) => createHash("sha256").update(content).digest("hex");
interface Release {
  code: string;
  sha256: string;
  figures: number;
}

describe("publishing", () => {
  test("is for an admin key without a limit", async () => {
    expect((await publish({ as_of: "2026-09-30" }, "")).status).toBe(401);
    expect((await publish({ as_of: "2026-09-30" }, keys.operator)).status).toBe(403);
    expect((await publish({ as_of: "2026-09-30" }, keys.hue)).status).toBe(403);
  });

  test("is in the audit log under the key's name", async () => {
    const [entry] = await listAudit(db, { limit: 1, objectType: "coverage_release" });
    expect(entry).toMatchObject({ actor: "admin for tests", objectId: "2026-Q3" });
  });

  test("is refused with everything that stands against it, and what to do", async () => {
    const again = await publish({ as_of: "2026-09-30" });
    expect(again.status).toBe(409);
    expect((await problemOf(again)).errors).toEqual([
      { field: "body.as_of", detail: expect.stringContaining("2026-Q3") },
    ]);
    const wrong = await publish({ as_of: "2027-02-01" });
    expect(wrong.status).toBe(400);
    expect((await problemOf(wrong)).errors?.map(({ detail }) => detail)).toEqual([
      "must be the last day of a quarter",
      "must not lie in the future",
      "there are no figures of this day",
    ]);
  });

  test.each([
    [{ as_of: "2026-02-30" }, "body.as_of"],
    [{ as_of: "2026-09-30", note_vi: " " }, "body.note_vi"],
    [{ as_of: "2026-09-30", surprise: 1 }, "body.surprise"],
    [
      {
        as_of: "2026-09-30",
        breaks: [0, 1].map(() => ({ indicator: "pop_4g", note_vi: "x", note_en: "x" })),
      },
      "body.breaks",
    ],
  ])("with %j is refused, naming the field", async (body, field) => {
    const response = await publish(body);
    expect(response.status).toBe(400);
    expect((await problemOf(response)).errors?.map((error) => error.field)).toContain(field);
  });

  test("dry tells content, change list and what stands against it, and publishes nothing", async () => {
    const response = await publish({ as_of: "2026-09-30", dry_run: true });
    expect(response.status).toBe(200);
    const plan = (await response.json()) as { first_changes: object[] };
    expect(plan).toMatchObject({
      dry_run: true,
      code: "2026-Q3.2",
      since: "2026-Q3",
      held: 0,
      problems: [{ kind: "nothing_new" }],
      changes: { new: 0, revised: 0 },
      first_changes: [],
    });
    expect((await get<{ items: Release[] }>(RELEASES)).items.map(({ code }) => code)).toEqual([
      "2026-Q3",
      "2026-Q2",
    ]);
  });
});

describe("a release", () => {
  test("is shown to everyone, with its counts and licence", async () => {
    const one = await get<Release & { counts: object[] }>(Q3);
    expect(one).toMatchObject({
      code: "2026-Q3",
      note_vi: "Lần đầu",
      licence: "https://creativecommons.org/licenses/by/4.0/",
      made_up: false,
      previous: "2026-Q2",
    });
    expect(one.counts).toContainEqual({
      indicator: "fibre_hh_passed",
      indicator_version: 1,
      basis: "reported",
      figures: 5,
      of_the_day: 4,
      present: 3,
    });
    expect((await app.request(`${RELEASES}/2031-Q1`)).status).toBe(404);
    expect((await app.request(`${RELEASES}/nonsense`)).status).toBe(400);
  });

  test("has a CSV file with the checksum of the release, and is not sent twice", async () => {
    const { sha256: recorded } = await get<Release>(Q3);
    const response = await app.request(`${Q3}/figures?format=csv`);
    expect(response.headers.get("content-disposition")).toContain("coverage-2026-Q3.csv");
    const file = Buffer.from(await response.arrayBuffer());
    expect(sha256(file)).toBe(recorded);
    expect(file.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(file.toString()).toContain(",'=1+1,");
    const known = await app.request(`${Q3}/figures?format=csv`, {
      headers: { "If-None-Match": response.headers.get("etag") ?? "" },
    });
    expect([known.status, await known.text()]).toEqual([304, ""]);
  });

  test("is verified by working its checksum out again", async () => {
    const check = await get<object>(`${Q3}/verify`);
    expect(check).toMatchObject({ release: "2026-Q3", matches: true });
  });

  test("has figures in pages, with names, by filter", async () => {
    const filter = "indicator=fibre_hh_passed&as_of=2026-09-30";
    const page = await get<{ items: object[]; next_cursor: string }>(
      `${Q3}/figures?${filter}&limit=3`,
    );
    expect(page.items.length).toBe(3);
    const rest = await get<{ items: object[]; next_cursor: null }>(
      `${Q3}/figures?${filter}&limit=3&cursor=${page.next_cursor}`,
    );
    expect(rest.items).toMatchObject([
      { unit: { code: communes[3]?.code }, status: "not_collected", ratio: null },
    ]);
    expect(rest.next_cursor).toBeNull();
    const csv = (await bytes(`${Q3}/figures?${filter}&format=csv`)).toString();
    expect(csv).toContain(`${communes[0]?.code},2025-07-01,`);
    expect(csv).toContain(",46,Huế,");
  });

  test("has sums as JSON and CSV", async () => {
    const path = `${Q3}/sums?indicator=fibre_hh_passed&level=province`;
    const { items, ...about } = await get<{ items: { unit: { code: string } }[] }>(path);
    expect(about).toMatchObject({ release: "2026-Q3", as_of: "2026-09-30", made_up: false });
    expect(items.length).toBe(34);
    expect(items.find(({ unit: { code } }) => code === "46")).toMatchObject({
      numerator: 240,
      denominator: 300,
      ratio: 0.8,
    });
    expect((await bytes(`${path}&format=csv`)).toString().split("\r\n").length).toBe(36);
  });

  test("says what changed since the one before, or since any earlier one", async () => {
    const changes = await get<{ items: { kind: string }[] }>(
      `${Q3}/changes?indicator=fibre_hh_passed`,
    );
    expect(changes).toMatchObject({ since: "2026-Q2", summary: { revised: 0, unit_changed: 14 } });
    expect(changes.items.map(({ kind }) => kind)).toEqual(["new", "new", "new", "new"]);
    expect(await get<object>(`${RELEASES}/2026-Q2/changes?limit=1`)).toMatchObject({ since: null });
    expect((await app.request(`${RELEASES}/2026-Q2/changes?since=2026-Q3`)).status).toBe(400);
    const csv = (await bytes(`${Q3}/changes?since=2026-Q2&format=csv`)).toString();
    expect(csv).toContain("unit_changed,");
  });

  test("is a workbook with sums, figures, definitions, provenance and what is missing", async () => {
    const file = await bytes(`${Q3}/figures?format=xlsx&lang=en`);
    const { sheets } = await readXlsx(file);
    expect(sheets.map(({ name }) => name)).toEqual([
      "Sums",
      "Country",
      "Provinces",
      "Communes",
      "Definitions",
      "Provenance",
      "Missing",
    ]);
    const text = (name: string) =>
      JSON.stringify(sheets.find((sheet) => sheet.name === name)?.rows);
    expect(text("Communes")).toContain(`"${communes[0]?.code}"`);
    expect(text("Communes")).toContain("'=1+1");
    expect(text("Definitions")).toContain("749/QĐ-TTg");
    expect(text("Provenance")).toContain('"ministry"');
    // What a file was called may name people: holders of a key are told.
    expect(text("Provenance")).not.toContain("figures for tests.csv");
    expect(text("Missing")).toContain("fibre_hh_passed (not collected)");
    expect(text("Missing")).toContain("fibre_hh_passed (not reported)");
    expect(sha256(await bytes(`${Q3}/figures?format=xlsx&lang=en`))).toBe(sha256(file));
  });

  test("is a map of provinces, and of communes of an indicator", async () => {
    interface Map {
      release: string;
      features: { id: string; properties: Record<string, unknown> }[];
    }
    const path = `${Q3}/figures?format=geojson&indicator=fibre_hh_passed`;
    const provinces = await get<Map>(path);
    expect([provinces.release, provinces.features.length]).toEqual(["2026-Q3", 34]);
    expect(provinces.features.find(({ id }) => id === "46")?.properties).toMatchObject({
      ratio: 0.8,
    });
    const own = await get<Map>(`${path}&level=commune&province=46`);
    expect(own.features.length).toBe(communes.length);
    const properties = (index: number) =>
      own.features.find(({ id }) => id === communes[index]?.code)?.properties;
    expect(properties(0)).toMatchObject({ ratio: 0.8, missing_reason: null });
    expect(properties(3)).toMatchObject({ ratio: null, missing_reason: "not_collected" });
    expect(properties(4)).toMatchObject({ ratio: null, missing_reason: "not_reported" });
    const refused = async (query: string) =>
      (await app.request(`${Q3}/figures?format=geojson&${query}`)).status;
    expect(await refused("level=commune")).toBe(400);
    expect(await refused("level=country")).toBe(400);
    expect(await refused("indicator=pop_5g")).toBe(400);
    expect(await refused("limit=3")).toBe(400);
  });
});

test.each([
  ["", ""],
  ["/{code}", ""],
  ["/{code}/figures", "?indicator=fibre_hh_passed"],
  ["/{code}/sums", ""],
  ["/{code}/changes", ""],
  ["/{code}/verify", ""],
])("the answer of releases%s is as the OpenAPI document describes it", async (path, query) => {
  const document = await get<object>("/openapi.json");
  const ajv = new Ajv2020({ strict: false, validateFormats: false }).addSchema(document, "doc");
  const place = `${RELEASES}${path}`.replaceAll("/", "~1");
  const pointer = `paths/${place}/get/responses/200/content/application~1json/schema`;
  const fits = ajv.compile({ $ref: `doc#/${pointer}` });
  fits(await get<object>(`${RELEASES}${path.replace("{code}", "2026-Q3")}${query}`));
  expect(fits.errors).toBeNull();
});

test("sums of the present register are a map too, with ETag, of units that have boundaries", async () => {
  const path = "/api/v1/coverage/sums?indicator=fibre_hh_passed&as_of=2026-09-30&format=geojson";
  const response = await app.request(`${path}&level=commune&province=46`);
  expect(response.headers.get("content-type")).toBe("application/geo+json");
  const map = (await response.json()) as { attribution: string; features: object[] };
  expect(map.features.length).toBe(communes.length);
  expect(map.attribution).toContain("sapnhap.bando.com.vn");
  const headers = { "If-None-Match": response.headers.get("etag") ?? "" };
  const known = await app.request(`${path}&level=commune&province=46`, { headers });
  expect(known.status).toBe(304);
  expect((await app.request(`${path}&level=country`)).status).toBe(400);
  expect((await app.request(`${path}&units=2025-06-30`)).status).toBe(400);
});

describe("boundaries", () => {
  test("are had whole or by province, and not sent to whom has them", async () => {
    const path = "/api/v1/coverage/boundaries?level=commune&province=46";
    const response = await app.request(path);
    expect(response.headers.get("content-type")).toBe("application/geo+json");
    const { features } = (await response.json()) as { features: object[] };
    expect(features.length).toBe(communes.length);
    const tag = response.headers.get("etag") ?? "";
    const known = await app.request(path, { headers: { "If-None-Match": `"x", ${tag}` } });
    expect(known.status).toBe(304);
    expect((await app.request("/api/v1/coverage/boundaries?level=district")).status).toBe(400);
  });
});

describe("the open-data catalogue", () => {
  interface Distribution {
    "dcat:downloadURL": { "@id": string };
    "spdx:checksum"?: { "spdx:checksumValue": { "@value": string } };
    "dct:license": { "@id": string };
  }
  interface Dataset {
    "dct:identifier": string;
    "dct:conformsTo": { "dct:identifier": string }[];
    "dct:temporal": object;
    "dcat:distribution": Distribution[];
  }
  const catalogue = async () => {
    const response = await app.request("/open-data.jsonld");
    expect(response.headers.get("content-type")).toBe("application/ld+json");
    return (await response.json()) as { "@type": string; "dcat:dataset": Dataset[] };
  };

  test("is a DCAT catalogue with a dataset per release", async () => {
    const { "@type": type, "dcat:dataset": datasets } = await catalogue();
    expect(type).toBe("dcat:Catalog");
    expect(datasets.map((dataset) => dataset["dct:identifier"])).toEqual(["2026-Q3", "2026-Q2"]);
    expect(datasets[0]).toMatchObject({
      "@type": "dcat:Dataset",
      "dct:license": { "@id": "https://creativecommons.org/licenses/by/4.0/" },
      "dct:temporal": {
        "dcat:startDate": { "@value": "2026-07-01" },
        "dcat:endDate": { "@value": "2026-09-30" },
      },
    });
    const standards = datasets[0]?.["dct:conformsTo"].map((each) => each["dct:identifier"]);
    expect(standards).toContain("fibre_hh_passed 1");
  });

  test("gives for every file an address that works, and the checksum of what is downloaded there", async () => {
    const { "dcat:dataset": datasets } = await catalogue();
    let checked = 0;
    for (const distribution of datasets.flatMap((dataset) => dataset["dcat:distribution"])) {
      const address = distribution["dcat:downloadURL"]["@id"];
      expect(address.startsWith(app.url)).toBe(true);
      const response = await app.request(address.slice(app.url.length));
      expect([address, response.status]).toEqual([address, 200]);
      const content = Buffer.from(await response.arrayBuffer());
      const checksum = distribution["spdx:checksum"]?.["spdx:checksumValue"]["@value"];
      if (checksum === undefined) continue;
      expect([address, sha256(content)]).toEqual([address, checksum]);
      checked += 1;
    }
    expect(checked).toBe(8);
  });
});
