import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../../src/store/database.ts";
import { changePortal, createPortal, retirePortal } from "../../src/store/portals.ts";
import type { Belonging, WriteContext } from "../../src/store/write-context.ts";
import { buildWorld } from "../reports/world.ts";
import { openTestDatabase } from "../support/database.ts";

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
  await buildWorld(db);
});
afterAll(() => close());

/** A writer who may touch what belongs to one agency, and what was asked of the guard. */
function limited(agency: string): { context: WriteContext; asked: Belonging[] } {
  const asked: Belonging[] = [];
  const mayTouch = (belonging: Belonging) => {
    asked.push({ agency: belonging.agency, province: belonging.province });
    return belonging.agency === agency;
  };
  return { context: { db, actor: { keyId: null, name: "test" }, mayTouch }, asked };
}

test("a change is asked for what the portal belongs to in the transaction, before and after", async () => {
  const { context, asked } = limited("province-46");
  const taken = await changePortal(context, "hue", { agency: "ministry-yte" });
  expect(taken).toEqual({ ok: false, problem: { kind: "not_covered" } });
  expect(asked).toEqual([
    { agency: "province-46", province: "46" },
    { agency: "ministry-yte", province: "46" },
  ]);
});

test("what another writer has not committed yet is waited for", async () => {
  const { context } = limited("ministry-yte");
  const { changing } = await db.transaction().execute(async (trx) => {
    await trx
      .updateTable("portal")
      .set({
        agency_id: (is) => is.selectFrom("agency").select("id").where("slug", "=", "province-01"),
      })
      .where("slug", "=", "half")
      .execute();
    // In an object, so that it is not awaited before this transaction ends.
    return { changing: changePortal(context, "half", { note: "too late" }) };
  });
  expect(await changing).toEqual({ ok: false, problem: { kind: "not_covered" } });
});

test("nobody creates or retires a portal of somebody else's", async () => {
  const { context } = limited("ministry-yte");
  const input = {
    url: "https://x.example/",
    name_vi: "x",
    kind: "portal",
    agency: "province-01",
  } as const;
  expect(await createPortal(context, input)).toMatchObject({
    ok: false,
    problem: { kind: "not_covered" },
  });
  expect(await retirePortal(context, "hue")).toMatchObject({ ok: false });
  expect(await retirePortal(context, "no-such")).toEqual({
    ok: false,
    problem: { kind: "not_found" },
  });
});
