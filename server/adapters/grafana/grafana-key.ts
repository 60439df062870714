import { createECDH, createHash, createPrivateKey, hkdfSync, sign } from "node:crypto";
import type { GrafanaKey } from "../../ports/grafana.ts";

/** Order of the group of P-256 (SEC 2, section 2.4.2). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const pointBytes = 32;

/**
 * A P-256 key that belongs to a secret of the configuration: every replica has the same one and none is stored. 48 bytes
 * are reduced to a scalar, so that no scalar is likelier than another (FIPS 186-5, A.2.1).
 */
export function grafanaKeyOf(secret: string): GrafanaKey {
  const seed = Buffer.from(hkdfSync("sha256", secret, "", "cere-console grafana ES256 1", 48));
  const scalar = (BigInt(`0x${seed.toString("hex")}`) % (order - 1n)) + 1n;
  const privateBytes = Buffer.from(scalar.toString(16).padStart(2 * pointBytes, "0"), "hex");
  const point = createECDH("prime256v1");
  point.setPrivateKey(privateBytes);
  const coordinates = point.getPublicKey().subarray(1);
  const open = {
    crv: "P-256",
    kty: "EC",
    x: coordinates.subarray(0, pointBytes).toString("base64url"),
    y: coordinates.subarray(pointBytes).toString("base64url"),
  };
  const kid = createHash("sha256").update(JSON.stringify(open)).digest("base64url");
  const key = createPrivateKey({ key: { ...open, d: privateBytes.toString("base64url") }, format: "jwk" });
  const header = encoded({ alg: "ES256", typ: "JWT", kid });
  return {
    keySet: { keys: [{ ...open, kid, alg: "ES256", use: "sig" }] },
    sign: (claims) => {
      const text = `${header}.${encoded(claims)}`;
      const signature = sign("sha256", Buffer.from(text), { key, dsaEncoding: "ieee-p1363" });
      return `${text}.${signature.toString("base64url")}`;
    },
  };
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
