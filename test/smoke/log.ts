/** The lines of Grafana's log in which provisioning complains, in its logfmt or as JSON. */
export function provisioningComplaints(log: string): string[] {
  return log
    .split("\n")
    .filter((line) => /logger"?[=:]"?provisioning/.test(line))
    .filter((line) => /(level|lvl)"?[=:]"?(error|eror)/.test(line));
}
