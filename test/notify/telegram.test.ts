import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type HttpReceiver, startHttpReceiver } from "../support/http-receiver.ts";
import { notice, portalNotice, sendContext } from "../support/made-up-notices.ts";
import { channelOf } from "./support.ts";

let server: HttpReceiver;
beforeAll(async () => {
  server = await startHttpReceiver();
});
afterAll(() => server.stop());
beforeEach(() => {
  server.requests.length = 0;
  server.answer = () => ({ body: '{"ok":true,"result":{"message_id":815}}' });
});

const telegram = () =>
  channelOf({
    kind: "telegram",
    token: { env: "TOKEN" },
    chat: -100123,
    lang: "en",
    base_url: server.url,
  });
const posted = () => JSON.parse(server.requests.at(-1)?.body ?? "") as Record<string, unknown>;

test("a message goes to the chat as text that stands for itself, and its number is kept", async () => {
  const name = { vi: "A <b>&", en: null };
  const message = notice("opened", { portal: portalNotice({ name }) });
  expect(await telegram().send(message, sendContext())).toEqual({
    ok: true,
    value: { receipt: "815", note: null },
  });
  expect(server.requests[0]?.path).toBe("/bot123456:AA-bb/sendMessage");
  expect(posted()).toMatchObject({ chat_id: -100123, parse_mode: "HTML" });
  expect(posted()).not.toHaveProperty("reply_parameters");
  expect(String(posted()["text"])).toMatch(/^<b>Not reachable: A &lt;b&gt;&amp;<\/b>\nMajor: /);
});

test("the recovery answers the message that told the opening, even one that is gone", async () => {
  await telegram().send(notice("resolved"), sendContext({ receipt: "815" }));
  expect(posted()).toMatchObject({
    reply_parameters: { message_id: 815, allow_sending_without_reply: true },
  });
});

test("a message is never longer than Telegram takes", async () => {
  const portals = Array.from({ length: 20 }, () =>
    portalNotice({ name: { vi: "&".repeat(900), en: null } }),
  );
  await telegram().send(notice("opened", { members: { total: 900, portals } }), sendContext());
  const shown = String(posted()["text"])
    .replaceAll(/<\/?b>/g, "")
    .replaceAll("&amp;", "&");
  expect(shown.length).toBeLessThanOrEqual(4096);
  expect(shown).toMatch(/…\nhttps:\/\/watch\.example\/incidents\/7$/);
});

test.each([
  [
    429,
    '{"ok":false,"description":"Too Many Requests","parameters":{"retry_after":37}}',
    false,
    37_000,
  ],
  [400, '{"ok":false,"description":"Bad Request: chat not found"}', true, null],
  [403, '{"ok":false,"description":"Forbidden: bot was kicked"}', true, null],
  [401, '{"ok":false,"description":"Unauthorized"}', false, null],
  [502, "<html>", false, null],
  [200, "<html>", false, null],
])(
  "an answer of %d %s is understood, and the token is never told",
  async (status, body, permanent, retryAfterMs) => {
    server.answer = () => ({ status, body });
    const sent = await telegram().send(notice(), sendContext());
    expect(sent).toMatchObject({ ok: false, problem: { permanent, retryAfterMs } });
    expect(JSON.stringify(sent)).not.toContain("AA-bb");
  },
);
