/**
 * What is read for several who ask the same at the same time. A reading that runs already may be older than a question: who
 * comes while it runs waits for the next one, which all of them share. So nobody is shown less than what was committed
 * before they asked, and 50 who ask at once cost two readings.
 */
export type SharedReads<Found> = (key: string, read: () => Promise<Found>) => Promise<Found>;

interface Reading<Found> {
  readonly running: Promise<Found>;
  next: Promise<Found> | null;
}

/** Shares readings by key; nothing is kept after its last reader. A reading that fails, fails for those who share it. */
export function createSharedReads<Found>(): SharedReads<Found> {
  const readings = new Map<string, Reading<Found>>();
  const begin = (key: string, read: () => Promise<Found>): Promise<Found> => {
    const reading: Reading<Found> = { running: read(), next: null };
    readings.set(key, reading);
    const end = () => {
      if (readings.get(key) === reading) readings.delete(key);
    };
    reading.running.then(end, end);
    return reading.running;
  };
  return (key, read) => {
    const reading = readings.get(key);
    if (reading === undefined) return begin(key, read);
    reading.next ??= reading.running.then(
      () => begin(key, read),
      () => begin(key, read),
    );
    return reading.next;
  };
}
