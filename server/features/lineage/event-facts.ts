import type { EdgeKind } from "./graph-rules.ts";
import { type NodeName, nameBucket, nameDataset, nameJob, nameRun } from "./name-dataset.ts";
import {
  columnLineageSchema,
  type DatasetName,
  type Facets,
  type LineageEvent,
  parentRunSchema,
  type RunEvent,
} from "./open-lineage-schema.ts";
import { stateOf } from "./run-state.ts";

export type EdgeFact = { from: NodeName; to: NodeName; kind: EdgeKind };
/** Scope: of the thing itself, or of it as an input or output of `run`. */
export type FacetFact = {
  node: NodeName;
  run: NodeName | null;
  scope: 0 | 1 | 2;
  name: string;
  body: string;
};
export type ColumnFact = {
  to: NodeName;
  toField: string;
  from: NodeName;
  fromField: string;
  transformations: string;
};
export type RunFact = { run: NodeName; job: NodeName } & ReturnType<typeof stateOf>;

/** What one event adds to the graph; everything at the time of the event. */
export type EventFacts = {
  nodes: NodeName[];
  edges: EdgeFact[];
  facets: FacetFact[];
  columns: ColumnFact[];
  run: RunFact | null;
};

type Dataset = DatasetName & { facets?: Facets; inputFacets?: Facets; outputFacets?: Facets };

/** Pure: the same event gives the same facts. */
export function eventFacts(event: LineageEvent, network: string): EventFacts {
  const facts = new FactCollector(network);
  switch (event.kind) {
    case "run":
      facts.runEvent(event);
      break;
    case "dataset":
      facts.dataset(event.dataset);
      break;
    case "job": {
      const job = facts.thing(nameJob(event.job), event.job.facets);
      for (const input of event.inputs ?? []) facts.edge(facts.dataset(input), job, "declared-input");
      for (const output of event.outputs ?? []) facts.edge(job, facts.dataset(output), "declared-output");
    }
  }
  return facts.result();
}

class FactCollector {
  private readonly network: string;
  private readonly nodes = new Map<string, NodeName>();
  private readonly edges = new Map<string, EdgeFact>();
  private readonly facets: FacetFact[] = [];
  private readonly columns: ColumnFact[] = [];
  private run: RunFact | null = null;

  constructor(network: string) {
    this.network = network;
  }

  result(): EventFacts {
    const { facets, columns, run } = this;
    return { nodes: [...this.nodes.values()], edges: [...this.edges.values()], facets, columns, run };
  }

  runEvent(event: RunEvent): void {
    const run = this.thing(nameRun(event.run.runId), event.run.facets);
    const job = this.thing(nameJob(event.job), event.job.facets);
    this.edge(job, run, "ran");
    this.run = { run, job, ...stateOf(event.eventType ?? null) };
    for (const input of event.inputs ?? []) {
      const node = this.dataset(input);
      this.keepFacets({ node, run, scope: 1 }, input.inputFacets);
      this.edge(node, run, "read");
    }
    for (const output of event.outputs ?? []) {
      const node = this.dataset(output);
      this.keepFacets({ node, run, scope: 2 }, output.outputFacets);
      this.edge(run, node, "wrote");
    }
    const parent = parentRunSchema.safeParse(event.run.facets?.parent);
    if (parent.success) this.edge(this.node(nameRun(parent.data.run.runId)), run, "parent");
  }

  dataset({ facets, ...name }: Dataset): NodeName {
    const { bucket, ...named } = nameDataset(name, this.network);
    const node = this.thing(named, facets);
    if (bucket !== null) this.edge(node, this.node(nameBucket(bucket)), "stored");
    this.columnLineage(node, facets?.columnLineage);
    return node;
  }

  thing(name: NodeName, facets: Facets): NodeName {
    const node = this.node(name);
    this.keepFacets({ node, run: null, scope: 0 }, facets);
    return node;
  }

  edge(from: NodeName, to: NodeName, kind: EdgeKind): void {
    this.edges.set(`${kind} ${nodeId(from)} ${nodeId(to)}`, { from, to, kind });
  }

  private node({ kind, key }: NodeName): NodeName {
    const id = nodeId({ kind, key });
    const known = this.nodes.get(id);
    if (known) return known;
    const node = { kind, key };
    this.nodes.set(id, node);
    return node;
  }

  private keepFacets(of: Omit<FacetFact, "name" | "body">, facets: Facets): void {
    for (const [name, body] of Object.entries(facets ?? {}))
      this.facets.push({ ...of, name, body: JSON.stringify(body) });
  }

  private columnLineage(to: NodeName, facet: unknown): void {
    const parsed = columnLineageSchema.safeParse(facet);
    if (!parsed.success) return;
    const add = (toField: string, inputs: NonNullable<typeof parsed.data.dataset>) => {
      for (const { field, transformations, ...input } of inputs) {
        const { bucket: _, ...named } = nameDataset(input, this.network);
        const from = this.node(named);
        this.columns.push({
          to,
          toField,
          from,
          fromField: field,
          transformations: JSON.stringify(transformations ?? []),
        });
      }
    };
    for (const [field, { inputFields }] of Object.entries(parsed.data.fields ?? {})) add(field, inputFields);
    add("", parsed.data.dataset ?? []);
  }
}

export function nodeId({ kind, key }: NodeName): string {
  return `${kind}:${key}`;
}
