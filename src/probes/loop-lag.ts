/** How often the loop is looked at: finer than any delay that matters, coarser than its own cost. */
const SAMPLE_MS = 20;

/** The longest delay of this thread's event loop since the window was opened. */
export interface LagWindow {
  /** Ends the window; milliseconds. */
  close(): number;
}

/** Watches how late the event loop runs its timers, while at least one window is open. */
export interface LoopLag {
  open(): LagWindow;
}

/** A watch that costs nothing while no window is open; its timer does not keep the thread alive. */
export function watchLoopLag(): LoopLag {
  const windows = new Set<{ max: number }>();
  let timer: NodeJS.Timeout | undefined;
  let dueAt = 0;
  const note = () => {
    const late = performance.now() - dueAt;
    for (const window of windows) if (late > window.max) window.max = late;
  };
  const start = () => {
    dueAt = performance.now() + SAMPLE_MS;
    timer = setInterval(() => {
      note();
      dueAt = performance.now() + SAMPLE_MS;
    }, SAMPLE_MS);
    timer.unref();
  };
  return {
    open: () => {
      if (windows.size === 0) start();
      const window = { max: 0 };
      windows.add(window);
      return {
        close: () => {
          // The loop may be late right now, with the sample still to come.
          note();
          windows.delete(window);
          if (windows.size === 0) clearInterval(timer);
          return window.max;
        },
      };
    },
  };
}
