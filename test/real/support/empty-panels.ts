/** Panels that are healthy when they are empty, as `uid/panel`, each with the reason. */
export const EMPTY_IS_HEALTHY: ReadonlyMap<string, string> = new Map([]);
