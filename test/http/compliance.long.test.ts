import { readXlsx } from "hucre/xlsx";
import { parse } from "csv-parse/sync";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { buildComplianceWorld, dayAgo } from "../reports/compliance-world.ts";
import { openTestDatabase } from "../support/database.ts";
import {
  type AppOptions,
  type AppServer,
  makeKey,
  problemOf,
  startApp,
} from "./support/app-server.ts";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
const keys = { reader: "", health: "", hanoi: "" };
let app: AppServer | undefined;
beforeAll(async () => {
  opened = await openTestDatabase();
  await buildComplianceWorld(opened.db);
  keys.reader = await makeKey(opened.db, "reader");
  keys.health = await makeKey(opened.db, "reader", { agency: "ministry-yte" });
  keys.hanoi = await makeKey(opened.db, "reader", { province: "01" });
});
afterEach(async () => {
  await app?.stop();
  app = undefined;
});
afterAll(() => opened.close());

const start = async (options: AppOptions = {}) => (app = await startApp(opened.db, options));
interface Row extends Record<string, unknown> {
  id: string;
  requirements: { id: string; verdict: string }[];
}
interface Body extends Record<string, unknown> {
  items: Row[];
  next_cursor: string | null;
}
const bodyOf = async (response: Promise<Response>) => (await (await response).json()) as Body;
const ids = ({ items }: Body) => items.map(({ id }) => id).toSorted();

const LISTS = [
  "/api/v1/compliance",
  "/api/v1/compliance?sort=level&order=desc",
  "/api/v1/compliance?as_of=2026-11-12&sort=since",
  "/api/v1/compliance/agencies",
  `/api/v1/compliance/diff?from=${dayAgo(15)}`,
  "/api/v1/requirements",
  "/api/v1/portals/half/findings",
  "/api/v1/portals/half/findings?history=true",
  "/api/v1/portals/half/audits",
];
const withQuery = (path: string, query: string) =>
  `${path}${path.includes("?") ? "&" : "?"}${query}`;

