import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { buildComplianceWorld, dayAgo } from "../reports/compliance-world.ts";
import { type AppOptions, type AppServer, makeKey, startApp } from "../http/support/app-server.ts";
import { openTestDatabase } from "../support/database.ts";
import { linksOf, readPage } from "./compliance-page.ts";

let world: Awaited<ReturnType<typeof openTestDatabase>>;
let empty: Awaited<ReturnType<typeof openTestDatabase>>;
let app: AppServer | undefined;
beforeAll(async () => {
  world = await openTestDatabase();
  await buildComplianceWorld(world.db);
  empty = await openTestDatabase();
});
afterEach(async () => {
  await app?.stop();
  app = undefined;
});
afterAll(async () => {
  await world.close();
  await empty.close();
});

const open = { publicRead: "all" } as const;

async function page(path: string, options: AppOptions & { on?: typeof world; key?: string } = {}) {
  await app?.stop();
  app = await startApp((options.on ?? world).db, options);
  return readPage(app, path, options.key);
}

describe("the list", () => {
  test("says of which day it is, by whose criteria and from where", async () => {
    const { text, response } = await page("/compliance?lang=vi", { ...open, country: "VN" });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-language")).toBe("vi");
    expect(text).toContain("Danh sách tuân thủ IPv6 và HTTPS");
    expect(text).toContain(
      "Tính đến ngày 22/11/2026, theo tiêu chí của hệ thống. Đo từ điểm đo “local” (VN).",
    );
    const english = await page("/compliance?lang=en", { ...open, country: "SG" });
    expect(english.text).toContain("As of 22 Nov 2026, by this system's criteria.");
    expect(english.text).toContain("not in Viet Nam: many portals answer only there");
  });

  test("shows of each portal level, grade and since when, in codes and words", async () => {
    const { text } = await page("/compliance?lang=en", open);
    expect(text).toMatch(/Hanoi https:\/\/hanoi\S+ Portal, \S+.*?L4 Works well over IPv6 since/);
    expect(text).toContain("D HTTPS broken since");
    expect(text).toContain("provisional, 12 of 30 days");
    expect(text).toContain("not audited for more than 7 days");
    expect(text).toContain("forwards to the national public-service gateway, in no share");
    expect(text).toContain("not audited yet");
  });

  test("names the problem that the ladder asks for first, with what to do, and counts the others", async () => {
    const { text, source } = await page("/compliance?lang=en&q=half", open);
    expect(text).toContain("W3 IPv6 =expired");
    expect(text).toContain("and 2 more");
    expect(linksOf(source)).toContain("/portals/half?lang=en#mend");
  });

  test("gives shares with numerator and denominator, and the unknown apart", async () => {
    const { text } = await page("/compliance?lang=en", open);
    expect(text).toContain("Counted: 6 portals of 2 agencies.");
    expect(text).toContain("In no share, because forwarding");
    expect(text).toMatch(/L3 – Works over IPv6 or better 66.7% \(2\/3\) 3/);
    const vi = await page("/compliance?lang=vi", open);
    expect(vi.text).toMatch(/L3 – Hoạt động với IPv6 trở lên 66,7% \(2\/3\) 3/);
  });

  test("says what changed since last month and which finding goes with it", async () => {
    const { text } = await page("/compliance?lang=en", open);
    expect(text).toContain("Changes from 23 Oct 2026 to 22 Nov 2026");
    expect(text).toContain("worse: ");
    expect(text).toMatch(
      /Ministry of Health worse L3 Works over IPv6 → L2 Reachable over IPv6 B HTTPS enforced → D/,
    );
    expect(text).toContain("(Pass → Fail)");
  });

  test("narrowed to how portals stand now tells of no changes, which know no such filter", async () => {
    const { source } = await page("/compliance?lang=en&level=L2", open);
    expect(source).not.toContain('id="changes"');
    expect(source).toContain('id="summary"');
  });

  test("of one agency begins with its portals", async () => {
    const { source, text } = await page("/compliance?lang=vi&agency=ministry-yte", open);
    expect(text).toContain("Cơ quan: Bộ Y tế");
    expect(source.indexOf('id="list"')).toBeLessThan(source.indexOf('id="summary"'));
    expect(linksOf(source).filter((link) => link.startsWith("/portals/hanoi"))).toEqual([]);
  });

  test("keeps its filters in the links to other languages, orders and forms", async () => {
    const query = "agency=ministry-yte&kind=portal&q=cong";
    const { source } = await page(`/compliance?lang=vi&${query}`, open);
    const links = linksOf(source);
    for (const form of ["xlsx", "csv", "json"]) {
      const own = links.find((link) => link.endsWith(`format=${form}`));
      expect(own).toMatch(/^\/api\/v1\/compliance\?/);
      expect(Object.fromEntries(new URLSearchParams(own?.split("?")[1]))).toMatchObject({
        agency: "ministry-yte",
        kind: "portal",
        q: "cong",
        lang: "vi",
        format: form,
      });
    }
    const kept = (link: string) => link.includes(query.replaceAll("&", "&"));
    expect(links.some((link) => kept(link) && link.includes("lang=en"))).toBe(true);
    expect(links.some((link) => kept(link) && link.includes("sort=level"))).toBe(true);
  });

  test.each(["format=csv", "format=xlsx", "format=json"])(
    "links to forms that answer: %s",
    async (form) => {
      const { source } = await page(`/compliance?lang=en&as_of=${dayAgo(3)}`, open);
      const link = linksOf(source).find((one) => one.endsWith(form)) ?? "";
      expect((await app?.request(link))?.status).toBe(200);
    },
  );

  test("shows the past as of a day", async () => {
    const { text } = await page(`/compliance?lang=en&q=half&as_of=${dayAgo(15)}`, open);
    expect(text).toContain("As of 7 Nov 2026");
    expect(text).toMatch(/half\.example\S+ .*?L3 Works over IPv6 since/);
  });

  test("takes the empty fields of its form as not given", async () => {
    const blank = "agency=&province=&kind=&level=&grade=&requirement=&verdict=";
    const { response, text } = await page(
      `/compliance?lang=en&${blank}&changed_since=&as_of=&q=`,
      open,
    );
    expect([response.status, text.includes("Clear filters")]).toEqual([200, false]);
  });

  test.each(["level=L9", "agency=%2F", "cursor=x", "as_of=2099-01-01", "limit=0"])(
    "with %s says in the reader's language that there is no such list",
    async (query) => {
      const { response, text } = await page(`/compliance?lang=vi&${query}`, open);
      expect(response.status).toBe(400);
      expect(text).toContain("Không có danh sách như vậy");
    },
  );

  test("is passed on page by page, each portal once", async () => {
    const server = (app = await startApp(world.db, open));
    const seen: string[] = [];
    let next: string | undefined = "/compliance?lang=en&limit=2&sort=level&order=desc";
    while (next !== undefined) {
      const { source } = await readPage(server, next);
      const shown = source.matchAll(/class="url" href="https:\/\/([a-z]+)\.example/g);
      seen.push(...[...shown].map(([, id]) => id ?? ""));
      next = /class="next"[^>]*href="([^"#]+)/.exec(source)?.[1]?.replaceAll("&amp;", "&");
    }
    expect(seen.toSorted()).toEqual(["dead", "fresh", "half", "hanoi", "hue", "slow", "stale"]);
  });

  test("names every requirement with its certainty and what is only our reading", async () => {
    const { text } = await page("/compliance?lang=vi", open);
    expect(text).toContain("38/QĐ-BTTTT");
    expect(text).toContain("theo báo chí");
    expect(text).toContain("chưa xác minh");
    expect(text).toContain("đã kết thúc, yêu cầu 14/01/2021 – 31/12/2025");
    expect(text).not.toMatch(/vi phạm|violation/i);
  });
});

describe("who may see what", () => {
  test("someone without a key sees levels and grades, and is told what is missing", async () => {
    const { text, source } = await page("/compliance?lang=en", { publicRead: "summary" });
    expect(text).toContain("L4 Works well over IPv6");
    expect(text).toContain("Levels and grades are public. Findings, evidence");
    expect(text).not.toContain("=expired");
    expect(text).not.toContain("(Pass → Fail)");
    expect(source).not.toContain("tt-32-2017-dnssec");
  });

  test("a key for one agency sees findings of that agency alone", async () => {
    const key = await makeKey(world.db, "reader", { agency: "ministry-yte" });
    const { source } = await page("/compliance?lang=en", { publicRead: "summary", key });
    const cells = source.match(/class="problem">\s*<\/td>/g) ?? [];
    expect(cells).not.toHaveLength(0);
    expect(source).toContain("=expired");
  });

  test("a filter by findings, and what to mend first, need a key, as pages say", async () => {
    for (const path of [
      "/compliance?lang=en&requirement=tt-32-2017-dnssec",
      "/compliance/mend-first?lang=en",
    ]) {
      const { response, text } = await page(path, { publicRead: "summary" });
      expect([path, response.status]).toEqual([path, 401]);
      expect(text).toContain("This page needs permission");
    }
  });

  test("with PUBLIC_READ=none nobody sees any of the pages", async () => {
    for (const path of ["/compliance", "/compliance/plans", "/portals/hanoi"]) {
      const { response } = await page(path, { publicRead: "none" });
      expect([path, response.status, response.headers.get("content-type")]).toEqual([
        path,
        401,
        "text/html; charset=UTF-8",
      ]);
    }
  });
});

describe("where there is nothing to show", () => {
  test("the list says that there are no portals, and when audits come", async () => {
    const { text } = await page("/compliance?lang=vi", { ...open, on: empty });
    expect(text).toContain("Chưa có cổng nào trong danh sách.");
    expect(text).toContain("trong vòng 6 giờ kể từ khi dịch vụ bắt đầu chạy");
    expect(text).toContain("Chưa nạp căn cứ nào.");
    const english = await page("/compliance?lang=en", { ...open, on: empty });
    expect(english.text).toContain("within 6 hours of the start of the service");
  });

  test("a filter that finds nothing says so", async () => {
    const { text } = await page("/compliance?lang=en&q=nowhere", open);
    expect(text).toContain("No portal matches these filters.");
  });

  test("agencies, changes, what to mend first and plans say so too", async () => {
    const texts = new Map([
      ["agencies", "No portal is on the list yet."],
      ["changes", "No portal changed its level or grade."],
      ["mend-first", "Nothing to propose"],
      ["plans", "No plan is registered yet."],
    ]);
    for (const [name, sentence] of texts) {
      const { text } = await page(`/compliance/${name}?lang=en`, { ...open, on: empty });
      expect(text).toContain(sentence);
    }
  });
});
