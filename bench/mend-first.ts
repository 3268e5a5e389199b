/**
 * How long "what to mend first" takes on a made-up country of 20,000 portals, beside the limit that no method can
 * beat: reading every portal's causes once and counting them. Prints one JSON line per graph.
 */
import { mendFirst } from "../src/domain/mend-first.ts";

const PORTALS = 20_000;
const STEPS = 100;
const ROUNDS = 5;

/** A repeatable source of numbers below 1 (Mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Like a country: a few hundred hosters with two to four name servers, own certificates, addresses, a few shared hosts. */
function country(random: () => number): number[][] {
  const pick = (count: number) => Math.floor(random() ** 2 * count);
  return Array.from({ length: PORTALS }, (_, portal) => {
    const hoster = pick(400);
    const causes: number[] = [];
    if (random() < 0.7) for (let ns = 0; ns < 2 + (hoster % 3); ns++) causes.push(hoster * 4 + ns);
    if (random() < 0.3) causes.push(10_000 + portal);
    if (random() < 0.3) causes.push(40_000 + pick(3000));
    if (random() < 0.2) causes.push(50_000 + pick(40));
    return causes;
  });
}

/** As unfriendly as it gets: every portal waits for eight of forty shared causes, so that hardly two sets are equal. */
function tangle(random: () => number): number[][] {
  return Array.from({ length: PORTALS }, () =>
    Array.from({ length: 8 }, () => Math.floor(random() * 40)),
  );
}

function onePass(portals: readonly (readonly number[])[]): number {
  const degree = new Map<number, number>();
  for (const causes of portals) {
    for (const cause of causes) degree.set(cause, (degree.get(cause) ?? 0) + 1);
  }
  return degree.size;
}

/** The best of several rounds, milliseconds. */
function fastest(work: () => unknown): number {
  return Math.min(
    ...Array.from({ length: ROUNDS }, () => {
      const began = performance.now();
      work();
      return performance.now() - began;
    }),
  );
}

for (const [name, make] of Object.entries({ country, tangle })) {
  const portals = make(seeded(1));
  const limitMs = fastest(() => onePass(portals));
  const ms = fastest(() => mendFirst(portals, STEPS));
  const lifted = mendFirst(portals, STEPS).reduce((sum, { lifts }) => sum + lifts.length, 0);
  const rounded = (value: number) => Math.round(value * 10) / 10;
  const row = { graph: name, portals: PORTALS, causes: onePass(portals), steps: STEPS, lifted };
  console.log(
    JSON.stringify({
      ...row,
      ms: rounded(ms),
      one_pass_ms: rounded(limitMs),
      ratio: rounded(ms / limitMs),
    }),
  );
}
