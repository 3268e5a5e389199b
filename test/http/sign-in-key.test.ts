import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findKey, revokeKey } from "../../src/store/api-keys.ts";
import { openCoverageDatabase } from "../support/coverage-database.ts";
import { type AppServer, makeKey, startApp } from "./support/app-server.ts";
import { signedInVisitor, visitor } from "./support/browser-like.ts";

let opened: Awaited<ReturnType<typeof openCoverageDatabase>>;
let app: AppServer;
beforeAll(async () => {
  opened = await openCoverageDatabase();
  app = await startApp(opened.db);
});
afterAll(async () => {
  await app.stop();
  await opened.close();
});

const signIn = (key: string, headers: Record<string, string>, next = "/coverage/imports") =>
  app.request("/sign-in?lang=en", {
    method: "POST",
    body: new URLSearchParams({ key, next }),
    headers,
  });
const here = () => ({ Origin: app.url });

describe("signing in with a key", () => {
  test("is asked for by a form that hides what is typed", async () => {
    const page = await app.request("/sign-in?lang=vi&next=/coverage/review");
    expect(page.status).toBe(200);
    const source = await page.text();
    expect(source).toContain('<html lang="vi">');
    expect(source).toMatch(/<input\s+type="password"\s+name="key"/);
    expect(source).toContain('name="next" value="/coverage/review"');
  });

  test("opens a session in the name of the key and goes on to the page that was asked for", async () => {
    const key = await makeKey(opened.db, "operator");
    const response = await signIn(key, here());
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe("/coverage/imports");
    const cookie = response.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect(cookie).not.toContain(key);
    const page = await visitor(app, cookie.split(";")[0] ?? "").open("/coverage/imports");
    expect(page.status).toBe(200);
    expect(page.text).toContain("You are signed in as “operator for tests”.");
  });

  test("with a wrong key is refused, without sending it back or logging it", async () => {
    const wrong = "htg_wrong-wrong-wrong";
    const response = await signIn(wrong, here());
    expect(response.status).toBe(403);
    const source = await response.text();
    expect(source).toContain("This key is not known");
    expect(source).not.toContain(wrong);
    expect(JSON.stringify(app.logged)).not.toContain(wrong);
    expect(response.headers.get("set-cookie")).toBeNull();
  });

  test("is refused to another site's page, and to one that does not say where it is", async () => {
    const key = await makeKey(opened.db, "operator");
    expect((await signIn(key, { Origin: "https://example.org" })).status).toBe(403);
    expect((await signIn(key, { "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
    expect((await signIn(key, {})).status).toBe(403);
  });

  test.each(["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)"])(
    "never leads to another place, as %s would",
    async (next) => {
      const key = await makeKey(opened.db, "reader");
      expect((await signIn(key, here(), next)).headers.get("location")).toBe("/");
    },
  );

  test("has the limits of the key", async () => {
    const hanoi = await signedInVisitor(
      app,
      await makeKey(opened.db, "operator", { province: "01" }),
    );
    const page = await hanoi.open("/coverage/imports");
    expect(page.text).toContain("Your key sends figures of the source province-01.");
    const reader = await signedInVisitor(app, await makeKey(opened.db, "reader"));
    expect((await reader.open("/coverage/imports")).text).toContain("Your key may only look.");
    const refused = await reader.send("/coverage/imports", { basis: "reported" });
    expect(refused.status).toBe(403);
    expect(refused.text).toContain("Not allowed");
  });

  test("ends with the key", async () => {
    const key = await makeKey(opened.db, "operator");
    const somebody = await signedInVisitor(app, key);
    expect((await somebody.open("/coverage/imports")).status).toBe(200);
    const actor = { keyId: null, name: "test" };
    const { id } = (await findKey(opened.db, key)) ?? { id: 0 };
    await revokeKey({ db: opened.db, actor, mayTouch: () => true }, id);
    const after = await somebody.open("/coverage/imports");
    expect(after.status).toBe(401);
    expect(after.text).toContain("This page needs you to sign in.");
  });

  test("a session writes only from the pages of this service", async () => {
    const somebody = await signedInVisitor(app, await makeKey(opened.db, "operator"));
    const answer = await somebody.send("/coverage/imports", {}, "https://example.org");
    expect(answer.status).toBe(403);
  });

  test("is limited for those who guess, in words, and not for who holds a key that worked", async () => {
    const key = await makeKey(opened.db, "operator");
    expect((await signIn(key, here())).status).toBe(303);
    let last = 403;
    for (let attempt = 0; attempt < 12; attempt += 1) {
      last = (await signIn(`htg_guess-${attempt}`, here())).status;
    }
    expect(last).toBe(429);
    const told = await signIn("htg_guess", here());
    expect(await told.text()).toContain("Too many wrong keys");
    expect((await signIn(key, here())).status).toBe(303);
  });
});
