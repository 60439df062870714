"use client";

import KeyRound from "lucide-react/icons/key-round";
import { useState } from "react";
import { Button } from "../../../../../../../_ui/button.tsx";
import { Popover } from "../../../../../../../_ui/popover.tsx";
import { TextField } from "../../../../../../../_ui/text-field.tsx";
import { setBucketToken, useBucketToken } from "./bucket-tokens.ts";

/** base58 of a protobuf AuthToken; what it allows only a node can say. */
const form = /^[1-9A-HJ-NP-Za-km-z]{16,4000}$/;

/** Where a token for a private bucket is typed. */
export function TokenButton({ place }: { place: string }) {
  const token = useBucketToken(place);
  return (
    <Popover
      label="Access token"
      align="end"
      trigger={(trigger) => (
        <Button kind="ghost" size="small" icon={KeyRound} {...trigger}>
          {token === null ? "Access token" : "Token in use"}
        </Button>
      )}
    >
      {(close) => <TokenForm place={place} hasToken={token !== null} onDone={close} />}
    </Popover>
  );
}

function TokenForm({ place, hasToken, onDone }: { place: string; hasToken: boolean; onDone: () => void }) {
  const [typed, setTyped] = useState("");
  const text = typed.trim();
  const problem = text === "" || form.test(text) ? null : "A DDC token is base58 text: no 0, O, I or l.";
  const use = () => {
    if (!form.test(text)) return;
    setBucketToken(place, text);
    onDone();
  };
  return (
    <form
      className="flex w-80 flex-col gap-3 p-3"
      onSubmit={(event) => {
        event.preventDefault();
        use();
      }}
    >
      <TextField
        label="Token of the bucket's owner"
        type="password"
        autoComplete="off"
        spellCheck={false}
        isMono
        value={typed}
        onChange={setTyped}
        problem={problem}
        hint="Kept in this tab's memory only and sent in a header. Gone when the page is loaded again."
      />
      <span className="flex gap-2">
        <Button kind="primary" size="small" type="submit">
          Use it
        </Button>
        {hasToken && (
          <Button
            size="small"
            onClick={() => {
              setBucketToken(place, null);
              onDone();
            }}
          >
            Forget it
          </Button>
        )}
      </span>
    </form>
  );
}
