/** `messageId` stays the same when one mail is sent again. */
export type Mail = { to: string; subject: string; text: string; messageId?: string };

/** Sends mail to people. `isConfigured` is false where no server for mail is set: then pages say so. */
export type Mailer = {
  isConfigured: boolean;
  /** Resolves when the server took it; rejects with an `AppError` that says what is wrong. */
  send(mail: Mail): Promise<void>;
};
