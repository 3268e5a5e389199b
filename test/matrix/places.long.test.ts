import { beforeAll, beforeEach } from "vitest";
import { canListen } from "../../lab/ports.ts";
import type { Judgement } from "../../src/domain/judgement.ts";
import { PLACE_ROWS } from "./rows/places.ts";
import { judgeFromPlaces } from "./scenarios/places.ts";
import { expectRows } from "./support/expect-rows.ts";

const ip6 = await canListen("::1");
let judged: Readonly<Record<string, Judgement>> = {};

beforeAll(async () => {
  if (ip6) judged = await judgeFromPlaces();
}, 120_000);
beforeEach((context) => context.skip(!ip6, "no IPv6 loopback on this machine"));

expectRows("a portal from each place that lacks something", PLACE_ROWS, () => judged);
