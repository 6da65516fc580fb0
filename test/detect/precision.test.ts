// Precision: placeholders, lookalikes, public ids and other vendors' keys give nothing that would block a commit.

import { freshKey, SK_SHAPES } from '../support/keys.ts';
import {
  COMPATIBLE_HOSTS,
  LOOKALIKE_FORMS,
  LOOKALIKE_WORDS,
  OTHER_VENDORS,
  UNMARKED_VENDORS,
} from '../support/lookalikes.ts';
import { PLACEHOLDERS } from '../support/placeholders.ts';
import { seed, seeded } from '../support/random.ts';
import { blocking, scan } from '../support/scanning.ts';

const random = seeded(seed);
const VARIANTS = 20;

const CONTEXTS: Readonly<Record<string, (value: string) => string>> = {
  dotenv: (value) => `OPENAI_API_KEY=${value}\n`,
  'dotenv quoted': (value) => `OPENAI_API_KEY="${value}"\n`,
  admin: (value) => `OPENAI_ADMIN_KEY=${value}\n`,
  azure: (value) => `AZURE_OPENAI_API_KEY=${value}\n`,
  webhook: (value) => `OPENAI_WEBHOOK_SECRET=${value}\n`,
  codex: (value) => `CODEX_ACCESS_TOKEN=${value}\n`,
  shell: (value) => `export OPENAI_API_KEY='${value}'\n`,
  python: (value) => `openai.api_key = "${value}"\n`,
  'python bare': (value) => `openai.api_key = ${value}\n`,
  json: (value) => `{"openai_api_key": ${JSON.stringify(value)}}\n`,
  yaml: (value) => `openai_api_key: ${value}\n`,
  javascript: (value) => `const client = new OpenAI({ apiKey: '${value}' });\n`,
  'javascript bare': (value) => `const client = new OpenAI({ apiKey: ${value} });\n`,
  header: (value) => `curl https://api.openai.com/v1/models -H "Authorization: Bearer ${value}"\n`,
  prose: (value) => `Get an OpenAI API key, it looks like ${value}, and put it there.\n`,
};

/** `what`: said of it in a failure; never a value that was random. */
function blockedIn(value: string, what: string, contexts = CONTEXTS): string[] {
  return Object.entries(contexts).flatMap(([context, write]) =>
    blocking(scan(write(value))).map(
      ({ ruleId, confidence }) => `${context}: ${what}: ${ruleId} ${confidence}`,
    ),
  );
}

describe('placeholders', () => {
  test.each(Object.entries(PLACEHOLDERS))('group %s', (_, values) => {
    expect(values.flatMap((value) => blockedIn(value, value))).toEqual([]);
  });

  test('a key that is masked, cut short or shown as OpenAI and keyscan show it', () => {
    const shown = Object.keys(SK_SHAPES).flatMap((shape) => {
      const key = freshKey(shape, random);
      const last = key.slice(-4);
      return [
        `${key.slice(0, 8)}${'*'.repeat(key.length - 12)}${last}`,
        `${key.slice(0, 12)}...${last}`,
        `${key.slice(0, 12)}…${last}`,
        `${key.slice(0, 8)}…${last}`,
        `${key.slice(0, 20)}...`,
        `${key.slice(0, 7)}***`,
        `${key.slice(0, 8)}[REDACTED]`,
        `${key.slice(0, 8)}<redacted>`,
        `${key.slice(0, 8)}${'x'.repeat(key.length - 8)}`,
        `${key.slice(0, 8)}${'X'.repeat(40)}${last}`,
      ].flatMap((value, index) => blockedIn(value, `${shape} shown in way ${index}`));
    });
    expect(shown).toEqual([]);
  });

  test('the source of a pattern', () => {
    const patterns = [
      'sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{74}',
      '\\b(sk-[a-zA-Z0-9]{48})\\b',
      '/sk-[A-Za-z0-9_-]{20,}/g',
      'sess-[a-zA-Z0-9]{40}',
      'ek_[a-f0-9]{32}',
      'whsec_[A-Za-z0-9+/=]{32,}',
    ];
    expect(patterns.flatMap((pattern) => blockedIn(pattern, pattern))).toEqual([]);
  });
});

