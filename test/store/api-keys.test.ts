import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { putUnits } from "../../src/store/admin-units.ts";
import { addAgencies } from "../../src/store/agencies.ts";
import {
  anyKey,
  createKey,
  findKey,
  listKeys,
  revokeKey,
  touchKey,
} from "../../src/store/api-keys.ts";
import { listAudit } from "../../src/store/audit-log.ts";
import type { Database } from "../../src/store/database.ts";
import { openTestDatabase } from "../support/database.ts";
import { HANOI } from "./helpers/units.ts";
import { emptyTables } from "./helpers/tables.ts";

const ACTOR = { keyId: null, name: "command line" };

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
});
afterAll(() => close());
beforeEach(async () => {
  await emptyTables(db);
  await putUnits(db, [HANOI], "2025-07-01");
  await addAgencies(db, [{ ownerType: "province", ownerCode: "01", nameVi: "Hà Nội" }]);
});

const context = () => ({ db, actor: ACTOR });

async function create(input: Partial<Parameters<typeof createKey>[1]> = {}) {
  const made = await createKey(context(), { label: "reports", role: "reader", ...input });
  if (!made.ok) throw new Error(made.problem.kind);
  return made.value;
}

test("a key of 256 random bits is found by its text, and only its hash is stored", async () => {
  const { key, record } = await create();
  const other = await create();
  expect(key).toMatch(/^htg_[\w-]{43}$/);
  expect(other.key).not.toBe(key);
  expect(record).toMatchObject({
    label: "reports",
    role: "reader",
    prefix: key.slice(0, 10),
    revokedAt: null,
  });
  expect(await findKey(db, key)).toEqual(record);
  const row = await db
    .selectFrom("api_key")
    .selectAll()
    .where("id", "=", record.id)
    .executeTakeFirstOrThrow();
  expect(Buffer.from(row.hash)).toEqual(createHash("sha256").update(key).digest());
  expect(JSON.stringify([row, await listAudit(db, { limit: 10 })])).not.toContain(key.slice(10));
});

test("a text that is no key finds none", async () => {
  const { key } = await create();
  for (const text of ["", "htg_", key.slice(0, -1), `${key}x`, key.toUpperCase()]) {
    expect(await findKey(db, text)).toBeNull();
  }
});

test("a key can be limited to one agency or one province, not to both", async () => {
  expect((await create({ agency: "province-01" })).record).toMatchObject({
    agency: "province-01",
    province: null,
  });
  expect((await create({ province: "01" })).record).toMatchObject({ agency: null, province: "01" });
  const problem = async (limits: object) => {
    const made = await createKey(context(), { label: "x", role: "operator", ...limits });
    return made.ok ? null : made.problem.kind;
  };
  expect(await problem({ agency: "province-01", province: "01" })).toBe("two_limits");
  expect(await problem({ agency: "nobody" })).toBe("unknown_agency");
  expect(await problem({ province: "99" })).toBe("unknown_province");
});

test("a revoked key opens nothing any more", async () => {
  const { key, record } = await create();
  expect(await anyKey(db)).toBe(true);
  const revoked = await revokeKey(context(), record.id);
  expect(revoked).toMatchObject({
    ok: true,
    value: { id: record.id, revokedAt: expect.any(Date) },
  });
  expect(await findKey(db, key)).toBeNull();
  expect(await anyKey(db)).toBe(false);
  expect(await revokeKey(context(), record.id)).toEqual(revoked);
  expect(await revokeKey(context(), 999)).toEqual({ ok: false, problem: { kind: "not_found" } });
  expect(await listKeys(db)).toHaveLength(1);
});

test("the last use is noted at most once a minute", async () => {
  const { record } = await create();
  const lastUse = async () => (await listKeys(db))[0]?.lastUsedAt;
  const first = new Date("2026-11-22T08:00:00Z");
  await touchKey(db, record.id, first);
  expect(await lastUse()).toEqual(first);
  await touchKey(db, record.id, new Date("2026-11-22T08:00:59Z"));
  expect(await lastUse()).toEqual(first);
  await touchKey(db, record.id, new Date("2026-11-22T08:01:00Z"));
  expect(await lastUse()).toEqual(new Date("2026-11-22T08:01:00Z"));
});

test("making and revoking a key are in the audit log", async () => {
  const { record } = await create();
  await revokeKey(context(), record.id);
  expect(await listAudit(db, { limit: 5 })).toMatchObject([
    { action: "revoke", objectType: "api_key", objectId: String(record.id), actor: "command line" },
    { action: "create", objectType: "api_key", before: null, after: { label: "reports" } },
  ]);
});
