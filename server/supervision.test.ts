import { describe, expect, it } from "vitest";
import { configExitCode, type Life, restartVerdict } from "./supervision.ts";

const start = new Date("2026-01-01T00:00:00Z");
const lived = (seconds: number, exitCode: number | null = 1): Life => ({
  startedAt: start,
  endedAt: new Date(start.getTime() + seconds * 1000),
  exitCode,
});

describe("restartVerdict", () => {
  it.each([
    { name: "starts again at once after a long life", lives: [lived(3600, null)], afterMs: 0 },
    { name: "waits after a short life", lives: [lived(1)], afterMs: 500 },
    {
      name: "waits twice as long after each further one",
      lives: [lived(1), lived(1), lived(2)],
      afterMs: 2000,
    },
    { name: "waits ten seconds at most", lives: Array.from({ length: 20 }, () => lived(1)), afterMs: 10_000 },
    {
      name: "forgets short lives after a long one",
      lives: [lived(1), lived(1), lived(60), lived(1)],
      afterMs: 500,
    },
  ])("$name", ({ lives, afterMs }) => {
    expect(restartVerdict(lives)).toEqual({ kind: "restart", afterMs });
  });

  it("gives up on a child that cannot live", () => {
    expect(restartVerdict(Array.from({ length: 30 }, () => lived(1))).kind).toBe("give up");
  });

  it("gives up at once on a wrong configuration", () => {
    expect(restartVerdict([lived(3600), lived(1, configExitCode)]).kind).toBe("give up");
  });
});
