/** Lets so many through at a time, in the order in which they came. */
export interface Slots {
  /** Resolves when there is room, to the function that makes room again. */
  take(): Promise<() => void>;
}

/** Slots for `count` at a time. */
export function createSlots(count: number): Slots {
  let free = count;
  const waiting: (() => void)[] = [];
  const give = () => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  const once = () => {
    let given = false;
    return () => {
      if (given) return;
      given = true;
      give();
    };
  };
  return {
    async take() {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => void waiting.push(resolve));
      return once();
    },
  };
}
