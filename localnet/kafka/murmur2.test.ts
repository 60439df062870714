import { Partitioners } from "kafkajs";
import { expect, it } from "vitest";
import { partitionOf } from "./murmur2.ts";

it("chooses the partition that other Kafka clients choose", () => {
  const choose = Partitioners.DefaultPartitioner();
  const partitionMetadata = Array.from({ length: 16 }, (_, partitionId) => ({
    partitionId,
    leader: 1,
    partitionErrorCode: 0,
    replicas: [1],
    isr: [1],
  }));
  for (let length = 1; length < 80; length++) {
    const key = Buffer.from("0x7f82864e4f097e63d04cc279e4d8d2eb45a42ffa".repeat(2).slice(0, length));
    const expected = choose({ topic: "t", partitionMetadata, message: { key, value: null } });
    expect(partitionOf(key, 16)).toBe(expected);
  }
});
