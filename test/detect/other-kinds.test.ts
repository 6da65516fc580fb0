// The credentials that are no `sk-` key, each where it is found, and where its lookalikes are.

import { createDetector } from '../../src/detect/detector.ts';
import { builtinRules } from '../../src/rules/builtin.ts';
import { freshKey } from '../support/keys.ts';
import {
  AZURE_LEGACY_PLACES,
  agentIdentity,
  azureKey,
  CREATED,
  codexAuth,
  FUTURE,
  jwt,
  oauthAccessToken,
  sessionCookie,
} from '../support/other-kinds.ts';
import { seed, seeded } from '../support/random.ts';
import { blocking, scan } from '../support/scanning.ts';

const random = seeded(seed);
const VARIANTS = 30;

const rulesIn = (text: string): string[] => blocking(scan(text)).map(({ ruleId }) => ruleId);

/** In every variant exactly this rule, once. */
function expectOnly(ruleId: string, write: () => string): void {
  const found = Array.from({ length: VARIANTS }, () => rulesIn(write()));
  expect(found).toEqual(found.map(() => [ruleId]));
}

function expectNone(write: () => string): void {
  expect(Array.from({ length: VARIANTS }, () => rulesIn(write())).flat()).toEqual([]);
}

const fresh = (form: string): string => freshKey(form, random);
const base64url = (text: string): string => Buffer.from(text).toString('base64url');

describe(`tokens with a prefix (KEYSCAN_TEST_SEED=${seed})`, () => {
  test.each([
    'Authorization: Bearer VALUE\nHost: api.openai.com\n',
    'OPENAI_SESSION_KEY=VALUE\n',
    'openai.api_key = "VALUE"\n',
    'curl https://api.openai.com/dashboard/billing/credit_grants -H "Authorization: Bearer VALUE"\n',
  ])('session key %#', (text) => {
    expectOnly('openai-session-key', () => text.replace('VALUE', fresh('sess-<alnum:40>')));
  });

  test.each([
    '{"value":"VALUE","expires_at":1756310470,"session":{"type":"realtime","object":"realtime.session"}}\n',
    'const session = new RealtimeSession(agent); await session.connect({ apiKey: "VALUE" }); // openai\n',
    'OPENAI_EPHEMERAL_KEY=VALUE\n',
  ])('ephemeral key %#', (text) => {
    expectOnly('openai-ephemeral-key', () => text.replace('VALUE', fresh(`ek_${CREATED}<hex:24>`)));
  });

  test.each([
    'OPENAI_WEBHOOK_SECRET=VALUE\n',
    'const client = new OpenAI({ webhookSecret: "VALUE" });\n',
    'openai:\n  webhook_secret: VALUE\n',
    'client = OpenAI(webhook_secret="VALUE")\n',
  ])('webhook secret %#', (text) => {
    expectOnly('openai-webhook-secret', () => text.replace('VALUE', fresh('whsec_<base64:43>=')));
  });

  test.each([
    'STRIPE_WEBHOOK_SECRET=VALUE\n',
    'SVIX_WEBHOOK_SECRET=VALUE\n',
    'CLERK_WEBHOOK_SECRET="VALUE"\n',
    'const wh = new Webhook("VALUE"); // svix\n',
    'OPENAI_MODEL=gpt-4o\nSTRIPE_WEBHOOK_SECRET=VALUE\n',
    'stripe.webhooks.constructEvent(body, signature, "VALUE")\n',
    'VALUE\n',
  ])('webhook secret of others %#', (text) => {
    expectNone(() => text.replace('VALUE', fresh('whsec_<base64:43>=')));
  });

  test.each([
    'CODEX_ACCESS_TOKEN=VALUE\n',
    'export CODEX_ACCESS_TOKEN="VALUE"\n',
    '{"auth_mode": "personal_access_token", "personal_access_token": "VALUE", "codex": true}\n',
    'codex login --with-access-token VALUE\n',
  ])('Codex access token %#', (text) => {
    expectOnly('openai-codex-token', () => text.replace('VALUE', fresh('at-<base64url:48>')));
  });

  test('at- anywhere else', () => {
    expectNone(() => fresh('look at-<lower:6>-<lower:8> and at-<alnum:12> or data-at-<hex:32>\n'));
  });
});

