/**
 * While this place could not vouch for what it saw, at any time within the window, its results say nothing about portals:
 * appended to a condition, it makes the alert silent.
 */
export function unlessInDoubt(window: string): string {
  return `unless on () (sum(max_over_time(incidents_open{kind="vantage_degraded"}[${window}])) > 0)`;
}
