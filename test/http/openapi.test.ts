import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildComplianceWorld } from "../reports/compliance-world.ts";
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
beforeAll(async () => {
  opened = await openTestDatabase();
  const { half } = await buildComplianceWorld(opened.db);
  audit = await opened.db
    .selectFrom("audit")
    .select("id")
    .where("portal_id", "=", half)
    .executeTakeFirstOrThrow();
  app = await startApp(opened.db, { publicRead: "all" });
  document = (await (await app.request("/openapi.json")).json()) as Document;
});
afterAll(async () => {
  await app.stop();
  await opened.close();
});

/** A path of something that the world has. */
const sample = (path: string) =>
  path
    .replace("{id}", path.startsWith("/api/v1/agencies/") ? "ministry-yte" : "half")
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