describe(`JSON web tokens (KEYSCAN_TEST_SEED=${seed})`, () => {
  const places = [
    'VALUE\n',
    'Authorization: Bearer VALUE\n',
    '{"access_token":"VALUE","token_type":"Bearer"}\n',
    // The last character of what is escaped is none of the token's.
    '{"log":"it sent\\nVALUE\\u0022"}\n',
    'session=%7B%22access_token%22%3A%22VALUE%22%7D\n',
  ];

  test.each(places)('OAuth access token %#', (text) => {
    expectOnly('openai-oauth-token', () => text.replace('VALUE', oauthAccessToken(random)));
  });

  test('the older issuer', () => {
    expectOnly('openai-oauth-token', () => oauthAccessToken(random, { iss: 'https://auth0.openai.com/' }));
  });

  test.each<[name: string, exp: unknown, now: number, severity: string]>([
    ['expired', FUTURE - 1, FUTURE, 'low'],
    ['in its last second', FUTURE, FUTURE, 'high'],
    ['valid', FUTURE + 1, FUTURE, 'high'],
    ['valid for ever', undefined, FUTURE, 'high'],
    ['with an end that cannot be read', '2001-01-01', FUTURE, 'high'],
  ])('one that is %s is told, as grave as it is', (_, exp, now, severity) => {
    const open = createDetector(builtinRules, now * 1000).open();
    open.push(Buffer.from(jwt({ iss: 'https://auth.openai.com', exp }, random)));
    expect(open.end()).toMatchObject([{ ruleId: 'openai-oauth-token', severity }]);
  });

  test.each<[name: string, write: (token: string) => string]>([
    ['without a signature', (token) => token.slice(0, token.lastIndexOf('.'))],
    ['whose payload is cut', (token) => token.replace(/\.(.*)....\./, '.$1.')],
    ['whose payload is no object', (token) => token.replace(/\..*\./, `.${base64url('["openai"]')}.`)],
    ['whose payload is garbage', (token) => token.replace('.', '.AAA')],
    ['whose issuer is none', () => jwt({ iss: 7, scope: 'openai' }, random)],
    ['of nobody', () => jwt({ sub: 'openai' }, random)],
    ['of somebody with nearly the name', () => jwt({ iss: 'https://auth.openai.com/a' }, random)],
    ['longer than any', () => jwt({ pad: 'a'.repeat(12_288), iss: 'https://auth.openai.com' }, random)],
  ])('a token %s is none of theirs', (_, write) => {
    expectNone(() => `${write(oauthAccessToken(random))}\n`);
  });

  test('what everybody may see of one', () => {
    const token = oauthAccessToken(random);
    expect(scan(token)).toMatchObject([
      { preview: `eyJ…${token.slice(-4)}`, span: { endColumn: token.length + 1 } },
    ]);
  });

  test.each(places)('agent identity %#', (text) => {
    expectOnly('openai-agent-identity', () => text.replace('VALUE', agentIdentity(random)));
  });

  test('a token of another issuer', () => {
    expectNone(() => `Bearer ${oauthAccessToken(random, { iss: 'https://login.example.org/' })}\n`);
  });

  test('two tokens are two findings', () => {
    const text = `a=${oauthAccessToken(random)}\nb=${oauthAccessToken(random)}\n`;
    expect(new Set(blocking(scan(text)).map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });
});

describe(`the Codex login file (KEYSCAN_TEST_SEED=${seed})`, () => {
  test.each(['rt_<alnum:8>.<base64url:43>', 'rt_<base64url:86>', '<base64url:64>'])(
    'refresh token %#',
    (form) => {
      for (let i = 0; i < VARIANTS; i++) {
        const { file } = codexAuth(random, form);
        const rules = rulesIn(file);
        expect(rules).toEqual(
          expect.arrayContaining(['openai-project-key', 'openai-oauth-token', 'openai-refresh-token']),
        );
        const refresh = scan(file).filter(({ ruleId }) => ruleId === 'openai-refresh-token');
        expect(refresh).toHaveLength(1);
        const lines = file.split('\n');
        const line = lines.findIndex((text) => text.includes('"refresh_token"'));
        const column = (lines[line] ?? '').lastIndexOf('"', (lines[line] ?? '').length - 3) + 2;
        expect(refresh[0]?.span).toMatchObject({ line: line + 1, column });
      }
    },
  );

  test.each(['fk', 'hf_', 'pk_', 'ft_', 'vs-'])(
    'a refresh token that begins, by chance, as what others write does: %s',
    (head) => {
      expectOnly('openai-refresh-token', () => `CODEX_REFRESH_TOKEN=${head}${fresh('<base64url:60>')}\n`);
    },
  );

  test('on one line', () => {
    const { file } = codexAuth(random);
    expect(rulesIn(JSON.stringify(JSON.parse(file)))).toEqual(
      expect.arrayContaining(['openai-project-key', 'openai-oauth-token', 'openai-refresh-token']),
    );
  });

  test("one whose access token spells, by chance, somebody else's name", () => {
    const { file, accessToken } = codexAuth(random);
    const spelled = (at: number) =>
      file.replace(accessToken, `${accessToken.slice(0, at)}-Slack_${accessToken.slice(at + 7)}`);
    for (const at of [-10, -60, -330]) expect(rulesIn(spelled(at))).toContain('openai-refresh-token');
  });

  test("a refresh token in others' files", () => {
    expectNone(() =>
      JSON.stringify({ google: { refresh_token: fresh('1//0<base64url:80>'), account: 'x' } }),
    );
    expectNone(() => `{"refresh_token":"${fresh('<base64url:64>')}","issuer":"https://login.example.org"}\n`);
  });
});

describe(`the cookie of chatgpt.com (KEYSCAN_TEST_SEED=${seed})`, () => {
  const name = '__Secure-next-auth.session-token';

  test('the same cookie of any other site that uses NextAuth', () => {
    expectNone(() => `Host: shop.example.org\nCookie: ${name}=${sessionCookie(random)}\n`);
  });

  test.each([
    (value: string) => `Host: chatgpt.com\nCookie: oai-did=1; ${name}=${value}; _ga=1\n`,
    (value: string) => `# log in at https://chatgpt.com\n${name}=${value}\n`,
    (value: string) => `{"name": "${name}", "value": "${value}", "domain": ".chatgpt.com"}\n`,
    (value: string) =>
      `cookies = {"${name}": "${value}"}\nrequests.get('https://chatgpt.com/', cookies=cookies)\n`,
    (value: string) => `.chatgpt.com\tTRUE\t/\tTRUE\t2000000000\t${name}\t${value}\n`,
    (value: string) => `set-cookie: ${name}=${value}; Domain=chatgpt.com; Path=/; HttpOnly; Secure\n`,
  ])('whole %#', (write) => {
    expectOnly('chatgpt-session-cookie', () => write(sessionCookie(random)));
  });

  test.each([
    (first: string, second: string) => `Host: chatgpt.com\nCookie: ${name}.0=${first}; ${name}.1=${second}\n`,
    (first: string, second: string) =>
      `[{"domain":".chatgpt.com","name":"${name}.0","value":"${first}"},\n {"name":"${name}.1","value":"${second}"}]\n`,
  ])('in two parts %#', (write) => {
    for (let i = 0; i < VARIANTS; i++) {
      const cookie = sessionCookie(random, 4200);
      const rules = new Set(rulesIn(write(cookie.slice(0, 3933), cookie.slice(3933))));
      expect([...rules]).toEqual(['chatgpt-session-cookie']);
    }
  });
});

describe(`Azure (KEYSCAN_TEST_SEED=${seed})`, () => {
  test.each(['VALUE\n', 'api-key: VALUE\n', 'AZURE_OPENAI_API_KEY="VALUE"\n', 'key = "VALUE", x\n'])(
    '84 characters %#',
    (text) => {
      expectOnly('azure-openai-key', () => text.replace('VALUE', azureKey(random)));
    },
  );

  test('84 characters with a wrong checksum', () => {
    expectNone(() => `key = "${azureKey(random).slice(0, 80)}${fresh('<alnum:4>')}"\n`);
  });

  test.each(Object.entries(AZURE_LEGACY_PLACES))('32 hexadecimal digits: %s', (_, write) => {
    expectOnly('azure-openai-legacy-key', () => write(fresh('<hex:32>')));
  });

  test('32 hexadecimal digits in base64, as Kubernetes keeps them', () => {
    const key = fresh('<hex:32>');
    const written = Buffer.from(key).toString('base64');
    const [plain] = scan(`AZURE_OPENAI_API_KEY=${key}\n`);
    const found = scan(`kind: Secret\ndata:\n  AZURE_OPENAI_API_KEY: ${written}\n`);
    expect(found).toMatchObject([{ ruleId: 'azure-openai-legacy-key', decoded: ['base64'] }]);
    expect(found[0]?.fingerprint).toBe(plain?.fingerprint);
  });

  test.each([
    'md5: VALUE\n',
    'https://my-team.openai.azure.com/\nmd5sum VALUE  model.bin\n',
    '"request_id": "VALUE", "host": "my-team.openai.azure.com"\n',
    'AZURE_OPENAI_DEPLOYMENT_ID=VALUE\n',
    '["https://my-team.openai.azure.com/", 7, "VALUE"]\n',
    'AZURE_STORAGE_HASH=VALUE\n',
  ])('32 hexadecimal digits that are no key %#', (text) => {
    expectNone(() => text.replace('VALUE', fresh('<hex:32>')));
  });
});
