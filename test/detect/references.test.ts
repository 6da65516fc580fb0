// Values that only say where the value is are no secrets, however random the names in them look; what they fall back to is.

import { isReference } from '../../src/detect/references.ts';
import { freshKey } from '../support/keys.ts';
import { seed, seeded } from '../support/random.ts';
import { blocking, scan } from '../support/scanning.ts';

const random = seeded(seed);

/** `#`: a name as a machine gives them. */
const REFERENCES: readonly string[] = [
  '{{resolve:secretsmanager:#:SecretString:apiKey}}',
  '{{resolve:secretsmanager:prod/openai:SecretString:apiKey:AWSCURRENT:#}}',
  '{{resolve:ssm-secure:/prod/openai/#:1}}',
  'arn:aws:secretsmanager:us-east-1:123456789012:secret:#',
  'arn:aws:ssm:eu-west-1:123456789012:parameter/prod/#',
  '@Microsoft.KeyVault(SecretUri=https://kv.vault.azure.net/secrets/OpenAIKey/#)',
  '@Microsoft.KeyVault(VaultName=#;SecretName=#)',
  'op://#/OpenAI/credential',
  'vault:secret/data/#',
  'ref+awssecrets://#/apiKey',
  'secret://#',
  'projects/#/secrets/OPENAI_API_KEY/versions/3',
  '/run/secrets/#',
  'sm://project/#',
  'secretref:#',
  'ENC(#)',
  'encrypted:#',
  `\${#}`,
  `\${openai.#}`,
  `\${{ secrets.# }}`,
  '{{ # }}',
  '{{ .Values.# }}',
  '{{ vault_# }}',
  '\u0001{#}',
  '<%= @# %>',
  '%OPENAI_#%',
  '@@#@@',
  '__#__',
  '$#',
  '$(#)',
  '$(cat /run/secrets/#)',
  '((#))',
  '!Ref #',
  `!Sub "\${#}"`,
  '!GetAtt #.Arn',
  '!ImportValue #',
];

const NAMES = ['<upper:1><lower:6><upper:2><hex:8><alnum:10>', '<alnum:24>', '<hex:32>'];

const GIVEN: readonly ((value: string) => string)[] = [
  (value) => `OPENAI_API_KEY=${value}\n`,
  (value) => `OPENAI_API_KEY: ${value}\n`,
  (value) => `${JSON.stringify({ OpenAI: { ApiKey: value } })}\n`,
  (value) => `- name: OPENAI_API_KEY\n  value: ${value}\n`,
  (value) => `AZURE_OPENAI_API_KEY: ${value}\n`,
  (value) => `spring.ai.openai.api-key=${value}\n`,
];

test.each(REFERENCES)(`%s (KEYSCAN_TEST_SEED=${seed})`, (reference) => {
  for (const form of NAMES) {
    const value = reference.replaceAll('#', () => freshKey(form, random)).replace('\u0001', '#');
    for (const give of GIVEN) expect(blocking(scan(give(value)))).toEqual([]);
  }
});

test.each([
  'OPENAI_API_KEY:\n  valueFrom:\n    secretKeyRef:\n      name: openai\n      key: #\n',
  'env: [{ name: OPENAI_API_KEY, valueFrom: { secretKeyRef: { name: openai, key: # } } }]\n',
  'secretKey: OPENAI_API_KEY\nremoteRef:\n  key: #\n',
])('the name of a key: %s', (text) => {
  const value = freshKey('<alnum:32>', random);
  expect(blocking(scan(text.replace('#', value)))).toEqual([]);
});

// What looks like one of them and holds a value after all.
test.each([
  `OPENAI_API_KEY=\${OPENAI_API_KEY:-#}`,
  `OPENAI_API_KEY=\${OPENAI_API_KEY:=#}`,
  `spring.ai.openai.api-key=\${OPENAI_API_KEY:#}`,
  'openai_api_key: "{{ \'#\' }}"',
  'openai_api_key: "{{ openai_api_key | default(\'#\') }}"',
  `openai_key = \`\${process.env.OPENAI_KEY ?? "#"}\``,
  'x={{ y }} openai_api_key=#',
  `a=\${b} OPENAI_API_KEY=#`,
  'x=<% y %> openai_api_key=#',
  'valueFrom: { secretKeyRef: { name: a, key: b } }\nopenai_key: #',
])('a value all the same: %s', (text) => {
  const value = freshKey('<alnum:40>', random);
  const [plain] = scan(`OPENAI_API_KEY=${value}\n`);
  expect(blocking(scan(`${text.replace('#', value)}\n`))).toMatchObject([
    { fingerprint: plain?.fingerprint },
  ]);
});

test.each<[before: string, value: string, after: string]>([
  ['KEY=', 'plain', '\n'],
  ['KEY=%', '3Dplain', '%'],
  ['KEY=%', 'plain', '\n'],
  ['https://user:', 'plain', '@'],
  ['KEY=@', 'plain', '\n'],
  ['KEY=', '__plain', '\n'],
  ['KEY=', 'plain__', '\n'],
  ['KEY=', '//plain', '\n'],
  ['KEY=', 'aB3/secrets/x9Z', '\n'],
  ['KEY=', 'ab/cd/secrets', '\n'],
  ['{{ x\n', 'plain', '\n'],
  ['KEY=(', 'plain', ')'],
])('no reference: %s%s%s', (before, value, after) => {
  expect(isReference(before, value, after.charCodeAt(0))).toBe(false);
});
