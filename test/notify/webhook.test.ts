import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { FindAddresses } from "../../src/notify/http.ts";
import { isSignedBy, signatureOf } from "../../src/notify/webhook.ts";
import { type HttpReceiver, startHttpReceiver } from "../support/http-receiver.ts";
import { notice, NOW, sendContext } from "../support/made-up-notices.ts";
import { channelOf } from "./support.ts";

let server: HttpReceiver;
beforeAll(async () => {
  server = await startHttpReceiver();
});
afterAll(() => server.stop());
beforeEach(() => {
  server.requests.length = 0;
  server.answer = () => ({ status: 204 });
});

const webhook = (change: Record<string, unknown> = {}, find?: FindAddresses) =>
  channelOf(
    { kind: "webhook", url: `${server.url}/hook`, secret: { env: "SECRET" }, ...change },
    find === undefined ? {} : { find },
  );

describe("a message", () => {
  test("is posted as its JSON, signed over time and body, with the dedupe key", async () => {
    const message = notice();
    expect(await webhook({ headers: { "x-team": "a" } }).send(message, sendContext())).toEqual({
      ok: true,
      value: { receipt: null, note: null },
    });
    const [request] = server.requests;
    expect(request).toMatchObject({ method: "POST", path: "/hook" });
    expect(JSON.parse(request?.body ?? "")).toEqual(message);
    expect(request?.headers).toMatchObject({
      "content-type": "application/json",
      "idempotency-key": "7:opened:0:duty",
      "x-team": "a",
    });
    const signature = String(request?.headers["x-hatangso-signature"]);
    expect(isSignedBy("s3cret", request?.body ?? "", signature, { now: NOW })).toBe(true);
  });

  test("has the signature that openssl makes", () => {
    // printf '%s.%s' SECONDS BODY | openssl dgst -sha256 -hmac s3cret
    const made = "6bbf98e590a9abf91b260ab6ee7be48274039426e3cde30f48ce41102e0174ab";
    expect(signatureOf("s3cret", '{"a":"ế"}', NOW)).toBe(`t=1795590300,v1=${made}`);
  });

  test("has a signature that fits no other body, secret or time", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string({ minLength: 1 }), (body, other, secret) => {
        const signature = signatureOf(secret, body, NOW);
        expect(isSignedBy(secret, body, signature, { now: NOW })).toBe(true);
        expect(isSignedBy(secret, other, signature, { now: NOW })).toBe(other === body);
        expect(isSignedBy(`${secret}x`, body, signature, { now: NOW })).toBe(false);
        expect(isSignedBy(secret, body, signature, { now: NOW + 301_000 })).toBe(false);
        expect(isSignedBy(secret, body, other, { now: NOW })).toBe(false);
      }),
      { numRuns: 50 },
    );
  });
});

