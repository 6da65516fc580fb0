// Credentials of OpenAI that are no `sk-` key: tokens, cookies, Azure keys, files that hold several. Fresh, never issued.

import { azureChecksumOf } from '../../src/detect/azure-checksum.ts';
import { freshKey } from './keys.ts';
import { blocking, scan } from './scanning.ts';

type Random = () => number;

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const HOUR = 3600;
/** A fixed instant, so that a seed gives the same bytes on every day: 2033. */
export const FUTURE = 2_000_000_000;

const uuid = (random: Random): string =>
  freshKey('<hex:8>-<hex:4>-4<hex:3>-<[89ab]:1><hex:3>-<hex:12>', random);

/** Well-formed, with a random signature as long as a real one. */
export function jwt(
  payload: Readonly<Record<string, unknown>>,
  random: Random,
  { alg = 'RS256', signature = 342 } = {},
): string {
  const header = { alg, kid: uuid(random), typ: 'JWT' };
  return `${base64url(header)}.${base64url(payload)}.${freshKey(`<base64url:${signature}>`, random)}`;
}

/** What ChatGPT and Codex send as a bearer. */
export const oauthAccessToken = (
  random: Random,
  { iss = 'https://auth.openai.com', exp = FUTURE } = {},
): string =>
  jwt(
    {
      aud: ['https://api.openai.com/v1'],
      client_id: 'app_EMoamEEZ73f0CkXaXp7hrann',
      exp,
      'https://api.openai.com/auth': {
        chatgpt_account_id: uuid(random),
        chatgpt_plan_type: 'plus',
        chatgpt_user_id: freshKey('user-<alnum:24>', random),
      },
      'https://api.openai.com/profile': { email: 'someone@example.org', email_verified: true },
      iat: exp - 240 * HOUR,
      iss,
      jti: uuid(random),
      scp: ['openid', 'profile', 'email', 'offline_access'],
      sub: freshKey('auth0|<alnum:24>', random),
    },
    random,
  );

export const agentIdentity = (random: Random): string =>
  jwt(
    {
      agent_runtime_id: uuid(random),
      agent_private_key: freshKey('<base64:63>=', random),
      account_id: uuid(random),
      chatgpt_user_id: freshKey('user-<alnum:24>', random),
      email: 'someone@example.org',
      plan_type: 'pro',
    },
    random,
    { alg: 'EdDSA', signature: 86 },
  );

export const idToken = (random: Random): string =>
  jwt(
    {
      aud: ['app_EMoamEEZ73f0CkXaXp7hrann'],
      email: 'someone@example.org',
      exp: FUTURE,
      iss: 'https://auth.openai.com',
    },
    random,
  );

export interface CodexAuth {
  readonly file: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly apiKey: string;
}

/** `~/.codex/auth.json` as a ChatGPT login leaves it. */
export function codexAuth(random: Random, refreshForm = 'rt_<alnum:8>.<base64url:43>'): CodexAuth {
  const accessToken = oauthAccessToken(random);
  const refreshToken = freshKey(refreshForm, random);
  const apiKey = freshKey('F11', random);
  const file = {
    auth_mode: 'chatgpt',
    OPENAI_API_KEY: apiKey,
    tokens: {
      id_token: idToken(random),
      access_token: accessToken,
      refresh_token: refreshToken,
      account_id: uuid(random),
    },
    last_refresh: '2033-05-18T03:33:20.000000Z',
  };
  return { file: `${JSON.stringify(file, null, 2)}\n`, accessToken, refreshToken, apiKey };
}

/** A JWE, direct encryption: what `__Secure-next-auth.session-token` holds. */
export const sessionCookie = (random: Random, length = 2400): string =>
  `${base64url({ alg: 'dir', enc: 'A256GCM' })}..${freshKey(`<base64url:16>.<base64url:${length}>.<base64url:22>`, random)}`;

export function azureKey(random: Random): string {
  const first80 = freshKey('<alnum:52>JQQJ99<[A-C]:1><[A-L]:1>ACYeBjFXJ3w3AAABACOG', random);
  return first80 + azureChecksumOf(first80);
}

