import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { alertsOf, type PostedAlert } from "../../src/notify/alertmanager.ts";
import { type HttpReceiver, startHttpReceiver } from "../support/http-receiver.ts";
import { notice, NOW, sendContext, testNotice, TEXTS } from "../support/made-up-notices.ts";
import { channelOf } from "./support.ts";

let peers: HttpReceiver[];
beforeAll(async () => {
  peers = await Promise.all([startHttpReceiver(), startHttpReceiver()]);
});
afterAll(() => Promise.all(peers.map((peer) => peer.stop())));
beforeEach(() => {
  for (const peer of peers) {
    peer.requests.length = 0;
    peer.answer = () => ({});
  }
});

const channel = () =>
  channelOf({ kind: "alertmanager", peers: peers.map(({ url }) => `${url}/`), lang: "en" });
const alerts = (which: number) =>
  JSON.parse(peers[which]?.requests.at(-1)?.body ?? "[]") as PostedAlert[];
const say = { ...TEXTS, lang: "en" } as const;
const LASTS = 240_000;
const iso = (ms: number) => new Date(ms).toISOString();

test("an opening is posted to all peers: identity in labels, the rest in annotations, four repeats long", async () => {
  expect(await channel().send(notice(), sendContext())).toMatchObject({ ok: true });
  expect(peers.map(({ requests }) => requests[0]?.path)).toEqual([
    "/api/v2/alerts",
    "/api/v2/alerts",
  ]);
  expect(alerts(1)).toEqual(alerts(0));
  expect(alerts(0)).toEqual([
    {
      labels: {
        alertname: "PortalDown",
        kind: "down",
        portal: "dichvucong-hanoi",
        severity: "major",
        network: "internet",
      },
      annotations: expect.objectContaining({ summary: "Not reachable: Ha Noi public services" }),
      startsAt: "2026-11-25T07:00:00.000Z",
      endsAt: iso(NOW + LASTS),
      generatorURL: "https://watch.example/incidents/7",
    },
  ]);
});

test("what is open is repeated with a later end, and for five minutes what has ended", async () => {
  const { sync } = channel();
  expect(sync).toMatchObject({ everyMs: 60_000, afterEndMs: 300_000 });
  const ended = notice("resolved", { id: 8, resolved_at: "2026-11-25T07:04:00.000Z" });
  await sync?.send(
    [[notice()], [notice("opened", { id: 8 }), ended]],
    sendContext({ now: NOW + 60_000 }),
  );
  expect(alerts(0).map(({ endsAt }) => endsAt)).toEqual([
    iso(NOW + 60_000 + LASTS),
    "2026-11-25T07:04:00.000Z",
  ]);
});

test("labels stay the same while only facts change, and another severity ends the earlier alert", () => {
  const opened = notice("opened", { severity: "minor", flapping: true, cause: "x" });
  const same = notice("changed", { severity: "minor" });
  expect(alertsOf([opened, same], NOW, LASTS, say)).toHaveLength(1);
  const worse = { ...notice("changed", { severity: "critical" }), at: iso(NOW - 10_000) };
  const [before, now, ...others] = alertsOf([opened, same, worse], NOW, LASTS, say);
  expect(others).toEqual([]);
  expect(before).toMatchObject({ labels: { severity: "minor" }, endsAt: iso(NOW - 10_000) });
  expect(now).toMatchObject({ labels: { severity: "critical" }, endsAt: iso(NOW + LASTS) });
  expect(alertsOf([opened, same, worse], NOW + 400_000, LASTS, say)).toHaveLength(1);
});

test("an alert never ends at its birth", () => {
  const message = notice("resolved", { resolved_at: "2026-11-25T07:00:00.000Z" });
  const [alert] = alertsOf([message], NOW, LASTS, say);
  expect(Date.parse(alert?.endsAt ?? "")).toBeGreaterThan(Date.parse(alert?.startsAt ?? ""));
});

test("an incident without a portal is told by its subject, a test by a name of its own", async () => {
  const message = notice("opened", {
    portal: null,
    subject: { type: "vantage", name: "1/ip6" },
    kind: "vantage_degraded",
    family: "ip6",
  });
  expect(alertsOf([message], NOW, LASTS, say)[0]?.labels).toEqual({
    alertname: "VantageDegraded",
    kind: "vantage_degraded",
    subject: "vantage:1/ip6",
    family: "ip6",
    severity: "major",
    network: "internet",
  });
  await channel().send(testNotice, sendContext());
  expect(alerts(0)[0]?.labels).toEqual({ alertname: "HatangsoTest", severity: "info" });
});

describe("a peer that is away", () => {
  test("does not keep an alert from the others, and is told of", async () => {
    peers[0]!.answer = () => ({ status: 503 });
    expect(await channel().send(notice(), sendContext())).toMatchObject({
      ok: true,
      value: { note: "1 of 2 peers did not take it: HTTP 503" },
    });
    expect(alerts(1)).toHaveLength(1);
  });

  test("with all others leaves the alert waiting", async () => {
    for (const peer of peers) peer.answer = () => "reset";
    expect(await channel().send(notice(), sendContext())).toMatchObject({
      ok: false,
      problem: { permanent: false },
    });
  });
});
