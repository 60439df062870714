import { Fragment } from "react";
import type { Grant } from "../../../server/kernel/roles.ts";
import { type GrantPlace, grantLines } from "./grant-lines.ts";

/** "operator mainnet, testnet", a line for each role. */
export function RolesHeld({ grants }: { grants: readonly Grant[] }) {
  const lines = grantLines(grants);
  if (lines.length === 0) return <span className="dim">no role</span>;
  return (
    <span className="two">
      {lines.map(({ role, places }) => (
        <span key={role}>
          <b>{role}</b>{" "}
          {places.map((place, index) => (
            <Fragment key={`${place.network} ${place.environment}`}>
              {index > 0 && ", "}
              <Place {...place} />
            </Fragment>
          ))}
        </span>
      ))}
    </span>
  );
}

function Place({ network, environment }: GrantPlace) {
  if (network === null) return <span className="dim">{environment ?? "everywhere"}</span>;
  return (
    <>
      <span className="net-word" data-network={network}>
        {network}
      </span>
      {environment && <span className="dim"> {environment}</span>}
    </>
  );
}
