/**
 * Runs `read` when it is called, never twice at once. A caller that comes while it runs may know something newer than
 * its query: they wait for another run, which all of them share.
 */
export function oneAtATime(read: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  return () => {
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = null;
        running = read();
        return running;
      });
    return next;
  };
}
