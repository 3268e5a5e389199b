import { expect, test } from "vitest";
import { createTeardown } from "../../src/teardown.ts";

function recording() {
  const done: string[] = [];
  const faults: object[] = [];
  const teardown = createTeardown({
    error: (facts: object) => void faults.push(facts),
    debug: () => undefined,
  });
  return { teardown, done, faults };
}

test("steps run one after the other, the last added first, and once", async () => {
  const { teardown, done } = recording();
  teardown.add("a", async () => void done.push("a"));
  teardown.add("b", async () => {
    await new Promise(setImmediate);
    done.push("b");
  });
  await Promise.all([teardown.run(), teardown.run()]);
  expect(done).toEqual(["b", "a"]);
});

test("a step that fails is told and does not keep the others from running", async () => {
  const { teardown, done, faults } = recording();
  teardown.add("a", async () => void done.push("a"));
  teardown.add("b", async () => {
    throw new Error("stuck");
  });
  await teardown.run();
  expect(done).toEqual(["a"]);
  expect(faults).toMatchObject([{ part: "b" }]);
});

test("a step that is added during the teardown still runs before it is over", async () => {
  const { teardown, done } = recording();
  teardown.add("a", async () => {
    teardown.add("late", async () => void done.push("late"));
    done.push("a");
  });
  await teardown.run();
  expect(done).toEqual(["a", "late"]);
});

test("a step that is added after the teardown runs at once", async () => {
  const { teardown, done } = recording();
  await teardown.run();
  teardown.add("late", async () => void done.push("late"));
  await teardown.run();
  expect(done).toEqual(["late"]);
});
