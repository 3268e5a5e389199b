import { incidentList } from "./list.ts";
import { incidentOne } from "./one.ts";
import { incidentWrites } from "./write.ts";

/** Reading incidents and what people do to them. */
export const INCIDENT_ROUTES = [incidentList, incidentOne, incidentWrites];
