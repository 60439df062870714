import Link from "next/link";
import type { AlertGroup, GroupBy } from "../../../../../server/features/alerts/schema.ts";
import { formatNumber } from "../../../../_ui/format/number.ts";
import { Glyph } from "../../../../_ui/glyph.tsx";
import type { Column } from "../../../../_ui/table/columns.ts";
import { Time } from "../../../../_ui/time.tsx";
import { severityLooks } from "./alert-looks.ts";
import { groupName } from "./group-filter.ts";
import { groupHref, ownedWords } from "./group-words.ts";
import { SeverityCounts } from "./severity-counts.tsx";

/** The first link of a row looks into the group; the rest of the address stays. */
export function groupColumns(by: GroupBy, search: URLSearchParams): readonly Column<AlertGroup>[] {
  const columns: Column<AlertGroup>[] = [
    {
      id: "severity",
      title: "",
      description: "Worst severity",
      width: 34,
      isFixed: true,
      cell: ({ severity }) => (
        <>
          <Glyph tone={severityLooks[severity].tone} />
          <span className="sr-only">{severityLooks[severity].word}</span>
        </>
      ),
    },
    {
      id: "group",
      title: titles[by],
      width: 220,
      minWidth: 150,
      grows: true,
      isFixed: true,
      cell: (group) => (
        <span className="two">
          <Link className="truncate font-medium" href={groupHref(search, group.key)}>
            {groupName(by, group)}
          </Link>
          <span className="dim truncate">{secondLine(group)}</span>
        </span>
      ),
    },
    {
      id: "alerts",
      title: "Alerts",
      width: 76,
      isNumber: true,
      cell: ({ alerts }) => <b className="font-medium">{formatNumber(alerts)}</b>,
    },
    {
      id: "severities",
      title: "Severity",
      width: 220,
      cell: ({ bySeverity }) => <SeverityCounts counts={bySeverity} />,
    },
    {
      id: "owner",
      title: "Owner",
      width: 150,
      cell: (group) => <span className="sec truncate">{ownedWords(group)}</span>,
    },
    {
      id: "newest",
      title: "Newest",
      width: 96,
      isNumber: true,
      cell: ({ newestAt }) => <Time at={newestAt} isQuiet />,
    },
  ];
  // A group by severity has one: its name.
  return columns.filter(({ id }) => by !== "severity" || id !== "severities");
}

const titles: Record<GroupBy, string> = { rule: "Rule", subject: "Subject", severity: "Severity" };

function secondLine({ rule, subject }: AlertGroup): string {
  if (rule !== null) return rule;
  return subject === null ? "of all rules and subjects" : subject.kind;
}
