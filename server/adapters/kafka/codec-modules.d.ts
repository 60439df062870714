declare module "lz4js" {
  export function decompress(source: Uint8Array, maxSize?: number): Uint8Array;
  export function decompressBound(source: Uint8Array): number;
}

declare module "snappyjs" {
  export function uncompress(source: Uint8Array, maxLength?: number): Uint8Array;
}
