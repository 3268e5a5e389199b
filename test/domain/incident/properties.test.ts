import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FAMILIES } from "../../../src/domain/family.ts";
import type { IncidentChange, PortalView } from "../../../src/domain/incident/change.ts";
import { signsOf } from "../../../src/domain/incident/condition-signs.ts";
import { decidePortal } from "../../../src/domain/incident/decide-portal.ts";
import { DEFAULT_POLICY, type IncidentPolicy } from "../../../src/domain/incident/policy.ts";
import { byTime, createReplay, replay } from "../../../src/domain/incident/replay.ts";
import type { Sighting } from "../../../src/domain/incident/sighting.ts";
import type { Condition } from "../../../src/domain/incident/track.ts";
import {
  MINUTE,
  play,
  severityOf,
  START,
  trackAfter,
  voter,
  worldOf,
} from "../../support/sightings.ts";
import { letters } from "./support/letters.ts";

const VANTAGES = [1, 2, 3, 4] as const;
const VOTERS = [voter(1), voter(2), voter(3), voter(4, "cpnet")];
const WORLD = worldOf(VOTERS);

/** For properties of whole stories, which take longest. */
const FEWER = { numRuns: 40 };

/** Runs of one portal over both families from some vantage points, each stream in its order. */
const streams = fc
  .array(
    fc.record({
      letters,
      vantage: fc.constantFrom(...VANTAGES),
      family: fc.constantFrom(...FAMILIES),
      offset: fc.nat(MINUTE),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((all) => {
    const unique = new Map(all.map((each) => [`${each.vantage} ${each.family}`, each]));
    return [...unique.values()].map(({ letters: text, vantage, family, offset }) =>
      play(text, { vantage, family, at: START + offset }),
    );
  });

const stories = streams.map((all) => all.flat().toSorted(byTime));

/** Policies within which everything must hold. */
const policies = fc
  .record({
    openAfter: fc.integer({ min: 1, max: 5 }),
    closeAfter: fc.integer({ min: 1, max: 4 }),
    partialAfterMs: fc.constantFrom(0, 2 * MINUTE, 10 * MINUTE),
  })
  .map(({ partialAfterMs, ...counts }): IncidentPolicy => {
    const down = { ...counts, openAfterScheduled: 1 };
    return { ...DEFAULT_POLICY, down, partialAfterMs };
  });

/** The default, but for how an outage opens and closes. */
function withDown(openAfter: number): IncidentPolicy {
  return {
    ...DEFAULT_POLICY,
    down: { openAfter, closeAfter: 1, openAfterScheduled: 1 },
    partialAfterMs: 0,
  };
}

/** How the portal is seen once all has come in, in whatever order. */
function viewAfter(sightings: readonly Sighting[]): PortalView {
  const groups = Map.groupBy(sightings, ({ vantage, family }) => `${vantage} ${family}`);
  return {
    portal: 1,
    portalKind: "portal",
    sights: [...groups.values()].flatMap((own) => {
      const [first] = own;
      const track = trackAfter(own);
      return first && track ? [{ family: first.family, vantage: first.vantage, track }] : [];
    }),
    voters: VOTERS,
    open: [],
    ended: [],
    at: Math.max(START, ...sightings.map(({ at }) => at)),
    intervalMs: MINUTE,
    severityOf,
  };
}

/** What is open once it was decided upon nothing but the end. */
function openAtTheEnd(sightings: readonly Sighting[]): readonly IncidentChange[] {
  return decidePortal(viewAfter(sightings), DEFAULT_POLICY);
}

describe("incidents", () => {
  test("never are two of a kind open for one portal and network, and every beginning ends once or is open", () => {
    fc.assert(
      fc.property(stories, policies, (story, policy) => {
        const run = createReplay(WORLD, policy);
        const ends = story.flatMap((sighting) => {
          const changes = run.take(sighting);
          const open = run.incidents().filter(({ resolvedAt }) => resolvedAt === null);
          expect(new Set(open.map(({ kind, network }) => `${kind} ${network}`)).size).toBe(
            open.length,
          );
          return changes.flatMap((change) => (change.type === "resolve" ? change.id : []));
        });
        for (const { id, reopened, resolvedAt } of run.incidents()) {
          const beginnings = 1 + reopened;
          const ended = ends.filter((each) => each === id).length;
          expect(ended).toBe(resolvedAt === null ? beginnings - 1 : beginnings);
        }
      }),
      FEWER,
    );
  });

  test("begin before they are confirmed and end after they began", () => {
    fc.assert(
      fc.property(stories, policies, (story, policy) => {
        for (const each of replay(story, WORLD, policy)) {
          expect(each.openedAt).toBeLessThanOrEqual(each.confirmedAt);
          expect(each.openedAt).toBeLessThanOrEqual(each.lastBadAt);
          expect(each.openedAt).toBeLessThanOrEqual(each.resolvedAt ?? Infinity);
        }
      }),
    );
  });

  test("are none once everybody has seen it well for long, and one outage per network once nobody can reach it", () => {
    fc.assert(
      fc.property(streams, policies, (all, policy) => {
        const end = (text: string) =>
          replay([...all.flat(), ...afterwards(all, text)], WORLD, policy);
        const open = (text: string) => end(text).filter(({ resolvedAt }) => resolvedAt === null);
        expect(open(".".repeat(25))).toEqual([]);
        const outages = open("x".repeat(12)).filter(({ kind }) => kind === "down");
        const seen = new Set(
          all.flat().map(({ vantage }) => (vantage === 4 ? "cpnet" : "internet")),
        );
        expect(new Set(outages.map(({ network }) => network))).toEqual(seen);
        expect(outages.map(({ scope }) => scope)).toEqual(outages.map(() => "whole"));
      }),
      FEWER,
    );
  });

  test("once done, nothing more follows from the same view: no input opens and closes", () => {
    fc.assert(
      fc.property(stories, policies, fc.nat(4 * MINUTE), (story, policy, later) => {
        const view = viewAfter(story);
        const at = view.at + later;
        const [first, second] = twice({ ...view, at }, policy);
        expect(second).toEqual([]);
        const incidents = first.flatMap((change, index) =>
          change.type === "open" ? [{ ...change.incident, id: index + 1 }] : [],
        );
        expect(incidents).toHaveLength(first.length);
      }),
    );
  });

  test("what opens as too slow is not unstable as well while somebody still sees it slow", () => {
    const policy = withDown(1);
    const story = [...play("sssss"), ...play("sssssw.xXXxx.xXXs", { family: "ip6" })];
    const [first, second] = twice(viewAfter(story.toSorted(byTime)), policy);
    expect(first).toMatchObject([
      { type: "open", incident: { kind: "degraded", cause: "too_slow" } },
    ]);
    expect(second).toEqual([]);
  });

  test("once one family failed often enough to be unstable, whichever changes all the time is so with it", () => {
    const story = [
      ...play("xOx.xXXxXX.nNNnNNnnnnxXX"),
      ...play(".ssssssxOxXX.xO", { family: "ip6" }),
    ].toSorted(byTime);
    const run = createReplay(WORLD, withDown(2));
    const causes = story.flatMap((sighting) => {
      const changes = run.take(sighting);
      expect(run.take(sighting)).toEqual([]);
      return changes.flatMap((change) =>
        change.type === "change" ? [[change.incident.cause, change.incident.scope]] : [],
      );
    });
    expect(causes).toContainEqual(["unstable", "whole"]);
  });

  test("the order in which vantage points report changes neither tracks nor what is open", () => {
    const orders = streams.chain((all) =>
      fc.record({
        inOrder: fc.constant(all.flat().toSorted(byTime)),
        turns: fc.array(fc.nat(5), { minLength: all.flat().length, maxLength: all.flat().length }),
        all: fc.constant(all),
      }),
    );
    fc.assert(
      fc.property(orders, ({ inOrder, turns, all }) => {
        const mixed = interleave(all, turns);
        expect(viewAfter(mixed).sights).toEqual(
          expect.arrayContaining([...viewAfter(inOrder).sights]),
        );
        expect(openAtTheEnd(mixed)).toEqual(openAtTheEnd(inOrder));
      }),
    );
  });

  test("replaying what was stored, in whatever order it lies, is what happened live", () => {
    fc.assert(
      fc.property(stories, policies, fc.nat(), (story, policy, cut) => {
        const live = createReplay(WORLD, policy);
        for (const sighting of story) live.take(sighting);
        const at = cut % (story.length + 1);
        const stored = [...story.slice(at).toReversed(), ...story.slice(0, at)];
        expect(replay(stored, WORLD, policy)).toEqual(live.incidents());
        expect(replay([...stored, ...stored], WORLD, policy)).toEqual(live.incidents());
      }),
      FEWER,
    );
  });

  test("an outage of one family flaps if that family does, not the other one, however often it is decided", () => {
    const policy = withDown(2);
    const story = [...play(".uuuxX"), ...play(".xOxOw.", { family: "ip6" })].toSorted(byTime);
    const outage = { kind: "down", family: "ip4", scope: "partial", flapping: false };
    expect(replay(story, WORLD, policy)).toMatchObject([outage]);
    const run = createReplay(WORLD, policy);
    for (const sighting of story) {
      run.take(sighting);
      expect(run.take(sighting)).toEqual([]);
    }
  });

  test("what was suspected more than a day before begins no outage in a replay either, what is open goes on", () => {
    const later = { at: START + 3000 * MINUTE };
    expect(replay([...play(".xX"), ...play("x", later)], WORLD, DEFAULT_POLICY)).toEqual([]);
    const spanned = [...play(".xXX"), ...play("x...", later)];
    expect(replay(spanned, WORLD, DEFAULT_POLICY)).toMatchObject([
      { openedAt: START + MINUTE, resolvedAt: START + 3001 * MINUTE },
    ]);
  });

  test("unknown-only streams change nothing, whatever is open", () => {
    fc.assert(
      fc.property(stories, fc.stringMatching(/^[uk]{1,30}$/), (story, unknown) => {
        const run = createReplay(WORLD, DEFAULT_POLICY);
        for (const sighting of story) run.take(sighting);
        const before = run.incidents();
        const at = Math.max(START, ...story.map((each) => each.at)) + 3 * MINUTE;
        for (const vantage of VANTAGES) {
          for (const sighting of play(unknown, { vantage, at })) run.take(sighting);
        }
        expect(run.incidents()).toEqual(before);
      }),
      FEWER,
    );
  });

  test("whether it flaps is left as it was while nobody can tell, however few of those who told before said so", () => {
    const run = createReplay(WORLD, DEFAULT_POLICY);
    const [here, there] = [{ vantage: 1 }, { vantage: 2 }];
    const seen = [...play("uuuuuu..", here), ...play(".x.x.xXX.x", there)];
    for (const sighting of seen.toSorted(byTime)) run.take(sighting);
    const before = run.incidents();
    expect(before).toMatchObject([{ kind: "down", resolvedAt: null, flapping: false }]);
    const at = START + 12 * MINUTE;
    for (const sighting of [...play("uuuu", { ...here, at }), ...play("uuuu", { ...there, at })]) {
      run.take(sighting);
    }
    expect(run.incidents()).toEqual(before);
  });

  test("opening takes as many bad runs as the policy asks for, so one bad run never opens", () => {
    fc.assert(
      fc.property(stories, (story) => {
        const run = createReplay(WORLD, DEFAULT_POLICY);
        for (const [index, sighting] of story.entries()) {
          for (const change of run.take(sighting)) {
            if (change.type !== "open") continue;
            const { conditions, least } = RULES[change.incident.kind as keyof typeof RULES];
            const bad = story
              .slice(0, index + 1)
              .filter((each) => conditions.some((condition) => isBad(each, condition)));
            expect(bad.length).toBeGreaterThanOrEqual(least);
            expect(change.incident.openedAt).toBeGreaterThanOrEqual(bad[0]?.at ?? Infinity);
          }
        }
      }),
      FEWER,
    );
  });
});

/** What each kind is about, and how many bad runs open it. */
const RULES = {
  down: { conditions: ["reach"], least: DEFAULT_POLICY.down.openAfter },
  degraded: { conditions: ["limit", "reach"], least: DEFAULT_POLICY.degraded.openAfter },
  unresolvable: { conditions: ["name"], least: DEFAULT_POLICY.unresolvable.openAfter },
  certificate: { conditions: ["certificate"], least: DEFAULT_POLICY.certificate.openAfter },
} as const;

/** The same runs of everybody who was seen, over one time, after all of theirs. */
function afterwards(all: readonly (readonly Sighting[])[], text: string): Sighting[] {
  const at = Math.max(START, ...all.flat().map((each) => each.at)) + MINUTE;
  return all.flatMap(([first]) =>
    first ? play(text, { vantage: first.vantage, family: first.family, at }) : [],
  );
}

function isBad(sighting: Sighting, condition: Condition): boolean {
  return signsOf(sighting)?.[condition] === "bad";
}

function twice(view: PortalView, policy: IncidentPolicy) {
  const first = decidePortal(view, policy);
  const open = first.flatMap((change, index) =>
    change.type === "open" ? [{ ...change.incident, id: index + 1 }] : [],
  );
  return [first, decidePortal({ ...view, open }, policy)] as const;
}

/** One order of all runs in which those of each stream keep theirs. */
function interleave(all: readonly (readonly Sighting[])[], turns: readonly number[]): Sighting[] {
  const rest = all.map((stream) => [...stream]);
  return turns.flatMap((turn) => {
    const waiting = rest.filter((stream) => stream.length > 0);
    return waiting[turn % Math.max(1, waiting.length)]?.shift() ?? [];
  });
}