/** An Azure key as it was until 2024, in the six places trufflehog's tests know, and as Microsoft's own examples have it. */
export const AZURE_LEGACY_PLACES: Readonly<Record<string, (key: string) => string>> = {
  shell: (key) =>
    `export AZURE_OPENAI_ENDPOINT="https://my-team.openai.azure.com/"\nexport AZURE_OPENAI_API_KEY="${key}"\n`,
  'debug log': (key) =>
    `DEBUG:openai:POST https://my-team.openai.azure.com/openai/deployments/gpt-4/chat/completions?api-version=2024-02-01 ` +
    `{'headers': {'api-key': '${key}', 'Content-Type': 'application/json'}}\n`,
  python: (key) =>
    `openai.api_type = "azure"\nopenai.api_base = "https://my-team.openai.azure.com/"\nopenai.api_key = "${key}"\n`,
  'python environ': (key) =>
    `os.environ["OPENAI_API_BASE"] = "https://my-team.openai.azure.com"\nos.environ["OPENAI_API_KEY"] = "${key}"\n`,
  typescript: (key) =>
    `const client = new OpenAI({\n  apiKey: '${key}',\n  baseURL: 'https://my-team.openai.azure.com/openai/deployments/gpt-4',\n});\n`,
  'c#': (key) =>
    `new AzureOpenAIClient(new Uri("https://my-team.openai.azure.com"), new AzureKeyCredential("${key}"));\n`,
  'arguments in a row': (key) =>
    `builder.AddAzureOpenAIChatCompletion("gpt-4o", "https://my-team.openai.azure.com/", "${key}");\n`,
  'a row of a table': (key) => `name,endpoint,key\nteam,https://my-team.openai.azure.com,${key}\n`,
  'local.settings.json': (key) =>
    `{\n  "Values": {\n    "AZURE_OPENAI_ENDPOINT": "https://my-team.openai.azure.com",\n    "AZURE_OPENAI_KEY": "${key}"\n  }\n}\n`,
};

interface Kind {
  readonly rule: string;
  /** A file that holds one. */
  readonly write: (random: Random) => string;
}

/** As one assigned by a name that says what it is. */
const assigned = (rule: string, name: string, form: string): Kind => ({
  rule,
  write: (random) => `${name}=${freshKey(form, random)}\n`,
});

/** 2025, as eight hexadecimal digits. */
export const CREATED = '6<[7-9]:1><hex:6>';

/** Each kind that can look like a placeholder by chance. */
export const OTHER_KINDS: Readonly<Record<string, Kind>> = {
  session: assigned('openai-session-key', 'OPENAI_SESSION_KEY', 'sess-<alnum:40>'),
  ephemeral: assigned('openai-ephemeral-key', 'OPENAI_EPHEMERAL_KEY', `ek_${CREATED}<hex:24>`),
  webhook: assigned('openai-webhook-secret', 'OPENAI_WEBHOOK_SECRET', 'whsec_<base64:43>='),
  codex: assigned('openai-codex-token', 'CODEX_ACCESS_TOKEN', 'at-<base64url:48>'),
  'refresh token': assigned('openai-refresh-token', 'CODEX_REFRESH_TOKEN', 'rt_<alnum:8>.<base64url:43>'),
  'refresh token without prefix': assigned('openai-refresh-token', 'CODEX_REFRESH_TOKEN', '<base64url:64>'),
  azure: { rule: 'azure-openai-key', write: (random) => `AZURE_OPENAI_API_KEY=${azureKey(random)}\n` },
  'older azure': assigned('azure-openai-legacy-key', 'AZURE_OPENAI_API_KEY', '<hex:32>'),
  'of unknown form': assigned('openai-assigned-secret', 'OPENAI_API_KEY', '<alnum:48>'),
};

/** How many of this many random ones of a kind would not block a commit. */
export function missedOf({ rule, write }: Kind, count: number, random: Random): number {
  let missed = 0;
  for (let i = 0; i < count; i++)
    if (!blocking(scan(write(random))).some(({ ruleId }) => ruleId === rule)) missed++;
  return missed;
}
