import { describe, expect, test } from "vitest";
import { DEFAULT_POLICY } from "../../../src/domain/incident/policy.ts";
import { replay, type ReplayedIncident } from "../../../src/domain/incident/replay.ts";
import type { Sighting } from "../../../src/domain/incident/sighting.ts";
import { CERTIFICATE, MINUTE, play, START, voter, worldOf } from "../../support/sightings.ts";

const WORLD = worldOf([voter(1)]);

/** Incidents of one vantage point, after runs over one family or both. */
function incidents(ip4: string, ip6 = "a".repeat(60)): readonly ReplayedIncident[] {
  const shown = play(ip4);
  const until = Math.max(...shown.map(({ at }) => at)) + MINUTE;
  const other = play(ip6, { family: "ip6", at: START + 30_000 }).filter(({ at }) => at < until);
  return replay([...shown, ...other], WORLD, DEFAULT_POLICY);
}

describe("down", () => {
  test("three failures open one incident, at the first of them, and say how it was confirmed", () => {
    expect(incidents(".xXX")).toEqual([
      expect.objectContaining({
        kind: "down",
        subject: "portal:1",
        network: "internet",
        portal: 1,
        family: null,
        scope: "whole",
        severity: "major",
        cause: "connect_timeout",
        openedAt: START + MINUTE,
        confirmedAt: START + MINUTE + 20_000,
        lastBadAt: START + MINUTE + 20_000,
        confirmation: { vantages: [1], observations: 3, confirmations: 2, singleVantage: true },
        flapping: false,
        resolvedAt: null,
        evidence: {
          families: { ip4: "down", ip6: "absent" },
          sights: [
            {
              vantage: 1,
              family: "ip4",
              phase: "down",
              cause: "connect_timeout",
              address: "192.0.2.1",
            },
            { vantage: 1, family: "ip6", phase: "up", cause: null, address: "192.0.2.1" },
          ],
        },
      }),
    ]);
  });

  test("fewer open nothing", () => {
    for (const letters of [".x", ".xX", ".xXO", ".x.x.x.", ".xX.xX."]) {
      expect(incidents(letters)).toEqual([]);
    }
  });

  test("it ends after three good scheduled runs, with the first of them", () => {
    expect(incidents("xXXOOO..")).toMatchObject([{ resolvedAt: null }]);
    expect(incidents("xXX..x...")).toMatchObject([
      { resolvedAt: START + 4 * MINUTE, closedBy: "recovered" },
    ]);
  });

  test("nothing that can not be told opens or ends it, however long", () => {
    expect(incidents(`xXX${"u".repeat(50)}`, "u".repeat(60))).toMatchObject([{ resolvedAt: null }]);
    expect(incidents("u".repeat(50))).toEqual([]);
  });

  test("a portal whose one family is down while the other works is partly down, with its own severity", () => {
    expect(incidents("..xXX", "......")).toMatchObject([
      { scope: "partial", family: "ip4", severity: "minor" },
    ]);
  });

  test("the other family after the first makes it whole, and back: one incident all the time", () => {
    const stages = ["..xXX", "..xXXxx", "..xXXxxxxxx", "..xXXxxx.......", "..xXXxxx.........."];
    const seen = stages.map((ip4) => incidents(ip4, "....xXXxxxxxxx...."));
    expect(seen.map((each) => each.length)).toEqual([1, 1, 1, 1, 1]);
    expect(seen.map(([one]) => [one?.scope, one?.family, one?.resolvedAt])).toEqual([
      ["partial", "ip4", null],
      ["whole", null, null],
      ["whole", null, null],
      ["partial", "ip6", null],
      ["partial", "ip6", START + 12.5 * MINUTE],
    ]);
    expect(new Set(seen.map(([one]) => one?.openedAt))).toEqual(new Set([START + 2 * MINUTE]));
  });

  test("a family of which nothing can be told makes no outage partial, and changes none that is", () => {
    expect(incidents("xXX", "uuu")).toMatchObject([{ scope: "whole", family: null }]);
    expect(incidents("..xXXxxxxxxxx", "...uuuuuuuuu")).toMatchObject([
      { scope: "partial", family: "ip4" },
    ]);
    expect(incidents("xXXxxxuuuuuuuuu", "xXXxxxxxxxxx")).toMatchObject([
      { scope: "whole", family: null },
    ]);
  });

  test("an incident of one family does not end because the other works", () => {
    expect(incidents("..xXXuuuuuuuuuuu", "..............")).toMatchObject([
      { family: "ip4", resolvedAt: null },
    ]);
  });

  test("an incident of both does not end while one of them was bad last and can not be told", () => {
    expect(incidents("xXXxuuuuuuuuuuu", "xXXx..........")).toMatchObject([
      { scope: "whole", resolvedAt: null },
    ]);
    expect(incidents("xXXxuuuuuuuuu...", "xXXx...........")).toMatchObject([
      { resolvedAt: START + 11 * MINUTE },
    ]);
  });

  test("a lost packet of the other family meanwhile does not prolong it", () => {
    expect(incidents(".......x.....", "...xXX..xx...")).toEqual([
      expect.objectContaining({ family: "ip6", resolvedAt: START + 8.5 * MINUTE }),
    ]);
    expect(incidents("......xO......", "...xXX........")).toMatchObject([
      { family: "ip6", resolvedAt: START + 4.5 * MINUTE },
    ]);
  });

  test("a family that is withdrawn while it is down ends it by being absent often enough", () => {
    expect(incidents("xXX.......", "...")).toHaveLength(1);
    expect(incidents("........", ".xXXxaa")).toMatchObject([{ family: "ip6", resolvedAt: null }]);
    expect(incidents("........", ".xXXxaaa")).toMatchObject([{ resolvedAt: START + 3.5 * MINUTE }]);
  });

  test("another group of causes is told, another kind within the group is not", () => {
    expect(incidents("xXXxw")).toMatchObject([{ cause: "http_status" }]);
    const refused = play("x", { failure: "connect_refused", at: START + MINUTE });
    const runs = [...play("xXX", { failure: "tls_timeout" }), ...refused];
    expect(replay(runs, WORLD, DEFAULT_POLICY)).toMatchObject([{ cause: "connect_refused" }]);
    const reset = play("x", { failure: "tls_reset", at: START + MINUTE });
    expect(
      replay([...play("xXX", { failure: "tls_timeout" }), ...reset], WORLD, DEFAULT_POLICY),
    ).toMatchObject([{ cause: "tls_timeout" }]);
  });
});

