import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createReadyPages, type ReadyPage } from "../../src/http/lists/ready-pages.ts";
import { createSharedReads } from "../../src/http/lists/shared-reads.ts";
import type { Database } from "../../src/store/database.ts";
import { buildWorld } from "../reports/world.ts";
import { openTestDatabase } from "../support/database.ts";
import { makeKey, startApp } from "./support/app-server.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  opened = await openTestDatabase();
  await buildWorld(opened.db);
});
afterAll(() => opened.close());

const page = (text: string): ReadyPage => ({
  bytes: Uint8Array.from(Buffer.from(text)),
  nextCursor: null,
});
const rename = (db: Database, name: string) =>
  db.updateTable("portal").set({ name_vi: name }).where("slug", "=", "half").execute();

describe("readings that are shared", () => {
  test("begin after the last of those who share them came, and are two for many at once", async () => {
    const shared = createSharedReads<number>();
    let begun = 0;
    const ask = async (key: string) => {
      const before = begun;
      const own = await shared(key, async () => {
        begun += 1;
        const number = begun;
        await new Promise(setImmediate);
        return number;
      });
      expect(own).toBeGreaterThan(before);
    };
    await Promise.all(Array.from({ length: 50 }, () => ask("one")));
    expect(begun).toBe(2);
    await Promise.all([ask("one"), ask("other")]);
    expect(begun).toBe(4);
  });

  test("that fail, fail for those who share them and for nobody after", async () => {
    const shared = createSharedReads<string>();
    const fail = () => Promise.reject(new Error("lost"));
    const asked = [shared("one", fail), shared("one", fail), shared("one", fail)];
    const ended = await Promise.allSettled(asked);
    expect(ended.every(({ status }) => status === "rejected")).toBe(true);
    expect(await shared("one", async () => "found")).toBe("found");
  });
});

describe("a ready page", () => {
  test("is given out until anything is committed, or a second has passed", async () => {
    const clock = { now: 0 };
    const pages = createReadyPages(opened.db, () => clock.now);
    let made = 0;
    const make = async () => page(String((made += 1)));
    const text = async (key: string) => Buffer.from((await pages(key, make)).bytes).toString();
    expect([await text("a"), await text("a"), await text("b")]).toEqual(["1", "1", "2"]);
    await rename(opened.db, "Cổng khác");
    expect([await text("a"), await text("a")]).toEqual(["3", "3"]);
    clock.now += 1000;
    expect([await text("a"), await text("a")]).toEqual(["4", "4"]);
    clock.now -= 5000;
    expect(await text("a")).toBe("5");
  });

  test("that could not be made is made again for the next who asks", async () => {
    const pages = createReadyPages(opened.db, () => 0);
    await expect(pages("a", () => Promise.reject(new Error("lost")))).rejects.toThrow("lost");
    expect((await pages("a", async () => page("found"))).bytes.length).toBe(5);
  });
});

describe("the list of portals", () => {
  const nameIn = (text: string) =>
    (JSON.parse(text) as { items: { id: string; name_vi: string }[] }).items.find(
      ({ id }) => id === "half",
    )?.name_vi;

  test("shows whoever asks after a change what has changed, many asking all the time", async () => {
    const app = await startApp(opened.db);
    const ask = async () => nameIn(await (await app.request("/api/v1/portals")).text());
    const ended = new AbortController();
    const others = Array.from({ length: 5 }, async () => {
      while (!ended.signal.aborted) await ask();
    });
    for (let number = 0; number < 20; number += 1) {
      await rename(opened.db, `Cổng ${number}`);
      expect(await ask()).toBe(`Cổng ${number}`);
    }
    ended.abort();
    await Promise.all(others);
    await app.stop();
  });

  test("is refused to who may not read it, also where others have just read it", async () => {
    const app = await startApp(opened.db, { publicRead: "none" });
    const key = await makeKey(opened.db, "reader");
    const asReader = await app.request("/api/v1/portals", { key });
    expect(asReader.status).toBe(200);
    expect(asReader.headers.get("content-type")).toBe("application/json");
    expect((await app.request("/api/v1/portals")).status).toBe(401);
    await app.stop();
  });

  test("in pages of different sizes and filters is not mixed up", async () => {
    const app = await startApp(opened.db);
    const count = async (query: string) => {
      const answer = await app.request(`/api/v1/portals?${query}`);
      return ((await answer.json()) as { items: unknown[] }).items.length;
    };
    const all = await count("limit=500");
    expect(all).toBeGreaterThan(2);
    expect(await count("limit=1")).toBe(1);
    expect(await count("limit=2")).toBe(2);
    expect(await count("kind=portal&limit=500")).toBeLessThanOrEqual(all);
    expect(await count("state=down&limit=500")).toBeLessThan(all);
    await app.stop();
  });
});
