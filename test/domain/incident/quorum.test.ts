import { describe, expect, test } from "vitest";
import type { PortalView, Sight, Voter } from "../../../src/domain/incident/change.ts";
import { decidePortal } from "../../../src/domain/incident/decide-portal.ts";
import { DEFAULT_POLICY } from "../../../src/domain/incident/policy.ts";
import { judgeFamily, quorumOf } from "../../../src/domain/incident/quorum.ts";
import { replay } from "../../../src/domain/incident/replay.ts";
import {
  MINUTE,
  play,
  severityOf,
  START,
  trackAfter,
  voter,
  worldOf,
} from "../../support/sightings.ts";

/** Where all tracks below end. */
const NOW = START + 5 * MINUTE;

/** A portal that each vantage point saw like this; all saw it last at the same time. */
function view(
  seen: readonly string[],
  voters: readonly Voter[] = seen.map((_, at) => voter(at + 1)),
) {
  const sights = seen.flatMap((letters, index): Sight[] => {
    const runs = play(letters, { vantage: index + 1 });
    const track = trackAfter(
      runs.map((run) => ({ ...run, at: run.at + NOW - (runs.at(-1)?.at ?? 0) })),
    );
    return track === null ? [] : [{ family: "ip4", vantage: index + 1, track }];
  });
  const made: PortalView = {
    portal: 1,
    portalKind: "portal",
    sights,
    voters,
    open: [],
    ended: [],
    at: NOW,
    intervalMs: MINUTE,
    severityOf,
  };
  return made;
}

function level(seen: readonly string[], voters?: readonly Voter[]) {
  return judgeFamily(view(seen, voters), "internet", "ip4", "reach", DEFAULT_POLICY).level;
}

const UP = "....";
const DOWN = ".xXX";
const BACK = "xXX.";

describe("the quorum", () => {
  test("is the majority and two at least; one that is alone decides alone", () => {
    expect([1, 2, 3, 4, 5, 6, 7].map(quorumOf)).toEqual([1, 2, 2, 3, 3, 4, 4]);
  });

  test("makes it down, and fewer make it partial", () => {
    expect(level([DOWN])).toBe("down");
    expect(level([DOWN, DOWN])).toBe("down");
    expect(level([DOWN, UP])).toBe("partial");
    expect(level([DOWN, DOWN, UP])).toBe("down");
    expect(level([DOWN, UP, UP])).toBe("partial");
    expect(level([DOWN, DOWN, UP, UP])).toBe("partial");
  });

  test("a suspicion has no vote, and neither has one that is on its way back", () => {
    expect(level(["xX", "xX", DOWN])).toBe("partial");
    expect(level([DOWN, BACK])).toBe("unsettled");
    expect(level([UP, BACK])).toBe("unsettled");
    expect(level([UP, UP])).toBe("good");
  });

  test("only who is healthy for the family, of the network and told something lately may vote", () => {
    const noIp4: Voter = { ...voter(1), healthy: { ip4: false, ip6: true } };
    expect(level([DOWN], [noIp4])).toBe("unknown");
    expect(level([UP, DOWN, DOWN], [voter(1), { ...noIp4, vantage: 2 }, voter(3)])).toBe(
      "unsettled",
    );
    expect(level([DOWN, UP], [voter(1), voter(2, "cpnet")])).toBe("down");
    expect(level([DOWN], [])).toBe("unknown");
    const later = { ...view([DOWN]), at: NOW + 2 * MINUTE + 1 };
    expect(judgeFamily(later, "internet", "ip4", "reach", DEFAULT_POLICY)).toMatchObject({
      level: "unknown",
      lastKnownBad: true,
    });
  });

  test("a family is absent when all who can tell say so", () => {
    expect(level(["a", "aa"])).toBe("absent");
    expect(level(["a", "."])).toBe("good");
  });
});

/** Runs of one vantage point; the other family is not published. */
function seen(vantage: number, letters: string, at = START) {
  return play(letters, { vantage, at });
}

const TWO = worldOf([voter(1), voter(2)]);
const THREE = worldOf([voter(1), voter(2), voter(3)]);

