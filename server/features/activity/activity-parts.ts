/**
 * The fields of one record that the console uses, as they were sent. One object is filled again and again by the decoders;
 * `rules.ts` makes facts of it. Byte strings are kept as text of one character a byte: cheap to make, compare and store.
 */
export class ActivityParts {
  timestamp = 0;
  isSigned = false;
  hasRequest = false;
  requestType = 0;
  contentType = 0;
  /** u64: a number where it is exact as one. */
  bucketId: number | bigint = 0;
  piece = "";
  offset = 0;
  size = 0;
  requestAt = 0;
  signer = "";
  hasAck = false;
  ackBytes = 0;
  ackAt = 0;
  hasResponse = false;
  responseStatus = 0;
  responseMs = 0;
  /** Bytes of the AuthToken that came with the request; empty when there was none or its form is not read. */
  token = "";
  /** 64 bits that name the record among those of its node, as two signed halves. */
  nameHigh = 0;
  nameLow = 0;

  reset(): void {
    this.timestamp = 0;
    this.isSigned = false;
    this.hasRequest = false;
    this.requestType = 0;
    this.contentType = 0;
    this.bucketId = 0;
    this.piece = "";
    this.offset = 0;
    this.size = 0;
    this.requestAt = 0;
    this.signer = "";
    this.hasAck = false;
    this.ackBytes = 0;
    this.ackAt = 0;
    this.hasResponse = false;
    this.responseStatus = 0;
    this.responseMs = 0;
    this.token = "";
    this.nameHigh = 0;
    this.nameLow = 0;
  }
}