describe("an answer", () => {
  test.each([
    [500, false],
    [503, false],
    [429, false],
    [408, false],
    [400, true],
    [404, true],
    [410, true],
  ])("of %d is refused for good: %s", async (status, permanent) => {
    server.answer = () => ({ status, body: "no\r\nreally" });
    expect(await webhook().send(notice(), sendContext())).toMatchObject({
      ok: false,
      problem: { permanent, what: `HTTP ${status}: no really` },
    });
  });

  test("that repeats the URL is quoted without it", async () => {
    server.answer = ({ method, path }) => ({ status: 404, body: `Cannot ${method} ${path}` });
    const url = `${server.url}/in/T0PSECRET%2F7/?token=s3cr%20et`;
    const sent = await webhook({ url }).send(notice(), sendContext());
    expect(sent).toMatchObject({ problem: { what: expect.stringContaining("Cannot POST /in/…") } });
    expect(JSON.stringify(sent)).not.toMatch(/T0PSECRET|s3cr/);
  });

  test.each([
    ["120", 120_000],
    ["Wed, 25 Nov 2026 07:06:30 GMT", 90_000],
    ["soon", null],
  ])("that asks to wait (%s) is obeyed", async (text, retryAfterMs) => {
    const headers = { "retry-after": text, date: "Wed, 25 Nov 2026 07:05:00 GMT" };
    server.answer = () => ({ status: 429, headers });
    expect(await webhook().send(notice(), sendContext())).toMatchObject({
      ok: false,
      problem: { permanent: false, retryAfterMs },
    });
  });

  test("that redirects is refused, and nobody goes there", async () => {
    server.answer = () => ({ status: 302, headers: { location: `${server.url}/other` } });
    expect(await webhook().send(notice(), sendContext())).toMatchObject({
      ok: false,
      problem: { permanent: true, what: "HTTP 302: redirects are not followed" },
    });
    expect(server.requests).toHaveLength(1);
  });

  test("that never ends is read no further than 64 KB", async () => {
    server.answer = () => ({ status: 400, body: "x".repeat(5_000_000) });
    const sent = await webhook().send(notice(), sendContext());
    expect(sent).toMatchObject({ ok: false, problem: { permanent: true } });
    expect(JSON.stringify(sent).length).toBeLessThan(400);
  });

  test("that does not come is waited for until the signal, or the end of the connection", async () => {
    server.answer = () => "hang";
    const signal = AbortSignal.timeout(30);
    expect(await webhook().send(notice(), sendContext({ signal }))).toMatchObject({
      ok: false,
      problem: { permanent: false },
    });
    server.answer = () => "reset";
    expect(await webhook().send(notice(), sendContext())).toMatchObject({
      ok: false,
      problem: { permanent: false, what: "no answer (UND_ERR_SOCKET)" },
    });
  });
});

describe("an address", () => {
  test.each([
    ["http://127.0.0.1:1/", "127.0.0.1 is special (loopback)"],
    ["http://[::1]:1/", "::1 is special (loopback)"],
    ["http://[::ffff:127.0.0.1]:1/", "is special (ipv4_mapped)"],
    ["http://10.1.2.3/", "10.1.2.3 is special (private)"],
    ["http://169.254.169.254/latest/meta-data", "169.254.169.254 is special (link_local)"],
    ["http://2130706433/", "127.0.0.1 is special (loopback)"],
  ])("that is special is not connected to: %s", async (url, what) => {
    const channel = webhook({ url, allow_networks: [] });
    const sent = await channel.send(notice(), sendContext());
    expect(sent).toMatchObject({ ok: false, problem: { permanent: false } });
    expect(JSON.stringify(sent)).toContain(what);
  });

  test("that a name stands for is the one that was looked at: no second look-up can change it", async () => {
    let asked = 0;
    const find: FindAddresses = (_, found) => {
      asked += 1;
      found(null, [{ address: asked === 1 ? "127.0.0.1" : "10.0.0.1", family: 4 }]);
    };
    const url = server.url.replace("127.0.0.1", "hook.example");
    const allowed = webhook({ url }, find);
    expect(await allowed.send(notice(), sendContext())).toMatchObject({ ok: true });
    expect(asked).toBe(1);
    const closed = webhook({ url, allow_networks: [] }, (_, found) =>
      found(null, [{ address: "127.0.0.1", family: 4 }]),
    );
    expect(await closed.send(notice(), sendContext())).toMatchObject({
      ok: false,
      problem: { what: "the address 127.0.0.1 is special (loopback) and not in allow_networks" },
    });
    expect(server.requests).toHaveLength(1);
  });

  test("that is fine is taken where a name has others beside it", async () => {
    const url = server.url.replace("127.0.0.1", "hook.example");
    const channel = webhook({ url }, (_, found) =>
      found(null, [
        { address: "10.0.0.1", family: 4 },
        { address: "127.0.0.1", family: 4 },
      ]),
    );
    expect(await channel.send(notice(), sendContext())).toMatchObject({ ok: true });
  });
});
