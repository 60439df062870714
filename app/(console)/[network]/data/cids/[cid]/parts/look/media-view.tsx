// biome-ignore-all lint/performance/noImgElement: content of a bucket is shown byte for byte, never re-encoded by an optimizer
"use client";

import { useEffect, useState } from "react";
import { type ContentAddress, contentHref, openContent } from "./read-content.ts";

type MediaViewProps = {
  kind: "image" | "audio" | "video";
  /** One of the fixed types that `recognise` knows; the node's own word is not believed. */
  media: string;
  address: ContentAddress;
  token: string | null;
};

const mostPrivateBytes = 32 * 2 ** 20;

/** Without a token the browser reads by itself; with one an image is read by header and shown from memory. */
export function MediaView({ kind, media, address, token }: MediaViewProps) {
  if (token !== null && kind !== "image")
    return (
      <p className="panel-note">Sound and film of a private bucket are not played here. Download the file.</p>
    );
  if (token !== null) return <PrivateImage address={address} media={media} token={token} />;
  const source = `${contentHref(address)}?inline=1`;
  if (kind === "image") return <img className="look-media" src={source} alt={`Content of ${address.cid}`} />;
  if (kind === "audio")
    return (
      // biome-ignore lint/a11y/useMediaCaption: content of a bucket comes without captions
      <audio className="look-media" src={source} controls preload="metadata" />
    );
  return (
    // biome-ignore lint/a11y/useMediaCaption: content of a bucket comes without captions
    <video className="look-media" src={source} controls preload="metadata" />
  );
}

type PrivateImageProps = { address: ContentAddress; media: string; token: string };

function PrivateImage({ address, media, token }: PrivateImageProps) {
  const [shown, setShown] = useState<{ source: string } | { why: string } | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    let source: string | null = null;
    readImage(address, token, leaving.signal)
      .then((bytes) => {
        source = URL.createObjectURL(new Blob([bytes], { type: media }));
        setShown({ source });
      })
      .catch((error: unknown) => {
        if (!leaving.signal.aborted)
          setShown({ why: error instanceof Error ? error.message : String(error) });
      });
    return () => {
      leaving.abort();
      if (source !== null) URL.revokeObjectURL(source);
    };
  }, [address, media, token]);
  if (shown === null) return <p className="panel-note dim">Reading …</p>;
  if ("why" in shown) return <p className="panel-note t-warn">{shown.why}</p>;
  return <img className="look-media" src={shown.source} alt={`Content of ${address.cid}`} />;
}

async function readImage(address: ContentAddress, token: string, signal: AbortSignal): Promise<ArrayBuffer> {
  const answer = await openContent(address, { part: null, token, signal });
  if ((answer.sizeBytes ?? 0) > mostPrivateBytes)
    throw new Error("Too large to show here. Download the file.");
  return new Response(answer.body).arrayBuffer();
}
