/** Encrypts what the database keeps and has to be read again. `purpose` separates keys: what one sealed no other opens. */
export type Vault = {
  seal(text: string, purpose: string): string;
  /** Throws when it was changed, or sealed with another secret or for another purpose. */
  open(sealed: string, purpose: string): string;
};
