/** Resolves when this process is asked to end: SIGTERM, SIGINT, or the parent that it talks to is gone. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const event of ["SIGTERM", "SIGINT", "disconnect"]) process.once(event, () => resolve());
  });
}
