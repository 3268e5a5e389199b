import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as lab from "../../lab/coverage-figures.ts";
import { fillCoverage } from "../../src/demo-coverage.ts";
import type { Database } from "../../src/store/database.ts";
import { openCoverageDatabase } from "../support/coverage-database.ts";
import { communesOf, householdFigure, recordFigures } from "../support/coverage-figures.ts";
import { linksOf, readPage } from "../web/compliance-page.ts";
import { type AppServer, startApp } from "./support/app-server.ts";

let db: Database;
let close: () => Promise<void>;
let app: AppServer;
beforeAll(async () => {
  ({ db, close } = await openCoverageDatabase());
  app = await startApp(db);
  app.clock.now = Date.parse("2026-11-22T05:00:00Z");
});
afterAll(async () => {
  await app.stop();
  await close();
});

const read = new Map<string, ReturnType<typeof readPage>>();
/** A page as it was when it was first asked for. */
const page = (path: string) => {
  const asked = read.get(path) ?? readPage(app, path);
  read.set(path, asked);
  return asked;
};

describe("with nothing but figures that others have published", () => {
  test("what was published stands apart from sums, and every province is told to have no data", async () => {
    const { text, source } = await page("/coverage?lang=en&indicator=fibre_hh_using");
    expect(text).toContain("Published elsewhere");
    expect(text).toContain("part of no sum above");
    expect(text).toContain("85.1%");
    expect(text).toContain("No commune has reported this indicator");
    expect(source.match(/no data<\/b>/g)?.length).toBeGreaterThanOrEqual(34);
    expect(source).not.toContain('class="made-up"');
  });

  test("a gap list needs figures first, and says so", async () => {
    expect((await page("/coverage/gaps?lang=en")).text).toContain("no figure is invented");
  });

  test("there is no release yet, on three pages", async () => {
    expect((await page("/coverage/releases?lang=vi")).text).toContain("Chưa có bản công bố nào");
    expect((await page("/open-data?lang=en")).text).toContain("There is no release yet");
    expect((await page("/coverage/releases/2026-Q3?lang=en")).response.status).toBe(404);
  });
});

