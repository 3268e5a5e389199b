import { DAY_MS } from "../calendar.ts";
import { NO_TRACK } from "./reduce-track.ts";
import { CONDITIONS, type Track } from "./track.ts";

/**
 * What is still believed of a portal when the next run begins (`at`, milliseconds since the epoch): the same track, or
 * none where it was ill and nobody went on with it for a day. Its portal was not probed then, or nobody was there to
 * probe it: that is no beginning of an outage now. Only an incident that is open spans such a time.
 */
export function believedTrack(track: Track | null, at: number, hasOpen: boolean): Track | null {
  if (track === null || hasOpen || !isOutdated(track, at)) return track;
  return { ...NO_TRACK, at: track.at };
}

function isOutdated({ at: last, conditions }: Track, at: number): boolean {
  return at - last > DAY_MS && CONDITIONS.some((each) => conditions[each].phase !== "up");
}
