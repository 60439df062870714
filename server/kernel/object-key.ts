const form = /^[a-z0-9][a-z0-9-]*(?:\.[a-z0-9]+)*(?:\/[a-z0-9][a-z0-9-]*(?:\.[a-z0-9]+)*){0,4}$/;

/** The key of an object in any store, unchanged; throws RangeError for what could be read as a way elsewhere. */
export function checkedKey(key: string): string {
  if (!form.test(key)) throw new RangeError(`"${key}" is no key of an object.`);
  return key;
}
