import { z } from "@hono/zod-openapi";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeCursor, encodeCursor } from "../../src/http/lists/cursor.ts";
import { Problem } from "../../src/http/problem.ts";

const schema = z.array(z.union([z.string(), z.number()]));
const positions = fc.array(fc.oneof(fc.string({ unit: "grapheme" }), fc.integer()));
const LIST = "/api/v1/portals?state=up";

describe("a cursor", () => {
  test("leads back to its place in its list", () => {
    fc.assert(
      fc.property(fc.string(), positions, (list, position) => {
        expect(decodeCursor(list, encodeCursor(list, position), schema)).toEqual(position);
      }),
    );
  });

  test("needs no escaping in an address", () => {
    fc.assert(
      fc.property(positions, (position) => {
        expect(encodeCursor(LIST, position)).toMatch(/^[\w-]+$/);
      }),
    );
  });

  test("of another list is refused", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), positions, (one, other, position) => {
        fc.pre(one !== other);
        expect(() => decodeCursor(other, encodeCursor(one, position), schema)).toThrow(Problem);
      }),
    );
  });

  test("that anyone made up or damaged is refused, never a fault of ours", () => {
    const damaged = fc
      .tuple(positions, fc.nat(), fc.string({ minLength: 1, maxLength: 1 }))
      .map(([position, at, char]) => {
        const good = encodeCursor(LIST, position);
        const index = at % good.length;
        return { good, bad: good.slice(0, index) + char + good.slice(index + 1) };
      })
      .filter(({ good, bad }) => good !== bad);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          damaged.map(({ bad }) => bad),
        ),
        (cursor) => {
          expect(() => decodeCursor(LIST, cursor, schema)).toThrow(Problem);
        },
      ),
    );
  });

  test("of another shape is refused", () => {
    const cursor = encodeCursor(LIST, ["a", 1]);
    expect(() => decodeCursor(LIST, cursor, z.tuple([z.string()]))).toThrow(Problem);
  });
});
