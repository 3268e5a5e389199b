import { describe, expect, test } from "vitest";
import { phaseShown } from "../../../src/domain/incident/phase-shown.ts";
import { DEFAULT_POLICY } from "../../../src/domain/incident/policy.ts";
import { reduceTrack } from "../../../src/domain/incident/reduce-track.ts";
import type { Condition, Track } from "../../../src/domain/incident/track.ts";
import { CERTIFICATE, MINUTE, play, START, trackAfter } from "../../support/sightings.ts";

function phases(letters: string, condition: Condition = "reach") {
  const seen: string[] = [];
  let track: Track | null = null;
  for (const sighting of play(letters)) {
    track = reduceTrack(track, sighting, DEFAULT_POLICY).track;
    seen.push(track.conditions[condition].phase);
  }
  return seen;
}

/** The phase after the last of the runs. */
function phase(letters: string, condition: Condition = "reach") {
  return phases(letters, condition).at(-1);
}

describe("reach", () => {
  test("goes from up over suspect, down and recovering to up", () => {
    expect(phases(".xXX...")).toEqual([
      "up",
      "suspect",
      "suspect",
      "down",
      "recovering",
      "recovering",
      "up",
    ]);
  });

  test("one lost packet is a suspicion that the first good confirmation ends", () => {
    expect(phases(".xO")).toEqual(["up", "suspect", "up"]);
  });

  test("a confirmation that fails and one that succeeds end the suspicion too", () => {
    expect(phases("xXO")).toEqual(["suspect", "suspect", "up"]);
    expect(phases("xX.")).toEqual(["suspect", "suspect", "up"]);
  });

  test("three scheduled runs confirm where no confirmation came", () => {
    expect(phases("xxx")).toEqual(["suspect", "suspect", "down"]);
  });

  test("confirmations alone confirm nothing: a scheduled run must be among them", () => {
    const confirmations = play("xXXX").slice(1);
    expect(trackAfter(confirmations)?.conditions.reach).toMatchObject({ phase: "suspect", bad: 3 });
  });

  test("a failure while it recovers makes it down again at once, and the good runs count anew", () => {
    expect(phases("xXX..x...")).toEqual(
      "suspect suspect down recovering recovering down recovering recovering up".split(" "),
    );
  });

  test("good confirmations do not close: only scheduled runs do", () => {
    expect(phase("xXXOOOO")).toBe("recovering");
    expect(phase("xXXOOOO...")).toBe("up");
  });

  test("wrong content is down: an answer that is not the portal's", () => {
    expect(phase("wWW")).toBe("down");
  });

  test("unknown and skipped runs neither open, close nor reset", () => {
    expect(phase("xuXukX")).toBe("down");
    expect(phase("xXX.u.uk")).toBe("recovering");
    expect(phase("xXX.u.uk.")).toBe("up");
    expect(phase("xXXuuuuuuuuu")).toBe("down");
  });

  test("keeps when it failed first and last, when it was good first, and by what it failed", () => {
    const track = trackAfter(play(".xXw.u."));
    expect(track?.conditions.reach).toMatchObject({
      phase: "recovering",
      since: START + 3 * MINUTE,
      firstBadAt: START + MINUTE,
      lastBadAt: START + 2 * MINUTE,
      firstGoodAt: START + 3 * MINUTE,
      cause: "http_status",
      good: 2,
    });
    expect(trackAfter(play(".xXw"))?.conditions.reach).toMatchObject({ bad: 3, confirmations: 1 });
  });

  test("scheduled runs count for flapping, and the good confirmation that ends a suspicion", () => {
    expect(trackAfter(play(".xXO."))?.recent).toBe("1011");
    expect(trackAfter(play(".xXX.OxX"))?.recent).toBe("1010");
  });

  test("a family without records is absent and fails nothing", () => {
    const track = trackAfter(play("a"));
    expect(track).toMatchObject({ absent: true, conditions: { reach: { phase: "up" } } });
    expect(trackAfter(play("au"))?.absent).toBe(true);
    expect(trackAfter(play("a."))?.absent).toBe(false);
    expect(phase("xXXaaa")).toBe("up");
  });
});

