// The only way out: what may be known of a secret once it leaves detect/.

const PURPOSE = 'keyscan fingerprint v1';

/**
 * 32 hex characters that identify a credential wherever it stands, in every mode: HMAC-SHA256 under a fixed key, so that
 * it is no plain hash somebody may have a table of, cut to 128 bits.
 */
export function fingerprintOf(secret: string): string {
  // Loaded only when there is something to fingerprint: loading it is felt in a hook that finds nothing.
  const { createHmac } = process.getBuiltinModule('node:crypto');
  return createHmac('sha256', PURPOSE).update(secret, 'latin1').digest('hex').slice(0, 32);
}

/** Public prefix, `…`, last four characters: enough to find the key in the dashboard. */
export function previewOf(publicPrefix: string, secret: string): string {
  return `${publicPrefix}…${secret.slice(-4)}`;
}
