import type { Token } from "../../../../../server/features/tokens/schema.ts";
import { Button } from "../../../../_ui/button.tsx";
import { StatusWord } from "../../../../_ui/status-word.tsx";
import { SmallTable } from "../../../../_ui/table/small-table.tsx";
import { Time } from "../../../../_ui/time.tsx";

type TokenTableProps = {
  tokens: readonly Token[];
  isOwn: boolean;
  /** The one that was made just now. */
  madeId: string | null;
  onRotate: (token: Token) => void;
  onRevoke: (token: Token) => void;
};

export function TokenTable({ tokens, isOwn, madeId, onRotate, onRevoke }: TokenTableProps) {
  return (
    <div className="rows-two">
      <SmallTable
        label="Tokens"
        rows={tokens}
        rowKey={({ id }) => id}
        columns={[
          { id: "name", title: "Name", cell: (token) => <Name token={token} isNew={token.id === madeId} /> },
          {
            id: "scopes",
            title: "Scopes",
            cell: ({ scopes }) => <span className="mono sec">{scopes.join(", ")}</span>,
          },
          { id: "place", title: "Holds", width: 150, cell: ({ bounds }) => <Place {...bounds} /> },
          { id: "owner", title: "Owner", cell: ({ owner }) => <span className="sec">{owner.name}</span> },
          {
            id: "ends",
            title: "Ends",
            isNumber: true,
            cell: ({ expiresAt }) => <Time at={expiresAt} isQuiet />,
          },
          {
            id: "used",
            title: "Last used",
            isNumber: true,
            cell: (token) => <LastUse token={token} />,
          },
          {
            id: "acts",
            title: <span className="sr-only">Actions</span>,
            isNumber: true,
            width: 170,
            cell: (token) => (
              <Actions
                token={token}
                isOwn={isOwn}
                onRotate={() => onRotate(token)}
                onRevoke={() => onRevoke(token)}
              />
            ),
          },
        ]}
      />
    </div>
  );
}

function Name({ token, isNew }: { token: Token; isNew: boolean }) {
  return (
    <span className="two">
      <b>
        {token.name}
        {isNew && <span className="dim"> new</span>}
        {token.state === "rotated" && <span className="dim"> rotated</span>}
      </b>
      <span className="mono dim">{token.hint}…</span>
    </span>
  );
}

function Place({ network, environment }: Token["bounds"]) {
  return (
    <>
      {network ? (
        <span className="net-word" data-network={network}>
          {network}
        </span>
      ) : (
        <span className="dim">all networks</span>
      )}
      {environment && <span className="dim"> {environment}</span>}
    </>
  );
}

function LastUse({ token }: { token: Token }) {
  if (token.lastUsedAt === null) return <span className="dim">never</span>;
  return (
    <span className="two text-right">
      <Time at={token.lastUsedAt} isQuiet />
      <span className="mono dim">{token.lastUsedFrom ?? "unknown"}</span>
    </span>
  );
}

type ActionsProps = { token: Token; isOwn: boolean; onRotate: () => void; onRevoke: () => void };

function Actions({ token, isOwn, onRotate, onRevoke }: ActionsProps) {
  if (token.state === "revoked" || token.state === "ended")
    return <StatusWord tone="idle">{token.state}</StatusWord>;
  return (
    <span className="inline-flex gap-2">
      {isOwn && token.state === "live" && (
        <Button size="small" onClick={onRotate}>
          Rotate
        </Button>
      )}
      <Button size="small" kind="danger" onClick={onRevoke}>
        {token.state === "rotated" ? "End now" : "Revoke"}
      </Button>
    </span>
  );
}
