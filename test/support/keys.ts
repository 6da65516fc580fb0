// Fresh, never-issued credentials of every shape, generated at run time: no key-shaped string lies in the repository.

import { expandForm, parseForm } from '../../src/rules/form.ts';

/** The 17 `sk-` shapes of reference/openai-credentials.md §1.1, with the rule that must claim each. */
export const SK_SHAPES: Readonly<Record<string, { readonly rule: string; readonly form: string }>> = {
  F1: { rule: 'openai-user-key', form: 'sk-<alnum:20><marker><alnum:20>' },
  F2: { rule: 'openai-legacy-key', form: 'sk-<alnum:40>' },
  F2b: { rule: 'openai-legacy-key', form: 'sk-<alnum:48>' },
  F3: { rule: 'openai-project-key', form: 'sk-proj-<alnum:20><marker><alnum:20>' },
  F4: { rule: 'openai-service-account-key', form: 'sk-<lower:2>-<lower:5>-<alnum:20><marker><alnum:20>' },
  'F4-service': {
    rule: 'openai-service-account-key',
    form: 'sk-service-account-name-<alnum:20><marker><alnum:20>',
  },
  F5: { rule: 'openai-user-key', form: 'sk-None-<alnum:20><marker><alnum:20>' },
  F6: { rule: 'openai-user-key', form: 'sk-<base64url:42><marker><base64url:40><tail>' },
  F7: { rule: 'openai-service-account-key', form: 'sk-svcacct-<base64url:46><marker><base64url:44><tail>' },
  F7b: { rule: 'openai-service-account-key', form: 'sk-svcacct-<base64url:49><marker><base64url:48><tail>' },
  F8: { rule: 'openai-project-key', form: 'sk-proj-<base64url:58><marker><base64url:56><tail>' },
  F9: { rule: 'openai-admin-key', form: 'sk-admin-<base64url:58><marker><base64url:56><tail>' },
  F10: { rule: 'openai-service-account-key', form: 'sk-svcacct-<base64url:58><marker><base64url:56><tail>' },
  F11: { rule: 'openai-project-key', form: 'sk-proj-<base64url:74><marker><base64url:72><tail>' },
  F12: { rule: 'openai-service-account-key', form: 'sk-svcacct-<base64url:74><marker><base64url:72><tail>' },
  F13: { rule: 'openai-user-key', form: 'sk-None-<base64url:74><marker><base64url:72><tail>' },
  F14: { rule: 'openai-admin-key', form: 'sk-admin-<base64url:74><marker><base64url:72><tail>' },
};

/** A fresh credential of a named shape (default: today's project key) or of any form. */
export function freshKey(shapeOrForm = 'F11', random: () => number = Math.random): string {
  return expandForm(parseForm(SK_SHAPES[shapeOrForm]?.form ?? shapeOrForm), random);
}
