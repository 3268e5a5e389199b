import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEFAULT_POLICY } from "../../../src/domain/incident/policy.ts";
import { reduceTrack } from "../../../src/domain/incident/reduce-track.ts";
import { MINUTE, play, START, trackAfter } from "../../support/sightings.ts";
import { letters } from "./support/letters.ts";

describe("a track", () => {
  const runs = letters.map((text) => play(text));

  test("is changed by nothing but runs that tell: unknown and skipped ones leave every state as it is", () => {
    fc.assert(
      fc.property(runs, fc.stringMatching(/^[uk]{1,8}$/), (before, unknown) => {
        const track = trackAfter(before);
        const at = (before.at(-1)?.at ?? START) + MINUTE;
        for (const sighting of play(unknown, { at })) {
          const reduction = reduceTrack(track, sighting, DEFAULT_POLICY);
          expect(reduction).toMatchObject({ changed: [], worthKeeping: false });
          expect(track === null || reduction.track === track).toBe(true);
        }
      }),
    );
  });

  test("is the same when a run is taken in twice, or comes again later", () => {
    fc.assert(
      fc.property(runs, fc.array(fc.nat(), { maxLength: 5 }), (all, again) => {
        const twice = all.flatMap((sighting, index) => {
          const old = all[(again[index % 5] ?? 0) % (index + 1)] ?? sighting;
          return [sighting, sighting, old];
        });
        expect(trackAfter(twice)).toEqual(trackAfter(all));
      }),
    );
  });

  test("has instants in order, counts that fit its phase, and goes through JSON unchanged", () => {
    fc.assert(
      fc.property(runs, (all) => {
        const track = trackAfter(all);
        if (track === null) return;
        expect(JSON.parse(JSON.stringify(track))).toEqual(track);
        for (const each of Object.values(track.conditions)) {
          expect(each.firstBadAt ?? 0).toBeLessThanOrEqual(each.lastBadAt ?? 0);
          expect(each.firstGoodAt ?? Infinity).toBeGreaterThan(each.lastBadAt ?? 0);
          expect(each.confirmations).toBeLessThanOrEqual(each.bad);
          expect(each.bad > 0 || each.phase !== "suspect").toBe(true);
          expect(each.firstGoodAt !== null || each.phase !== "recovering").toBe(true);
        }
        expect(track.recent.length).toBeLessThanOrEqual(DEFAULT_POLICY.flapping.window + 1);
      }),
    );
  });

  test("a reduction that is not worth keeping changed nothing but the instant", () => {
    fc.assert(
      fc.property(runs, (all) => {
        let track = trackAfter(all.slice(0, 1));
        for (const sighting of all.slice(1)) {
          const { track: next, worthKeeping } = reduceTrack(track, sighting, DEFAULT_POLICY);
          const isFirst = track === null || track.recent === "";
          const kept = worthKeeping || isFirst ? next : track;
          expect({ ...next, at: 0, toldAt: 0, address: null }).toEqual({
            ...kept,
            at: 0,
            toldAt: 0,
            address: null,
          });
          track = next;
        }
      }),
    );
  });
});