describe.each(LISTS)("the list %s", (path) => {
  test("in pages of two holds every row once, in one order, each page saying whose criteria these are", async () => {
    const { request } = await start({ madeUp: true });
    const get = (query: string) => bodyOf(request(withQuery(path, query), { key: keys.reader }));
    const whole = await get("lang=vi");
    expect(whole).toMatchObject({ criteria: "theo tiêu chí của hệ thống", made_up: true });
    const seen: unknown[] = [];
    let cursor: string | null = null;
    do {
      const more: string = cursor === null ? "" : `&cursor=${cursor}`;
      const page = await get(`lang=vi&limit=2${more}`);
      expect(page).toMatchObject({ criteria: "theo tiêu chí của hệ thống", made_up: true });
      seen.push(...page.items);
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(seen).toEqual(whole.items.slice(0, seen.length));
    expect(seen.length).toBeGreaterThan(2);
    const english = await get("lang=en&limit=1");
    expect(english).toMatchObject({ criteria: "by this system's criteria" });
  });

  test("as CSV has as many rows", async () => {
    const { request } = await start();
    const whole = await bodyOf(request(path, { key: keys.reader }));
    const csv = await request(withQuery(path, "format=csv&lang=vi"), { key: keys.reader });
    expect(csv.headers.get("content-type")).toContain("text/csv");
    const rows = parse(Buffer.from(await csv.arrayBuffer()), { bom: true, columns: true });
    expect(rows.length).toBeGreaterThanOrEqual(whole.items.length);
  });
});

describe("without a key", () => {
  test("levels, grades and the requirements that go by them are shown, findings are not", async () => {
    const { request } = await start();
    const { items } = await bodyOf(request("/api/v1/compliance"));
    const half = items.find(({ id }) => id === "half");
    expect(half).toMatchObject({ level: "L2", grade: "D" });
    expect(half).not.toHaveProperty("findings");
    expect(half).not.toHaveProperty("problems");
    const judged = half?.requirements.map(({ id }) => id);
    expect(judged).toContain("qd-38-2021-portals");
    expect(judged).not.toContain("tt-32-2017-dnssec");
  });

  test("findings, the facts of audits and filters that would tell them need a key", async () => {
    const { request } = await start();
    const { items } = await bodyOf(request("/api/v1/portals/half/audits"));
    for (const path of [
      "/api/v1/portals/half/findings",
      `/api/v1/portals/half/audits/${items[0]?.id}`,
      "/api/v1/compliance?requirement=tt-32-2017-dnssec",
    ]) {
      expect([path, (await request(path)).status]).toEqual([path, 401]);
    }
    const open = await bodyOf(request("/api/v1/compliance?requirement=qd-749-2020-ipv6"));
    expect(ids(open)).toEqual(["half"]);
  });

  test("shares and differences tell no findings", async () => {
    const { request } = await start();
    const { shares, items } = await bodyOf(request("/api/v1/compliance/agencies"));
    const shown = (shares as { requirements: { id: string }[] }).requirements.map(({ id }) => id);
    expect(shown).toContain("qd-38-2021-portals");
    for (const list of [shown, items[0]?.requirements.map(({ id }) => id)]) {
      expect(list).not.toContain("tt-32-2017-dnssec");
    }
    const diff = await bodyOf(request(`/api/v1/compliance/diff?from=${dayAgo(15)}`));
    expect(diff.items.find(({ id }) => id === "half")).toMatchObject({ change: "worse" });
    for (const row of diff.items) expect(row).not.toHaveProperty("because");
  });

  test("CSV and XLSX hold no findings either", async () => {
    const { request } = await start();
    const csv = await (await request("/api/v1/compliance?format=csv&lang=en")).text();
    expect(csv.split("\r\n")[0]).not.toMatch(/findings|problems|dnssec/);
    expect(csv).not.toContain("expired");
    const xlsx = await request("/api/v1/compliance?format=xlsx&lang=en");
    const { sheets } = await readXlsx(new Uint8Array(await xlsx.arrayBuffer()));
    expect(sheets.map(({ name }) => name)).not.toContain("Findings");
    expect(JSON.stringify(sheets.map(({ rows }) => rows))).not.toContain("expired");
  });

  test("nothing at all is shown where PUBLIC_READ is none, everything where it is all", async () => {
    const { request } = await start({ publicRead: "none" });
    for (const path of LISTS) expect([path, (await request(path)).status]).toEqual([path, 401]);
    await app?.stop();
    const open = await start({ publicRead: "all" });
    for (const path of LISTS)
      expect([path, (await open.request(path)).status]).toEqual([path, 200]);
    const { items } = await bodyOf(open.request("/api/v1/compliance"));
    expect(items.find(({ id }) => id === "half")).toMatchObject({ findings: { fail: 2 } });
  });
});

describe("a key that is limited to one agency", () => {
  test("shows the findings of that agency's portals alone", async () => {
    const { request } = await start();
    const { items } = await bodyOf(request("/api/v1/compliance", { key: keys.health }));
    expect(
      items
        .filter((row) => "problems" in row)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(["dead", "fresh", "half", "slow", "stale"]);
    expect((await request("/api/v1/portals/half/findings", { key: keys.health })).status).toBe(200);
    expect((await request("/api/v1/portals/hanoi/findings", { key: keys.health })).status).toBe(
      403,
    );
  });

  test("may filter by what goes by findings only within it", async () => {
    const { request } = await start();
    const path = "/api/v1/compliance?requirement=tt-32-2017-dnssec";
    expect((await request(path, { key: keys.health })).status).toBe(403);
    const own = await request(`${path}&agency=ministry-yte`, { key: keys.health });
    expect(ids((await own.json()) as Body)).toEqual(["half"]);
    expect((await request(`${path}&province=01`, { key: keys.hanoi })).status).toBe(200);
    expect((await request(`${path}&agency=province-01`, { key: keys.hanoi })).status).toBe(403);
  });

  test("gets a workbook with the findings of that agency alone", async () => {
    const { request } = await start();
    const xlsx = await request("/api/v1/compliance?lang=en", {
      key: keys.hanoi,
      headers: { Accept: XLSX },
    });
    expect(xlsx.headers.get("content-type")).toBe(XLSX);
    expect(xlsx.headers.get("content-disposition")).toBe('attachment; filename="compliance.xlsx"');
    const { sheets } = await readXlsx(new Uint8Array(await xlsx.arrayBuffer()));
    expect(JSON.stringify(sheets.map(({ rows }) => rows))).not.toContain("expired");
  });
});

describe("the list", () => {
  test("takes every filter, and refuses days that have not come", async () => {
    const { request } = await start();
    const get = async (query: string) =>
      ids(await bodyOf(request(`/api/v1/compliance?${query}`, { key: keys.reader })));
    expect(await get("agency=province-01")).toEqual(["hanoi"]);
    expect(await get("province=46&kind=public-service-gateway")).toEqual(["hue"]);
    expect(await get("level=L3")).toEqual(["slow"]);
    expect(await get("grade=D")).toEqual(["half"]);
    expect(await get(`changed_since=${dayAgo(7)}`)).toEqual(["hanoi"]);
    expect(await get("requirement=qd-749-2020-ipv6&verdict=met")).toEqual(["hanoi", "slow"]);
    expect(await get("q=huế")).toEqual(["hue"]);
    expect(await get(`level=L3&as_of=${dayAgo(9)}`)).toEqual(["half", "hanoi", "slow"]);
    for (const query of ["as_of=2026-11-23", "as_of=2026-13-01", "level=L9", "sort=host", "to=x"]) {
      const refused = await request(`/api/v1/compliance?${query}`);
      expect([query, refused.status]).toEqual([query, 400]);
      expect((await problemOf(refused)).errors?.[0]?.field).toBe(`query.${query.split("=")[0]}`);
    }
  });

  test("as XLSX is a file that opens, with the changes where those are asked for", async () => {
    const { request } = await start();
    const read = async (path: string) => {
      const response = await request(path, { key: keys.reader });
      expect([response.status, response.headers.get("content-type")]).toEqual([200, XLSX]);
      return (await readXlsx(new Uint8Array(await response.arrayBuffer()))).sheets;
    };
    const names = (sheets: { name: string }[]) => sheets.map(({ name }) => name);
    expect(names(await read("/api/v1/compliance?format=xlsx&lang=vi"))).toContain("Phát hiện");
    expect(names(await read("/api/v1/compliance/agencies?format=xlsx&lang=en"))).toContain(
      "Shares",
    );
    const diff = await read(`/api/v1/compliance/diff?format=xlsx&lang=en&from=${dayAgo(15)}`);
    expect(names(diff)[0]).toBe("Changes");
    expect(JSON.stringify(diff[0]?.rows)).toContain("no longer known");
  });

  test("as CSV has words in the language that was asked for, and guards formulas", async () => {
    const { request } = await start();
    const rows = async (lang: string) =>
      parse(
        await (
          await request(`/api/v1/compliance?format=csv&lang=${lang}`, { key: keys.reader })
        ).text(),
        { bom: true, columns: true },
      ) as Record<string, string>[];
    const half = (await rows("vi")).find(({ id }) => id === "half");
    expect(half).toMatchObject({
      name_vi: "'=1+1",
      level_text: "L2 – Truy cập được qua IPv6",
      "requirement.qd-38-2021-portals": "chưa đạt",
      "findings.fail": "2",
      problems: expect.stringContaining("W3 IPv6"),
      criteria: "theo tiêu chí của hệ thống",
      made_up: "",
    });
    expect((await rows("en")).find(({ id }) => id === "half")).toMatchObject({
      level_text: "L2 – Reachable over IPv6",
      "requirement.qd-38-2021-portals": "not met",
    });
  });
});

describe("findings of a portal", () => {
  test("come in the order of checks, in words of the language that was asked for", async () => {
    const { request } = await start();
    const get = (query: string) =>
      bodyOf(request(`/api/v1/portals/half/findings?${query}`, { key: keys.reader }));
    const { items } = await get("lang=vi");
    expect(items.map(({ check }) => check)).toEqual(["D4", "D5", "W3", "H1"]);
    expect(items[1]).toMatchObject({
      verdict: "warn",
      verdict_text: "Cần lưu ý",
      says: expect.stringMatching(/./),
      evidence: { address: "2001:db8::7" },
      ended_at: null,
    });
    expect((await get("lang=en")).items[1]).toMatchObject({ verdict_text: "Warning" });
    const history = await get("history=true&check=W3");
    expect(history.items.map(({ verdict }) => verdict)).toEqual(["fail", "pass"]);
    const then = await get(`check=W3&as_of=${dayAgo(10)}`);
    expect(then.items).toMatchObject([{ verdict: "pass" }]);
  });
});

describe("audits of a portal", () => {
  test("are listed latest first, and each shows its facts", async () => {
    const { request } = await start();
    const { items } = await bodyOf(request("/api/v1/portals/half/audits"));
    expect(items).toHaveLength(31);
    expect(items[0]).toMatchObject({ level: "L2", grade: "D", trigger: "schedule" });
    const one = await request(`/api/v1/portals/half/audits/${items[0]?.id}`, { key: keys.reader });
    expect(await one.json()).toMatchObject({
      id: items[0]?.id,
      criteria: expect.any(String),
      observation: { facts: { chains: { ip6: { outcome: "arrived" } } } },
    });
    const elsewhere = await request(`/api/v1/portals/hanoi/audits/${items[0]?.id}`, {
      key: keys.reader,
    });
    expect(elsewhere.status).toBe(404);
    expect((await request("/api/v1/portals/half/audits/0", { key: keys.reader })).status).toBe(400);
  });

  test("show certificates in DER form only when asked", async () => {
    const der = Buffer.from("30820122", "hex");
    const { db } = opened;
    const { id } = await db
      .selectFrom("audit")
      .select("id")
      .orderBy("id", "desc")
      .limit(1)
      .where("url", "=", "https://half.example.gov.vn/")
      .executeTakeFirstOrThrow();
    await db
      .updateTable("observation_part")
      .set({ body: JSON.stringify({ abc: { subject: "CN=half", der: null } }) })
      .where("digest", "=", Buffer.from("half/certificates"))
      .execute();
    await db
      .insertInto("certificate_der")
      .values({ fingerprint: "abc", der, first_seen: new Date(), last_seen: new Date() })
      .execute();
    const { request } = await start();
    const certificate = async (query: string) => {
      const answer = await request(`/api/v1/portals/half/audits/${id}${query}`, {
        key: keys.reader,
      });
      const body = (await answer.json()) as {
        observation: { facts: { certificates: Record<string, unknown> } };
      };
      return body.observation.facts.certificates["abc"];
    };
    expect(await certificate("")).toEqual({ subject: "CN=half" });
    expect(await certificate("?der=true")).toEqual({
      subject: "CN=half",
      der: der.toString("base64"),
    });
  });
});

test("requirements tell how sure they are, in the language that was asked for, and their force on a day", async () => {
  const { request } = await start();
  const get = (query: string) => bodyOf(request(`/api/v1/requirements?${query}`));
  const find = (body: Body, id: string) => body.items.find((row) => row.id === id);
  expect(find(await get("lang=vi"), "vnnic-2019-criteria")).toMatchObject({
    certainty: "unverified",
    certainty_text: "chưa xác minh",
  });
  expect(find(await get("lang=en"), "qd-38-2021-portals")).toMatchObject({
    force: "ended",
    certainty_text: "told by the press",
    evidence: { by: "level", atLeast: "L4" },
  });
  expect(find(await get("as_of=2025-06-30"), "qd-38-2021-portals")).toMatchObject({
    force: "in_force",
  });
});
