import type { SessionRow } from "../../../server/features/identity/schema.ts";
import { Button } from "../../_ui/button.tsx";
import { SmallTable } from "../../_ui/table/small-table.tsx";
import { Time } from "../../_ui/time.tsx";

type SessionTableProps = {
  label: string;
  sessions: readonly SessionRow[];
  /** The one that is being ended. */
  endingId: string | null;
  onEnd: (session: SessionRow) => void;
};

/** Where somebody is signed in. */
export function SessionTable({ label, sessions, endingId, onEnd }: SessionTableProps) {
  return (
    <div className="rows-two">
      <SmallTable
        label={label}
        rows={sessions}
        rowKey={(session) => session.id}
        columns={[
          { id: "device", title: "Device", cell: (session) => <Device {...session} /> },
          {
            id: "seen",
            title: "Seen",
            isNumber: true,
            cell: (session) => <Time at={session.seenAt} isQuiet />,
          },
          {
            id: "end",
            title: <span className="sr-only">Action</span>,
            isNumber: true,
            width: 92,
            cell: (session) => (
              <Button size="small" onClick={() => onEnd(session)} isBusy={endingId === session.id}>
                {session.isCurrent ? "Sign out" : "Revoke"}
              </Button>
            ),
          },
        ]}
      />
    </div>
  );
}

const ways = { password: "password", wallet: "wallet", oidc: "identity provider" };

function Device({ device, isCurrent, address, way, createdAt }: SessionRow) {
  return (
    <span className="two">
      <span>
        {device ?? "Unknown device"}
        {isCurrent && <span className="dim"> this one</span>}
      </span>
      <span className="dim">
        {address ?? "unknown address"} by {ways[way]}, since <Time at={createdAt} form="instant" isQuiet />
      </span>
    </span>
  );
}
