"use client";

import LockOpen from "lucide-react/icons/lock-open";
import { useState } from "react";
import { entropyOf, type Recognised, recognise } from "../../../server/kernel/content/recognise.ts";
import { Button } from "../../_ui/button.tsx";
import { formatNumber } from "../../_ui/format/number.ts";
import { Segmented } from "../../_ui/segmented.tsx";
import { TextField } from "../../_ui/text-field.tsx";
import type { Verifier } from "./open-verifier.ts";
import { saveFile } from "./save-file.ts";
import { parseKey, type Sealing, sealings, unseal } from "./unseal.ts";
import type { VerifyJob } from "./verify-protocol.ts";

const maxBytes = 64 * 2 ** 20;
const headBytes = 4_096;
const shownCharacters = 2_000;

type Looked = { bytes: Uint8Array<ArrayBuffer>; is: Recognised; entropy: number; isTrue: boolean };

/** What a piece looks like, and, where it is sealed, the plain bytes by a key that stays in this page. */
export function UnsealPart({ verifier, job }: { verifier: Verifier | null; job: VerifyJob }) {
  const [looked, setLooked] = useState<Looked | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const look = async () => {
    const fetched = await verifier?.fetch(job, maxBytes);
    if (!fetched?.bytes)
      return setProblem(fetched?.block.detail ?? "It is larger than what is looked at here.");
    const head = fetched.bytes.subarray(0, headBytes);
    setProblem(null);
    setLooked({
      bytes: Uint8Array.from(fetched.bytes),
      is: recognise(head),
      entropy: entropyOf(head),
      isTrue: fetched.block.verdict === "verified",
    });
  };
  return (
    <div className="p-4 flex flex-col gap-2 text-12">
      <div className="flex gap-2 items-center">
        <Button
          size="small"
          refused={verifier ? null : "The verifier is loading"}
          onClick={() => void look()}
        >
          What is it?
        </Button>
        {looked && <LookedText looked={looked} />}
        {problem && <span role="alert">{problem}</span>}
      </div>
      {looked?.is.kind === "opaque" && <UnsealForm bytes={looked.bytes} />}
    </div>
  );
}

function LookedText({ looked: { is, entropy, isTrue } }: { looked: Looked }) {
  const isOpaque = is.kind === "opaque";
  return (
    <span>
      {isOpaque ? "Opaque: no known signature" : `Looks like ${is.name}`}, {entropy.toFixed(2)} of 8 bits a
      byte; {isTrue ? "hash verified" : "hash not verified"}
      {isOpaque && " (of the ciphertext)"}.
    </span>
  );
}

function UnsealForm({ bytes }: { bytes: Uint8Array<ArrayBuffer> }) {
  const [sealing, setSealing] = useState<Sealing>(sealings[0]);
  const [text, setText] = useState("");
  const [plain, setPlain] = useState<Uint8Array | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const open = async () => {
    const key = parseKey(text);
    if (!key) return setProblem("A key is 32 bytes, in hex or base64.");
    const unsealed = await unseal(bytes, { sealing, key });
    setProblem(unsealed.kind === "refused" ? unsealed.why : null);
    setPlain(unsealed.kind === "plain" ? unsealed.bytes : null);
  };
  return (
    <>
      <Segmented
        label="Encryption"
        value={sealing}
        options={sealings.map((name) => ({
          value: name,
          label: name === "aes-256-gcm" ? "AES-256-GCM" : "NaCl secretbox",
        }))}
        onChange={setSealing}
      />
      <TextField
        label="Key"
        type="password"
        autoComplete="off"
        value={text}
        onChange={setText}
        problem={problem}
        isMono
        hint="32 bytes, hex or base64. It stays in this page: no request carries it, nothing keeps it."
      />
      <div className="flex gap-2">
        <Button size="small" icon={LockOpen} onClick={() => void open()}>
          Decrypt here
        </Button>
        {plain && (
          <Button size="small" onClick={() => saveFile(new Blob([Uint8Array.from(plain)]), "decrypted.bin")}>
            Save
          </Button>
        )}
      </div>
      {plain && <PlainPreview bytes={plain} />}
    </>
  );
}

function PlainPreview({ bytes }: { bytes: Uint8Array }) {
  const is = recognise(bytes.subarray(0, headBytes));
  const isText = is.kind === "text" || is.kind === "markup";
  const text = isText ? new TextDecoder().decode(bytes.subarray(0, shownCharacters)) : null;
  return (
    <section aria-label="Decrypted">
      <p className="text-3">
        {is.name}, {formatNumber(bytes.length)} bytes, decrypted in this page.
      </p>
      {text !== null && <pre className="mono text-11 overflow-auto max-h-60">{text}</pre>}
    </section>
  );
}