describe("going on", () => {
  test("what fails again within fifteen minutes is the same incident", () => {
    expect(incidents(`xXX${".".repeat(14)}xXX`)).toMatchObject([
      { openedAt: START, reopened: 1, resolvedAt: null },
    ]);
  });

  test("what fails later is another one", () => {
    expect(incidents(`xXX${".".repeat(17)}xXX`)).toMatchObject([
      { openedAt: START, resolvedAt: START + MINUTE },
      { openedAt: START + 18 * MINUTE, resolvedAt: null, reopened: 0 },
    ]);
  });
});

describe("flapping", () => {
  test("forty changes are one incident that stays open until it is stable", () => {
    const flaps = "xXX...xXX...xXX...xXX...".repeat(5);
    const open = incidents(`${".".repeat(5)}${flaps}`, "a".repeat(200));
    expect(open).toMatchObject([{ kind: "down", flapping: true, resolvedAt: null }]);
    expect(open[0]?.reopened).toBeLessThan(4);
    const runs = `${".".repeat(5)}${flaps}${".".repeat(25)}`;
    const ended = incidents(runs, "a".repeat(200));
    expect(ended).toMatchObject([{ kind: "down", flapping: false, closedBy: "recovered" }]);
    // The last flap ended three runs before the stable time.
    expect(ended[0]?.resolvedAt).toBe(START + (5 + 5 * 16 - 3) * MINUTE);
  });

  test("failures that no confirmation sees are degraded, called unstable, and never down", () => {
    expect(incidents("xO.".repeat(3))).toEqual([]);
    const open = incidents("xO.".repeat(6), ".".repeat(60));
    expect(open).toMatchObject([
      { kind: "degraded", cause: "unstable", family: "ip4", scope: "partial", flapping: true },
    ]);
    expect(incidents(`${"xO.".repeat(6)}${".".repeat(20)}`, ".".repeat(60))).toMatchObject([
      { kind: "degraded", flapping: false, resolvedAt: START + 10 * MINUTE + 10_000 },
    ]);
  });
});

describe("a portal that answers only at the second look", () => {
  test("is unstable from its fifth failure on, for as long as it is so, however steadily it fails", () => {
    const asleep = (runs: number) => incidents(`...${"xO".repeat(runs)}`, ".".repeat(runs + 3));
    expect(asleep(4)).toEqual([]);
    for (const runs of [5, 60]) {
      expect(asleep(runs)).toMatchObject([
        { kind: "degraded", cause: "unstable", family: "ip4", resolvedAt: null },
      ]);
    }
  });
});

describe("the other kinds", () => {
  test("too slow is degraded", () => {
    expect(incidents("ssss")).toEqual([]);
    expect(incidents("sssss")).toMatchObject([{ kind: "degraded", cause: "too_slow" }]);
    expect(incidents("sssss....")).toMatchObject([{ resolvedAt: null }]);
    expect(incidents("sssss.....")).toMatchObject([{ resolvedAt: START + 5 * MINUTE }]);
  });

  test("a name that a proven resolver can not resolve is unresolvable and not down", () => {
    expect(incidents("nNNnnnn", "nNNnnnn")).toMatchObject([
      { kind: "unresolvable", cause: "dns_timeout", scope: "whole", openedAt: START },
    ]);
    expect(incidents("nNNnnn", "nNNnnn")).toEqual([]);
  });

  test("a bad certificate is one incident of its kind and no outage, and names the certificate", () => {
    const runs = play("tTT", { certificate: CERTIFICATE });
    expect(replay(runs, WORLD, DEFAULT_POLICY)).toMatchObject([
      {
        kind: "certificate",
        cause: "tls_expired",
        evidence: { certificate: { fingerprint: CERTIFICATE.fingerprint } },
      },
    ]);
    expect(incidents("tTT..")).toMatchObject([{ resolvedAt: START + MINUTE }]);
  });

  test("a portal can be down and have a bad certificate, each told by its own runs", () => {
    const found = incidents("tTTxXX");
    expect(found.map(({ kind, resolvedAt }) => [kind, resolvedAt === null])).toEqual([
      ["certificate", true],
      ["down", true],
    ]);
  });

  test("two portals and two networks never share an incident", () => {
    const world = worldOf([voter(1), voter(2, "cpnet")]);
    const runs: Sighting[] = [1, 2].flatMap((portal) =>
      [1, 2].flatMap((vantage) => play("xXX", { portal, vantage })),
    );
    const found = replay(runs, world, DEFAULT_POLICY);
    expect(found.map(({ portal, network }) => `${portal} ${network}`).toSorted()).toEqual([
      "1 cpnet",
      "1 internet",
      "2 cpnet",
      "2 internet",
    ]);
  });
});
