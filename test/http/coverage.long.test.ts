import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { coverageMetricsData, importFacts } from "../../src/reports/coverage/metrics-data.ts";
import { type CoverageWorld, DAY, NOTHING, openWorld, share } from "../reports/coverage/world.ts";
import { type AppServer, makeKey, problemOf, startApp } from "./support/app-server.ts";

/** Huế has 40 communes. */
const PROVINCE = "46";
const BEFORE = "2026-06-30";

let world: CoverageWorld;
let app: AppServer;
let indicator: string;
beforeAll(async () => {
  world = await openWorld();
  indicator = await world.addIndicator();
  const communes = world.communes(PROVINCE);
  await world.add(
    communes.map(({ id }) => share(id, indicator, { asOf: BEFORE, numerator: 70 })),
    "2026-07-05T00:00:00Z",
  );
  await world.add(
    communes
      .slice(1)
      .map(({ id }, index) => share(id, indicator, index === 0 ? { numerator: 10 } : {})),
    "2026-10-05T00:00:00Z",
  );
  await world.add(
    [share(communes[1]?.id ?? 0, indicator, { numerator: 20 })],
    "2026-11-05T17:00:00Z",
  );
  const target = { indicator_code: indicator, level: "province", comparison: "at_least" } as const;
  const text = {
    legal_document: "Quyết định",
    text_vi: "x",
    text_en: "x",
    certainty: "unverified",
  } as const;
  await world.db
    .insertInto("coverage_target")
    .values([
      {
        ...target,
        ...text,
        code: "world-75",
        threshold: 0.75,
        threshold_kind: "ratio",
        due_on: "2025-12-31",
      },
      {
        ...target,
        ...text,
        code: "world-100",
        threshold: 1,
        threshold_kind: "ratio",
        due_on: "2030-12-31",
      },
      {
        ...target,
        ...text,
        code: "world-80",
        threshold: 0.78,
        threshold_kind: "ratio",
        due_on: "2030-12-31",
      },
    ])
    .execute();
  app = await startApp(world.db);
  app.clock.now = Date.parse("2026-11-22T05:00:00Z");
});
afterAll(async () => {
  await app.stop();
  await world.close();
});

interface Body {
  readonly items: readonly Record<string, unknown>[];
  readonly next_cursor: string | null;
  readonly [member: string]: unknown;
}
const get = async (path: string): Promise<Body> => {
  const response = await app.request(`/api/v1/coverage${path}`);
  expect([path, response.status]).toEqual([path, 200]);
  return (await response.json()) as Body;
};
const codesOf = ({ items }: Body) => items.map(({ unit }) => (unit as { code: string }).code);

