import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { buildWorld } from "../reports/world.ts";
import { type AppOptions, type AppServer, startApp } from "../http/support/app-server.ts";
import { openTestDatabase } from "../support/database.ts";

let full: Awaited<ReturnType<typeof openTestDatabase>>;
let empty: Awaited<ReturnType<typeof openTestDatabase>>;
let app: AppServer | undefined;
beforeAll(async () => {
  full = await openTestDatabase();
  await buildWorld(full.db);
  empty = await openTestDatabase();
});
afterEach(async () => {
  await app?.stop();
  app = undefined;
});
afterAll(async () => {
  await full.close();
  await empty.close();
});

/** The first page as text without tags, and as it was sent. */
async function page(
  path = "/",
  options: AppOptions & { on?: typeof full; language?: string } = {},
) {
  await app?.stop();
  app = await startApp((options.on ?? full).db, options);
  const response = await app.request(path, {
    headers: options.language === undefined ? {} : { "Accept-Language": options.language },
  });
  const source = await response.text();
  const text = source
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
  return { response, source, text };
}

describe("the first page", () => {
  test("says what this is and counts portals by state", async () => {
    const { response, text } = await page("/?lang=en");
    expect(response.headers.get("content-type")).toBe("text/html; charset=UTF-8");
    expect(text).toContain("Do they answer, over IPv4 and over IPv6");
    expect(text).toContain("7 portals watched 2 up 2 degraded 1 down 2 not known");
  });

  test("counts what each family shows", async () => {
    const { text } = await page("/?lang=en");
    expect(text).toContain(
      "IPv4 3 works 1 works, beyond a limit 1 does not work 2 not known IPv6 1 works",
    );
  });

  test("says why this place can or cannot tell, and that abroad is not Viet Nam", async () => {
    const { text } = await page("/?lang=en");
    expect(text).toContain("IPv6 does not work This place has no global IPv6 address.");
    expect(text).toContain("Many portals answer only inside Viet Nam.");
    const inside = await page("/?lang=en", { country: "VN" });
    expect(inside.text).not.toContain("inside Viet Nam");
  });

  test("lists every portal with state, reason in words and since when", async () => {
    const { text } = await page("/?lang=en");
    expect(text).toContain(
      "Cổng dead https://dead.example.gov.vn/ Bộ Y tế down does not work the connection was refused since 22 Nov 2026, 14:58 does not work the certificate has expired since 22 Nov 2026, 14:58",
    );
    expect(text).toContain("Cổng gone retired");
    expect(text).toContain("Cổng Hà Nội Hanoi https://hanoi.example.gov.vn/");
    expect(text).toContain("not probed");
    expect(text).toContain(
      "Cổng fresh https://fresh.example.gov.vn/ Bộ Y tế not known not probed yet",
    );
    expect(text).toMatch(/Cổng stale \S+ Bộ Y tế not known not known last told 22 Nov 2026, 14:00/);
  });

  test.each([
    ["/?state=down", ["dead"]],
    ["/?agency=province-01", ["hanoi"]],
    ["/?province=46", ["hue"]],
    ["/?kind=national-platform", ["dead"]],
    ["/?q=do%20thi", ["hue"]],
  ])("filtered by %s lists only those, and links to the same as CSV", async (path, slugs) => {
    const { source } = await page(path);
    const shown = [...source.matchAll(/class="url" href="https:\/\/([a-z]+)\.example/g)];
    expect(shown.map(([, slug]) => slug)).toEqual(slugs);
    expect(source).toContain(`/api/v1/portals?${path.slice(2).replace("%20", "+")}&amp;format=csv`);
  });

  test("with a filter that does not exist says so", async () => {
    for (const path of ["/?state=broken", "/?agency=%2F", "/?cursor=x"]) {
      expect([path, (await page(path)).response.status]).toEqual([path, 400]);
    }
  });

  test("with an empty search shows everything", async () => {
    const { text } = await page("/?lang=en&q=");
    expect(text).toContain("Cổng Hà Nội");
  });
});

describe("its words", () => {
  test.each([
    ["vi-VN,vi;q=0.9,en;q=0.5", "vi"],
    ["en-GB,en", "en"],
    ["fr, vi;q=0.2, en;q=0.8", "en"],
    ["vi;q=0, en;q=0.1", "en"],
    ["de", "en"],
    [undefined, "en"],
  ])("for a browser that prefers %s are %s", async (language, lang) => {
    const { source, response } = await page("/", language === undefined ? {} : { language });
    expect(source).toContain(`<html lang="${lang}">`);
    expect(response.headers.get("content-language")).toBe(lang);
  });

  test("are those of the language that was asked for", async () => {
    const { source, text } = await page("/?lang=vi", { language: "en" });
    expect(source).toContain('<html lang="vi">');
    expect(text).toContain("7 cổng được theo dõi");
    expect(text).toContain("chứng thư đã hết hạn");
    expect(text).toContain("Nhiều cổng chỉ trả lời trong lãnh thổ Việt Nam.");
  });

  test("keep the filter when the language changes, and the language when the filter does", async () => {
    const { source } = await page("/?lang=vi&state=down");
    expect(source).toContain('href="/?lang=en&amp;state=down"');
    expect(source).toContain('href="/?lang=vi&amp;state=up#portals"');
  });
});

describe("what the page warns of", () => {
  test("is shown where everything is made up, and not elsewhere", async () => {
    const warning = "Everything on this page is made up";
    expect((await page("/?lang=en")).text).not.toContain(warning);
    expect((await page("/?lang=en", { madeUp: true })).text).toContain(warning);
  });
});

describe("an empty service", () => {
  test("says how to fill it", async () => {
    const { text } = await page("/?lang=en", { on: empty });
    expect(text).toContain("0 portals watched 0 up 0 degraded 0 down 0 not known");
    expect(text).toContain("No portals are registered yet. Import a list with");
  });

  test("says that a search found nothing", async () => {
    const { text } = await page("/?lang=vi&q=khong-co", { on: empty });
    expect(text).toContain("Không có cổng nào phù hợp.");
  });
});

describe("the page's markup", () => {
  test("holds no script and style in itself, and no foreign resource", async () => {
    const { source } = await page();
    expect(source).not.toMatch(/<script>|<style|\sstyle=|\son[a-z]+=|javascript:/i);
    const resources = [...source.matchAll(/(?:src|<link[^>]*href)="([^"]+)"/g)];
    expect(resources.map(([, link]) => link)).toEqual([
      "/assets/style.css",
      "/assets/outages.css",
      "/assets/icon.svg",
      "/assets/live.js",
    ]);
  });

  test("escapes what people registered", async () => {
    const { db, close } = await openTestDatabase();
    await buildWorld(db);
    const name = '<script>alert("x")</script>';
    await db.updateTable("portal").set({ name_vi: name }).where("slug", "=", "hanoi").execute();
    const { source } = await page("/", { on: { db, close } });
    expect(source).not.toContain("<script>");
    expect(source).toContain("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;");
    const query = await page("/?q=%22%3E%3Cscript%3E", { on: { db, close } });
    expect(query.source).not.toContain("<script>");
    await app?.stop();
    app = undefined;
    await close();
  });

  test("names the rows and columns of its table and does not speak by colour alone", async () => {
    const { source } = await page("/?lang=en");
    expect(source.match(/<th scope="col">/g)).toHaveLength(5);
    expect(source.match(/<th scope="row">/g)).toHaveLength(8);
    expect(source).toContain('aria-hidden="true"');
    for (const [, words] of source.matchAll(/<span class="(?:sign|state) [a-z]+">([^<]*)</g)) {
      expect(words?.trim()).not.toBe("");
    }
    expect(source).toContain('<a class="skip" href="#portals">');
  });
});

test("more portals than fit are on the next page, each once", async () => {
  const { db, close } = await openTestDatabase();
  const { addAgencies } = await import("../../src/store/agencies.ts");
  const { addPortals } = await import("../../src/store/portal-bulk.ts");
  await addAgencies(db, [{ ownerType: "test", ownerCode: "a", nameVi: "A" }]);
  const portals = Array.from({ length: 120 }, (_, index) => ({
    slug: `p${index}`,
    url: `https://p${index}.example/`,
    host: `p${index}.example`,
    nameVi: `Cổng ${index % 7}`,
    nameEn: null,
    kind: "portal" as const,
    agency: "test-a",
    province: null,
    lifecycle: "active" as const,
    source: null,
  }));
  await addPortals(db, portals, new Date());
  const seen: string[] = [];
  let next: string | undefined = "/?lang=en&state=unknown";
  while (next !== undefined) {
    const { source } = await page(next, { on: { db, close } });
    await app?.stop();
    seen.push(...[...source.matchAll(/class="url" href="([^"]+)"/g)].map(([, url]) => url ?? ""));
    next = /class="next" href="([^"#]+)/.exec(source)?.[1]?.replaceAll("&amp;", "&");
  }
  app = undefined;
  expect(seen.toSorted()).toEqual(portals.map(({ url }) => url).toSorted());
  await close();
});

test("someone signed in sees so and can sign out", async () => {
  app = await startApp(full.db);
  const signedIn = await app.request(`/sign-in?token=${app.signIn.issue()}`);
  const Cookie = (signedIn.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const source = await (await app.request("/?lang=en", { headers: { Cookie } })).text();
  expect(source).toContain("You are signed in as “signed-in operator”.");
  expect(source).toContain('<form method="post" action="/sign-out">');
  expect(await (await app.request("/?lang=en")).text()).not.toContain("signed in as");
});
