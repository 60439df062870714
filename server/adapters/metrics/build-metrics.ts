import { Counter, collectDefaultMetrics, Gauge, Histogram, type Metric, Registry } from "prom-client";
import type { MetricSpec, Metrics } from "../../ports/metrics.ts";

export type PrometheusMetrics = Metrics & { contentType: string; render(): Promise<string> };

/** A registry of its own, so that two servers in one test do not share counts. */
export function buildMetrics(base: Record<string, string>): PrometheusMetrics {
  const registry = new Registry();
  registry.setDefaultLabels(base);
  collectDefaultMetrics({ register: registry });
  return {
    contentType: registry.contentType,
    render: () => registry.metrics(),
    counter: (spec) => {
      const counter = once(registry, spec, () => new Counter(settings(registry, spec)), Counter);
      return { add: (by, labels = {}) => counter.inc(labels, by) };
    },
    gauge: (spec) => {
      const gauge = once(registry, spec, () => new Gauge(settings(registry, spec)), Gauge);
      return { set: (value, labels = {}) => gauge.set(labels, value) };
    },
    readGauge: (spec, read) => {
      const collect = function (this: Gauge) {
        this.set(read());
      };
      once(registry, spec, () => new Gauge({ ...settings(registry, spec), collect }), Gauge);
    },
    distribution: (spec) => {
      const build = () => new Histogram({ ...settings(registry, spec), buckets: [...spec.buckets] });
      const histogram = once(registry, spec, build, Histogram);
      return { observe: (value, labels = {}) => histogram.observe(labels, value) };
    },
  };
}

function settings(registry: Registry, spec: MetricSpec) {
  return { name: spec.name, help: spec.help, labelNames: [...(spec.labels ?? [])], registers: [registry] };
}

type Kind<M> = { new (...args: never[]): M };

function once<M extends Metric>(registry: Registry, spec: MetricSpec, build: () => M, kind: Kind<M>): M {
  const known = registry.getSingleMetric(spec.name);
  if (known === undefined) return build();
  if (known instanceof kind) return known;
  throw new Error(`The metric ${spec.name} exists as another kind.`);
}
