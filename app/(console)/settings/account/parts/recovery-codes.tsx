import { Button } from "../../../../_ui/button.tsx";
import { Note } from "../../../../sign-in/note.tsx";

/** Shown once: the console keeps only their hashes. */
export function RecoveryCodesNote({ codes }: { codes: readonly string[] }) {
  return (
    <div className="grid gap-2">
      <Note tone="info" title="Keep these recovery codes where your device is not.">
        Each opens the account once when the authenticator is away. They are not shown again.
      </Note>
      <ul className="recovery" aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div>
        <Button data-copy={codes.join("\n")}>Copy all</Button>
      </div>
    </div>
  );
}
