import type { Person } from "../../../../../server/features/identity/schema.ts";
import { StatusWord } from "../../../../_ui/status-word.tsx";
import { Time } from "../../../../_ui/time.tsx";
import { PersonName } from "../../person-name.tsx";
import { RolesHeld } from "../../roles-held.tsx";

type PeopleTableProps = {
  people: readonly Person[];
  openId: string | null;
  onOpen: (person: Person) => void;
};

/** The name is the button that opens somebody beside the list. */
export function PeopleTable({ people, openId, onOpen }: PeopleTableProps) {
  return (
    <table className="tbl tbl-two" aria-label="People">
      <thead>
        <tr>
          <th scope="col">Person</th>
          <th scope="col">Roles and where they hold</th>
          <th scope="col">Ways to sign in</th>
          <th scope="col">Second factor</th>
          <th scope="col" className="num">
            Sessions
          </th>
          <th scope="col" className="num">
            Seen
          </th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <tr key={person.id} className={person.id === openId ? "is-open" : undefined}>
            <td>
              <button type="button" onClick={() => onOpen(person)} aria-expanded={person.id === openId}>
                <PersonName name={person.name} detail={person.email} />
              </button>
            </td>
            <td>
              <RolesHeld grants={person.grants} />
            </td>
            <td>
              <Ways person={person} />
            </td>
            <td>
              <Factor person={person} />
            </td>
            <td className="num">{person.state === "active" ? person.sessions : null}</td>
            <td className="num">
              <Time at={person.seenAt} isQuiet />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Ways({ person }: { person: Person }) {
  if (person.state === "deactivated") return <StatusWord tone="idle">deactivated</StatusWord>;
  if (person.state === "invited") return <Invited until={person.linkExpiresAt} />;
  return <span className="sec">{person.ways.join(", ")}</span>;
}

function Invited({ until }: { until: string | null }) {
  if (until === null) return <StatusWord tone="warn">invited, no link works</StatusWord>;
  return (
    <span className="dim">
      invited, until <Time at={until} form="instant" />
    </span>
  );
}

function Factor({ person }: { person: Person }) {
  if (person.state !== "active") return null;
  if (person.hasSecondFactor) return <span className="sec">TOTP</span>;
  if (person.ways.every((way) => way === "oidc")) return <span className="dim">by provider</span>;
  const mayAct = person.grants.some(({ role }) => role !== "viewer");
  return mayAct ? <StatusWord tone="warn">none</StatusWord> : <span className="dim">none</span>;
}