describe("with made-up figures of three quarters and a release", () => {
  beforeAll(async () => {
    read.clear();
    const madeUpFigures: typeof lab.madeUpFigures = (communes, quarters, asOf) =>
      lab.madeUpFigures(
        communes.filter((_, index) => index % 40 === 0),
        quarters,
        asOf,
      );
    const stop = new AbortController().signal;
    await fillCoverage(db, { ...lab, madeUpFigures }, { today: "2026-11-22", stop });
  });

  test("the map's page has every province with counts, bounds and a verdict, without any script", async () => {
    const { text, source } = await page("/coverage?lang=en");
    expect(source.match(/<tr data-unit=/g)).toHaveLength(34);
    expect(text).toContain("What this indicator counts");
    expect(text).toContain("can get (whoever wants it can have it)");
    expect(text).toContain("at 0 % (at least) and at 100 % (at most)");
    expect(text).toMatch(/Hà Nội 01 · details [\d.]+% made up [\d,]+\/[\d,]+ \d+\/126/);
    expect(text).toContain("not reported");
    expect(text).toContain("Boundaries: sapnhap.bando.com.vn");
  });

  test("made-up figures are marked above the page and in every row", async () => {
    const { source } = await page("/coverage?lang=vi");
    expect(source).toContain('class="made-up" role="note"');
    const rows = source.split("<tr data-unit=").slice(1);
    const withValue = rows.filter((row) => !row.includes("chưa có số liệu</b>"));
    expect(withValue.length).toBeGreaterThan(0);
    expect(withValue.filter((row) => !row.includes("giả định"))).toEqual([]);
  });

  test("legend and rows tell classes by pattern and words, what is missing among them", async () => {
    const { source } = await page("/coverage?lang=en");
    const lines = [...source.matchAll(/data-class="(\w+)"[^>]*data-lines="([^"]*)"/g)];
    expect(lines.map(([, id]) => id)).toEqual(["c0", "c1", "c2", "c3", "c4", "missing"]);
    expect(new Set(lines.map(([, , path]) => path)).size).toBe(6);
  });

  test("both languages say the same numbers, each in its own way of writing", async () => {
    const [vi, en] = [await page("/coverage?lang=vi"), await page("/coverage?lang=en")];
    expect(vi.response.headers.get("content-language")).toBe("vi");
    const digits = ({ source }: typeof vi) =>
      [...source.matchAll(/<b class="big">([^<]+)</g)].map(([, value]) =>
        value?.replace(/\D/g, ""),
      );
    expect(digits(vi)).toEqual(digits(en));
  });

  test("a province's page of communes leads to each, and the table is sorted by query", async () => {
    const { source, text } = await page(
      "/coverage?lang=en&level=commune&province=48&sort=ratio&order=desc",
    );
    expect(source).toContain('aria-sort="descending"');
    expect(source).toContain("/coverage/units/commune/");
    expect(text).toContain("Hoàng Sa");
    const ratios = [...source.matchAll(/<b>([\d.]+)%<\/b>/g)].map(([, value]) => Number(value));
    expect(ratios).toEqual(ratios.toSorted((one, other) => other - one));
  });

  test("all communes of the country come piece by piece, and their map only when it is asked for", async () => {
    const { source, text } = await page("/coverage?lang=en&level=commune");
    expect(source.match(/<tr data-unit=/g)).toHaveLength(200);
    expect(text).toContain("Page 1 of 17");
    expect(text).toMatch(/An Biên An Giang, \d{5}/);
    expect(source).toMatch(/data-lazy="Draw the map of every commune/);
    expect((await page("/coverage?lang=en&level=commune&page=99")).text).toContain("Page 17 of 17");
  });

  test("the map's data has the words of the table, the names of both archipelagos, and is sent once", async () => {
    const response = await app.request("/coverage/map.json?lang=vi");
    const { units, islands } = (await response.json()) as {
      units: Record<string, { class: string; says: string; link: string }>;
      islands: { name: string; lon: number; lat: number }[];
    };
    expect(Object.keys(units)).toHaveLength(34);
    expect(units["48"]?.says).toMatch(/^Đà Nẵng: .*đã báo cáo/);
    expect(units["48"]?.link).toContain("level=commune&province=48");
    expect(Object.values(units).some((unit) => unit.class === "missing")).toBe(true);
    expect(islands.map(({ name }) => name)).toEqual(["Quần đảo Hoàng Sa", "Quần đảo Trường Sa"]);
    expect(islands[1]?.lon).toBeGreaterThan(109);
    const again = await app.request("/coverage/map.json?lang=vi", {
      headers: { "If-None-Match": response.headers.get("etag") ?? "" },
    });
    expect(again.status).toBe(304);
  });

  test("boundaries and the map's library are compressed, and boundaries have an entity tag", async () => {
    for (const path of ["/api/v1/coverage/boundaries?level=commune", "/assets/ol.js"]) {
      const response = await app.request(path, { headers: { "Accept-Encoding": "gzip" } });
      expect(response.headers.get("content-encoding")).toBe("gzip");
      await response.arrayBuffer();
    }
    const first = await app.request("/api/v1/coverage/boundaries?level=province");
    const tag = first.headers.get("etag") ?? "";
    const again = await app.request("/api/v1/coverage/boundaries?level=province", {
      headers: { "If-None-Match": tag },
    });
    expect([tag === "", again.status]).toEqual([false, 304]);
  });

  test("the files of a page are those of its question", async () => {
    const { source } = await page("/coverage?lang=en&level=commune&province=46&at=2026-Q3");
    for (const format of ["csv", "xlsx", "geojson"]) {
      const link = linksOf(source).find((each) => each.includes(`format=${format}`)) ?? "";
      expect(link).toContain("release=2026-Q3");
      const response = await app.request(link);
      expect(response.status).toBe(200);
      await response.arrayBuffer();
    }
  });

  test("a province tells indicators with trend and method break, gaps, origins, and what it was made from", async () => {
    const { text, source } = await page("/coverage/units/province/48?lang=en");
    expect(text).toContain("Thành phố Đà Nẵng");
    expect(source).toContain('<svg class="trend"');
    expect(text).toContain("other method: does not compare with before");
    expect(text).toContain("Communes where most is missing");
    expect(text).toMatch(/submission \d+/);
    expect(text).toMatch(/Made from .*Tỉnh Quảng Nam 49 the whole/);
    expect(text).toContain("Other units that had the same code");
  });

  test("a gap list names the communes with most missing first", async () => {
    const { text, source } = await page("/coverage/gaps?lang=en&province=46");
    expect(source).toContain('class="made-up" role="note"');
    expect(text).toContain("not reported");
    const rows = [...source.matchAll(/data-label="Missing">\s*<b>([\d,]+)</g)];
    const missing = rows.map(([, value]) => Number(value?.replaceAll(",", "")));
    expect(missing.length).toBeGreaterThan(0);
    expect(missing).toEqual(missing.toSorted((one, other) => other - one));
  });

  test("a release tells its content, its checksum and how to verify it, and filters its changes", async () => {
    const { text, source } = await page("/coverage/releases/2026-Q3?lang=en&indicator=pop_5g");
    expect(text).toContain("Change of method");
    expect(text).toContain("sha256sum -c");
    const checksum = /echo &quot;([0-9a-f]{64})|echo "([0-9a-f]{64})/.exec(source);
    const csv = await app.request("/api/v1/coverage/releases/2026-Q3/figures?format=csv");
    const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await csv.arrayBuffer()));
    expect(checksum?.[1] ?? checksum?.[2]).toBe(Buffer.from(bytes).toString("hex"));
    expect(text).toContain("change of method: does not compare");
    const changes = source.slice(source.indexOf('id="changes"'));
    const told = [...changes.matchAll(/data-label="Indicator and day">\s*([^<\n]+)/g)];
    expect(new Set(told.map(([, name]) => name?.trim()))).toEqual(
      new Set(["Population covered by 5G"]),
    );
  });

  test("open data has the licence, each file with its checksum, and the catalogue for machines", async () => {
    const { text, source } = await page("/open-data?lang=vi");
    expect(linksOf(source)).toContain("/open-data.jsonld");
    expect(source.match(/class="hash">\s*[0-9a-f]{64}/g)?.length).toBeGreaterThanOrEqual(3);
    expect(text).toContain("giả định");
  });

  test("what a file says is escaped wherever it is shown", async () => {
    const [commune] = await communesOf(db, "46");
    const reason = "<script>alert(1)</script>";
    const figure = householdFigure(commune?.id ?? 0, { note: reason });
    await recordFigures(db, [figure]);
    await recordFigures(db, [{ ...figure, numerator: 81 }], { reason });
    const { source, text } = await page(`/coverage/units/commune/${commune?.code}?lang=en`);
    expect(text).toContain(reason);
    expect(source).not.toContain(reason);
    expect(text).toContain("no. 2");
  });
});

test("an address that asks for what is not there is refused in words", async () => {
  for (const [path, status] of [
    ["/coverage?indicator=nope&lang=vi", 400],
    ["/coverage?at=yesterday", 400],
    ["/coverage?province=99", 400],
    ["/coverage/gaps?target=nope", 400],
    ["/coverage/units/commune/99999", 404],
    ["/coverage/releases/2031-Q1", 404],
  ] as const) {
    const { response, source } = await page(path);
    expect([path, response.status]).toEqual([path, status]);
    expect(source).toContain("<main");
  }
});

test("every link between these pages leads somewhere, in both languages", async () => {
  for (const lang of ["vi", "en"]) {
    const { source } = await page(`/coverage?lang=${lang}`);
    const pages = linksOf(source).filter((link) =>
      /^\/(open-data|coverage\/(gaps|releases))\?/.test(link),
    );
    expect(pages.length).toBeGreaterThanOrEqual(3);
    for (const link of pages)
      expect([link, (await page(link)).response.status]).toEqual([link, 200]);
  }
});
