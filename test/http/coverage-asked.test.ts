import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { coverageMark } from "../../src/reports/coverage/metrics-data.ts";
import { latestDays } from "../../src/reports/coverage/days.ts";
import { editionSums } from "../../src/reports/coverage-releases/edition-sums.ts";
import { releaseWorkbookData } from "../../src/reports/coverage-releases/workbook-data.ts";
import { publishRelease } from "../../src/store/coverage-releases.ts";
import { type CoverageWorld, DAY, NOTHING, openWorld, share } from "../reports/coverage/world.ts";
import { type AppServer, problemOf, startApp } from "./support/app-server.ts";

/** Huế has 40 communes. */
const PROVINCE = "46";
const LATER = "2026-12-31";
const RELEASE = "2026-Q3";

let world: CoverageWorld;
let app: AppServer;
let indicator: string;
beforeAll(async () => {
  world = await openWorld();
  indicator = await world.addIndicator();
  const communes = world.communes(PROVINCE);
  await world.add(
    communes.map(({ id }) => share(id, indicator)),
    "2026-10-05T00:00:00Z",
  );
  // Somebody was early: known when the release is published, and not in it.
  await world.add(
    [share(communes[0]?.id ?? 0, indicator, { asOf: LATER })],
    "2026-10-06T00:00:00Z",
  );
  await publish();
  await world.add(
    communes.slice(1).map(({ id }) => share(id, indicator, { asOf: "2027-03-31" })),
    "2027-04-05T00:00:00Z",
  );
  app = await startApp(world.db);
  app.clock.now = Date.parse("2027-04-22T05:00:00Z");
});
afterAll(async () => {
  await app.stop();
  await world.close();
});

async function publish() {
  const made = await publishRelease(
    { db: world.db, actor: { keyId: null, name: "test" } },
    { asOf: DAY, noteVi: null, noteEn: null, breaks: [], licence: "x", despiteHeld: false },
    editionSums,
    { now: new Date("2027-02-01T03:00:00Z"), today: "2027-02-01" },
  );
  if (!made.ok) throw new Error(JSON.stringify(made.problem));
}

interface Body {
  readonly items: readonly { readonly as_of: string; readonly targets?: readonly object[] }[];
  readonly [member: string]: unknown;
}
const get = async (path: string): Promise<Body> => {
  const response = await app.request(`/api/v1/coverage${path}`);
  expect([path, response.status]).toEqual([path, 200]);
  return (await response.json()) as Body;
};
const daysOf = ({ items }: Body) => [...new Set(items.map(({ as_of }) => as_of))];

describe("what is asked of the past", () => {
  test("is of the last day that was known then, whatever came since", async () => {
    const path = `/sums?indicator=${indicator}&province=${PROVINCE}`;
    expect((await get(path))["as_of"]).toBe("2027-03-31");
    expect((await get(`${path}&known_on=2026-10-05`))["as_of"]).toBe(DAY);
    expect((await get(`${path}&release=${RELEASE}`))["as_of"]).toBe(DAY);
  });

  test("has a series of the days that were known then; one of a release ends with its day", async () => {
    const path = `/series?indicator=${indicator}`;
    expect(daysOf(await get(path))).toEqual([DAY, LATER, "2027-03-31"]);
    expect(daysOf(await get(`${path}&known_on=2026-10-05`))).toEqual([DAY]);
    expect(daysOf(await get(`${path}&known_on=2026-10-06`))).toEqual([DAY, LATER]);
    expect(daysOf(await get(`${path}&release=${RELEASE}`))).toEqual([DAY]);
    expect(daysOf(await get(`${path}&release=${RELEASE}&to=2026-06-30`))).toEqual([]);
  });

  test("has no figures of a release that are of later days", async () => {
    const path = `/figures?indicator=${indicator}&limit=500`;
    expect(daysOf(await get(`${path}&known_on=2026-10-06`))).toEqual([DAY, LATER]);
    expect(daysOf(await get(`${path}&release=${RELEASE}`))).toEqual([DAY]);
  });
});

