import { describe, expect, it } from "vitest";
import { checkProvisioning, type ProvisioningFacts } from "./provisioning.ts";

const good: ProvisioningFacts = {
  cpuCores: 16,
  diskReadMsP99: 4.1,
  diskReadings: 60,
  linkBps: 10e9,
  mostBps: 9.6e9,
};

describe("the provisioning check", () => {
  it.each<[string, Partial<ProvisioningFacts>, "cpu_cores" | "disk_read" | "link", string, string]>([
    ["enough cores", {}, "cpu_cores", "met", "16 cores, telemetry"],
    ["exactly the floor", { cpuCores: 8 }, "cpu_cores", "met", "8 cores, telemetry"],
    ["too few cores", { cpuCores: 4 }, "cpu_cores", "not_met", "4 cores, telemetry"],
    ["cores that nobody reports", { cpuCores: null }, "cpu_cores", "unknown", "not reported"],
    ["fast reads", {}, "disk_read", "met", "4.1 ms in the last hour"],
    ["slow reads", { diskReadMsP99: 64.2 }, "disk_read", "not_met", "64.2 ms in the last hour"],
    ["a few readings only", { diskReadings: 3 }, "disk_read", "unknown", "3 minutes known, too few"],
    ["no readings", { diskReadMsP99: null, diskReadings: 0 }, "disk_read", "unknown", "not reported"],
    ["a link that is seen at work", {}, "link", "met", "9.6 Gb/s seen in 24 h"],
    [
      "a link that is only claimed",
      { mostBps: 3.1e9 },
      "link",
      "unknown",
      "says 10 Gb/s, 3.1 Gb/s seen, at most 31 % of it",
    ],
    ["a slow link", { linkBps: 1e9, mostBps: 0.6e9 }, "link", "not_met", "says 1 Gb/s, 600 Mb/s seen"],
    ["no link figure", { linkBps: null, mostBps: null }, "link", "unknown", "not reported"],
  ])("judges %s", (_, changes, requirement, state, reading) => {
    const checks = checkProvisioning({ ...good, ...changes });
    expect(checks.find((check) => check.requirement === requirement)).toMatchObject({ state, reading });
  });
});
