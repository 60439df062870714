import Copy from "lucide-react/icons/copy";
import { type Cid, digestHex } from "../../../../../../../server/kernel/cid/cid.ts";
import { Glyph } from "../../../../../../_ui/glyph.tsx";
import { IconButton } from "../../../../../../_ui/icon-button.tsx";
import { Panel } from "../../../../../../_ui/panel.tsx";
import "./cid.css";

const codecs: Record<Cid["kind"], { code: string; name: string; digestOf: string }> = {
  "dag-node": { code: "01", name: "dag-node", digestOf: "the node as protobuf" },
  "raw-piece": { code: "02", name: "raw-piece", digestOf: "the bytes of the piece" },
  "multipart-piece": { code: "03", name: "multipart-piece", digestOf: "all bytes, as far as is known" },
};

/** What each part of a CID says. */
export function AnatomyPanel({ cid }: { cid: Cid }) {
  const { code, name, digestOf } = codecs[cid.kind];
  const cells = [
    { value: "b", name: "base32", says: "multibase, text only" },
    { value: "01", name: "CIDv1", says: "version" },
    { value: code, name, says: "DDC private code" },
    { value: "1e", name: "BLAKE3", says: "multihash" },
    { value: "20", name: "32 bytes", says: "digest length" },
  ];
  return (
    <Panel title="Anatomy" sub="36 bytes, decoded in this browser">
      <p className="cid-text mono">
        <b>{cid.text.slice(0, 1)}</b>
        <u>{cid.text.slice(1, 8)}</u>
        {cid.text.slice(8)}
        <span className="ml-2 inline-block align-middle">
          <IconButton icon={Copy} label="Copy the CID" data-copy={cid.text} />
        </span>
      </p>
      <dl className="cid-cells">
        {cells.map((cell) => (
          <div key={cell.says}>
            <dt className="mono">{cell.value}</dt>
            <dd>{cell.name}</dd>
            <dd className="dim">{cell.says}</dd>
          </div>
        ))}
        <div className="cid-digest">
          <dt className="mono">{spaced(digestHex(cid.digest))}</dt>
          <dd className="dim">BLAKE3-256 digest of {digestOf}</dd>
        </div>
      </dl>
      <p className="mt-2 flex items-center gap-1.5 text-12">
        <Glyph tone="ok" size={9} /> Well formed
        <span className="dim">
          59 characters, prefix b, two padding bits zero. Public IPFS tools cannot decode codes 1 to 3.
        </span>
      </p>
    </Panel>
  );
}

function spaced(hex: string): string {
  return hex.replace(/(..)(?=.)/g, "$1 ");
}
