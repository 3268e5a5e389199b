import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type HttpReceiver, startHttpReceiver } from "../support/http-receiver.ts";
import { notice, NOW, sendContext } from "../support/made-up-notices.ts";
import { channelOf, memoryState } from "./support.ts";

let server: HttpReceiver;
let state = memoryState();
/** Tokens that the stand-in gave; only the last pair is good. */
let renewals = 0;
beforeAll(async () => {
  server = await startHttpReceiver();
});
afterAll(() => server.stop());
beforeEach(() => {
  server.requests.length = 0;
  state = memoryState();
  renewals = 0;
  server.answer = ({ path, body, headers }) => {
    if (path === "/v4/oa/access_token") {
      const refresh = renewals === 0 ? "s3cret" : `refresh-${renewals}`;
      if (new URLSearchParams(body).get("refresh_token") !== refresh) {
        return { body: '{"error":-14014,"error_name":"Invalid refresh token"}' };
      }
      renewals += 1;
      const tokens = { access_token: `access-${renewals}`, refresh_token: `refresh-${renewals}` };
      return { body: JSON.stringify({ ...tokens, expires_in: "3600" }) };
    }
    const good = headers["access_token"] === `access-${renewals}`;
    return {
      body: good ? '{"error":0,"data":{"message_id":"m1"}}' : '{"error":-216,"message":"invalid"}',
    };
  };
});

const zalo = (users = ["111"]) =>
  channelOf(
    {
      kind: "zalo",
      app_id: "42",
      app_secret: { env: "SECRET" },
      refresh_token: { env: "SECRET" },
      users,
      base_url: server.url,
      oauth_url: server.url,
    },
    { state },
  );
const paths = () => server.requests.map(({ path }) => path);
const SEND = "/v3.0/oa/message/cs";
const RENEW = "/v4/oa/access_token";

test("the first message renews the token, the next ones use it, also after a restart", async () => {
  expect(await zalo(["111", "222"]).send(notice(), sendContext())).toEqual({
    ok: true,
    value: { receipt: "m1", note: null },
  });
  expect(await zalo().send(notice(), sendContext())).toMatchObject({ ok: true });
  expect(paths()).toEqual([RENEW, SEND, SEND, SEND]);
  expect(JSON.parse(server.requests[1]?.body ?? "")).toMatchObject({
    recipient: { user_id: "111" },
  });
  expect(JSON.stringify(state.kept)).not.toContain("s3cret");
});

test("a token is renewed in time, by the refresh token that came last", async () => {
  await zalo().send(notice(), sendContext());
  const late = sendContext({ now: NOW + 3_400_000 });
  expect(await zalo().send(notice(), late)).toMatchObject({ ok: true });
  expect(paths()).toEqual([RENEW, SEND, RENEW, SEND]);
  expect(state.kept).toMatchObject({ access: "access-2", refresh: "refresh-2" });
});

test("a token that is refused before its time is renewed once", async () => {
  state.kept = { ...state.kept };
  await zalo().send(notice(), sendContext());
  state.kept = { ...state.kept, access: "stolen" };
  expect(await zalo().send(notice(), sendContext())).toMatchObject({ ok: true });
  expect(paths()).toEqual([RENEW, SEND, SEND, RENEW, SEND]);
});

test("a refresh token that is refused leaves the message waiting and is not told", async () => {
  renewals = 5;
  const sent = await zalo().send(notice(), sendContext());
  expect(sent).toMatchObject({
    ok: false,
    problem: { permanent: false, what: "the access token could not be renewed (error -14014)" },
  });
  expect(JSON.stringify(sent)).not.toContain("s3cret");
});

test("a user whom the account may not write to is refused for good, a busy service is not", async () => {
  await zalo().send(notice(), sendContext());
  server.answer = () => ({ body: '{"error":-230,"message":"no interaction"}' });
  expect(await zalo().send(notice(), sendContext())).toMatchObject({
    ok: false,
    problem: { permanent: true, what: "error -230: no interaction" },
  });
  server.answer = () => ({ body: '{"error":-32,"message":"rate"}' });
  expect(await zalo().send(notice(), sendContext())).toMatchObject({
    ok: false,
    problem: { permanent: false },
  });
});
