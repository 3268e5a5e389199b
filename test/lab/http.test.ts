import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../lab/index.ts";
import { FAMILIES } from "../../src/domain/family.ts";
import { getFrom, headOf, secureTo } from "../support/lab-client.ts";

let lab: Lab;

const STATUS = [
  ["http-500", 500],
  ["http-503", 503],
  ["http-403", 403],
  ["http-404", 404],
  ["http-429", 429],
] as const;

beforeAll(async () => {
  lab = await startLab({
    only: [
      ...STATUS.map(([id]) => id),
      "healthy",
      "status-differs",
      "flapping",
      "slow",
      "headers-slow",
      "headers-endless",
      "body-stalls",
      "body-endless",
      "body-bomb",
      "closes",
      "resets",
      "garbage",
      "json-healthy",
      "json-sick",
      "text-missing",
    ],
  });
});
afterAll(() => lab.stop());

const statusOf = async (id: string, family: "ip4" | "ip6"): Promise<number> =>
  headOf(await getFrom(lab, lab.portal(id), family)).status;

const BLANK_LINE = Buffer.from("\r\n\r\n");

describe("answers of the lab", () => {
  test.each(STATUS)("%s answers %i over both families", async (id, status) => {
    expect([await statusOf(id, "ip4"), await statusOf(id, "ip6")]).toEqual([status, status]);
  });

  test("the portal whose status differs answers 200 over IPv4 and 500 over IPv6", async () => {
    expect([
      await statusOf("status-differs", "ip4"),
      await statusOf("status-differs", "ip6"),
    ]).toEqual([200, 500]);
  });

  test("the flapping portal alternates by request, each family by itself", async () => {
    const seen: number[] = [];
    for (const family of ["ip4", "ip4", "ip6", "ip4", "ip6"] as const) {
      seen.push(await statusOf("flapping", family));
    }
    expect(seen).toEqual([200, 503, 200, 200, 503]);
  });

  test("a change of behaviour starts the flapping anew", async () => {
    await lab.setBehaviour("healthy", "flapping");
    expect(await statusOf("healthy", "ip4")).toBe(200);
    await lab.setBehaviour("healthy", "flapping");
    expect(await statusOf("healthy", "ip4")).toBe(200);
    await lab.setBehaviour("healthy", "healthy");
  });

  test("a portal that flaps by time shows its first phase first", async () => {
    const http = {
      kind: "flap",
      by: "time",
      every: 3_600_000,
      first: { kind: "page", status: 503 },
      second: { kind: "page" },
    } as const;
    await lab.setBehaviour("healthy", { both: { http } });
    expect([await statusOf("healthy", "ip4"), await statusOf("healthy", "ip4")]).toEqual([
      503, 503,
    ]);
    await lab.setBehaviour("healthy", "healthy");
  });

  test("the slow portal keeps its visitor waiting longer than it promised", async () => {
    const portal = lab.portal("slow");
    const began = performance.now();
    expect(await statusOf("slow", "ip6")).toBe(200);
    expect(performance.now() - began).toBeGreaterThan(portal.expectation.maxResponseMs!);
  });

  test("the JSON pages say up and down, the page without its text lacks it", async () => {
    const body = async (id: string): Promise<string> =>
      (await getFrom(lab, lab.portal(id), "ip4")).bytes.toString();
    expect(await body("json-healthy")).toContain('"status":"UP"');
    expect(await body("json-sick")).toContain('"status":"DOWN"');
    expect(await body("text-missing")).not.toContain(
      lab.portal("text-missing").expectation.bodyText,
    );
  });

  test("a kept-alive connection gets the behaviour of the moment", async () => {
    const socket = await secureTo(lab, lab.portal("healthy"), "ip4");
    if (typeof socket === "string") throw new Error(socket);
    const request = "GET / HTTP/1.1\r\nHost: healthy.lab.test\r\n\r\n";
    const two = new Promise<string>((resolve) => {
      let text = "";
      socket.on("data", (chunk) => {
        text += chunk.toString();
        if (text.split("</html>").length === 3) resolve(text);
      });
    });
    socket.write(request + request);
    expect((await two).match(/HTTP\/1\.1 200/g)).toHaveLength(2);
    socket.destroy();
  });
});

describe("answers that never end or never begin", () => {
  test.each(FAMILIES)(
    "slow headers drip in over %s and the blank line never comes",
    async (family) => {
      const received = await getFrom(lab, lab.portal("headers-slow"), family, {
        enough: (bytes) => bytes.toString().split("X-Slow").length > 3,
      });
      expect(received.end).toBe("enough");
      expect(received.bytes.indexOf(BLANK_LINE)).toBe(-1);
    },
  );

  test("endless headers exceed every parser's limit without a blank line", async () => {
    const received = await getFrom(lab, lab.portal("headers-endless"), "ip6", {
      enough: (bytes) => bytes.length > 1_000_000,
    });
    expect(received.end).toBe("enough");
    expect(received.bytes.indexOf(BLANK_LINE)).toBe(-1);
  });

  test("a stalled body is shorter than promised, and the connection stays open", async () => {
    const received = await getFrom(lab, lab.portal("body-stalls"), "ip4", {
      enough: (bytes) =>
        bytes.indexOf(BLANK_LINE) > 0 && bytes.toString().includes("Nửa chừng thì"),
    });
    expect(received.end).toBe("enough");
    expect(headOf(received).header("content-length")).toBe("1000");
  });

  test("an endless body goes on beyond what anybody should read, and stops with its reader", async () => {
    const socket = await secureTo(lab, lab.portal("body-endless"), "ip6");
    if (typeof socket === "string") throw new Error(socket);
    let bytes = 0;
    await new Promise<void>((resolve) => {
      socket.on("data", (chunk) => {
        bytes += chunk.length;
        if (bytes > 4 * 1024 * 1024) resolve();
      });
      socket.write("GET / HTTP/1.1\r\nHost: body-endless.lab.test\r\n\r\n");
    });
    const closed = new Promise((resolve) => socket.once("close", resolve));
    socket.destroy();
    await closed;
    expect(await statusOf("healthy", "ip6")).toBe(200);
  });

  test("the bomb is about a megabyte on the wire and a thousand times that unpacked", async () => {
    const received = await getFrom(lab, lab.portal("body-bomb"), "ip4");
    const head = headOf(received);
    expect(head.header("content-encoding")).toBe("gzip");
    const body = received.bytes.subarray(received.bytes.indexOf(BLANK_LINE) + BLANK_LINE.length);
    expect(body.length).toBe(Number(head.header("content-length")));
    expect(body.length).toBeLessThan(2_000_000);
    const members = 64;
    const unpacked = gunzipSync(body.subarray(0, body.length / members)).length;
    expect(unpacked * members).toBe(1024 ** 3);
  });

  test.each([
    ["closes", "end"],
    ["resets", "ECONNRESET"],
  ])("%s gives no byte, and ends with %s", async (id, end) => {
    for (const family of FAMILIES) {
      const received = await getFrom(lab, lab.portal(id), family);
      expect([received.bytes.length, received.end]).toEqual([0, end]);
    }
  });

  test("garbage does not begin like HTTP", async () => {
    const received = await getFrom(lab, lab.portal("garbage"), "ip4");
    expect(received.bytes.length).toBeGreaterThan(0);
    expect(received.bytes.toString()).not.toMatch(/^HTTP\//);
  });
});
