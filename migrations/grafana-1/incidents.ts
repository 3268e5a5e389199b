import { PORTAL_COLUMNS, PORTAL_SQL, type View } from "./view.ts";

export const INCIDENTS: readonly View[] = [
  {
    name: "incident",
    comment:
      "One row per incident, open or ended. Columns of the portal are null where it is about several, or this place.",
    columns: {
      incident: "Its number, as in addresses of the service",
      incident_kind:
        "down, degraded, unresolvable, certificate, ipv6_regression, https_regression or vantage_degraded",
      severity: "critical, major, minor or info",
      scope: "whole, or partial: one of two families, some vantage points",
      family: "The one family that is meant; null: all that the portal publishes",
      cause: "A failure kind or another slug",
      subject_type: "portal, certificate, vantage, address, prefix, name-servers or agency",
      subject: "What it is about: of a portal its id, else its name",
      ...PORTAL_COLUMNS,
      portals: "Portals that it is about",
      opened_at: "The first bad observation",
      confirmed_at: "When it was believed",
      last_bad_at: "The last bad observation",
      resolved_at: "The first good observation; null while it is open",
      open: "Whether it goes on",
      duration_seconds: "From the opening to the end, or to now",
      closed_by: "What ended it; null while it is open",
      parent: "Number of the incident that this one is a part of; null: of none",
      held: "Why nobody is told at present; null: somebody is, or was",
      told_at: "When somebody was told first; null: nobody was",
      acknowledged_at: "When somebody took it on; null: nobody did, or it has run out",
      flapping: "It comes and goes",
      reopened: "How often it went on after it had ended",
      earlier_90d:
        "Other incidents of this kind with the same subject that ended in the 90 days before it opened",
    },
    query: `select i.id, i.kind, i.severity, i.scope, i.family, i.cause, split_part(i.subject, ':', 1),
      coalesce(p.slug, substr(i.subject, strpos(i.subject, ':') + 1)), ${PORTAL_SQL},
      case when p.id is null then (select count(*)::int from incident_member m where m.incident_id = i.id) else 1 end,
      i.opened_at, i.confirmed_at, i.last_bad_at, i.resolved_at, i.resolved_at is null,
      greatest(0, extract(epoch from coalesce(i.resolved_at, now()) - i.opened_at))::float8, i.closed_by, i.parent_id,
      i.held, i.told_at, case when coalesce(i.ack_until > now(), true) then i.ack_at end, i.flapping, i.reopened,
      (select count(*)::int from incident e where e.kind = i.kind and e.subject = i.subject and e.network = i.network
        and e.id <> i.id and e.resolved_at between i.opened_at - interval '90 days' and i.opened_at)
      from incident i
      left join portal p on p.id = i.portal_id
      left join agency a on a.id = p.agency_id
      left join admin_unit u on u.id = p.province_id`,
  },
  {
    name: "incident_event",
    comment: "What happened to incidents, line by line; what people wrote is not among it.",
    columns: {
      incident: "Number of the incident",
      number: "Lines in the order in which they were written down",
      event: "A slug: opened, changed, told, acknowledged, comment, resolved …",
      at: "When what it tells of was",
      recorded_at: "When it was written down",
      by_person: "Whether a person did it, not the service",
    },
    query: `select e.incident_id, e.id, e.event, e.at, e.recorded_at, e.actor is not null from incident_event e`,
  },
];
