// Tests that a form cannot express, by the names rule files use.

import type { CheckName } from '../rules/rule.ts';
import { azureChecksumHolds } from './azure-checksum.ts';
import { randomnessOf } from './randomness.ts';
import { belongsToOther } from './vendors.ts';

export const CHECKS: Readonly<Record<CheckName, (secret: string) => boolean>> = {
  'azure-checksum': azureChecksumHolds,
  'openai-body': (secret) => {
    const body = bodyOf(secret);
    // Hexadecimal is DeepSeek and self-hosted gateways, letters of one case are SiliconFlow (reference §1.4).
    const isOtherAlphabet = /^(?:[0-9a-f]+|[0-9A-F]+|[a-z]+|[A-Z]+)$/.test(body);
    return !isOtherAlphabet && !belongsToOther(secret) && randomnessOf(body) !== 'none';
  },
  random: (secret) => randomnessOf(bodyOf(secret)) !== 'none',
};

const bodyOf = (secret: string): string => secret.slice(secret.indexOf('-') + 1);
