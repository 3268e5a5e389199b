import { afterAll, beforeAll, expect, test } from "vitest";
import { type AuditInput, listAudit, writeAudit } from "../../src/store/audit-log.ts";
import type { Database } from "../../src/store/database.ts";
import { openTestDatabase } from "../support/database.ts";

const ACTOR = { keyId: null, name: "an import" };
const BY = { keyId: null, actor: "an import" };

let db: Database;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
});

afterAll(() => close());

const entry = (facts: Partial<AuditInput>): AuditInput => ({
  action: "create",
  objectType: "portal",
  objectId: "a",
  before: null,
  after: null,
  ...facts,
});

test("a write is kept with who, what, before and after, and nothing stays nothing", async () => {
  const before = { name: "Cổng \"Huế\" \\ 'x'", note: null };
  await writeAudit(db, ACTOR, [
    entry({ action: "change", objectId: "hue", before, after: { tags: ["a", { b: 1 }] } }),
    entry({ action: "delete", objectId: "hue" }),
  ]);
  const kept = await listAudit(db, { limit: 5, objectId: "hue" });
  expect(kept).toMatchObject([
    { ...BY, action: "delete", objectType: "portal", before: null, after: null },
    { ...BY, action: "change", before, after: { tags: ["a", { b: 1 }] } },
  ]);
});

test("an import of a whole country is noted at once, in its order", async () => {
  const ids = Array.from({ length: 20_000 }, (_, number) => `p${number}`);
  await writeAudit(
    db,
    ACTOR,
    ids.map((objectId) => entry({ objectId, after: { objectId } })),
  );
  const kept = await listAudit(db, { limit: ids.length });
  expect(kept.map(({ objectId }) => objectId)).toEqual(ids.toReversed());
});
