import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildComplianceWorld } from "../reports/compliance-world.ts";
import { type Outages, putOutages } from "../reports/outages.ts";
import { putOneFigure } from "../reports/coverage/world.ts";
import { openTestDatabase } from "../support/database.ts";
import { type AppServer, makeKey, startApp } from "./support/app-server.ts";

interface Document {
  openapi: string;
  info: { version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { securitySchemes: object };
}
interface Operation {
  summary?: string;
  security?: object[];
  parameters?: { name: string; in: string }[];
}

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let app: AppServer;
let document: Document;
let audit: { id: number };
let outages: Outages;
let coverage: Awaited<ReturnType<typeof putOneFigure>>;
beforeAll(async () => {
  opened = await openTestDatabase();
  const numbers = await buildComplianceWorld(opened.db);
  outages = await putOutages(opened.db, numbers);
  audit = await opened.db
    .selectFrom("audit")
    .select("id")
    .where("portal_id", "=", numbers.half)
    .executeTakeFirstOrThrow();
  await opened.db
    .insertInto("coverage_release")
    .values({
      code: "2026-Q3",
      as_of: "2026-09-30",
      published_at: new Date(0),
      published_by: "test",
      cut_figure_id: 0,
      licence: "https://example.test/",
      sha256: "",
      figures: 0,
      made_up: true,
    })
    .execute();
  const unit = await opened.db
    .selectFrom("admin_unit")
    .select("id")
    .where("level", "=", "province")
    .executeTakeFirstOrThrow();
  coverage = await putOneFigure(opened.db, unit.id);
  await putOneOfEach(unit.id);
  app = await startApp(opened.db, { publicRead: "all" });
  document = (await (await app.request("/openapi.json")).json()) as Document;
});
afterAll(async () => {
  await app.stop();
  await opened.close();
});

/** A challenge of the figure, a round and a count, each the first of its kind. */
async function putOneOfEach(unit: number) {
  const { db } = opened;
  await db
    .insertInto("coverage_challenge")
    .values({
      figure_id: coverage.figure,
      reason_code: "other",
      statement: "test",
      filed_by: "test",
      filed_at: new Date(0),
      due_on: "2026-12-20",
      state: "open",
    })
    .execute();
  const days = { as_of: "2026-09-30", opens_on: "2026-10-01", due_on: "2026-10-15" };
  const round = { ...days, indicators: [], created_at: new Date(0) };
  await db.insertInto("coverage_round").values(round).execute();
  await db.insertInto("coverage_round_duty").values({ round_id: 1, province_id: unit }).execute();
  const kind = { code: "households", name_vi: "Hộ", name_en: "Households", aliases: [] };
  await db
    .insertInto("denominator_kind")
    .values(kind)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await db
    .insertInto("coverage_denominator")
    .values({
      unit_id: unit,
      kind: kind.code,
      as_of: "2026-04-01",
      value: 1,
      source: "test",
      revision: 1,
      recorded_by: "test",
      recorded_at: new Date(0),
    })
    .execute();
}

/** What the reads of coverage that are about one indicator need to be asked. */
const QUERIES: Readonly<Record<string, string>> = {
  sums: "?indicator=INDICATOR",
  gaps: "?indicator=INDICATOR&threshold=1",
  series: "?indicator=INDICATOR",
  compare: "?indicator=INDICATOR&from=2026-06-30&to=2026-09-30",
  template: "?province=46&as_of=2026-09-30",
};

/** A path of something that the world has. */
const sample = (path: string) =>
  (path + (QUERIES[path.replace("/api/v1/coverage/", "")] ?? ""))
    .replace("INDICATOR", coverage.indicator)
    .replace("/incidents/{id}", `/incidents/${outages.dead}`)
    .replace("/maintenance-windows/{id}", `/maintenance-windows/${outages.window}`)
    .replace(/\/(imports|challenges|rounds|denominators)\/\{id\}/, "/$1/1")
    .replace("/figures/{id}", `/figures/${coverage.figure}`)
    .replace("{id}", path.startsWith("/api/v1/agencies/") ? "ministry-yte" : "half")
    .replace("/units/{level}/{code}", "/units/commune/00004")
    .replace("/releases/{code}", "/releases/2026-Q3")
    .replace("{audit}", String(audit.id));

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

describe("the OpenAPI document", () => {
  test("is valid OpenAPI 3.1 and has the service's version", async () => {
    expect(await new Validator().validate({ ...document })).toMatchObject({ valid: true });
    expect(document).toMatchObject({ openapi: "3.1.0", info: { version: "0.0.0-test" } });
  });

  test("has every route of the API, and no other", () => {
    const served = app.routes
      .filter(({ method, path }) => method !== "ALL" && path.startsWith("/api/"))
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`);
    const described = operations()
      .filter(({ path }) => path.startsWith("/api/"))
      .map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect(new Set(served)).toEqual(new Set(described));
    expect(described.length).toBeGreaterThan(12);
  });

  test("says of each operation what it does, and that each write needs a key", () => {
    for (const { path, operation } of operations()) {
      expect([path, operation.summary]).toEqual([path, expect.stringMatching(/\w/)]);
    }
    const writes = operations().filter(({ method }) => method !== "get");
    expect(writes.map(({ operation }) => operation.security)).toEqual(
      writes.map(() => [{ key: [] }]),
    );
    expect(document.components.securitySchemes).toMatchObject({
      key: { type: "http", scheme: "bearer" },
    });
  });

  test("names every query parameter that a list takes", () => {
    const parameters = document.paths["/api/v1/portals"]?.["get"]?.parameters ?? [];
    expect(parameters.map(({ name }) => name)).toEqual([
      "limit",
      "cursor",
      "format",
      "agency",
      "province",
      "kind",
      "state",
      "lifecycle",
      "q",
      "sort",
    ]);
  });

  test("describes what is answered: every JSON answer fits its schema", async () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema(document, "doc");
    const admin = await makeKey(opened.db, "admin");
    for (const { path, method } of operations().filter(({ path }) => path.startsWith("/api/"))) {
      if (method !== "get") continue;
      const response = await app.request(sample(path), { key: admin });
      expect([path, response.status]).toEqual([path, 200]);
      const pointer = ["paths", path, "get", "responses", "200", "content", "application/json"]
        .map((part) => part.replaceAll("~", "~0").replaceAll("/", "~1"))
        .join("/");
      // Files have no JSON to compare.
      if (!response.headers.get("content-type")?.includes("json")) {
        await response.body?.cancel();
        continue;
      }
      const fits = ajv.compile({ $ref: `doc#/${pointer}/schema` });
      fits(await response.json());
      expect([path, fits.errors]).toEqual([path, null]);
    }
  });
});

describe("the documentation page", () => {
  test("loads nothing from elsewhere, and what it loads is there", async () => {
    const page = await (await app.request("/docs")).text();
    const links = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link ?? "");
    expect(links.length).toBeGreaterThan(3);
    for (const link of links) {
      expect(link).toMatch(/^\/[a-z]/);
      const response = await app.request(link);
      expect([link, response.status]).toEqual([link, 200]);
      await response.body?.cancel();
    }
    expect(page).not.toMatch(/https?:\/\//);
    expect(page).not.toMatch(/<script>|<style|style=|onload=/);
  });

  test("asks Swagger UI for our own document and for no validator", async () => {
    const script = await (await app.request("/docs/init.js")).text();
    expect(script).toContain('url: "/openapi.json"');
    expect(script).toContain("validatorUrl: null");
    expect(script).not.toMatch(/https?:\/\//);
  });
});
