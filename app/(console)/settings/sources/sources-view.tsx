"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../_client/trpc.tsx";
import { Glyph } from "../../../_ui/glyph.tsx";
import { PageHead } from "../../../_ui/page-head.tsx";
import { QueryPanel } from "../../../_ui/query-panel.tsx";
import { Sheet } from "../../../_ui/sheet.tsx";
import { WhatIsThis } from "../../../_ui/what-is-this.tsx";
import { AlertmanagersTable } from "./parts/alertmanagers-table.tsx";
import { BindingsTable } from "./parts/bindings-table.tsx";
import { IndexersTable } from "./parts/indexers-table.tsx";
import { MonitoringTable } from "./parts/monitoring-table.tsx";

/** Health is asked for often: it is what this page is about. */
const askEveryMs = 5_000;

/** Where the console's facts come from: indexer databases, Kafka topics, Alertmanagers, Prometheus, Grafana, and how each of them is. */
export function SourcesView() {
  const trpc = useTRPC();
  const sources = useQuery(trpc.settings.sources.queryOptions(undefined, { refetchInterval: askEveryMs }));
  const bindings = useQuery(trpc.settings.bindings.queryOptions(undefined, { refetchInterval: askEveryMs }));
  const alerts = useQuery(
    trpc.settings.alertSources.queryOptions(undefined, { refetchInterval: askEveryMs }),
  );
  const monitoring = useQuery(
    trpc.settings.monitoring.queryOptions(undefined, { refetchInterval: askEveryMs }),
  );
  const indexers = sources.data?.indexers ?? [];
  const count = (state: string) => indexers.filter((source) => source.state === state).length;
  const present = indexers.length - count("absent");
  return (
    <>
      <PageHead
        title="Sources"
        what={<WhatSourcesAre />}
        meta={
          sources.data && (
            <>
              <span>
                {count("ok")} of {present} indexer databases read
              </span>
              {count("refused") > 0 && (
                <span className="t-crit">
                  <Glyph tone="crit" size={9} /> {count("refused")} refused
                </span>
              )}
              {count("absent") > 0 && (
                <span>
                  <Glyph tone="unknown" size={9} /> {count("absent")} not connected
                </span>
              )}
            </>
          )
        }
      />
      <Sheet>
        <QueryPanel
          title="Indexers"
          sub="four families of tables a network; read only after it is proved to be of its network"
          isFlush
          query={sources}
          what="the indexers"
          ageOf={({ at }) => at}
          emptyWhen={(data) => (data.indexers.length === 0 ? noIndexers : null)}
        >
          {(data) => <IndexersTable sources={data.indexers} at={data.at} />}
        </QueryPanel>
        <QueryPanel
          title="Kafka bindings"
          sub="topics that ingest reads into the database, each record once"
          isFlush
          query={bindings}
          what="the Kafka bindings"
          ageOf={({ at }) => at}
          emptyWhen={(data) => (data.bindings.length === 0 ? noBindings : null)}
        >
          {(data) => <BindingsTable bindings={data.bindings} />}
        </QueryPanel>
        <QueryPanel
          title="Alertmanagers"
          sub="alerts of Prometheus in the one list, silences both ways"
          isFlush
          query={alerts}
          what="the Alertmanagers"
          ageOf={({ at }) => at}
          emptyWhen={(data) => (data.alertmanagers.length === 0 ? noAlertmanagers : null)}
        >
          {(data) => <AlertmanagersTable alertmanagers={data.alertmanagers} />}
        </QueryPanel>
        <QueryPanel
          title="Monitoring"
          sub="what machines report where telemetry is silent, and dashboards in frames"
          isFlush
          query={monitoring}
          what="Prometheus and Grafana"
          ageOf={({ at }) => at}
        >
          {(data) => <MonitoringTable services={data.services} />}
        </QueryPanel>
      </Sheet>
    </>
  );
}

const noIndexers = {
  title: "No indexer was looked at yet",
  children:
    "The ingest role looks at every family of every network. Start it, or wait a moment if it just started.",
};

const noBindings = {
  title: "No topic is bound",
  children: "Name topics in KAFKA_ACTIVITY_TOPICS and KAFKA_TELEMETRY_TOPICS.",
};

const noAlertmanagers = {
  title: "No Alertmanager is connected",
  children:
    "Set ALERTMANAGER_URLS=<network>:http://<host>:9093 for the ingest role, and give Alertmanager a webhook receiver of /api/v1/alertmanager with a token of the scope alertmanager:write (Settings, API tokens). deploy/prometheus has the files. The demo runs both where Debian's packages prometheus and prometheus-alertmanager are installed.",
};

function WhatSourcesAre() {
  return (
    <WhatIsThis title="Sources" doc="sources">
      <p>
        Every figure of the console comes from an indexer database of a network or from a Kafka topic, and
        alerts of others from an Alertmanager. Here you see how far each one is, what waits, and why one is
        not read.
      </p>
      <p>A source that fails stops only itself. What was stored before stays on the pages, with its age.</p>
    </WhatIsThis>
  );
}
