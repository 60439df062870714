import { z } from "zod";
import { AppError } from "../../kernel/errors.ts";
import type { OutboundAnswer } from "../../ports/outbound.ts";
import type { PrometheusSeries } from "../../ports/prometheus.ts";

const sampleSchema = z.tuple([z.number(), z.string()]);
const labelsSchema = z.record(z.string(), z.string());
const dataSchema = z.discriminatedUnion("resultType", [
  z.object({
    resultType: z.literal("matrix"),
    result: z.array(z.object({ metric: labelsSchema, values: z.array(sampleSchema) })),
  }),
  z.object({
    resultType: z.literal("vector"),
    result: z.array(z.object({ metric: labelsSchema, value: sampleSchema })),
  }),
]);
const answerSchema = z.discriminatedUnion("status", [
  z.object({ status: z.literal("success"), data: dataSchema }),
  z.object({ status: z.literal("error"), error: z.string() }),
]);

/** An answer of Prometheus's HTTP API v1: a matrix of a range, or a vector of one moment. */
export function readAnswer(host: string, { status, body }: OutboundAnswer): PrometheusSeries[] {
  const answer = answerSchema.safeParse(jsonOf(body));
  if (answer.success && answer.data.status === "success" && status === 200) return seriesOf(answer.data.data);
  if (answer.success && answer.data.status === "error")
    throw new AppError("upstream", `${host} answered ${status}: ${answer.data.error.slice(0, 300)}`);
  throw new AppError(
    "upstream",
    status === 200
      ? `${host} answered in a form that Prometheus's API v1 has not, or more than is read.`
      : `${host} answered ${status}. Is PROMETHEUS_URL the address of a Prometheus?`,
  );
}

function seriesOf(data: z.output<typeof dataSchema>): PrometheusSeries[] {
  return data.resultType === "matrix"
    ? data.result.map(({ metric, values }) => ({ labels: metric, points: values.map(pointOf) }))
    : data.result.map(({ metric, value }) => ({ labels: metric, points: [pointOf(value)] }));
}

/** Prometheus writes numbers as text: "NaN", "+Inf" and "-Inf" are no readings. */
function pointOf([seconds, text]: readonly [number, string]): PrometheusSeries["points"][number] {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  return { at: new Date(Math.round(seconds * 1_000)), value: Number.isFinite(value) ? value : null };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
