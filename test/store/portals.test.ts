import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { addAgencies } from "../../src/store/agencies.ts";
import { putUnits } from "../../src/store/admin-units.ts";
import { listAudit } from "../../src/store/audit-log.ts";
import type { Database } from "../../src/store/database.ts";
import { type PortalInput, portalChange, portalInput } from "../../src/store/portal-input.ts";
import { toExpectationInput } from "../../src/store/portal-record.ts";
import {
  changePortal,
  createPortal,
  listTargets,
  type Portal,
  portalById,
  retirePortal,
} from "../../src/store/portals.ts";
import { openTestDatabase } from "../support/database.ts";
import { HANOI } from "./helpers/units.ts";
import { emptyTables } from "./helpers/tables.ts";

const ACTOR = { keyId: null, name: "operator" };
const NOW = new Date("2026-11-22T08:00:00Z");
const LATER = new Date("2026-11-23T08:00:00Z");
const INPUT: PortalInput = {
  url: "https://Hanoi.gov.vn",
  name_vi: "Cổng Hà Nội",
  kind: "portal",
  agency: "province-01",
};

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
});
afterAll(() => close());
beforeEach(async () => {
  await emptyTables(db);
  await putUnits(db, [HANOI], "2025-07-01");
  await addAgencies(db, [
    { ownerType: "province", ownerCode: "01", nameVi: "Hà Nội" },
    { ownerType: "national", ownerCode: "dvcqg", nameVi: "Cổng Dịch vụ công quốc gia" },
  ]);
});

const context = () => ({ db, actor: ACTOR });

async function create(input: Partial<PortalInput> = {}): Promise<Portal> {
  const created = await createPortal(context(), { ...INPUT, ...input }, NOW);
  if (!created.ok) throw new Error(created.problem.kind);
  return created.value;
}

test("a new portal has the URL in its normal form, an id from its host, and is probed", async () => {
  const portal = await create({ province: "01", expectation: { max_response_ms: 900 } });
  expect(portal).toMatchObject({
    id: "hanoi-gov-vn",
    url: "https://hanoi.gov.vn/",
    host: "hanoi.gov.vn",
    agency: "province-01",
    province: "01",
    lifecycle: "active",
    expectation: { maxResponseMs: 900 },
    retiredAt: null,
    createdAt: NOW,
  });
  expect(await portalById(db, "hanoi-gov-vn")).toEqual(portal);
  expect(await listTargets(db)).toEqual([
    {
      portal: portal.number,
      slug: "hanoi-gov-vn",
      url: "https://hanoi.gov.vn/",
      expectation: { maxResponseMs: 900 },
    },
  ]);
});

test("portals of one host get different ids", async () => {
  await create();
  const second = await create({ url: "https://hanoi.gov.vn/en" });
  expect(second.id).toBe("hanoi-gov-vn-2");
});

test.each([
  [
    "another form of a registered URL",
    { url: "HTTPS://HANOI.gov.vn:443/" },
    { kind: "duplicate_url", field: "url", portal: "hanoi-gov-vn" },
  ],
  [
    "a taken id",
    { url: "https://b.vn/", id: "hanoi-gov-vn" },
    { kind: "duplicate_id", field: "id" },
  ],
  [
    "an agency that is not there",
    { url: "https://b.vn/", agency: "nobody" },
    { kind: "unknown_agency", field: "agency" },
  ],
  [
    "a province that is not there",
    { url: "https://b.vn/", province: "99" },
    { kind: "unknown_province", field: "province" },
  ],
  [
    "a successor that is not there",
    { url: "https://b.vn/", lifecycle: "merged_into", merged_into: "x" },
    { kind: "unknown_merged_into", field: "merged_into" },
  ],
  [
    "a merger without successor",
    { url: "https://b.vn/", lifecycle: "merged_into" },
    { kind: "merged_into_mismatch", field: "merged_into" },
  ],
  [
    "a successor without merger",
    { url: "https://b.vn/", merged_into: "hanoi-gov-vn" },
    { kind: "merged_into_mismatch", field: "merged_into" },
  ],
] as const)(
  "%s is a problem, not an exception, and nothing is written",
  async (_, input, problem) => {
    await create();
    const before = await listAudit(db, { limit: 10 });
    expect(await createPortal(context(), { ...INPUT, ...input })).toEqual({ ok: false, problem });
    expect(await listAudit(db, { limit: 10 })).toEqual(before);
    expect(await listTargets(db)).toHaveLength(1);
  },
);

test("several who register the same URL at once get one portal and problems", async () => {
  const all = await Promise.all(
    ["a", "b", "c", "d"].map((id) => createPortal(context(), { ...INPUT, id })),
  );
  expect(all.filter(({ ok }) => ok)).toHaveLength(1);
  expect(all.filter(({ ok }) => !ok)).toMatchObject(
    [1, 2, 3].map(() => ({ problem: { kind: "duplicate_url" } })),
  );
});

