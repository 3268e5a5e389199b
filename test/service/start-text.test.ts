import { expect, test } from "vitest";
import type { VantageState } from "../../src/domain/vantage.ts";
import { type StartFacts, startText } from "../../src/start-text.ts";

function vantage(ip4: boolean, ip6: boolean, usable = true): VantageState {
  const family = (healthy: boolean) => ({
    healthy,
    anchorsAnswered: healthy ? 3 : 0,
    anchorsTried: 3,
    sourceAddress: healthy ? "198.51.100.7" : null,
    why: healthy ? "3 of 3 anchors answered." : "0 of 3 anchors answered.",
  });
  return {
    name: "hanoi",
    country: "VN",
    checkedAt: 1,
    families: { ip4: family(ip4), ip6: family(ip6) },
    resolver: { usable, why: usable ? "It answers." : "It does not know the control names." },
    dns64Prefix: null,
  };
}

const FACTS: StartFacts = {
  url: "http://127.0.0.1:8080",
  signInLink: "http://127.0.0.1:8080/sign-in?token=t",
  database: "embedded, in /var/lib/hatangso",
  portals: 224,
  intervalMs: 60_000,
  auditIntervalMs: 21_600_000,
  vantage: vantage(true, true),
  firstKey: null,
  madeUp: false,
  telling: { toldBy: "channels", channels: 2 },
};

test("a healthy place in Viet Nam is told in plain words, without warnings", () => {
  expect(startText(FACTS)).toEqual([
    "hatangso is running: http://127.0.0.1:8080",
    "  Sign in as operator (works once): http://127.0.0.1:8080/sign-in?token=t",
    "  Database: embedded, in /var/lib/hatangso",
    "  Probing 224 portals over IPv4 and IPv6, each every 60 s.",
    "  Auditing each in depth every 6 h.",
    "  Incidents are told through 2 of our own channels (NOTIFY_FILE); keep rules of Prometheus for portals off.",
    'What this place ("hanoi") can reach:',
    "  IPv4: 3 of 3 anchors answered.",
    "  IPv6: 3 of 3 anchors answered.",
    "  Resolver: It answers.",
  ]);
});

test("a closed family is said to make runs unknown, never down", () => {
  const text = startText({ ...FACTS, vantage: vantage(true, false) }).join("\n");
  expect(text).toContain("Until IPv6 works here, portals are unknown over it, never down");
});

test("an unproven resolver is said to make every run unknown", () => {
  const text = startText({ ...FACTS, vantage: vantage(false, false, false) }).join("\n");
  expect(text).toContain("Until the resolver works, every run is recorded as unknown");
});

test.each([null, "DE"])(
  "a place in country %s is told that failure from abroad may be none",
  (country) => {
    const text = startText({ ...FACTS, vantage: { ...vantage(true, true), country } }).join("\n");
    expect(text).toContain("Many portals answer only inside Viet Nam");
  },
);

test("the first key is shown, or the file that holds it", () => {
  expect(startText({ ...FACTS, firstKey: { shown: "htg_k" } }).join("\n")).toContain(
    "First admin key, shown only now: htg_k",
  );
  expect(startText({ ...FACTS, firstKey: { file: "/data/first-admin-key" } }).join("\n")).toContain(
    "in /data/first-admin-key",
  );
});

test("the demo says that everything is made up", () => {
  expect(startText({ ...FACTS, madeUp: true }).join("\n")).toContain(
    "Everything shown here is made up",
  );
});

test.each([
  [{ toldBy: "channels", channels: 0 }, "Nobody is told of incidents"],
  [{ toldBy: "prometheus", channels: 0 }, "told by rules of Prometheus (INCIDENTS_TOLD_BY)."],
  [{ toldBy: "prometheus", channels: 3 }, "The channels of NOTIFY_FILE (3) stay silent"],
] as const)("with %j it is said who tells of incidents", (telling, says) => {
  expect(startText({ ...FACTS, telling }).join("\n")).toContain(says);
});