describe('lookalikes', () => {
  test.each(LOOKALIKE_WORDS.map((word) => [word]))('%s', (word) => {
    const prose = { ...CONTEXTS, css: (value: string) => `.${value} > #${value} { color: red }\n` };
    expect(blockedIn(word, word, prose)).toEqual([]);
    expect(scan(`<div class="${word}" id=${word}>\n`)).toEqual([]);
  });

  const beside: Readonly<Record<string, (value: string) => string>> = {
    alone: (value) => `${value}\n`,
    json: (value) => `{"id": "${value}", "object": "openai", "api": "https://api.openai.com/v1"}\n`,
    'organization variable': (value) => `OPENAI_ORG_ID=${value}\nOPENAI_ORGANIZATION="${value}"\n`,
    'project variable': (value) => `OPENAI_PROJECT_ID=${value}\nOPENAI_PROJECT=${value}\n`,
    'key id': (value) => `openai_api_key_id = "${value}"\nOPENAI_KEY_ID: ${value}\n`,
    'client id': (value) => `OPENAI_CLIENT_ID=${value}\nopenai_oauth_client_id: "${value}"\n`,
    'model, assistant, thread': (value) => `OPENAI_MODEL=${value}\nOPENAI_ASSISTANT_ID=${value}\n`,
    header: (value) => `OpenAI-Organization: ${value}\nOpenAI-Project: ${value}\nx-request-id: ${value}\n`,
    javascript: (value) => `new OpenAI({ organization: "${value}", project: "${value}" })\n`,
    'argument of a method': (value) =>
      `openai.beta.threads.retrieve("${value}")\nawait openai.evals.runs.list(\n  "${value}",\n  "${value}",\n)\n`,
  };

  test.each(Object.entries(LOOKALIKE_FORMS))(`%s (KEYSCAN_TEST_SEED=${seed})`, (name, form) => {
    const found = Array.from({ length: VARIANTS }, () => blockedIn(freshKey(form, random), name, beside));
    expect(found.flat()).toEqual([]);
  });

  test.each(['gpt-5-mini-2025-08-07', 'gpt-4o-2024-08-06', 'o3-mini-2025-01-31', 'text-embedding-3-large'])(
    'the model %s',
    (model) => {
      const written = [`OpenAITokenCounter("${model}")`, `openai_tokenizer: ${model}`, `OPENAI_KEY=${model}`];
      expect(written.flatMap((text) => scan(`${text}\n`))).toEqual([]);
    },
  );

  test('the webhook secret that Standard Webhooks publishes', () => {
    const sample = ['whsec_MfKQ9r8GKYqrTw', 'jUPD8ILPZIo2LaLaSw'].join('');
    expect(scan(`use OpenAI\\Webhooks;\n$secret = '${sample}';\n`)).toEqual([]);
    expect(
      blocking(scan(`use OpenAI\\Webhooks;\n$secret = '${sample.replace('Mf', 'Nf')}';\n`)),
    ).toHaveLength(1);
  });

  test.each([
    [
      'a token of nothing but its header',
      (_: string) => {
        const header = Buffer.from('{"alg":"RS256","typ":"JWT"}').toString('base64url');
        return `AzureOpenAI(api_key="${header}.payload.signature")`;
      },
    ],
    [
      'an argument on a line of its own',
      (value: string) =>
        `docker run -e OPENAI_API_KEY=$KEY \\\n  -e CODE="\u5bc6\u7801" \\\n  ${value}/image`,
    ],
    ['the password of a database', (value: string) => `openai: x\nneo4j:\n  password: "${value}"`],
    [
      'the token of another service',
      (value: string) => `new OpenAI();\nconst upstash = { token: "${value}" }`,
    ],
  ])('%s', (_, write) => {
    expect(blocking(scan(`${write(freshKey('<alnum:20>', random))}\n`))).toEqual([]);
  });

  test.each([
    ['behind a continued line', (value: string) => `OPENAI_API_KEY = \\\n  "${value}"`],
    ['in a list', (value: string) => `OPENAI_API_KEYS:\n  - ${value}`],
    ['nearer than the other service', (value: string) => `neo4j:\n  url: x\nopenai:\n  key: ${value}`],
    [
      'behind the header of a token',
      (value: string) => `OPENAI_API_KEY=eyJhbGciOiJIUzI1NiJ9.${value}.${value.slice(7, 30)}`,
    ],
  ])('a secret all the same: %s', (_, write) => {
    expect(blocking(scan(`${write(freshKey('<alnum:40>', random))}\n`))).toHaveLength(1);
  });

  test('random text in which sk- stands by chance', () => {
    const forms = {
      'encrypted content':
        '{"encrypted_content": "gAAAAA<base64url:900>sk-<base64url:700>==", "model": "openai"}\n',
      integrity: '"integrity": "sha512-<base64:40>sk+<base64:43>=="\n',
      cookie:
        'set-cookie: __cf_bm=<base64url:6>Zsk-17<digit:8>-1.0.1.1-<base64url:86>; domain=.api.openai.com\n',
      uuid: 'sk-<hex:8>-<hex:4>-<hex:4>-<hex:4>-<hex:12>\n',
      sha: 'openai @ git+https://example.org/openai.git@<hex:40>\n',
    };
    for (const [name, form] of Object.entries(forms)) {
      const found = Array.from({ length: 200 }, () => blocking(scan(freshKey(form, random))));
      expect({ name, rules: found.flat().map(({ ruleId }) => ruleId) }).toEqual({ name, rules: [] });
    }
  });
});

