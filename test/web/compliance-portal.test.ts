import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { buildComplianceWorld } from "../reports/compliance-world.ts";
import { type AppOptions, type AppServer, startApp } from "../http/support/app-server.ts";
import { openTestDatabase } from "../support/database.ts";
import { linksOf, readPage } from "./compliance-page.ts";

const HOSTILE = `<script>alert("x")</script>`;

let world: Awaited<ReturnType<typeof openTestDatabase>>;
let app: AppServer | undefined;
beforeAll(async () => {
  world = await openTestDatabase();
  const { db } = world;
  const numbers = await buildComplianceWorld(db);
  await db
    .updateTable("standing_track")
    .set({
      level_blockers: JSON.stringify([{ check: "W3", family: "ip6", reason: "expired" }]),
      grade_blockers: JSON.stringify([
        { check: "H1", family: "ip6", reason: "certificate_faulty" },
      ]),
      level_track: JSON.stringify({ pending: { value: "L1", from: 1_795_000_000_000, rounds: 1 } }),
    })
    .where("portal_id", "=", numbers.half)
    .execute();
  const entry = {
    portal_id: numbers.half,
    check_id: "W3",
    family: "ip6",
    actor: "key of the ministry",
  } as const;
  await db
    .insertInto("follow_up")
    .values([
      { ...entry, kind: "exemption", text: HOSTILE, exempt_until: "2027-01-31" },
      { ...entry, kind: "reply", text: "Mới gia hạn", evidence_url: "javascript:alert(1)" },
      { ...entry, check_id: "D5", kind: "promise", text: "Sẽ ký", promised_on: "2026-12-31" },
    ])
    .execute();
});
afterEach(async () => {
  await app?.stop();
  app = undefined;
});
afterAll(() => world.close());

async function page(path: string, options: AppOptions = { publicRead: "all" }) {
  await app?.stop();
  app = await startApp(world.db, options);
  return readPage(app, path);
}

describe("the page of a portal", () => {
  test("draws the ladder, with the step that it stands on and what the next one asks", async () => {
    const { source, text } = await page("/portals/half?lang=en");
    expect(text).toMatch(/U Not known LX AAAA, but broken L0 IPv4 only \(behind it\)/);
    expect(source).toMatch(/aria-current="step">\s*<b class="code">L2<\/b>/);
    expect(text).toContain("L2 Reachable over IPv6 stands here L3 Works over IPv6 L4");
    expect(text).toMatch(/To reach L3 – Works over IPv6 W3 IPv6 Certificate\. .*has expired/);
    expect(text).toMatch(/To reach C – HTTPS offered H1 IPv6/);
  });

  test("says what the last audit saw and no second one has confirmed", async () => {
    const { text } = await page("/portals/half?lang=en");
    expect(text).toMatch(/Since \d+ Nov 2026 the last audit has shown L1 – IPv6 published;/);
  });

  test("shows each finding with verdict, times, evidence, causes and the way to all facts", async () => {
    const { text, source } = await page("/portals/half?lang=vi");
    expect(text).toContain("Cần khắc phục (3)");
    expect(text).toMatch(/Không đạt W3 IPv6 Chứng thư/);
    expect(text).toMatch(/Từ: 15:00 14\/11\/2026 · Thấy lần cuối: 15:00 22\/11\/2026/);
    expect(text).toContain("Bằng chứng note =cmd địa chỉ 2001:db8::7");
    expect(text).toContain("Nơi cần sửa: Máy chủ: www.example");
    const facts = linksOf(source).find((link) => /\/audits\/\d+$/.test(link)) ?? "";
    expect((await app?.request(facts))?.status).toBe(200);
  });

  test("shows what could not be told, and what it was before, apart from what is wrong", async () => {
    const { text } = await page("/portals/half?lang=en");
    const [, others] = text.split("All other checks");
    expect(others).toMatch(/D4 .*? Not known/);
  });

  test("shows replies, promises and exemptions beside the finding, hiding nothing", async () => {
    const { text, source } = await page("/portals/half?lang=en");
    expect(text).toMatch(/W3 IPv6 .*Exemption in force W3, IPv6; until 31 Jan 2027/);
    expect(text).toContain(HOSTILE);
    expect(source).not.toContain("<script>");
    expect(text).toContain("promised for 31 Dec 2026");
    expect(linksOf(source).filter((link) => /^javascript:/i.test(link))).toEqual([]);
    expect(text).toContain("javascript:alert(1)");
  });

  test("says that what needs a browser is not measured", async () => {
    const { text } = await page("/portals/half?lang=vi");
    expect(text).toContain(
      "FCP, LCP, Speed Index và TBT (thời gian chặn) cần trình duyệt: không đo.",
    );
  });

  test("gives the legal basis with what it comes to and why", async () => {
    const { text } = await page("/portals/half?lang=en");
    expect(text).toMatch(/check D5 ended, requirement .*? not met D5 : DNSSEC|not met D5 ?:/);
    expect(text).toContain("told by the press");
  });

  test("keeps the history of level and grade, and the last audits", async () => {
    const { text } = await page("/portals/hanoi?lang=en");
    expect(text).toMatch(/17 Nov 2026 now L4 .* A .*12 Nov 2026 17 Nov 2026 L3 /);
    expect(text).toContain("scheduled");
  });

  test("of a portal that is gone or was never audited has nothing to judge", async () => {
    expect((await page("/portals/gone?lang=en")).text).toContain("retired");
    const { text } = await page("/portals/fresh?lang=en");
    expect(text).toContain("not audited yet");
    expect(text).toContain("There are no findings, because no audit has been made yet.");
  });

  test("that does not exist is said not to, in the reader's language", async () => {
    for (const id of ["nobody", "%2F", "A%20B"]) {
      const { response, text } = await page(`/portals/${id}?lang=vi`);
      expect([id, response.status]).toEqual([id, 404]);
      expect(text).toContain("Không có cổng này");
    }
  });
});

