import fc from "fast-check";
import { expect, test } from "vitest";
import { remembered } from "../../src/domain/remembered.ts";

test("answers are those of the function, however many there are", () => {
  const answer = (text: string) => (text.length % 3 === 0 ? undefined : text.toUpperCase());
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 120 })), (texts) => {
      const known = remembered(5, answer);
      for (const text of [...texts, ...texts]) expect(known(text)).toBe(answer(text));
    }),
  );
});

test("a text is worked out once while it is remembered, a long one each time", () => {
  let asked = 0;
  const known = remembered(2, () => {
    asked += 1;
    return null;
  });
  for (const text of ["a", "b", "a", "b"]) known(text);
  expect(asked).toBe(2);
  for (const text of ["c", "a", "x".repeat(101), "x".repeat(101)]) known(text);
  expect(asked).toBe(6);
});