describe(`what keeps a key safe (KEYSCAN_TEST_SEED=${seed})`, () => {
  test.each([
    [
      'SOPS',
      'OPENAI_API_KEY: ENC[AES256_GCM,data:<base64:220>,iv:<base64:43>=,tag:<base64:22>==,type:str]\n',
    ],
    [
      'Sealed Secrets',
      'kind: SealedSecret\nspec:\n  encryptedData:\n    OPENAI_API_KEY: Ag<[A-D]:1><base64:900>\n',
    ],
    ['AWS KMS', 'OPENAI_API_KEY: AQICAH<base64:300>\n'],
    ['ASP.NET', '{"OpenAI": {"ApiKey": "CfDJ8<base64url:160>"}}\n'],
    ['PowerShell', '$openaiKey = "01000000d08c9ddf0115d1118c7a00c04fc297eb01000000<hex:300>"\n'],
    ['a checksum of it', 'OPENAI_API_KEY_SHA256=<hex:64>\nopenai_key_fingerprint: <hex:40>\n'],
  ])('%s', (_, form) => {
    const found = Array.from({ length: VARIANTS }, () => blocking(scan(freshKey(form, random))));
    expect(found.flat().map(({ ruleId }) => ruleId)).toEqual([]);
  });
});

describe(`other vendors (KEYSCAN_TEST_SEED=${seed})`, () => {
  test.each(Object.entries(OTHER_VENDORS))('%s under its own name', (_, { name, form }) => {
    const found = Array.from({ length: VARIANTS }, () => {
      const key = freshKey(form, random);
      return [`${name}=${key}\n`, `os.environ["${name}"] = "${key}"\n`, `${name.toLowerCase()}: "${key}"\n`];
    });
    const rules = found.flat().flatMap((text) => scan(text).map(({ ruleId }) => ruleId));
    expect(rules).toEqual([]);
  });

  const telling = Object.entries(OTHER_VENDORS).filter(([vendor]) => !UNMARKED_VENDORS.has(vendor));
  test.each(telling)('%s where an OpenAI key belongs', (_, { form }) => {
    const found = Array.from({ length: VARIANTS }, () => {
      const key = freshKey(form, random);
      return [`OPENAI_API_KEY=${key}\n`, `client = OpenAI(api_key="${key}")\n`];
    });
    const rules = found.flat().flatMap((text) => blocking(scan(text)).map(({ ruleId }) => ruleId));
    expect(rules).toEqual([]);
  });

  // Where only OpenAI is spoken of, what is no shape of OpenAI's own is not called a key of its first years.
  test.each([
    ['as OpenAI has written them', 'sk-<alnum:48>', true],
    ['with 40 characters', 'sk-<alnum:40>', true],
    ['hexadecimal', 'sk-<hex:48>', false],
    ['capital hexadecimal', 'sk-<[0-9A-F]:40>', false],
    ['of small letters', 'sk-<lower:48>', false],
    ['of capitals', 'sk-<[A-Z]:48>', false],
    ['of a gateway', 'sk-<alnum:16><hex:32>', false],
    ['of words', 'sk-MyOwnSecretTestingKeyForTheLocalDevelopmentCase1', false],
  ])('keys without the marker, %s', (_, form, isOurs) => {
    const found = Array.from({ length: VARIANTS }, () => scan(`# openai\n${freshKey(form, random)}\n`));
    expect(found.map(([first]) => first?.ruleId === 'openai-legacy-key')).toEqual(found.map(() => isOurs));
  });

  test.each([
    ['at-<base64url:48>', true],
    ['at-this-is-the-name-of-a-service-of-codex-that-you-may-use', false],
  ])('what a machine has drawn behind at-: %s', (form, isDrawn) => {
    const found = scan(`CODEX_ACCESS_TOKEN=${freshKey(form, random)}\n`);
    expect(found.some(({ ruleId }) => ruleId === 'openai-codex-token')).toBe(isDrawn);
  });

  test.each(Object.entries(COMPATIBLE_HOSTS))('%s through the OpenAI SDK', (vendor, host) => {
    const found = Array.from({ length: VARIANTS }, () => {
      const key = freshKey(OTHER_VENDORS[vendor]?.form, random);
      return [
        `from openai import OpenAI\nclient = OpenAI(api_key="${key}", base_url="${host}")\n`,
        `const client = new OpenAI({\n  baseURL: '${host}',\n  apiKey: '${key}',\n});\n`,
      ];
    });
    const rules = found.flat().flatMap((text) => blocking(scan(text)).map(({ ruleId }) => ruleId));
    expect(rules).toEqual([]);
  });
});
