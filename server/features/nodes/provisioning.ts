import { inBitsPerSecond, inCount, inMs, inPercent } from "../../kernel/wording.ts";
import type { ProvisioningCheck } from "./schema.ts";

/** Readings behind the checks; null = not reported. */
export type ProvisioningFacts = {
  cpuCores: number | null;
  /** 99th percentile of the read latency per minute over the last hour. */
  diskReadMsP99: number | null;
  diskReadings: number;
  linkBps: number | null;
  /** Highest traffic of the last 24 h, in or out. */
  mostBps: number | null;
};

/** The published floor: 8 cores, NVMe (reads of 10 ms at p99), 10 Gbps. */
const floor = { cpuCores: 8, diskReadMs: 10, linkBps: 10e9 };
/** Links are named in round figures and report a little less. */
const linkTolerance = 0.95;
const minDiskReadings = 10;

/** Is the node as well provided as the network asks? Each requirement with the reading behind it. */
export function checkProvisioning(facts: ProvisioningFacts): ProvisioningCheck[] {
  return [coreCheck(facts), diskCheck(facts), linkCheck(facts)];
}

function coreCheck({ cpuCores }: ProvisioningFacts): ProvisioningCheck {
  const label = `${floor.cpuCores} or more CPU cores`;
  if (cpuCores === null)
    return { requirement: "cpu_cores", label, state: "unknown", reading: "not reported" };
  const state = cpuCores >= floor.cpuCores ? "met" : "not_met";
  return { requirement: "cpu_cores", label, state, reading: `${inCount(cpuCores, "core")}, telemetry` };
}

function diskCheck({ diskReadMsP99, diskReadings }: ProvisioningFacts): ProvisioningCheck {
  const label = `NVMe, read p99 within ${inMs(floor.diskReadMs)}`;
  if (diskReadMsP99 === null || diskReadings < minDiskReadings) {
    const reading = diskReadings === 0 ? "not reported" : `${inCount(diskReadings, "minute")} known, too few`;
    return { requirement: "disk_read", label, state: "unknown", reading };
  }
  const state = diskReadMsP99 <= floor.diskReadMs ? "met" : "not_met";
  return { requirement: "disk_read", label, state, reading: `${inMs(diskReadMsP99)} in the last hour` };
}

/** A link is believed when it is seen at work: traffic above the floor proves it, a claim alone does not. */
function linkCheck({ linkBps, mostBps }: ProvisioningFacts): ProvisioningCheck {
  const label = `${inBitsPerSecond(floor.linkBps)} link`;
  const seen = mostBps === null ? "" : `, ${inBitsPerSecond(mostBps)} seen`;
  if ((mostBps ?? 0) >= floor.linkBps * linkTolerance)
    return {
      requirement: "link",
      label,
      state: "met",
      reading: `${inBitsPerSecond(mostBps ?? 0)} seen in 24 h`,
    };
  if (linkBps === null)
    return { requirement: "link", label, state: "unknown", reading: `not reported${seen}` };
  if (linkBps < floor.linkBps * linkTolerance)
    return {
      requirement: "link",
      label,
      state: "not_met",
      reading: `says ${inBitsPerSecond(linkBps)}${seen}`,
    };
  const share = mostBps === null ? "" : `, at most ${inPercent(mostBps / linkBps)} of it`;
  return {
    requirement: "link",
    label,
    state: "unknown",
    reading: `says ${inBitsPerSecond(linkBps)}${seen}${share}`,
  };
}