describe("the last day", () => {
  test("is not one whose figures were all withdrawn", async () => {
    const own = await world.addIndicator();
    const unit = world.communes(PROVINCE)[0]?.id ?? 0;
    await world.add([share(unit, own), share(unit, own, { asOf: LATER })]);
    expect((await latestDays(world.db, "reported")).get(own)).toBe(LATER);
    await world.add([share(unit, own, { asOf: LATER, ...NOTHING, status: "withdrawn" })]);
    expect((await latestDays(world.db, "reported")).get(own)).toBe(DAY);
    expect(daysOf(await get(`/series?indicator=${own}&unit=${PROVINCE}`))).toEqual([DAY]);
  });
});

describe("a target", () => {
  const text = {
    legal_document: "x",
    text_vi: "x",
    text_en: "x",
    certainty: "unverified",
  } as const;
  const at = { comparison: "at_least", threshold: 0.9, threshold_kind: "ratio" } as const;

  test("is not held against one operator alone: it speaks of all of them", async () => {
    await world.db
      .insertInto("coverage_target")
      .values({
        ...text,
        ...at,
        code: "asked-90",
        indicator_code: indicator,
        level: "province",
        due_on: LATER,
      })
      .execute();
    const path = `/sums?indicator=${indicator}&province=${PROVINCE}&as_of=${DAY}`;
    expect((await get(path)).items).toMatchObject([{ targets: [{ verdict: "not_met" }] }]);
    expect((await get(`${path}&operator=viettel`)).items).toMatchObject([{ targets: [] }]);
    const gaps = await app.request("/api/v1/coverage/gaps?target=asked-90&operator=viettel");
    expect((await problemOf(gaps)).errors?.map(({ field }) => field)).toEqual(["query.operator"]);
  });

  test("has no list of communes where provinces report", async () => {
    const own = await world.addIndicator({ lowest_level: "province" });
    const gaps = await app.request(`/api/v1/coverage/gaps?indicator=${own}&threshold=1`);
    expect((await problemOf(gaps)).errors?.map(({ field }) => field)).toEqual(["query.indicator"]);
  });
});

test.each(["sums?", `releases/${RELEASE}/figures?`])(
  "a map of one unit has that unit alone: others would seem not to have reported (%s)",
  async (place) => {
    const day = place === "sums?" ? `&as_of=${DAY}` : "";
    const path = `${place}indicator=${indicator}&unit=${PROVINCE}${day}&format=geojson`;
    const { features } = await get(`/${path}`);
    expect(features).toMatchObject([{ properties: { ratio: 0.8, missing_reason: null } }]);
  },
);

test("no release is asked for days after its own", async () => {
  const path = `sums?indicator=${indicator}&release=${RELEASE}&as_of=${LATER}`;
  const response = await app.request(`/api/v1/coverage/${path}`);
  expect((await problemOf(response)).errors?.map(({ field }) => field)).toEqual(["query.as_of"]);
});

test("a release's workbook lists a commune that has only a projection as missing", async () => {
  const own = await world.addIndicator();
  const [one, other] = world.communes(PROVINCE);
  await world.add([share(one?.id ?? 0, own, { basis: "projected" }), share(other?.id ?? 0, own)]);
  await publish();
  const data = await releaseWorkbookData(world.db, `${RELEASE}.2`, 50_000);
  const missing = data && "missing" in data ? data.missing : [];
  const of = (code: string | undefined) =>
    missing.find((unit) => unit.code === code)?.missing.map((each) => each.indicator) ?? [];
  expect(of(one?.code)).toContain(own);
  expect(of(other?.code)).not.toContain(own);
});

test("the metrics are made anew when a denominator came, or a target was changed", async () => {
  const before = await coverageMark(world.db);
  await world.db
    .updateTable("coverage_target")
    .set({ threshold: 0.95 })
    .where("code", "=", "asked-90")
    .execute();
  const changed = await coverageMark(world.db);
  expect(changed).not.toBe(before);
  await world.db
    .insertInto("coverage_denominator")
    .values({
      unit_id: world.communes(PROVINCE)[0]?.id ?? 0,
      kind: "households",
      as_of: DAY,
      value: 1,
      source: "x",
      revision: 1,
      recorded_by: "x",
      recorded_at: new Date("2027-04-01T00:00:00Z"),
    })
    .execute();
  expect(await coverageMark(world.db)).not.toBe(changed);
});
