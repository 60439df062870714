import { initialsOf } from "../../_shell/person.ts";

/** Who somebody is, in two lines: the name, and the address or whatever else tells them apart. */
export function PersonName({ name, detail }: { name: string; detail: string }) {
  return (
    <span className="who">
      <span className="avatar" aria-hidden="true">
        {initialsOf(name)}
      </span>
      <span className="two">
        <b>{name}</b>
        <span className="dim">{detail}</span>
      </span>
    </span>
  );
}