test("a change touches what it names; null empties", async () => {
  await create({ name_en: "Hanoi", note: "old", province: "01" });
  const changed = await changePortal(
    context(),
    "hanoi-gov-vn",
    { name_vi: "Cổng mới", note: null, url: "https://www.hanoi.gov.vn/" },
    LATER,
  );
  expect(changed).toMatchObject({
    ok: true,
    value: {
      id: "hanoi-gov-vn",
      url: "https://www.hanoi.gov.vn/",
      host: "www.hanoi.gov.vn",
      nameVi: "Cổng mới",
      nameEn: "Hanoi",
      note: null,
      province: "01",
      createdAt: NOW,
      updatedAt: LATER,
    },
  });
});

test("a change that changes nothing writes nothing", async () => {
  const portal = await create();
  const changed = await changePortal(context(), portal.id, { url: "https://HANOI.gov.vn/" }, LATER);
  expect(changed).toEqual({ ok: true, value: portal });
  expect(await listAudit(db, { limit: 10 })).toHaveLength(1);
});

test("a portal cannot take another's URL, and one that is not there cannot be changed", async () => {
  await create();
  await create({ url: "https://other.vn/", id: "other" });
  expect(await changePortal(context(), "other", { url: "https://hanoi.gov.vn/" })).toMatchObject({
    problem: { kind: "duplicate_url", portal: "hanoi-gov-vn" },
  });
  expect(await changePortal(context(), "nobody", { note: "x" })).toMatchObject({
    problem: { kind: "not_found" },
  });
});

test("a retired portal stays readable and is not probed; brought back, it is", async () => {
  await create();
  const retired = await retirePortal(context(), "hanoi-gov-vn", LATER);
  expect(retired).toMatchObject({ value: { lifecycle: "retired", retiredAt: LATER } });
  expect(await listTargets(db)).toEqual([]);
  const again = await retirePortal(context(), "hanoi-gov-vn", new Date());
  expect(again).toEqual(retired);
  const back = await changePortal(context(), "hanoi-gov-vn", { lifecycle: "active" });
  expect(back).toMatchObject({ value: { lifecycle: "active", retiredAt: null } });
  expect(await listTargets(db)).toHaveLength(1);
});

test("a portal that forwards to the national gateway is still probed, a merged one is not", async () => {
  await create({ id: "gateway", url: "https://dichvucong.gov.vn/", agency: "national-dvcqg" });
  await create({ lifecycle: "redirected_to_dvcqg" });
  await create({ url: "https://c.vn/", lifecycle: "merged_into", merged_into: "gateway" });
  expect((await listTargets(db)).map(({ slug }) => slug)).toEqual(["gateway", "hanoi-gov-vn"]);
  const freed = await changePortal(context(), "c-vn", { lifecycle: "active" });
  expect(freed).toMatchObject({ value: { mergedInto: null } });
});

test("every write is in the audit log: who, what, before and after", async () => {
  await create();
  await changePortal(context(), "hanoi-gov-vn", { note: "n" }, LATER);
  await retirePortal(context(), "hanoi-gov-vn", LATER);
  const entries = await listAudit(db, {
    limit: 10,
    objectType: "portal",
    objectId: "hanoi-gov-vn",
  });
  expect(entries.map(({ action, actor }) => [action, actor])).toEqual([
    ["retire", "operator"],
    ["change", "operator"],
    ["create", "operator"],
  ]);
  expect(entries[2]).toMatchObject({ before: null, after: { url: "https://hanoi.gov.vn/" } });
  expect(entries[1]).toMatchObject({ before: { note: null }, after: { note: "n" } });
  const [newest] = await listAudit(db, { limit: 1 });
  expect(await listAudit(db, { limit: 10, before: newest?.id ?? 0 })).toEqual(entries.slice(1));
});

test.each([
  [{ ...INPUT, url: "ftp://x/" }, "url"],
  [{ ...INPUT, id: "Has Space" }, "id"],
  [{ ...INPUT, kind: "website" }, "kind"],
  [{ ...INPUT, name_vi: "  " }, "name_vi"],
  [{ ...INPUT, province: "1" }, "province"],
  [{ ...INPUT, expectation: { status: [99] } }, "expectation"],
  [{ ...INPUT, expectation: { status: ["20x"] } }, "expectation"],
  [{ ...INPUT, expectation: { body_regex: "(?<=a)b" } }, "expectation"],
  [{ ...INPUT, expectation: { surprise: 1 } }, "expectation"],
])("a portal with a wrong field is refused at that field: %#", (input, field) => {
  expect(portalInput.safeParse(input).error?.issues[0]?.path[0]).toBe(field);
});

test("an unknown field is refused, and a change may name any field but the id", () => {
  expect(portalInput.safeParse({ ...INPUT, colour: "red" }).success).toBe(false);
  expect(portalChange.safeParse({}).data).toEqual({});
  expect(portalChange.safeParse({ id: "x" }).success).toBe(false);
});

test("an expectation is read back in the words in which it was written", async () => {
  const expectation = {
    status: [200, "2xx", "300-302"],
    body_text: "Cổng",
    body_regex: "^<!doctype",
    json_path: { path: "$.status", equals: "ok" },
    max_response_ms: 5000,
  };
  const portal = await create({ expectation });
  expect(toExpectationInput(portal.expectation)).toEqual(expectation);
});