describe("someone without a key", () => {
  test("sees level, grade and history of a portal, and neither findings nor what stands on them", async () => {
    const { text, source } = await page("/portals/half?lang=en", { publicRead: "summary" });
    expect(text).toContain("L2 Reachable over IPv6");
    expect(text).toContain("History of level and grade");
    expect(text).toContain("Levels and grades are public.");
    for (const hidden of [
      "To reach L3 – Works over IPv6 W3",
      "2001:db8::7",
      "To be mended",
      "Sẽ ký",
    ]) {
      expect(text).not.toContain(hidden);
    }
    expect(source).not.toMatch(/\/audits\/\d/);
  });
});

test("the page of a portal holds no script, no style and no foreign resource", async () => {
  const { source } = await page("/portals/half?lang=vi");
  expect(source).not.toMatch(/<script|<style|\sstyle=|\son[a-z]+=/i);
  const sheets = [...source.matchAll(/<link[^>]*href="([^"]+)"/g)].map(([, link]) => link);
  expect(sheets).toEqual(["/assets/style.css", "/assets/compliance.css", "/assets/icon.svg"]);
  for (const sheet of sheets) expect((await app?.request(sheet ?? ""))?.status).toBe(200);
});

test("names that are markup, and addresses that are none, stay text", async () => {
  const { db, close } = await openTestDatabase();
  await buildComplianceWorld(db);
  await db.updateTable("portal").set({ name_vi: HOSTILE, name_en: HOSTILE }).execute();
  await db.updateTable("agency").set({ name_vi: HOSTILE, name_en: HOSTILE }).execute();
  await db.updateTable("requirement").set({ source_url: "javascript:alert(1)" }).execute();
  await db
    .updateTable("finding")
    .set({ reason: HOSTILE, evidence: JSON.stringify({ [HOSTILE]: [{ a: HOSTILE }] }) })
    .execute();
  app = await startApp(db, { publicRead: "all" });
  const paths = ["", "/agencies", "/changes", "/plans"].map((name) => `/compliance${name}`);
  for (const path of [...paths, "/portals/half"]) {
    for (const lang of ["vi", "en"]) {
      const { source, text } = await readPage(app, `${path}?lang=${lang}`);
      expect([path, /<script/i.test(source), text.includes(HOSTILE)]).toEqual([path, false, true]);
      expect(linksOf(source).filter((link) => !/^(https?:|\/|#)/.test(link))).toEqual([]);
    }
  }
  await app.stop();
  app = undefined;
  await close();
});