describe("several vantage points", () => {
  test("two of three open, and the incident names them", () => {
    const runs = [...seen(1, ".xXX"), ...seen(2, ".xXX", START + 1000), ...seen(3, "..")];
    expect(replay(runs, THREE, DEFAULT_POLICY)).toMatchObject([
      {
        scope: "whole",
        openedAt: START + MINUTE,
        confirmedAt: START + MINUTE + 21_000,
        confirmation: { vantages: [1, 2], observations: 6, singleVantage: false },
      },
    ]);
  });

  test("what one of two sees is told after ten minutes, as partial, with its name", () => {
    const up = (minutes: number) => seen(2, ".".repeat(minutes));
    const down = (minutes: number) => seen(1, `xXX${"x".repeat(minutes)}`);
    expect(replay([...down(10), ...up(11)], TWO, DEFAULT_POLICY)).toEqual([]);
    expect(replay([...down(11), ...up(12)], TWO, DEFAULT_POLICY)).toMatchObject([
      {
        scope: "partial",
        family: null,
        severity: "minor",
        openedAt: START,
        confirmation: { vantages: [1], singleVantage: false },
      },
    ]);
  });

  test("more of them make the same incident whole, and it ends when the last one has recovered", () => {
    const one = `xXX${"x".repeat(16)}....`;
    const whole = [...seen(1, one), ...seen(2, `${".".repeat(12)}xXX........`)];
    const until = (minute: number) =>
      replay(
        whole.filter(({ at }) => at < START + minute * MINUTE),
        TWO,
        DEFAULT_POLICY,
      );
    expect(until(12)).toMatchObject([{ scope: "partial" }]);
    expect(until(13)).toMatchObject([{ scope: "whole", confirmation: { vantages: [1, 2] } }]);
    expect(until(15)).toMatchObject([{ scope: "whole", resolvedAt: null }]);
    expect(until(16)).toMatchObject([{ scope: "partial", resolvedAt: null }]);
    expect(until(30)).toMatchObject([{ scope: "partial", resolvedAt: START + 17 * MINUTE }]);
  });

  test("one that fell silent while it saw it down is waited for ten minutes, not for ever", () => {
    const silent = [...seen(1, "xXX"), ...seen(2, "xXX"), ...seen(3, "xXX")];
    const back = (minutes: number) => seen(1, ".".repeat(minutes), START + MINUTE);
    expect(replay([...silent, ...back(9)], THREE, DEFAULT_POLICY)).toMatchObject([
      { resolvedAt: null },
    ]);
    expect(replay([...silent, ...back(11)], THREE, DEFAULT_POLICY)).toMatchObject([
      { resolvedAt: START + MINUTE },
    ]);
  });

  test("when all who saw it down are silent, the success of one who never did ends it after that time", () => {
    const silent = [...seen(1, ".xXX"), ...seen(2, ".xXX")];
    const well = (minutes: number) => seen(3, ".".repeat(minutes));
    expect(replay([...silent, ...well(11)], THREE, DEFAULT_POLICY)).toMatchObject([
      { resolvedAt: null },
    ]);
    expect(replay([...silent, ...well(13)], THREE, DEFAULT_POLICY)).toMatchObject([
      { resolvedAt: START + 12 * MINUTE },
    ]);
  });

  test("nobody who can tell opens nothing and closes nothing", () => {
    const ill = [voter(1), voter(2)].map((each) => ({
      ...each,
      healthy: { ip4: false, ip6: false },
    }));
    expect(decidePortal(view([DOWN, DOWN], ill), DEFAULT_POLICY)).toEqual([]);
    const [opened] = decidePortal(view([DOWN, DOWN]), DEFAULT_POLICY);
    if (opened?.type !== "open") throw new Error("nothing opened");
    const open = [{ ...opened.incident, id: 7 }];
    expect(decidePortal({ ...view([UP, UP], ill), open }, DEFAULT_POLICY)).toEqual([]);
    expect(decidePortal({ ...view([UP, UP]), open }, DEFAULT_POLICY)).toMatchObject([
      { type: "resolve", id: 7 },
    ]);
  });
});

describe("an incident ended by hand", () => {
  const [opened] = decidePortal(view([DOWN]), DEFAULT_POLICY);
  if (opened?.type !== "open") throw new Error("nothing opened");
  const ended = (resolvedAt: number) => [{ ...opened.incident, id: 7, resolvedAt }];

  test("stays ended until the portal fails again, and goes on with the next failure", () => {
    expect(decidePortal({ ...view([DOWN]), ended: ended(NOW) }, DEFAULT_POLICY)).toEqual([]);
    expect(decidePortal({ ...view([DOWN]), ended: ended(NOW - 1) }, DEFAULT_POLICY)).toMatchObject([
      { type: "reopen", id: 7, incident: { openedAt: opened.incident.openedAt } },
    ]);
  });

  test("by a clock that was ahead does not keep another one from opening", () => {
    const late = { ...view([DOWN]), ended: ended(NOW + 24 * 60 * MINUTE) };
    expect(decidePortal(late, DEFAULT_POLICY)).toEqual([]);
    expect(decidePortal({ ...late, now: NOW }, DEFAULT_POLICY)).toMatchObject([{ type: "open" }]);
  });

  test("that ended long before is followed by another one", () => {
    const long = ended(NOW - DEFAULT_POLICY.reopenWithinMs - 1);
    expect(decidePortal({ ...view([DOWN]), ended: long }, DEFAULT_POLICY)).toMatchObject([
      { type: "open" },
    ]);
  });
});

describe("an open incident", () => {
  test("of a family that nobody has told anything of stays, however well the other one is", () => {
    const [opened] = decidePortal(view([DOWN]), DEFAULT_POLICY);
    if (opened?.type !== "open") throw new Error("nothing opened");
    const open = [{ ...opened.incident, id: 7, family: "ip6", scope: "partial" } as const];
    expect(decidePortal({ ...view([UP]), open }, DEFAULT_POLICY)).not.toContainEqual(
      expect.objectContaining({ type: "resolve" }),
    );
  });
});
