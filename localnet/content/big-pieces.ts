import { type Codec, codec, parseContentId } from "./content-id.ts";
import { noise, type Stored } from "./stored.ts";

const mib = 2 ** 20;

/**
 * Pieces that are too large to be hashed when somebody asks: their CIDs are written down, and big-pieces.test.ts makes
 * them again. Nobody outside knows how a storage node makes the root of a multipart piece: of some here it is the BLAKE3
 * of all bytes, of `parts` it is the BLAKE3 of the BLAKE3s of its parts of 4 MiB.
 */
type BigPiece = {
  name: string;
  seed: number;
  size: number;
  kind: Codec;
  root: "bytes" | "parts";
  cid: string;
};

export const partBytes = 4 * mib;

export const bigPieces: readonly BigPiece[] = [
  piece("piece-256-mib.bin", {
    seed: 1,
    size: 256 * mib,
    cid: "baebb4icfz27t6a577obc2r5iur64tqmzdwa2utmxd2jowfq6ofzmtw3gja",
  }),
  piece("piece-1-gib.bin", {
    seed: 2,
    size: 1024 * mib,
    cid: "baebb4ibhznwca5unbqlbmh4fjezuvnr6mw7qjyjp5vfpptnvgowga5o7ty",
  }),
  multipart("video-17-mib.bin", {
    seed: 3,
    size: 17 * mib + 5,
    root: "bytes",
    cid: "baebr4ih2tvji7xs2sx6w7y5i74527wxcz3zzhrqr45mibpzokpivi2i5ri",
  }),
  multipart("video-24-mib.bin", {
    seed: 4,
    size: 24 * mib,
    root: "parts",
    cid: "baebr4iaffwm45jhrgxsxo3o3eexssitkcqmrw5nhtthbxzmnzfbjfo3cka",
  }),
  multipart("video-33-mib.bin", {
    seed: 5,
    size: 33 * mib + 1,
    root: "bytes",
    cid: "baebr4idx7j7ypffhx4klkgvzgkdt5fmmmj7cmtcejac4vu6u2o5mc6qkru",
  }),
];

export const storedBigPieces: readonly Stored[] = bigPieces.map(({ name, seed, size, cid }) => {
  const bytes = parseContentId(cid);
  if (!bytes) throw new Error(`${cid} is no CID.`);
  return { cid: bytes, name, content: noise(seed, size) };
});

/** Those that ordinary buckets share. */
export const sharedMultiparts = storedBigPieces.slice(2);

type Given = { seed: number; size: number; cid: string };

function piece(name: string, given: Given): BigPiece {
  return { name, ...given, kind: codec.rawPiece, root: "bytes" };
}

function multipart(name: string, given: Given & Pick<BigPiece, "root">): BigPiece {
  return { name, ...given, kind: codec.multipartPiece };
}
