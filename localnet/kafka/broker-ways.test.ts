import { expect, it } from "vitest";
import { brokerWays, javaMajorOf, type Machine, noBrokerMessage } from "./broker-ways.ts";

const bare: Machine = {
  javaMajor: null,
  hasMaven: false,
  hasJars: false,
  hasDocker: false,
  isRoot: false,
  hasApt: true,
};

it.each([
  [{}, []],
  [{ javaMajor: 17, hasMaven: true }, ["java"]],
  [{ javaMajor: 21, hasJars: true }, ["java"]],
  [{ javaMajor: 11, hasMaven: true }, []],
  [{ javaMajor: 17, hasDocker: true }, ["docker"]],
  [{ javaMajor: 17, hasMaven: true, hasDocker: true }, ["java", "docker"]],
  [{ isRoot: true }, ["apt"]],
  [{ isRoot: true, hasDocker: true }, ["docker", "apt"]],
  [{ isRoot: true, hasApt: false }, []],
] as const)("on a machine with %o takes %o", (parts, expected) => {
  expect(brokerWays({ ...bare, ...parts })).toEqual(expected);
});

it("reads the version of old and new Javas", () => {
  expect(javaMajorOf('openjdk version "17.0.15" 2025-04-15')).toBe(17);
  expect(javaMajorOf('java version "1.8.0_402"')).toBe(8);
  expect(javaMajorOf("command not found")).toBeNull();
});

it("names every way when none led to a broker", () => {
  const message = noBrokerMessage(bare, ["docker: no space left"]);
  for (const way of ["KAFKA_BROKERS", "default-jre-headless maven", "Docker", "root", "no space left"])
    expect(message).toContain(way);
});