describe("the other conditions", () => {
  test("too slow is a limit that five scheduled runs confirm, and the portal is reachable meanwhile", () => {
    expect(phases("sssss", "limit")).toEqual("suspect suspect suspect suspect down".split(" "));
    expect(phase("sSSSSSSSS", "limit")).toBe("suspect");
    expect(phase("sssss")).toBe("up");
    expect(phase("sssss....", "limit")).toBe("recovering");
    expect(phase("sssss.....", "limit")).toBe("up");
  });

  test("a name takes five scheduled runs and two repeats, and is never told as down", () => {
    expect(phase("nNNnnn", "name")).toBe("suspect");
    expect(phase("nNNnnnn", "name")).toBe("down");
    expect(phase("nnnnnn", "name")).toBe("suspect");
    expect(phase("nnnnnnn", "name")).toBe("down");
    expect(phase("nNNnnnn")).toBe("up");
    expect(phase("nNNnnnnx", "name")).toBe("recovering");
  });

  test("a resolver that is unusable and our own faults say nothing of the name", () => {
    const [unusable] = play("u", { failure: "resolver_unusable" });
    const [down] = play("u", { failure: "resolver_down", at: START + 1 });
    for (const sighting of [unusable, down]) {
      if (sighting === undefined) throw new Error("nothing played");
      const { track, changed } = reduceTrack(null, sighting, DEFAULT_POLICY);
      expect([track.toldAt, changed]).toEqual([null, []]);
    }
  });

  test("a run that fails by its certificate alone opens certificate and not down", () => {
    expect(phase("tTT", "certificate")).toBe("down");
    expect(phase("tTT")).toBe("up");
    expect(phase("tTT.", "certificate")).toBe("recovering");
    expect(phase("tTT..", "certificate")).toBe("up");
  });

  test("a bad certificate before a server's error, or without an answer, is down", () => {
    for (const status of [500, 503, null]) {
      const track = trackAfter(play("t", { status }));
      expect(track?.conditions.reach.phase).toBe("suspect");
      expect(track?.conditions.certificate.phase).toBe("up");
    }
    expect(trackAfter(play("t", { status: 404 }))?.conditions.reach.phase).toBe("up");
  });

  test("a wrong answer under a good certificate mends the certificate, no answer does not", () => {
    expect(phase("tTTww", "certificate")).toBe("up");
    expect(phase("tTTxx", "certificate")).toBe("down");
  });
});

describe("taking in", () => {
  test("a steady success makes no news, and keeps everything but its instant", () => {
    const [first, second] = play("..", { certificate: CERTIFICATE });
    if (first === undefined || second === undefined) throw new Error("nothing played");
    const one = reduceTrack(null, first, DEFAULT_POLICY);
    expect(one.worthKeeping).toBe(false);
    const two = reduceTrack(one.track, second, DEFAULT_POLICY);
    expect(two).toMatchObject({ changed: [], worthKeeping: false });
    expect(two.track).toEqual({ ...one.track, at: second.at, toldAt: second.at });
    expect(two.track.conditions).toBe(one.track.conditions);
    expect(two.track.certificate).toBe(one.track.certificate);
  });

  test("what is more than success is worth keeping: failures, the way back, and an absent family", () => {
    const kept = (letters: string) => {
      let track: Track | null = null;
      return play(letters).map((sighting) => {
        const reduction = reduceTrack(track, sighting, DEFAULT_POLICY);
        track = reduction.track;
        return reduction.worthKeeping;
      });
    };
    expect(kept(".xOu.")).toEqual([false, true, true, false, true]);
    expect(kept("aaa.")).toEqual([true, false, false, true]);
    expect(kept(`x${".".repeat(40)}`).slice(-19)).toEqual(Array(19).fill(false));
  });

  test("a run at or before the last one changes nothing", () => {
    const track = trackAfter(play(".xX"));
    for (const sighting of play("..x")) {
      const late = { ...sighting, at: Math.min(sighting.at, track?.at ?? 0) };
      expect(reduceTrack(track, late, DEFAULT_POLICY)).toEqual({
        track,
        changed: [],
        worthKeeping: false,
      });
    }
  });

  test("after the clock went back, runs count again and no instant lies ahead", () => {
    const ahead = trackAfter(play("xXX.", { at: START + 24 * 60 * MINUTE }));
    const [good] = play(".");
    if (good === undefined) throw new Error("nothing played");
    expect(reduceTrack(ahead, good, DEFAULT_POLICY).track).toBe(ahead);
    const { track } = reduceTrack(ahead, good, DEFAULT_POLICY, START + 1000);
    expect(track).toMatchObject({ at: START, toldAt: START });
    expect(track.conditions.reach).toMatchObject({ firstBadAt: START, lastBadAt: START, good: 2 });
    expect(reduceTrack(track, good, DEFAULT_POLICY, START + 1000).track).toBe(track);
  });

  test("a clock that is a few seconds ahead is no reason to doubt a track", () => {
    const track = trackAfter(play("x", { at: START + 4000 }));
    const [good] = play(".");
    if (good === undefined) throw new Error("nothing played");
    expect(reduceTrack(track, good, DEFAULT_POLICY, START).track).toBe(track);
  });
});

describe("the phase shown", () => {
  const freshness = { intervalMs: MINUTE, freshIntervals: 2 };

  test("is unknown where nothing was told, or nothing lately", () => {
    expect(phaseShown(null, START, freshness)).toBe("unknown");
    expect(phaseShown(trackAfter(play("uk")), START, freshness)).toBe("unknown");
    const track = trackAfter(play("x"));
    expect(phaseShown(track, START + 2 * MINUTE, freshness)).toBe("suspect");
    expect(phaseShown(track, START + 2 * MINUTE + 1, freshness)).toBe("unknown");
  });
});
