import Lock from "lucide-react/icons/lock";
import type { DeploymentView, SetIssue } from "../../../../../../server/features/deployments/schema.ts";
import { Button } from "../../../../../_ui/button.tsx";
import { formatNumber } from "../../../../../_ui/format/number.ts";
import { Icon } from "../../../../../_ui/icon.tsx";
import { Id } from "../../../../../_ui/id.tsx";
import { StatusWord } from "../../../../../_ui/status-word.tsx";
import { SmallTable } from "../../../../../_ui/table/small-table.tsx";
import { type DraftRecord, fieldText } from "./draft-rules.ts";

type RecordsTableProps = {
  deployment: DeploymentView;
  records: readonly DraftRecord[];
  issues: readonly SetIssue[];
  opened: number | null;
  onOpen: (index: number) => void;
};

/** The records in the order in which they are asked; a click on a name opens its form. */
export function RecordsTable({ deployment, records, issues, opened, onOpen }: RecordsTableProps) {
  const { held, versions } = deployment;
  const semverOf = (cid: unknown) => versions.find((version) => version.cid === cid)?.semver ?? "";
  const rows = records
    .map((record, index) => ({ record, index, isFaulty: issues.some(isWithin(index)) }))
    .sort((a, b) => Number(a.record.priority) - Number(b.record.priority));
  return (
    <SmallTable
      label="Records"
      rows={rows}
      rowKey={({ index }) => String(index)}
      rowTone={({ isFaulty }) => (isFaulty ? "bad" : null)}
      columns={[
        {
          id: "priority",
          title: "Priority",
          isNumber: true,
          width: 76,
          cell: ({ record }) => fieldText(record.priority),
        },
        {
          id: "name",
          title: "Record",
          cell: ({ record, index }) => (
            <>
              <Button
                kind="ghost"
                size="small"
                aria-expanded={index === opened}
                onClick={() => onOpen(index)}
              >
                {fieldText(record.name) || "unnamed"}
              </Button>{" "}
              {held.includes(fieldText(record.name)) && <Icon of={Lock} size={12} />}
              <span className="t-info text-11"> {markOf(record, deployment)}</span>
            </>
          ),
        },
        { id: "targeting", title: "Targeting", cell: ({ record }) => <Targeting record={record} /> },
        {
          id: "version",
          title: "Version",
          cell: ({ record: { version } }) => (
            <>
              <span className="mono">{semverOf(version)}</span>{" "}
              <Id value={fieldText(version)} what="version" isQuiet />
            </>
          ),
        },
        {
          id: "weight",
          title: "Weight",
          isNumber: true,
          width: 72,
          cell: ({ record }) => fieldText(record.weight),
        },
        {
          id: "share",
          title: "Share, %",
          isNumber: true,
          width: 76,
          cell: ({ record }) => formatNumber(shareOf(record, records), 1),
        },
        {
          id: "on",
          title: "State",
          width: 72,
          cell: ({ record: { enabled } }) =>
            enabled === false ? (
              <StatusWord tone="unknown">off</StatusWord>
            ) : (
              <StatusWord tone="ok">on</StatusWord>
            ),
        },
      ]}
    />
  );
}

function Targeting({ record: { targeting, expiresAt } }: { record: DraftRecord }) {
  const until = typeof expiresAt === "string" ? <span className="dim"> until {expiresAt}</span> : null;
  if (targeting === "") return <span className="dim">everything (the one default){until}</span>;
  return (
    <>
      <span className="mono" data-tip={fieldText(targeting)} data-tip-mono="">
        {cut(fieldText(targeting))}
      </span>
      {until}
    </>
  );
}

function cut(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function isWithin(index: number) {
  return ({ pointer }: SetIssue) => pointer === `/${index}` || pointer.startsWith(`/${index}/`);
}

function markOf(record: DraftRecord, { records }: DeploymentView): string {
  const before = records.find(({ name }) => name === record.name);
  if (!before) return "new";
  return JSON.stringify(before) === JSON.stringify({ ...before, ...record }) ? "" : "changed";
}

/** Of its tier, where all its records fit. Null where it has no number for a weight. */
function shareOf(record: DraftRecord, records: readonly DraftRecord[]): number | null {
  if (record.enabled === false) return 0;
  const tier = records.filter((other) => other.enabled !== false && other.priority === record.priority);
  const sum = tier.reduce((total, { weight }) => total + Number(weight), 0);
  const share = (Number(record.weight) / sum) * 100;
  return Number.isFinite(share) ? share : null;
}
