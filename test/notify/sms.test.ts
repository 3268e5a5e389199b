import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { segmentsOf, smsRoom, withoutDiacritics } from "../../src/notify/sms-text.ts";
import { type HttpReceiver, startHttpReceiver } from "../support/http-receiver.ts";
import { notice, sendContext } from "../support/made-up-notices.ts";
import { channelOf } from "./support.ts";

let server: HttpReceiver;
beforeAll(async () => {
  server = await startHttpReceiver();
});
afterAll(() => server.stop());
beforeEach(() => {
  server.requests.length = 0;
  server.answer = () => ({ body: "OK 1" });
});

const sms = (change: Record<string, unknown> = {}) =>
  channelOf({ kind: "sms", to: ["+84912345678"], url: `${server.url}/send`, ...change });

describe("a short message", () => {
  test("has no diacritics and fits one part, the most important first", async () => {
    const json = { Phone: "{to}", Content: "{text}", Key: "{key}", Flags: [1, { unicode: false }] };
    const channel = sms({ json, max_segments: 1 });
    expect(await channel.send(notice(), sendContext())).toMatchObject({ ok: true });
    const body = JSON.parse(server.requests[0]?.body ?? "") as Record<string, string>;
    expect(body).toEqual({
      Phone: "+84912345678",
      Content:
        "Khong truy cap duoc: Cong dich vu cong Ha Noi\nNghiem trong: ket noi khong co hoi dap.\n...\nhttps://watch.example/incidents/7",
      Key: "7:opened:0:duty",
      Flags: [1, { unicode: false }],
    });
  });

  test("has them where UCS-2 is wanted, and is shorter for it", async () => {
    const channel = sms({
      method: "GET",
      encoding: "ucs2",
      max_segments: 2,
      query: { t: "{text}", key: { env: "SECRET" } },
    });
    await channel.send(notice(), sendContext());
    const query = new URL(`http://x${server.requests[0]?.path}`).searchParams;
    expect(query.get("key")).toBe("s3cret");
    expect(query.get("t")).toMatch(/^Không truy cập được: Cổng dịch vụ công Hà Nội\n/);
    expect(segmentsOf(query.get("t") ?? "", "ucs2")).toBeLessThanOrEqual(2);
  });

  test("goes to those who have not got it yet, and counts only what the gateway says it took", async () => {
    const channel = sms({
      to: ["111", "222"],
      form: { to: "{to}", text: "{text}" },
      accepted: "OK",
    });
    server.answer = ({ body }) => (body.startsWith("to=222") ? { body: "busy" } : { body: "OK 7" });
    const first = await channel.send(notice(), sendContext());
    expect(first).toMatchObject({
      ok: false,
      problem: { permanent: false, what: "the gateway says: busy" },
    });
    server.answer = () => ({ body: "OK 8" });
    const progress = first.ok ? null : first.problem.progress;
    expect(await channel.send(notice(), sendContext({ progress }))).toMatchObject({ ok: true });
    expect(server.requests.map(({ body }) => body.slice(0, 6))).toEqual([
      "to=111",
      "to=222",
      "to=222",
    ]);
  });
});

test.each([
  { form: { key: { env: "SECRET" } } },
  { json: { key: { env: "SECRET" } } },
  { query: { key: { env: "SECRET" } } },
  { headers: { authorization: { env: "SECRET" } } },
])("what a gateway repeats of its key is not quoted: %j", async (settings) => {
  const channel = sms({ accepted: "OK", ...settings });
  server.answer = () => ({ body: "unknown key=s3cret, bye" });
  const what = "the gateway says: unknown key=…, bye";
  expect(await channel.send(notice(), sendContext())).toMatchObject({ problem: { what } });
});

describe("parts", () => {
  test.each([
    ["a".repeat(160), "gsm7", 1],
    ["a".repeat(161), "gsm7", 2],
    ["a".repeat(306), "gsm7", 2],
    ["a".repeat(307), "gsm7", 3],
    ["€".repeat(80), "gsm7", 1],
    ["€".repeat(81), "gsm7", 2],
    // 153 is odd: a sign of two septets does not go over the border.
    ["€".repeat(153), "gsm7", 3],
    ["ế".repeat(70), "ucs2", 1],
    ["ế".repeat(71), "ucs2", 2],
    ["😀".repeat(35), "ucs2", 1],
    ["😀".repeat(67), "ucs2", 3],
  ] as const)("of %j in %s are %d", (text, encoding, parts) => {
    expect(segmentsOf(text, encoding)).toBe(parts);
  });

  test("are no fewer for a longer text, and none holds more than it can", () => {
    const text = fc.string({ unit: "binary", maxLength: 400 });
    fc.assert(
      fc.property(
        text,
        fc.string({ unit: "binary" }),
        fc.constantFrom("gsm7" as const, "ucs2" as const),
        (one, more, encoding) => {
          const room = smsRoom(encoding, 6);
          const [short, long] = [room.write(one), room.write(one) + room.write(more)];
          expect(segmentsOf(long, encoding)).toBeGreaterThanOrEqual(segmentsOf(short, encoding));
          const size = encoding === "ucs2" ? long.length : Array.from(long).length;
          expect(size).toBeLessThanOrEqual(
            segmentsOf(long, encoding) * (encoding === "ucs2" ? 70 : 160),
          );
        },
      ),
    );
  });
});

test("every Vietnamese letter loses its diacritics and nothing else", () => {
  expect(withoutDiacritics("Đường ống nước Ở Huế: ẶẮỪỮ – “được” … 20 €")).toBe(
    'Duong ong nuoc O Hue: AAUU - "duoc" ... 20 €',
  );
  expect(withoutDiacritics("日本 ~[x]")).toBe("?? ~[x]");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const plain = withoutDiacritics(text);
      expect(withoutDiacritics(plain)).toBe(plain);
    }),
  );
});