describe("the coverage API", () => {
  test("names its indicators with their days, its targets and its sources", async () => {
    const overview = await get("");
    expect(overview).toMatchObject({ made_up: true });
    expect(overview["indicators"]).toContainEqual(
      expect.objectContaining({ code: indicator, days: [DAY, BEFORE] }),
    );
    const targets = await get(`/targets?indicator=${indicator}`);
    expect(targets.items).toMatchObject([
      { code: "world-100", due: false, certainty: "unverified" },
      { code: "world-75", due: true },
      { code: "world-80", due: false },
    ]);
    const page = await get("/indicators?limit=1");
    expect([page.items.length, page.next_cursor === null]).toEqual([1, false]);
  });

  test("sums up a day for provinces, the last one unless another is named, beside every target", async () => {
    const sums = await get(`/sums?indicator=${indicator}&province=${PROVINCE}`);
    expect(sums).toMatchObject({
      as_of: DAY,
      units: "2026-11-22",
      made_up: false,
      items: [
        {
          unit: { level: "province", code: PROVINCE },
          numerator: 20 + 38 * 80,
          denominator: 3900,
          lower: 3060 / 4000,
          upper: 3160 / 4000,
          missing: { not_reported: 1 },
          targets: [
            { target: "world-100", verdict: "not_met", due_on: "2030-12-31" },
            { target: "world-75", verdict: "met" },
            { target: "world-80", verdict: "unknown", certainty: "unverified" },
          ],
        },
      ],
    });
    const earlier = await get(`/sums?indicator=${indicator}&province=${PROVINCE}&as_of=${BEFORE}`);
    expect(earlier.items).toMatchObject([{ ratio: 0.7 }]);
  });

  test("tells what was known at the end of a past day", async () => {
    const path = `/sums?indicator=${indicator}&province=${PROVINCE}&as_of=${DAY}&known_on=`;
    // 17:00 UTC is midnight in Ha Noi.
    expect((await get(`${path}2026-11-05`)).items).toMatchObject([{ numerator: 10 + 38 * 80 }]);
    expect((await get(`${path}2026-11-06`)).items).toMatchObject([{ numerator: 20 + 38 * 80 }]);
    expect((await get(`${path}2026-09-30`)).items).toMatchObject([{ reported_communes: 0 }]);
  });

  test("pages through communes, and gives all of them as CSV and XLSX", async () => {
    const path = `/sums?indicator=${indicator}&level=commune&province=${PROVINCE}`;
    const first = await get(`${path}&limit=30`);
    const second = await get(`${path}&limit=30&cursor=${first.next_cursor}`);
    expect([...codesOf(first), ...codesOf(second)]).toEqual(
      world.communes(PROVINCE).map(({ code }) => code),
    );
    expect(second.next_cursor).toBe(null);
    const csv = await (await app.request(`/api/v1/coverage${path}&format=csv`)).text();
    expect(csv.trim().split("\r\n").length).toBe(41);
    expect(csv.split("\r\n")[0]).toContain("missing.not_reported,missing.suppressed");
    const xlsx = await app.request(`/api/v1/coverage${path}&format=xlsx`);
    expect(
      Buffer.from(await xlsx.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe("PK");
  });

  test("lists the communes that keep a target from being met, most missing first", async () => {
    const gaps = await get(`/gaps?indicator=${indicator}&threshold=0.8&province=${PROVINCE}`);
    const [absent, below] = world.communes(PROVINCE);
    expect(gaps).toMatchObject({ indicator, as_of: DAY, threshold: 0.8, communes: 2 });
    expect(gaps.items).toMatchObject([
      { unit: { code: absent?.code }, reason: "not_reported", missing: 100 },
      { unit: { code: below?.code }, reason: "below", numerator: 20, missing: 80 },
    ]);
    const byTarget = await get(`/gaps?target=world-100&province=${PROVINCE}`);
    expect(byTarget).toMatchObject({ threshold: 1, communes: 40 });
  });

  test("gives a series of a unit and compares two days", async () => {
    const series = await get(`/series?indicator=${indicator}&unit=${PROVINCE}`);
    expect(series.items).toMatchObject([
      { as_of: BEFORE, ratio: 0.7, reported_communes: 40 },
      { as_of: DAY, ratio: 3060 / 3900, reported_communes: 39 },
    ]);
    expect((await get(`/series?indicator=${indicator}&from=${DAY}`)).items.length).toBe(1);
    const compared = await get(
      `/compare?indicator=${indicator}&from=${BEFORE}&to=${DAY}&province=${PROVINCE}`,
    );
    expect(compared.items).toMatchObject([
      { from: { as_of: BEFORE }, to: { as_of: DAY }, change: 3060 / 3900 - 0.7, break: null },
    ]);
  });

  test("lists figures by what they are of, and the revisions of one with their origin for those who may see it", async () => {
    const [, unit] = world.communes(PROVINCE);
    const list = await get(`/figures?indicator=${indicator}&as_of=${DAY}&unit=${unit?.code}`);
    expect(list.items).toMatchObject([
      {
        unit: { code: unit?.code },
        province: PROVINCE,
        numerator: 20,
        revision: 2,
        reason: "corrected",
      },
    ]);
    const then = await get(
      `/figures?indicator=${indicator}&as_of=${DAY}&unit=${unit?.code}&known_on=2026-11-01`,
    );
    expect(then.items).toMatchObject([{ numerator: 10, revision: 1 }]);
    const first = await get(`/figures?indicator=${indicator}&limit=25`);
    const next = await get(`/figures?indicator=${indicator}&limit=500&cursor=${first.next_cursor}`);
    expect(first.items.length + next.items.length).toBe(79);
    const all = await get(`/figures?indicator=${indicator}&replaced=true&limit=500`);
    expect(all.items.length).toBe(80);
    const path = `/figures/${String(list.items[0]?.["id"])}`;
    expect((await get(path)).items).toMatchObject([
      { revision: 1, numerator: 10, from: { by: null, file_name: null, via: "command" } },
      { revision: 2, numerator: 20 },
    ]);
    const key = await makeKey(world.db, "reader");
    const open = (await (await app.request(`/api/v1/coverage${path}`, { key })).json()) as Body;
    expect(open.items).toMatchObject([{ from: { by: "test", file_name: "báo cáo.csv" } }, {}]);
  });

  test("marks every answer that rests on a made-up source", async () => {
    const invented = await world.addIndicator();
    const unit = world.communes(PROVINCE)[3];
    await world.add([
      share(unit?.id ?? 0, invented, { source: "world-invented" }),
      share(world.unit("country", "VN").id, invented, { ...NOTHING, statedRatio: 0.5 }),
    ]);
    const sums = await get(`/sums?indicator=${invented}&level=country`);
    expect(sums).toMatchObject({
      made_up: true,
      items: [{ made_up: true, stated: { ratio: 0.5 } }],
    });
    expect(await get(`/gaps?indicator=${invented}&threshold=1`)).toMatchObject({ made_up: true });
    expect((await get(`/figures?indicator=${invented}&level=commune`)).items).toMatchObject([
      { made_up: true },
    ]);
  });

  test("has the last reported day of every indicator as metrics, for whoever may scrape", async () => {
    const closed = await startApp(world.db, { metricsToken: "token-for-tests" });
    try {
      await closed.coverageMetrics.set(await coverageMetricsData(world.db, "2026-11-22"));
      const path = "/metrics/coverage";
      expect((await closed.request(path)).status).toBe(401);
      const response = await closed.request(path, { key: "token-for-tests" });
      expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
      const text = await response.text();
      const label = `indicator="${indicator}",level="province",unit="${PROVINCE}"`;
      expect(text).toContain(`\ncoverage_ratio{${label}} ${3060 / 3900}\n`);
      expect(text).toContain(`\ncoverage_ratio_lower{${label}} ${3060 / 4000}\n`);
      expect(text).toContain(`\ncoverage_reported_communes{${label}} 39\n`);
      expect(text).toContain('unit="46",level="province",province="46",name="Thành phố Huế"} 1');
      expect(text).toContain(
        `coverage_target_ratio{target="world-75",indicator="${indicator}",level="province"} 0.75`,
      );
    } finally {
      await closed.stop();
    }
  });

  test("tells what was imported, and when something was last", async () => {
    const { outcomes, lastAt } = await importFacts(world.db);
    expect(outcomes).toMatchObject({ held: 0, refused: 0 });
    expect(outcomes.accepted).toBeGreaterThan(2);
    expect(lastAt).toEqual(new Date("2025-10-05T02:00:00Z"));
  });

  test.each([
    ["/sums?indicator=no_such", "query.indicator"],
    ["/sums?indicator=INDICATOR&surprise=1", "query.surprise"],
    ["/sums?indicator=INDICATOR&version=7", "query.version"],
    ["/sums?indicator=INDICATOR&release=2026-Q3&known_on=2026-10-01", "query.known_on"],
    ["/sums?indicator=INDICATOR&as_of=2026-02-30", "query.as_of"],
    ["/sums?indicator=INDICATOR&level=district", "query.level"],
    ["/gaps?indicator=INDICATOR", "query.threshold"],
    ["/gaps?target=no-such", "query.target"],
    ["/gaps", "query.target"],
    ["/series?indicator=INDICATOR&unit=1", "query.unit"],
    ["/compare?indicator=INDICATOR&from=2026-06-30&to=soon", "query.to"],
    ["/figures?status=lost", "query.status"],
  ])("refuses %s, naming the field", async (path, field) => {
    const response = await app.request(`/api/v1/coverage${path.replace("INDICATOR", indicator)}`);
    expect(response.status).toBe(400);
    expect((await problemOf(response)).errors?.map((error) => error.field)).toContain(field);
  });

  test("knows no release and no figure that is not there", async () => {
    const lost = await app.request(`/api/v1/coverage/sums?indicator=${indicator}&release=2020-Q1`);
    expect(lost.status).toBe(404);
    expect((await app.request("/api/v1/coverage/figures/999999999999")).status).toBe(404);
  });

  test("is closed without a key where nothing is public", async () => {
    const closed = await startApp(world.db, { publicRead: "none" });
    try {
      const paths = [
        "",
        "/sums?indicator=x",
        "/figures",
        "/gaps",
        "/series?indicator=x",
        "/targets",
      ];
      for (const path of paths) {
        expect((await closed.request(`/api/v1/coverage${path}`)).status).toBe(401);
      }
      const key = await makeKey(world.db, "reader");
      expect((await closed.request("/api/v1/coverage", { key })).status).toBe(200);
    } finally {
      await closed.stop();
    }
  });
});
