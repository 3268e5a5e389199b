import { boundaryList } from "./boundaries.ts";
import { releaseChangeList } from "./changes.ts";
import { releaseFigureList } from "./figures.ts";
import { openDataRoute } from "./open-data.ts";
import { releasePublish } from "./publish.ts";
import { releaseReads } from "./read.ts";
import { releaseSumList } from "./sums.ts";

/** Everything about releases of coverage figures and how they are had. */
export const RELEASE_ROUTES = [
  releaseReads,
  releasePublish,
  releaseFigureList,
  releaseSumList,
  releaseChangeList,
  boundaryList,
  openDataRoute,
];
