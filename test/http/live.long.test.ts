import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createLiveBus } from "../../src/domain/live.ts";
import { createLiveHub, MAX_STREAMS } from "../../src/http/live/hub.ts";
import { createPending } from "../../src/http/live/pending.ts";
import { openTestDatabase } from "../support/database.ts";
import { type AppServer, startApp } from "./support/app-server.ts";

describe("what waits to be told", () => {
  test("is one message per type, the most urgent first, with each number once", () => {
    const pending = createPending();
    pending.add({ type: "run", portal: 7, family: "ip4" });
    pending.add({ type: "run", portal: 7, family: "ip6" });
    pending.add({ type: "run", portal: 3, family: "ip4" });
    pending.add({ type: "vantage" });
    pending.add({ type: "incidents", ids: [9, 8] });
    pending.add({ type: "incidents", ids: [9] });
    expect([pending.take(), pending.take(), pending.take(), pending.take()]).toEqual([
      'event: incidents\ndata: {"ids":[8,9]}\n\n',
      "event: vantage\ndata: {}\n\n",
      'event: run\ndata: {"portals":[3,7]}\n\n',
      null,
    ]);
  });

  test("names nobody where there are too many to name", () => {
    const pending = createPending();
    const ids = Array.from({ length: 201 }, (_, index) => index);
    pending.add({ type: "incidents", ids });
    expect(pending.take()).toBe("event: incidents\ndata: {}\n\n");
    expect(pending.take()).toBeNull();
  });
});

describe("the hub", () => {
  let stopping = new AbortController();
  afterEach(() => {
    stopping.abort();
    stopping = new AbortController();
  });
  const hubOf = (timing = {}) => {
    const bus = createLiveBus();
    return { bus, hub: createLiveHub(bus, stopping.signal, { tickMs: 5, ...timing }) };
  };
  const textOf = (stream: ReadableStream<Uint8Array> | null) => {
    if (stream === null) throw new Error("no stream");
    const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
    return {
      reader,
      /** Reads until a text came, or the end. */
      until: async (text: string) => {
        let all = "";
        while (!all.includes(text)) {
          const { value, done } = await reader.read();
          if (done) return `${all}<end>`;
          all += value;
        }
        return all;
      },
    };
  };

  test("tells a burst as one message", async () => {
    const { bus, hub } = hubOf();
    const { until } = textOf(hub.open());
    for (let portal = 0; portal < 150; portal += 1)
      bus.publish({ type: "run", portal, family: "ip4" });
    const told = await until("portals");
    expect(told.match(/event: run/g)).toHaveLength(1);
  });

  test("sends a comment while nothing happens, and ends after its life", async () => {
    const { until } = textOf(hubOf({ beatMs: 5 }).hub.open());
    expect(await until(": still here")).toContain("retry:");
    const { hub } = hubOf({ lifeMs: 5 });
    // The timer alone does not hold a process: something else does while the test waits.
    const held = setInterval(() => {}, 1000);
    expect(await textOf(hub.open()).until("never")).toMatch(/<end>$/);
    clearInterval(held);
    expect(hub.streams()).toBe(0);
  });

  test("drops whoever does not read, and goes on for the others", async () => {
    const { bus, hub } = hubOf({ tickMs: 1 });
    hub.open();
    const { until, reader } = textOf(hub.open());
    const ids = Array.from({ length: 200 }, (_, index) => 10 ** 15 + index);
    while (hub.streams() > 1) {
      bus.publish({ type: "incidents", ids });
      await until("event: incidents");
    }
    expect(hub.streams()).toBe(1);
    await reader.cancel();
  });

  test("takes no more than its limit, and again after one has gone", async () => {
    const { hub } = hubOf();
    const streams = Array.from({ length: MAX_STREAMS }, () => hub.open());
    expect(hub.open()).toBeNull();
    await streams[0]?.cancel();
    expect(hub.streams()).toBe(MAX_STREAMS - 1);
    expect(hub.open()).not.toBeNull();
  });

  test("ends every stream when the service stops, and opens none after it", async () => {
    const { hub } = hubOf();
    const { until } = textOf(hub.open());
    stopping.abort();
    expect(await until("never")).toMatch(/<end>$/);
    expect(hub.open()).toBeNull();
  });
});

describe("GET /api/v1/live", () => {
  let opened: Awaited<ReturnType<typeof openTestDatabase>>;
  let app: AppServer;
  beforeAll(async () => {
    opened = await openTestDatabase();
    app = await startApp(opened.db);
  });
  afterAll(async () => {
    await app.stop();
    await opened.close();
  });

  test("is a stream of server-sent events that no cache keeps", async () => {
    const response = await app.request("/api/v1/live");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("no-store");
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe("retry: 3000\n\n");
    app.live.publish({ type: "incidents", ids: [5] });
    expect((await reader?.read())?.value).toBe('event: incidents\ndata: {"ids":[5]}\n\n');
    await reader?.cancel();
  });

  test("answers HEAD, refuses what it does not know, and whoever may not read", async () => {
    expect((await app.request("/api/v1/live", { method: "HEAD" })).status).toBe(200);
    expect((await app.request("/api/v1/live?surprise=1")).status).toBe(400);
    const closed = await startApp(opened.db, { publicRead: "none" });
    expect((await closed.request("/api/v1/live")).status).toBe(401);
    await closed.stop();
  });
});
